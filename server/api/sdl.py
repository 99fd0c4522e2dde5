"""The public contract as text."""

from graphql import GraphQLSchema, print_schema


def sdl(schema: GraphQLSchema) -> str:
    """The schema in the schema definition language, ending with a line break."""
    return f"{print_schema(schema)}\n"
