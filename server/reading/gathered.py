"""What is noted of a field whose records a measure chooses, while its selection is walked."""

from dataclasses import dataclass, field
from typing import Any

from graph_schema.kernel import RECORD
from graph_schema.measures import MEASURES
from server.reading import shape
from server.reading.chosen import Made, Picked, Teller, Told, Wanted, ids_of, shown_at
from server.reading.plan import FoundAll, Lists, Page, Stored, Tally
from server.reading.values import Value
from server.reading.walk import Nodes, Walk

_ID, _SLUG = ("leaf", "id"), ("leaf", "slug")


@dataclass
class Gathered:
    """What is noted while the selection under such a field is walked."""

    walk: Walk
    key: str
    late: bool
    layouts: dict[str, shape.RowLayout] = field(default_factory=dict)
    records: dict[str, shape.Record] = field(default_factory=dict)
    counted: dict[str, tuple[Tally, ...]] = field(default_factory=dict)
    takes_long: bool = False

    def made(self, label: str, nodes: Nodes) -> tuple[Made, int]:
        """The selection on a record that will be chosen, and what one costs."""
        labels = self._labels(label)
        if label not in self.layouts:
            self.layouts[label] = shape.RowLayout(labels)
            if len(labels) == 1:
                self.layouts[label].need(label, _ID, Stored("id", required=True))
        made = Made(label, f"m{len(self.records)}")
        layout = self.layouts[label]
        # Other choices are made for those whom this place shows.
        layout.known = {each: shown_at(self.ids, made.name, each) for each in labels}
        self.walk.late += self.late
        self.records[made.name], cost = self.walk.record(labels, nodes, layout)
        self.walk.late -= self.late
        return made, cost

    @property
    def ids(self) -> str:
        """The name, among the variables, of the ids of the chosen records."""
        return ids_of(self.key)

    def counts(self, tallies: tuple[Tally, ...]) -> str:
        """Note what is to be counted of lists of chosen records; returns the name of these lists."""
        name = f"list{len(self.counted)}"
        self.counted[name] = tallies
        return name

    def roots(self) -> tuple[FoundAll | Lists, ...]:
        """The reads of the records that will be chosen, by label, then the counts of lists of them."""
        records = (FoundAll(Value(path=(self.ids, label)), layout.settle()) for label, layout in self.layouts.items())
        return (*records, *(Lists(Value(path=(self.ids, name)), tallies) for name, tallies in self.counted.items()))

    def places(self, first: int) -> dict[str, tuple[int, int]]:
        """Where each label's records stand from the root `first` on, and where in their rows the id stands."""
        # Rows of several types begin with the id.
        return {
            label: (first + place, 0 if layout.several else layout.place(label, _ID))
            for place, (label, layout) in enumerate(self.layouts.items())
        }

    def counting(self, first: int) -> dict[str, int]:
        """The roots in which lists are counted, where the first of all is `first`."""
        return {name: first + len(self.layouts) + place for place, name in enumerate(self.counted)}

    def fitting(self, label: str, where: Any) -> int:
        """The root that reads the slugs of the records that the filter lets through."""
        row = shape.RowLayout((label,))
        need_slug(row, label)
        condition = self.walk.filters.asked(self.walk.sight.node(label), where)
        self.walk.roots.append(Page(label, condition, (), row.settle()))
        return len(self.walk.roots) - 1

    def looked_at(self, measure: str) -> None:
        """Note that this measure was asked for."""
        self.walk.sight.measures[measure] = MEASURES

    def shaped(self, slug: shape.ColumnKey | None, teller: Teller) -> shape.Chosen:
        """The shape of the answer; `slug` is the column that holds the parent's."""

        def composed(picked: Picked | Wanted, parent: str, makers: shape.Makers) -> Any:
            taken = picked.of(parent)
            return None if taken is None else teller.tell(Told(picked.read, makers), taken)

        return shape.Chosen(self.key, slug, composed, tuple(self.records.items()))

    def is_record(self, name: str) -> bool:
        """Whether it is the name of a type of records, or of all of them."""
        return name == RECORD or name in self.walk.sight.domain.nodes

    def _labels(self, label: str) -> tuple[str, ...]:
        """The types that a record may be of."""
        return tuple(node.label for node in self.walk.sight.domain if node.sourced) if label == RECORD else (label,)


def need_slug(row: shape.RowLayout, label: str) -> shape.ColumnKey:
    """The column that holds the slug."""
    return row.need(label, _SLUG, Stored("slug", required=True))
