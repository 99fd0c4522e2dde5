"""Bodies made to hurt, up to 1 MB: how long one keeps the event loop from everybody else, and whether it is answered."""

import json
from collections.abc import Mapping, Sequence

from starlette.applications import Starlette

from benchmarks.databases import MISSION, opened
from benchmarks.figures import Figure
from server.app import create_app, house_of
from server.settings import Settings
from tests.transport.pulse import answer_to, longest_step
from tests.transport.test_hostile_bodies import BODIES, MEGABYTE

TIMES = 3


def documents() -> Mapping[str, str]:
    """Documents that are dear to read, for a reader that trusts them."""
    size = MEGABYTE - 200
    return {
        "nested selections": "{a" * (size // 3),
        "10,000 aliases": "{" + " ".join(f'a{n}: city(slug: "lund") {{ name }}' for n in range(10_000)) + "}",
        "aliases of one field": "{" + " ".join(f"a{n}: __typename" for n in range(20_000)) + "}",
        "cyclic fragments": "{...a} fragment a on Query {...b} fragment b on Query {...a}",
        "fragments in fragments": "{...f0} " + " ".join(f"fragment f{n} on Query {{...f{n + 1} ...f{n + 1}}}" for n in range(19)),
        "directives": "{ __typename " + "@skip(if: false) " * 20_000 + "}",
        "a long list": "query { cities(where: {slug: {in: [" + '"a" ' * 100_000 + "]}}) { totalCount } }",
        "filters in filters": "{ cities(where: " + "{not: " * 60_000 + "{}" + "}" * 60_000 + ") { totalCount } }",
        "wide filters": "{ cities(where: {or: [" + '{slug: {eq: "a"}} ' * 190 + "]}) { totalCount } }",
        "one field again and again": "{ " + "cities { nodes { name } } " * 195 + "}",
        "overlapping fields": "{ " + 'city(slug: "lund") { pilots { nodes { title } } } ' * 60 + "}",
        "deep in allowed words": '{ city(slug: "lund") ' + "{ pilots { nodes { cities { nodes " * 30 + "{ name }" + " } } } }" * 30 + " }",
        "a text": '{ city(slug: "' + "x" * size + '") { name } }',
        "a comment": "{ __typename } #" + "x" * size,
        "commas": "{ __typename " + "," * size + "}",
        "unknown names": "{ " + " ".join(f"citys{n}" for n in range(400)) + " }",
        "unknown fields that look alike": "{ cities { nodes { " + " ".join(f"nam{n}" for n in range(300)) + " } } }",
    }


def bodies() -> Mapping[str, bytes]:
    """Every hostile body."""
    variables = {
        "a long variable": {"slug": "x" * (MEGABYTE - 200)},
        "a list of variables": {"slugs": ["a"] * 200_000},
        "conditions in a variable": {"where": {"or": [{"slug": {"eq": f"{n}"}} for n in range(30_000)]}},
    }
    condition = "{and: [{slug: {eq: $slug, in: $slugs}}, $where]}"
    document = f"query ($slug: String, $slugs: [String!], $where: CityFilter) {{ cities(where: {condition}) {{ totalCount }} }}"
    asked = {name: json.dumps({"query": text}).encode() for name, text in documents().items()}
    asked |= {name: json.dumps({"query": document, "variables": value}).encode() for name, value in variables.items()}
    return {name: body for name, body in {**BODIES, **asked}.items() if len(body) <= MEGABYTE}


async def measure() -> Sequence[Figure]:
    """The longest step of the event loop's thread while a body is answered, the worst of all bodies."""
    async with opened("embedded", MISSION) as database, database.graph() as graph:
        settings = Settings()
        app = create_app(settings, house_of(graph, settings))
        worst = {name: await _longest(app, body) for name, body in bodies().items()}
    dearest = sorted(worst, key=lambda name: -max(worst[name]))
    return [
        Figure(f"hostile body, event loop blocked: {name}", " ms", worst[name], "at most", 50, f"the worst {place} of {len(worst)} bodies")
        for place, name in enumerate(dearest[:3], 1)
    ]


async def _longest(app: Starlette, body: bytes) -> tuple[float, ...]:
    found = []
    for _ in range(TIMES):
        with longest_step() as longest:
            status = await answer_to(app, "POST", body)
        assert status in (200, 400, 408, 413, 503, 504), status
        found.append(1_000 * longest[0])
    return tuple(found)
