"""The hits of a search in numbers, from how often each score occurs under each value."""

from server.reading.hit_counts import counted, summed
from server.search.facets import Counts, Scores

COUNTRIES: dict[tuple[str | None, str | None], Scores] = {(f"C{place:03}", f"Country {place}"): {70: 1 + place % 2} for place in range(103)}


def test_of_many_values_a_hundred_are_given_and_those_without_one_after_them() -> None:
    counts: Counts = {"COUNTRY": {**COUNTRIES, (None, None): {30: 200}}, "TYPE": {("City", None): {70: 154, 30: 200}}}

    found, facet = summed(counts, "COUNTRY"), counted(counts, "COUNTRY")

    keys = [group.key for group in found.groups]
    assert keys[50:52] == ["C101", "C000"]
    assert (len(keys), keys[-1], found.more_groups) == (101, None, 3)
    assert ([value.key for value in facet.values], facet.more, facet.missing) == (keys[:-1], 3, 200)


def test_a_mean_is_rounded_and_a_median_lies_between_two_in_the_middle() -> None:
    found = summed({"TYPE": {("City", None): {100: 1, 60: 1}, ("Need", None): {60: 1, 20: 3}}}, "TYPE")

    score = found.score
    assert (found.count, score.count, score.missing, score.sum, score.mean, score.median) == (6, 6, 0, 280.0, 46.6666666667, 40.0)
    assert [(group.key, group.label, group.score.median) for group in found.groups] == [("NEED", "Need", 20.0), ("CITY", "City", 80.0)]
    assert (score.min, score.max) == (20.0, 100.0)


def test_a_value_without_a_name_is_called_by_its_key() -> None:
    (value,) = counted({"COUNTRY": {("SE", None): {30: 2}}}, "COUNTRY").values

    assert (value.key, value.label, value.count) == ("SE", "SE", 2)
