"""The service over the Mission's data, asked without HTTP."""

import pytest

from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.graph import Graph
from server.operations.query import QueryService
from server.settings import Settings

DOMAIN = load_domain()
SCHEMA = build_schema(DOMAIN)


@pytest.fixture
def service(mission: Graph) -> QueryService:
    """A service with empty caches over the Mission's data."""
    return QueryService(mission, DOMAIN, SCHEMA, Settings())
