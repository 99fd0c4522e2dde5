"""All transfers by number: cities and transfers get numbers that sort as their slugs do, and each innovation its own transfers."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Set

from server.measures.links import Arrows, Links, link
from server.measures.network import INFERRED, Transfer, counts


class Ledger:
    """The transfers of one snapshot; made once, then only read (links within an innovation are made when first walked)."""

    def __init__(self, transfers: Iterable[Transfer]) -> None:
        self.transfers = sorted(transfers, key=lambda transfer: transfer.slug)
        self.cities = sorted({city for transfer in self.transfers for city in (*transfer.givers, transfer.target)})
        self.numbers = {city: number for number, city in enumerate(self.cities)}
        self.years = [transfer.year for transfer in self.transfers]
        self._samples: dict[tuple[object, ...], tuple[int, Transfer]] = {}
        self.bits = [self._bit(transfer) for transfer in self.transfers]
        self._arrows = [self._drawn(number) for number in range(len(self.transfers))]
        self.links = link(self._arrows)
        self._of: dict[str, list[Arrows]] = defaultdict(list)
        self._given: dict[int, set[str]] = defaultdict(set)
        self._received: dict[int, set[str]] = defaultdict(set)
        self._sort_by_innovation()
        self._links_of: dict[str, Links] = {}

    def taken(self, takes: Callable[[Transfer], bool]) -> int:
        """The bits of the transfers that a question takes; it may look at what `_bit` looks at and at nothing else."""
        return sum(bit for bit, sample in self._samples.values() if takes(sample))

    def innovations_between(self, giver: int, target: int) -> Set[str]:
        """Innovations that the one city gave and the other received, from or to whomever."""
        return self.innovations_given(giver) & self._received.get(target, frozenset())

    def innovations_given(self, city: int) -> Set[str]:
        return self._given.get(city, frozenset())

    def transfers_of(self, innovation: str) -> list[Arrows]:
        return self._of.get(innovation, [])

    def links_of(self, innovation: str) -> Links:
        if innovation not in self._of:
            return link(())
        if innovation not in self._links_of:
            self._links_of[innovation] = link(self._of[innovation])
        return self._links_of[innovation]

    def _bit(self, transfer: Transfer) -> int:
        traits = (
            transfer.kind,
            transfer.outcome,
            transfer.degree == "REJECTION",
            transfer.claim_level == INFERRED,
            transfer.innovation is None,
            counts(transfer),
        )
        return self._samples.setdefault(traits, (1 << len(self._samples), transfer))[0]

    def _drawn(self, number: int) -> Arrows:
        transfer = self.transfers[number]
        givers = tuple(self.numbers[giver] for giver in dict.fromkeys(transfer.givers))
        return Arrows(number, givers, self.numbers[transfer.target], self.bits[number])

    def _sort_by_innovation(self) -> None:
        for transfer, arrows in zip(self.transfers, self._arrows, strict=True):
            if transfer.innovation is not None:
                self._of[transfer.innovation].append(arrows)
                self._received[arrows.target].add(transfer.innovation)
                for giver in arrows.givers:
                    self._given[giver].add(transfer.innovation)
