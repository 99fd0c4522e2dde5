"""Where a selection set stands, and what a fragment needs of a place."""

from dataclasses import dataclass

from graphql import GraphQLCompositeType, GraphQLNamedType

from tests.oracle.scopes import Scope


@dataclass(frozen=True)
class Place:
    """Below which type, how deep, and for how many records there is room."""

    type: GraphQLCompositeType
    scope: Scope
    depth: int
    room: float
    late: bool = False
    """Whether what stands here is only found when everything else has been read."""
    known: bool = False
    """Whether the record that stands here is named in the document or chosen by a measure."""
    chosen: bool = False
    """Whether a record that stands right below is chosen by a measure."""

    def takes(self, other: "Place") -> bool:
        """Whether what was drawn for another place may stand here as well."""
        return (
            other.depth >= self.depth
            and other.room <= self.room
            and other.late >= self.late
            and other.known <= self.known
            and other.chosen <= self.chosen
        )


@dataclass(frozen=True)
class Fragment:
    """A named fragment, with the place that it was drawn for."""

    name: str
    on: GraphQLNamedType
    place: Place
    text: str

    @property
    def scope(self) -> Scope:
        """What it holds."""
        return self.place.scope
