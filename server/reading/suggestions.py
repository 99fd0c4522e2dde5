"""What is suggested to somebody who is typing, made of what was found."""

from dataclasses import dataclass

from graph_schema.domain import Domain
from graph_schema.kernel import Searched
from graph_schema.names import upper_snake
from graph_schema.searching import searched_as
from server.search.finding import Found, Hit
from server.search.highlights import highlights


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record that may be meant; `names` are the fields that say what it is called."""

    hit: Hit
    names: tuple[str, ...]
    titled: bool
    sought: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its global id."""
        return self.hit.id

    @property
    def type(self) -> str:
        """Its type."""
        return upper_snake(self.hit.label)

    @property
    def slug(self) -> str:
        """Its slug."""
        return self.hit.slug

    @property
    def score(self) -> int:
        """How well it answers."""
        return self.hit.score

    @property
    def label(self) -> str:
        """What it is called: its title, else its slug."""
        title = self.hit.texts[0] if self.titled else None
        return title or self.hit.slug

    @property
    def highlight(self) -> str | None:
        """The name by which it answers."""
        found = highlights(self.names, self.hit.texts[: len(self.names)], self.sought)
        return found[0].fragments[0] if found else None


def suggestions(domain: Domain, found: Found) -> tuple[Suggestion, ...]:
    """Suggestions, the best first."""
    return tuple(_suggestion(domain, hit, found.sought) for hit in found.hits)


def _suggestion(domain: Domain, hit: Hit, sought: tuple[str, ...]) -> Suggestion:
    node = domain[hit.label]
    names = tuple(each.field for each in searched_as(node, Searched.TITLE, Searched.LABEL))
    return Suggestion(hit, names, bool(searched_as(node, Searched.TITLE)), sought)
