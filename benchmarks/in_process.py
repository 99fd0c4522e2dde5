"""Our service without HTTP around it."""

from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.graph import Graph
from server.operations.query import QueryService
from server.settings import Settings


def service_on(graph: Graph) -> QueryService:
    """The service on an open graph, set up as when it is new; it remembers no answers."""
    domain = load_domain()
    return QueryService(graph, domain, build_schema(domain), Settings(answer_cache_bytes=0))
