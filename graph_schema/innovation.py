"""Innovations: ideas that can be replicated."""

from graph_schema.declare import integer, inverse, many, node, one, text, texts, title


@node(table="innovations")
class Innovation:
    """An abstract idea that other cities can take up; what a city does with it is a pilot."""

    title = title("Title.", required=True)
    summary = text("What it is, in short.", required=True)
    aliases = texts("Other names under which it is known.")
    first_year = integer("Year of the first known use.", minimum=1970, maximum=2030, indexed=True)
    essential_elements = texts("What must stay for it to work; null where not reported.", table="innovation_elements")
    adaptable_elements = texts("What may be adapted to the place; null where not reported.", table="innovation_elements")
    preconditions = texts("What must be there beforehand; null where not reported.", table="innovation_elements")

    fields = many("IN_FIELD", "Concept", "Fields of action.", plain=True, positioned=True, usual=2, column="fields")
    levers = many("USES_LEVER", "Concept", "Levers it uses.", plain=True, positioned=True, usual=2, column="levers")
    origin_city = one(
        "ORIGINATED_IN",
        "City",
        "City to which the sources tie the idea.",
        column="origin_city_id",
        inverse=inverse("innovations", "Innovations that originated in the city."),
    )
    variant_of = many(
        "VARIANT_OF",
        "Innovation",
        "Innovations that a source calls it a variant of.",
        table="innovation_variants",
        column="variant_of_id",
        usual=1,
        edge=(texts("Public addresses that support the relationship.", name="sources", column="source_url"),),
        inverse=inverse("variants", "Innovations that a source calls variants of it."),
    )
