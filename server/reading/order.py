"""Orders become keys, cursors become positions among them."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph_schema.kernel import Composed, Kind, NodeType, Property, Relationship
from server.errors import BadInput
from server.reading.expressions import Sight, target_label
from server.reading.plan import ALWAYS, Counted, Expression, Key, Reached, Stored
from server.reading.values import now
from server.reading.where import Filters

CURSOR_VERSION = 1
_JSON_TYPES: dict[Kind, tuple[type, ...]] = {Kind.INT: (int,), Kind.FLOAT: (float, int), Kind.BOOLEAN: (bool,)}


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order: its keys, the text that names it in cursors, and what kind of value each key has."""

    label: str
    name: str
    keys: tuple[Key, ...]
    kinds: tuple[Kind, ...]


def ordering(sight: Sight, filters: Filters, node: NodeType, asked: Sequence[Mapping[str, Any]] | None, *, positioned: bool) -> Ordering:
    """The order asked for; without one, that of the list cell the records come from, else by slug."""
    if not asked:
        keys = (Key(Stored("position", "edge")),) if positioned else ()
        return Ordering(node.label, "position" if positioned else "", keys, (Kind.INT,) * len(keys))
    found = [_key(sight, filters, node, each) for each in asked]
    return Ordering(
        node.label, ",".join(name for name, _, _ in found), tuple(key for _, key, _ in found), tuple(kind for _, _, kind in found)
    )


def _key(sight: Sight, filters: Filters, node: NodeType, asked: Mapping[str, Any]) -> tuple[str, Key, Kind]:
    name, wanted = _only(asked)
    match node.composed_named(name) or node[name]:
        case Composed() as found:
            return _spread_key(filters, node, found, wanted)
        case Property() as found:
            return _scalar_key(sight.compared(node, found, filters), found, name, now(wanted))
        case found:
            return _related_key(sight, filters, found, wanted)


def _only(asked: Mapping[str, Any]) -> tuple[str, Any]:
    if len(asked) != 1:
        raise BadInput(
            f"An order names exactly one field; this one names {len(asked)}.", hint="Write orderBy: [{population: DESC}, {name: ASC}]."
        )
    ((name, wanted),) = asked.items()
    if wanted is None:
        raise BadInput(f"The direction of `{name}` is null.", hint="Write ASC or DESC.")
    return name, wanted


def _spread_key(filters: Filters, node: NodeType, found: Composed, asked: Mapping[str, Any]) -> tuple[str, Key, Kind]:
    name, wanted = _only(asked)
    return _count_key(f"{found.field}.{name}", filters.spread_by_field(node, found)[name], now(wanted))


def _count_key(name: str, counted: Counted, direction: str) -> tuple[str, Key, Kind]:
    descending = direction == "DESC"
    return ("-" if descending else "") + name, Key(counted, descending, nullable=False), Kind.INT


def _scalar_key(of: Expression, declared: Property, name: str, direction: str) -> tuple[str, Key, Kind]:
    descending = direction == "DESC"
    required = of.required if isinstance(of, Stored) else declared.required
    return ("-" if descending else "") + name, Key(of, descending, nullable=not required), declared.kind


def _related_key(sight: Sight, filters: Filters, found: Relationship, wanted: Mapping[str, Any]) -> tuple[str, Key, Kind]:
    walk = filters.relation(found)
    if found.many:
        return _count_key(f"{found.field}.count", Counted(walk, ALWAYS), now(wanted["count"]))
    name, key, kind = _key(sight, filters, sight.node(target_label(found)), wanted)
    sign, rest = ("-", name[1:]) if name.startswith("-") else ("", name)
    return f"{sign}{found.field}.{rest}", Key(Reached(walk, key.of), key.descending), kind


def cursor(label: str, name: str, keys: Sequence[Any], slug: str) -> str:
    """A position in an order, opaque to clients. It grants nothing, so it is not signed."""
    return base64.urlsafe_b64encode(orjson.dumps([CURSOR_VERSION, label, name, keys, slug])).rstrip(b"=").decode()


def read_cursor(text: str, order: Ordering) -> tuple[list[Any], str]:
    """The key values and the slug of a cursor that belongs to this order."""
    version, label, name, keys, slug = cursor_parts(text)
    if version != CURSOR_VERSION:
        raise _bad(f"it is of version {version!r}, this service writes version {CURSOR_VERSION}")
    if label != order.label:
        raise _bad(f"it belongs to a list of {label!r}, not of {order.label}")
    if name != order.name:
        raise _bad(f"it belongs to {_named(name)}, this list has {_named(order.name)}")
    if not isinstance(slug, str) or not isinstance(keys, list) or not _fit(keys, order):
        raise _bad("its keys have other types than those of this order")
    return keys, slug


def cursor_parts(text: str) -> list[Any]:
    """Version, type, order, keys and slug of a cursor, whatever it belongs to; raises BadInput."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        parts = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except orjson.JSONDecodeError:
        raise _bad("it has not the parts of a cursor") from None
    except (AttributeError, UnicodeEncodeError, binascii.Error):
        raise _bad("it is cut short, or not in the alphabet of cursors") from None
    if not isinstance(parts, list) or len(parts) != 5 or type(parts[0]) is not int:
        raise _bad("it has not the parts of a cursor")
    return parts


def _named(order: object) -> str:
    return f"the order {order!r}" if order else "the usual order"


def _fit(keys: list[Any], order: Ordering) -> bool:
    return len(keys) == len(order.keys) and all(map(_fits, keys, order.kinds, order.keys))


def _fits(key: Any, kind: Kind, of: Key) -> bool:
    if key is None:
        return of.nullable
    if isinstance(key, int) and abs(key) >= 2**63:
        return False
    return isinstance(key, _JSON_TYPES.get(kind, (str,))) and isinstance(key, bool) == (kind is Kind.BOOLEAN)


def _bad(why: str) -> BadInput:
    return BadInput(
        f"This is no cursor for this list: {why}.",
        code="BAD_CURSOR",
        hint="Take cursors from pageInfo or edges of the same list in the same order.",
    )
