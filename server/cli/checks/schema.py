"""Whether the graph has the shape that this program needs."""

from graph_schema.domain import Domain
from server.cli.checks.verdict import Check, bad, doubtful, good
from server.cypher import Statement
from server.declared_schema import FULL_TEXT, checksum_of, labels_of, relationship_types_of
from server.graph import Graph
from server.migrations import DECLARED, FOLDER, check, read_applied, read_migrations

MOST_NAMED = 3
MIGRATE = "Run `replicity migrate`."

_INDEXES = Statement(
    "SHOW INDEXES YIELD name, type, labelsOrTypes, properties, state, owningConstraint "
    "RETURN name, type, labelsOrTypes, properties, state, owningConstraint"
)


async def was_prepared(graph: Graph) -> bool:
    """Whether this program has ever worked on it."""
    return bool(await read_applied(graph))


async def migrations_applied(graph: Graph, domain: Domain) -> Check:
    """Whether the graph has seen every migration, each as it is written today."""
    applied = await read_applied(graph)
    migrations = read_migrations(FOLDER)
    check(migrations, applied)
    missing = [each.name for each in migrations if each.number not in applied]
    if not applied and not (await graph.read_all(Statement("MATCH (n:`Record`) RETURN count(n)")))[0][0]:
        return doubtful("migrations", "The graph was never prepared.", "`replicity up`, `load` and `migrate` all do that.")
    if missing:
        return bad("migrations", f"The graph has not seen {', '.join(missing)}.", MIGRATE)
    declared = applied.get(DECLARED)
    if declared is None or declared.checksum != checksum_of(labels_of(domain), relationship_types_of(domain)):
        return bad("migrations", "The graph's schema is not the one that this program declares.", MIGRATE)
    return good("migrations", f"Every migration is applied and unedited, the last of them {migrations[-1].name}.")


async def indexes_present(graph: Graph, domain: Domain) -> Check:
    """Whether every declared constraint and index, those that a search asks among them, is there and in use."""
    found = await _found(graph)
    unique = {f"{each.label}.{name}" for each in labels_of(domain) for name in each.unique}
    plain = {f"{each.label}.{name}" for each in labels_of(domain) for name in each.indexed} - unique
    words = {each.name for each in FULL_TEXT}
    missing = [f"the index on {name}" for name in sorted(plain - found.keys())]
    missing += [f"the unique constraint on {name}" for name in sorted(unique) if not found.get(name, ("", False))[1]]
    missing += [f"the full-text index {name}" for name in sorted(words - found.keys())]
    if missing:
        return bad("indexes", f"{_some(missing)} {'is' if len(missing) == 1 else 'are'} missing.", MIGRATE)
    waiting = {name: found[name][0] for name in sorted(plain | unique | words) if found[name][0] != "ONLINE"}
    if "FAILED" in waiting.values():
        failed = [name for name, state in waiting.items() if state == "FAILED"]
        return bad("indexes", f"Filling the index on {_some(failed)} has failed.", "Drop it in the database, then run `replicity migrate`.")
    if waiting:
        return doubtful("indexes", f"The index on {_some(list(waiting))} is still being filled.", "Wait, then look again.")
    told = f"{len(unique)} unique constraints, {len(plain)} further indexes and {len(words)} full-text indexes"
    return good("indexes", f"{told} are there and in use.")


async def _found(graph: Graph) -> dict[str, tuple[str, bool]]:
    """By label and property, or by the name under which a search asks it: its state, and whether it is of a constraint."""
    found: dict[str, tuple[str, bool]] = {}
    for name, kind, labels, properties, state, constraint in await graph.read_all(_INDEXES):
        if labels and properties and len(labels) == len(properties) == 1:
            found[name if kind == "FULLTEXT" else f"{labels[0]}.{properties[0]}"] = (state, constraint is not None)
    return found


def _some(names: list[str]) -> str:
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    words = [*names[:MOST_NAMED], *more]
    joined = ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else words[0]
    return joined[:1].upper() + joined[1:] if joined.startswith("the ") else joined
