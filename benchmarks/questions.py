"""The questions, as each side asks them: ours in our schema, the peer's in the one that @neo4j/graphql makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.client import body_of

VARIANTS = 40
"""Requests that ask the same with other values: identical reads in flight would share one trip, and that is not what is measured."""

# Records with most of their fields, in a few long lists: countries, their cities, the pilots in them.
WIDE = """query Wide($first: Int!, $except: String!) {
  countries(first: $first, where: {slug: {ne: $except}}, orderBy: [{slug: ASC}]) {
    nodes {
      slug code name
      cities(first: 25, orderBy: [{slug: ASC}]) {
        nodes {
          id slug name localName missionStatus population populationSource neutralityTargetYear
          createdAt updatedAt revision status
          pilots(first: 8, orderBy: [{slug: ASC}]) {
            nodes { id slug title summary stage startDate endDate budgetEur reasonStopped createdAt updatedAt revision status }
          }
        }
      }
    }
  }
}"""

WIDE_OF_PEER = """query Wide($first: Int!, $except: String!) {
  countries(limit: $first, where: {NOT: {slug: {eq: $except}}}, sort: [{slug: ASC}]) {
    slug code name
    cities(limit: 25, sort: [{slug: ASC}]) {
      id slug name localName missionStatus population populationSource neutralityTargetYear
      createdAt updatedAt revision status
      pilots(limit: 8, sort: [{slug: ASC}]) {
        id slug title summary stage startDate endDate budgetEur reasonStopped createdAt updatedAt revision status
      }
    }
  }
}"""

WIDE_OF_DATALOADERS = """query Wide($first: Int!, $except: String!) {
  countries(first: $first, except: $except) {
    slug code name
    cities(first: 25) {
      id slug name localName missionStatus population populationSource neutralityTargetYear
      createdAt updatedAt revision status
      pilots(first: 8) {
        id slug title summary stage startDate endDate budgetEur reasonStopped createdAt updatedAt revision status
      }
    }
  }
}"""

# Records with a few fields, in many short lists: cities, and what is around each.
BUSHY = """query Bushy($first: Int!, $except: String!) {
  cities(first: $first, where: {missionStatus: {eq: MISSION_EU}, slug: {ne: $except}}, orderBy: [{slug: ASC}]) {
    nodes {
      slug name localName missionStatus population neutralityTargetYear
      country { code name }
      networks(first: 5, orderBy: [{slug: ASC}]) { nodes { slug name kind scope } }
      pilots(first: 10, orderBy: [{slug: ASC}]) {
        nodes {
          slug title stage startDate budgetEur
          innovations(first: 3, orderBy: [{slug: ASC}]) { nodes { slug title firstYear } }
        }
      }
      transfersReceived(first: 10, orderBy: [{slug: ASC}]) {
        nodes {
          slug kind degree year outcome
          innovation { slug title firstYear }
          sourceCities(first: 3, orderBy: [{slug: ASC}]) { nodes { slug name population } }
        }
      }
    }
  }
}"""

BUSHY_OF_PEER = """query Bushy($first: Int!, $except: String!) {
  cities(limit: $first, where: {missionStatus: {eq: "MISSION_EU"}, NOT: {slug: {eq: $except}}}, sort: [{slug: ASC}]) {
    slug name localName missionStatus population neutralityTargetYear
    country { code name }
    networks(limit: 5, sort: [{slug: ASC}]) { slug name kind scope }
    pilots(limit: 10, sort: [{slug: ASC}]) {
      slug title stage startDate budgetEur
      innovations(limit: 3, sort: [{slug: ASC}]) { slug title firstYear }
    }
    transfersReceived(limit: 10, sort: [{slug: ASC}]) {
      slug kind degree year outcome
      innovation { slug title firstYear }
      sourceCities(limit: 3, sort: [{slug: ASC}]) { slug name population }
    }
  }
}"""

BUSHY_OF_DATALOADERS = """query Bushy($first: Int!, $except: String!) {
  cities(first: $first, except: $except) {
    slug name localName missionStatus population neutralityTargetYear
    country { code name }
    networks(first: 5) { slug name kind scope }
    pilots(first: 10) {
      slug title stage startDate budgetEur
      innovations(first: 3) { slug title firstYear }
    }
    transfersReceived(first: 10) {
      slug kind degree year outcome
      innovation { slug title firstYear }
      sourceCities(first: 3) { slug name population }
    }
  }
}"""

PAGE = """query Page($except: String!) {
  cities(first: 20, where: {slug: {ne: $except}}, orderBy: [{slug: ASC}]) {
    nodes { slug name population missionStatus neutralityTargetYear }
  }
}"""

PAGE_OF_PEER = """query Page($except: String!) {
  cities(limit: 20, where: {NOT: {slug: {eq: $except}}}, sort: [{slug: ASC}]) {
    slug name population missionStatus neutralityTargetYear
  }
}"""

# Each takes a cursor, so that not only the first page is asked for.
THREE_LEVELS = {
    "transfers by slug": """query Page($after: String) {
  transfers(first: 20, after: $after) {
    edges { cursor }
    nodes {
      slug kind outcome year
      innovation { title firstYear pilots(first: 3) { nodes { title stage cities(first: 2) { nodes { name } } } } }
      targetCity { name country { name } }
      sourceCities(first: 3) { nodes { name } }
    }
  }
}""",
    "pilots by an indexed value that some lack": """query Page($after: String) {
  pilots(first: 20, after: $after, orderBy: [{startDate: DESC}]) {
    edges { cursor }
    nodes {
      slug title stage startDate
      cities(first: 3) { nodes { name country { name } } }
      innovations(first: 3) { nodes { title fields { notation } } }
    }
  }
}""",
    "cities by name": """query Page($after: String) {
  cities(first: 20, after: $after, orderBy: [{name: ASC}]) {
    edges { cursor }
    nodes {
      slug name population
      country { name }
      networks(first: 3) { nodes { name country { name } } }
    }
  }
}""",
}

# The database chooses between the index of the order and that of the filter; where many records fit, neither is good for both.
FILTERED = {
    "cities by name, filtered by population": """query Page($after: String) {
  cities(first: 20, after: $after, orderBy: [{name: ASC}], where: {population: {gte: 200000}}) {
    edges { cursor }
    nodes {
      slug name population
      country { name }
      networks(first: 3) { nodes { name country { name } } }
    }
  }
}""",
}

SOURCES_PAGE = """query Page($after: String) {
  sources(first: 20, after: $after) { edges { cursor } nodes { slug url title publisher } }
}"""

SOURCE_CURSOR = "query Cursor($slug: String!) { sources(first: 1, where: {slug: {eq: $slug}}) { edges { cursor } } }"


@dataclass(frozen=True, slots=True)
class Nested:
    """A nested read in everybody's words, and how many records to begin with."""

    ours: str
    of_peer: str
    of_dataloaders: str
    first: int

    def asked(self, document: str) -> Sequence[bytes]:
        """Requests that ask with different values for equal answers."""
        return [body_of(document, first=self.first, **{"except": f"none-{number}"}) for number in range(VARIANTS)]


NESTED = {
    "wide": Nested(WIDE, WIDE_OF_PEER, WIDE_OF_DATALOADERS, 60),
    "bushy": Nested(BUSHY, BUSHY_OF_PEER, BUSHY_OF_DATALOADERS, 50),
}


def page(document: str = PAGE) -> Sequence[bytes]:
    """Requests for the page of 20 records with 5 fields."""
    return [body_of(document, **{"except": f"none-{number}"}) for number in range(VARIANTS)]


def plain(answer: Any) -> Any:
    """An answer without the ways of its API: a connection is its nodes, a list of one that can only be one is that one."""
    if isinstance(answer, list):
        return [plain(each) for each in answer]
    if not isinstance(answer, dict):
        return answer
    if answer.keys() == {"nodes"}:
        return plain(answer["nodes"])
    return {name: _one(name, plain(value)) for name, value in answer.items()}


def _one(name: str, value: Any) -> Any:
    if name in ("country", "innovation") and isinstance(value, list):
        return value[0] if value else None
    return value
