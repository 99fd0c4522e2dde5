"""What a benchmark found, and the table of all of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Literal

Bound = Literal["at least", "at most"]
SIGNS: dict[Bound, str] = {"at least": "≥", "at most": "≤"}
COLUMNS = ("what", "wanted", "measured", "min", "max", "", "how")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its median over the turns, with the least and the most."""

    what: str
    unit: str
    values: tuple[float, ...]
    bound: Bound = "at most"
    wanted: float | None = None
    how: str = ""

    @property
    def value(self) -> float:
        """The median."""
        return median(self.values)

    @property
    def reached(self) -> bool | None:
        """Whether it is what was wanted; None where nothing was."""
        if self.wanted is None:
            return None
        return self.value >= self.wanted if self.bound == "at least" else self.value <= self.wanted

    def row(self) -> tuple[str, ...]:
        """It as a line of the table."""
        wanted = f"{SIGNS[self.bound]} {_number(self.wanted)}{self.unit}" if self.wanted is not None else ""
        verdict = {None: "", True: "reached", False: "NOT reached"}[self.reached]
        least, most = min(self.values), max(self.values)
        return (self.what, wanted, f"{_number(self.value)}{self.unit}", _number(least), _number(most), verdict, self.how)


def ratios(above: Iterable[float], below: Iterable[float]) -> tuple[float, ...]:
    """One by the other, turn for turn."""
    return tuple(a / b for a, b in zip(above, below, strict=True))


def table(figures: Iterable[Figure]) -> str:
    """All figures as a table in Markdown."""
    rows = [COLUMNS, tuple("---" for _ in COLUMNS), *(figure.row() for figure in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _number(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
