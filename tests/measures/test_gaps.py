"""Knowledge gaps: worked by hand, and on the Mission's data."""

from collections import Counter

from server.measures.gaps import FieldGap, Figure, Ground, PilotGround, TransferGround, gaps_by_group, knowledge_gaps
from server.measures.network import counts
from tests.measures import mission


def pilots(count: int, *cities: str, field: str = "waste") -> tuple[PilotGround, ...]:
    return (PilotGround(cities, (field,), ("tested",)),) * count


def transfers(count: int, *givers: str, counting: bool = True) -> tuple[TransferGround, ...]:
    return (TransferGround(givers, ("waste",), "carried", counting),) * count


def figure(kind: str) -> Figure:
    return Figure(kind, ("waste",), ("carried",))


def test_a_field_with_three_pilots_and_no_counted_transfer_is_a_gap() -> None:
    gaps = knowledge_gaps(Ground(pilots(3, "a"), transfers(9, "a", counting=False), ()))

    assert gaps.fields_with_pilots_but_no_transfer == (FieldGap("waste", 3, 0, 0, ("tested",)),)


def test_two_pilots_make_no_gap_and_one_counted_transfer_closes_it() -> None:
    assert knowledge_gaps(Ground(pilots(2, "a"), (), ())).fields_with_pilots_but_no_transfer == ()
    assert knowledge_gaps(Ground(pilots(3, "a"), transfers(1, "z"), ())).fields_with_pilots_but_no_transfer == ()


def test_within_a_scope_only_its_cities_pilots_and_givers_count() -> None:
    ground = Ground(pilots(3, "a", "b"), transfers(1, "z", "y"), ())

    assert [gap.field for gap in knowledge_gaps(ground, frozenset("b")).fields_with_pilots_but_no_transfer] == ["waste"]
    assert knowledge_gaps(ground, frozenset("by")).fields_with_pilots_but_no_transfer == ()
    assert knowledge_gaps(ground, frozenset("y")).fields_with_pilots_but_no_transfer == ()


def test_a_field_with_three_counted_transfers_and_nothing_measured_is_a_gap() -> None:
    gaps = knowledge_gaps(Ground(pilots(1, "a"), transfers(3, "a"), (figure("CLAIMED"), figure("MODELLED"), figure("TARGET"))))

    assert gaps.fields_with_transfers_but_no_observation == (FieldGap("waste", 1, 3, 0, ("carried", "tested")),)
    assert gaps.innovations_with_transfers_but_no_observation == ("carried",)


def test_an_observed_or_estimated_figure_closes_the_gap_wherever_it_comes_from() -> None:
    for kind in ("OBSERVED", "ESTIMATED"):
        gaps = knowledge_gaps(Ground((), transfers(3, "a"), (figure(kind),)), frozenset("a"))

        assert gaps.fields_with_transfers_but_no_observation == ()
        assert gaps.innovations_with_transfers_but_no_observation == ()


def test_two_counted_transfers_make_no_gap_and_the_others_do_not_add_to_them() -> None:
    gaps = knowledge_gaps(Ground((), (*transfers(2, "a"), *transfers(5, "a", counting=False)), ()))

    assert gaps.fields_with_transfers_but_no_observation == ()
    assert gaps.innovations_with_transfers_but_no_observation == ()


def test_a_city_with_a_pilot_that_gave_nothing_at_all_is_a_hidden_source() -> None:
    ground = Ground(pilots(1, "c", "a", "b"), transfers(1, "b", counting=False), ())

    assert knowledge_gaps(ground).cities_with_pilots_but_never_gave == ("a", "c")
    assert knowledge_gaps(ground, frozenset("ab")).cities_with_pilots_but_never_gave == ("a",)


def test_fields_with_most_pilots_come_first_and_then_by_slug() -> None:
    ground = Ground((*pilots(3, "a"), *pilots(4, "a", field="water"), *pilots(3, "a", field="air")), (), ())

    assert [gap.field for gap in knowledge_gaps(ground).fields_with_pilots_but_no_transfer] == ["water", "air", "waste"]


def test_each_country_or_network_has_its_own_gaps() -> None:
    ground = Ground((*pilots(3, "a"), *pilots(3, "b", field="water")), (), ())

    gaps = gaps_by_group(ground, {"SE": frozenset("a"), "FR": frozenset("b"), "DE": frozenset()})

    silent = {group: [gap.field for gap in own.fields_with_pilots_but_no_transfer] for group, own in gaps.items()}
    assert silent == {"SE": ["waste"], "FR": ["water"], "DE": []}


def test_on_the_missions_data_the_hidden_sources_of_sweden_are_its_pilot_cities_that_no_transfer_names_as_giver() -> None:
    ground = missions_ground()
    swedish = frozenset(slug for slug, city in mission.cities().items() if city.country == "SE")
    givers = {giver for transfer in mission.transfers() for giver in transfer.givers}
    piloting = {city for row in mission.rows("pilots") for city in row["city_ids"].split(";")}

    gaps = knowledge_gaps(ground, swedish)

    assert gaps.cities_with_pilots_but_never_gave == tuple(sorted((piloting & swedish) - givers))


def test_on_the_missions_data_the_gaps_of_every_country_are_those_of_plain_counting() -> None:
    ground = missions_ground()
    members: dict[str, set[str]] = {}
    for city in mission.cities().values():
        members.setdefault(city.country, set()).add(city.slug)
    measured = {field for figure in ground.figures if figure.kind in ("OBSERVED", "ESTIMATED") for field in figure.fields}

    found = gaps_by_group(ground, {country: frozenset(cities) for country, cities in members.items()})

    for country, cities in members.items():
        piloted = Counter(field for pilot in ground.pilots if cities & set(pilot.cities) for field in pilot.fields)
        given = Counter(field for one in ground.transfers if one.counts and cities & set(one.givers) for field in one.fields)
        gaps = found[country]
        silent = {field for field, count in piloted.items() if count >= 3 and field not in given}
        assert {gap.field for gap in gaps.fields_with_pilots_but_no_transfer} == silent
        unmeasured = {field for field, count in given.items() if count >= 3 and field not in measured}
        assert {gap.field for gap in gaps.fields_with_transfers_but_no_observation} == unmeasured


def missions_ground() -> Ground:
    fields = {row["id"]: tuple(filter(None, row["fields"].split(";"))) for row in mission.rows("innovations")}
    tested = {row["id"]: tuple(filter(None, row["innovation_ids"].split(";"))) for row in mission.rows("pilots")}

    def fields_of(innovations: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(field for innovation in innovations for field in fields[innovation]))

    def innovations_of(figure: dict[str, str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (figure["innovation_id"], *tested.get(figure["pilot_id"], ())))))

    pilots = [(tuple(row["city_ids"].split(";")), tested[row["id"]]) for row in mission.rows("pilots")]
    figures = [(row["kind"], innovations_of(row)) for row in mission.rows("observations")]
    return Ground(
        tuple(PilotGround(cities, fields_of(innovations), innovations) for cities, innovations in pilots),
        tuple(
            TransferGround(one.givers, fields[one.innovation] if one.innovation else (), one.innovation, counts(one))
            for one in mission.transfers()
        ),
        tuple(Figure(kind, fields_of(innovations), innovations) for kind, innovations in figures),
    )
