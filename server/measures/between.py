"""Which cities can lie between two others, so many steps from the one and so many from the other."""

from dataclasses import dataclass, field

from server.measures.links import NO_NEIGHBOURS, Links, Neighbours

Layer = set[int]


@dataclass(frozen=True, slots=True)
class Between:
    """Layers of cities around the two ends of a search, grown on the side where that is cheaper.

    A hub at one end then costs nothing as long as few cities lie around the other.
    """

    links: Links
    taken: int
    origin: int
    destination: int
    _after: list[Layer] = field(default_factory=list)
    _before: list[Layer] = field(default_factory=list)
    _met: dict[tuple[int, int], Layer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._after.append({self.origin})
        self._before.append({self.destination})

    def grow(self, length: int) -> None:
        """Makes ready for walks of this length."""
        while len(self._after) + len(self._before) - 1 < length:
            if _cost(self._after[-1], self.links.onward) < _cost(self._before[-1], self.links.back):
                self._after.append(self._around(self._after[-1], self.links.onward))
            else:
                self._before.append(self._around(self._before[-1], self.links.back))

    def layer(self, done: int, left: int) -> Layer:
        """The cities from which a walk arrives in `left` steps, those at least that lie `done` steps from the origin."""
        if left < len(self._before):
            return self._before[left]
        if (done, left) not in self._met:
            following = self.layer(done + 1, left - 1)
            self._met[done, left] = {city for city in self._after[done] if self._leads_to(city, following)}
        return self._met[done, left]

    def _leads_to(self, city: int, following: Layer) -> bool:
        targets = self.links.onward.get(city, NO_NEIGHBOURS)
        return any(targets[target].bits & self.taken for target in targets.keys() & following)

    def _around(self, layer: Layer, neighbours: dict[int, Neighbours]) -> Layer:
        taken = self.taken
        found = {near for city in layer for near, link in neighbours.get(city, NO_NEIGHBOURS).items() if link.bits & taken}
        return found - {self.origin, self.destination}


def _cost(layer: Layer, neighbours: dict[int, Neighbours]) -> int:
    return sum(len(neighbours.get(city, NO_NEIGHBOURS)) for city in layer)
