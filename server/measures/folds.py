"""The steps of a lineage folded: how many led from one country to another in each generation."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from server.measures.lineage import Step
from server.measures.network import City, Transfer, counts, joint

Place = tuple[int, int, str, str]
"""Where a fold stands: by generation, size (the largest first) and the codes of its countries."""

_Pair = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Fold:
    """The steps of one generation from one country to another, or within one; of these how many count as a replication."""

    generation: int
    giving: str
    receiving: str
    transfers: int
    counting: int
    cities: int
    joint: int
    first_year: int | None
    missing_years: int

    @property
    def place(self) -> Place:
        """Where it stands among the folds."""
        return (self.generation, -self.transfers, self.giving, self.receiving)


def fold(steps: Iterable[Step], transfers: Mapping[str, Transfer], cities: Mapping[str, City]) -> tuple[Fold, ...]:
    """The folds of these steps; one with givers of several countries stands in the fold of each, once."""
    folded: defaultdict[_Pair, list[Transfer]] = defaultdict(list)
    for step in steps:
        transfer = transfers[step.transfer]
        receiving = cities[transfer.target].country
        for giving in {cities[giver].country for giver in transfer.givers}:
            folded[step.generation, giving, receiving].append(transfer)
    return tuple(sorted((_fold(pair, each) for pair, each in folded.items()), key=lambda fold: fold.place))


def _fold(pair: _Pair, transfers: Collection[Transfer]) -> Fold:
    years = [transfer.year for transfer in transfers if transfer.year is not None]
    return Fold(
        *pair,
        transfers=len(transfers),
        counting=sum(map(counts, transfers)),
        cities=len({transfer.target for transfer in transfers}),
        joint=sum(map(joint, transfers)),
        first_year=min(years, default=None),
        missing_years=len(transfers) - len(years),
    )
