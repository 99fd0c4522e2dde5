"""Fields whose records are chosen by a measure, planned: at the root and under a record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph_schema.answers import ROOTS
from graph_schema.kernel import Composed, NodeType
from server.errors import BadInput
from server.reading import shape
from server.reading.answers import Listed, plan_answer
from server.reading.chosen import Choosing
from server.reading.gathered import Gathered, need_slug
from server.reading.measured import MEASURED
from server.reading.values import Value, now, resolver
from server.reading.walk import Nodes, Walk

CHOSEN = {asked.field: asked for asked in ROOTS}


@dataclass(frozen=True, slots=True)
class _Field:
    """A field as it stands in a document. `parents` are the slugs of the records it stands under, where they are known before
    those are read; `slug` is the column that will hold them; both are None at the root."""

    name: str
    of: str
    many: bool
    arguments: Mapping[str, Any]
    nodes: Nodes
    parents: Value | None = None
    slug: shape.ColumnKey | None = None


def plan_chosen(walk: Walk, nodes: Nodes) -> tuple[shape.Chosen, int]:
    """A root field, and what it costs."""
    asked = CHOSEN[nodes[0].name.value]
    return _planned(walk, _Field(asked.field, asked.of, asked.many, walk.arguments(walk.schema.query_type, nodes[0]), nodes))


def plan_chosen_under(walk: Walk, node: NodeType, found: Composed, nodes: Nodes, row: shape.RowLayout) -> tuple[shape.Chosen, int]:
    """A field of a record, and what it costs."""
    arguments = walk.arguments(walk.schema.get_type(node.label), nodes[0])
    known = row.known.get(node.label)
    return _planned(walk, _Field(found.field, found.type, found.many, arguments, nodes, known, need_slug(row, node.label)))


def _planned(walk: Walk, field: _Field) -> tuple[shape.Chosen, int]:
    where = field.arguments.get("where")
    found_by_reading = field.slug is not None and field.parents is None
    if found_by_reading and walk.late:
        raise BadInput(
            f"`{field.name}` is asked of records that are only found when everything else has been read.",
            hint=f"Ask for their slugs here, and for `{field.name}` of them in a request of its own.",
        )
    late = found_by_reading or where is not None or walk.late > 0
    measure = MEASURED[field.name]
    gathered = Gathered(walk, f"${len(walk.choosing)}", late)
    # Its place is taken before what stands below it takes one.
    place = len(walk.choosing)
    walk.choosing.append(None)
    sizes = measure.sizes(field.arguments)
    teller, price = plan_answer(gathered, field.of, field.nodes, sizes)
    fitting = gathered.fitting(measure.narrowed, where) if where is not None else None
    roots = walk.late_roots if late else walk.roots
    settled = gathered.roots()
    places, counting = gathered.places(len(roots)), gathered.counting(len(roots))
    roots += settled
    whole = Listed(lambda result, _: result, teller) if field.many else teller
    arguments = {name: resolver(given) for name, given in field.arguments.items() if name != "where"}
    walk.choosing[place] = Choosing(
        gathered.key,
        field.nodes,
        measure.choose,
        whole,
        arguments,
        measure.needs | _further(walk, field, measure.further),
        late,
        field.slug is None,
        field.parents,
        fitting,
        places,
        counting,
        measure.seek,
        gathered.takes_long,
    )
    gathered.looked_at(field.name)
    return gathered.shaped(field.slug, whole), measure.cost + price * (sizes[field.name] if field.many else 1)


def _further(walk: Walk, field: _Field, needed: Mapping[str, Callable[[Mapping[str, Any]], frozenset[str]]]) -> frozenset[str]:
    """What the parts of the answer that are asked for need beside."""
    parts = [nodes[0] for nodes in walk.selected(field.of, field.nodes).values() if nodes[0].name.value in needed]
    of = walk.schema.get_type(field.of)
    given = [{name: now(each) for name, each in walk.arguments(of, part).items()} for part in parts]
    return frozenset[str]().union(*(needed[part.name.value](each) for part, each in zip(parts, given, strict=True)))
