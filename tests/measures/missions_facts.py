"""What the Mission's tables say of innovations and of what each city looks for, put together without the service."""

from collections import defaultdict

from server.measures.facts import CityFacts, InnovationFacts, LessonFacts, NeedFacts, PilotFacts, twins_of
from tests.measures import mission


def listed(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))


def innovations(levels: dict[str, int]) -> dict[str, InnovationFacts]:
    """Every innovation, with these levels of evidence; pilots, lessons and transfers by slug."""
    pilots, lessons, transfers = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in sorted(mission.rows("pilots"), key=lambda row: row["id"]):
        for innovation in listed(row["innovation_ids"]):
            pilots[innovation].append(PilotFacts(row["id"], row["stage"] or None, listed(row["city_ids"])))
    for row in sorted(mission.rows("lessons"), key=lambda row: row["id"]):
        where = (listed(row["city_ids"]), listed(row["pilot_ids"]), listed(row.get("transfer_ids", "")))
        for innovation in listed(row["innovation_ids"]):
            lessons[innovation].append(LessonFacts(row["id"], row["kind"], listed(row["fields"]), *where))
    for transfer in sorted(mission.transfers(), key=lambda transfer: transfer.slug):
        transfers[transfer.innovation].append(transfer)
    return {
        slug: InnovationFacts(
            slug,
            row["origin_city_id"] or None,
            listed(row["fields"]),
            levels[slug],
            tuple(lessons[slug]),
            tuple(pilots[slug]),
            tuple(transfers[slug]),
        )
        for row in mission.rows("innovations")
        if (slug := row["id"])
    }


def cities() -> dict[str, CityFacts]:
    """What each city looks for, pilots and is twinned with; needs by slug."""
    fields = {row["id"]: listed(row["fields"]) for row in mission.rows("innovations")}
    needs, piloted = defaultdict(list), defaultdict[str, set[str]](set)
    for row in sorted(mission.rows("needs"), key=lambda row: row["id"]):
        needs[row["city_id"]].append(NeedFacts(row["id"], listed(row["fields"]), row["open_until"] or None))
    for row in mission.rows("pilots"):
        for city in listed(row["city_ids"]):
            piloted[city].update(field for innovation in listed(row["innovation_ids"]) for field in fields[innovation])
    return {
        city: CityFacts(city, tuple(needs[city]), frozenset(piloted[city]), twins_of(city, mission.transfers()))
        for city in mission.cities()
    }
