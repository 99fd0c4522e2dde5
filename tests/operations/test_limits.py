"""Every limit on a request is refused with its name, the figure and the setting, before anything dearer is done."""

import time
from typing import Any

import pytest

from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.errors import BadDocument, OverLimit
from server.operations.document import Reader
from server.operations.limits import check_variables
from server.settings import Limits

SCHEMA = build_schema(load_domain())


def read(document: str, **limits: Any) -> None:
    Reader(SCHEMA, Limits(**limits), introspection=True).read(document)


CONDITION = '{slug: {eq: "a"}} '
TWICE = "@include(if: true) @skip(if: false)"
FIELDS = ("id", "slug", "status", "name", "localName", "population")
TOO_MUCH = [
    ("document_bytes", "{ __typename }" + " " * 70_000),
    ("tokens", "{ " + "__typename " * 1_001 + "}"),
    ("tokens", "{ __typename } " + "#\n" * 1_001),
    ("depth", '{ city(slug: "a") ' + "{ country { cities { nodes " * 5 + "{ slug }" + " } } }" * 5 + " }"),
    ("depth", "{a" * 450 + "}" * 450),
    ("introspection_depth", "{ __schema { types { fields { type { " + "ofType { " * 14 + "name" + " }" * 14 + " } } } } }"),
    ("aliases", "{ " + " ".join(f"a{n}: __typename" for n in range(16)) + " }"),
    ("root_fields", "{ " + " ".join(f"a{n}: __typename" for n in range(11)) + " }"),
    ("directives_per_location", "{ __typename " + "@include(if: true) " * 5 + "}"),
    ("directives", '{ city(slug: "a") { ' + " ".join(f"{name} {TWICE}" for name in FIELDS * 5) + " } }"),
    ("selections", '{ city(slug: "a") { ' + "name slug id status " * 51 + "} }"),
    ("fragments", "{ ...F0 } " + " ".join(f"fragment F{n} on Query {{ __typename }}" for n in range(21))),
    ("fields_per_name", '{ city(slug: "a") { ' + "name " * 6 + "} }"),
    ("filter_conditions", "{ cities(where: {or: [" + CONDITION * 201 + "]}) { totalCount } }"),
    ("filter_depth", "{ cities(where: " + "{not: " * 10 + CONDITION + "}" * 10 + ") { totalCount } }"),
    ("in_values", "{ cities(where: {population: {in: [" + "1 " * 900 + "]}}) { totalCount } }"),
    ("text_bytes", '{ cities(where: {name: {eq: "' + "x" * 30_000 + '"}}) { totalCount } }'),
]


def test_the_limit_and_the_figure_over_it_are_written_in_one_way() -> None:
    assert OverLimit("cost", 20_000, 1_010_100).message == "The limit on cost is 20,000; this request has 1,010,100."


def test_a_figure_that_is_counted_no_further_than_the_limit_says_so() -> None:
    with pytest.raises(OverLimit, match=r"is 10; this request has 11 or more\."):
        read("{ cities(where: " + "{not: " * 12 + CONDITION + "}" * 12 + ") { totalCount } }")


@pytest.mark.parametrize(("limit", "document"), TOO_MUCH, ids=[f"{limit}-{place}" for place, (limit, _) in enumerate(TOO_MUCH)])
def test_a_document_over_a_limit_is_told_which_by_how_much_and_what_to_set(limit: str, document: str) -> None:
    others = {"in_values": {"in_values": 500}, "aliases": {"root_fields": 100}, "filter_conditions": {"tokens": 9_999}}

    with pytest.raises(OverLimit) as refusal:
        read(document, **others.get(limit, {}))

    assert refusal.value.details["limit"] == limit
    assert refusal.value.details["setting"] == f"REPLICITY_LIMIT_{limit.upper()}"
    assert f"{refusal.value.details['allowed']:,}" in refusal.value.message


@pytest.mark.parametrize(
    "document",
    [
        '{ city(slug: "a") ' + "{ country { cities { nodes " * 4 + "{ slug }" + " } } }" * 4 + " }",
        "{ cities { edges { node { pilots { pageInfo { hasNextPage } nodes { title } } location { latitude } } } } }",
        "{ __schema { types { fields { type { " + "ofType { " * 7 + "name" + " }" * 7 + " } } } } }",
    ],
)
def test_a_document_within_the_limits_is_read(document: str) -> None:
    read(document)


def test_depth_counts_records_and_sees_through_fragments() -> None:
    fragments = " ".join(f"fragment F{n} on City {{ country {{ cities {{ nodes {{ ...F{n + 1} }} }} }} }}" for n in range(6))
    document = f'{{ city(slug: "a") {{ ...F0 }} }} {fragments} fragment F6 on City {{ slug }}'

    with pytest.raises(OverLimit, match="depth"):
        read(document)


def test_fragments_in_a_ring_are_refused_as_such() -> None:
    with pytest.raises(BadDocument, match="spread"):
        read("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }")


def test_brackets_nested_beyond_reading_are_refused() -> None:
    with pytest.raises((BadDocument, OverLimit)):
        read("{ cities(where: " + "[" * 900 + ") { totalCount } }", tokens=10_000)


@pytest.mark.parametrize(
    ("limit", "value"),
    [
        ("in_values", list(range(1_001))),
        ("filter_conditions", {"or": [{f"k{n}": {}} for n in range(201)]}),
        ("text_bytes", "x" * 20_481),
        ("filter_depth", {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": {"i": {"j": {"k": 1}}}}}}}}}}}),
    ],
)
def test_a_variable_over_a_limit_is_refused(limit: str, value: Any) -> None:
    with pytest.raises(OverLimit) as refusal:
        check_variables({"v": value}, Limits())

    assert refusal.value.details["limit"] == limit


def test_the_pass_over_a_document_is_linear() -> None:
    def seconds(fields: int) -> float:
        spreading = (f"fragment F{n} on Query {{ {f'...F{n + 1} ' * fields} __typename }}" for n in range(19))
        document = f"{{ ...F0 }} {' '.join(spreading)} fragment F19 on Query {{ __typename }}"
        started = time.process_time()
        with pytest.raises((OverLimit, BadDocument)):
            read(document, tokens=100_000, selections=10**9, fields_per_name=10**9)
        return time.process_time() - started

    # Nineteen fragments that each spread the next twenty times: read naively, 20 to the power of 19 fields.
    assert seconds(20) < 5


@pytest.mark.parametrize(("limit", "figure"), [("depth", -1), ("page", 0), ("execution_seconds", -0.5)])
def test_a_limit_that_lets_nothing_through_is_no_setting(limit: str, figure: Any) -> None:
    with pytest.raises(ValueError, match="from 1 on"):
        Limits.model_validate({limit: figure})
