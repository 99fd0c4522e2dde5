"""Who may see what."""

from graph_schema.domain import Domain
from graph_schema.kernel import Property
from server.settings import Settings
from server.viewer import Viewer

PUBLIC_STATUS = "PUBLISHED"
EMISSIONS = "EmissionEntry"


def shown(domain: Domain, settings: Settings) -> Domain:
    """The domain as this service shows it: emissions, whose terms are those of CDP and ICLEI, only where the operator lets them out."""
    return domain if settings.emissions == "on" else domain.withholding(EMISSIONS)


def visible_statuses(_viewer: Viewer) -> tuple[str, ...]:
    """The record statuses that exist for a viewer."""
    return (PUBLIC_STATUS,)


def may_see(viewer: Viewer, of: Property) -> bool:
    """Whether a property exists for a viewer: for its value, for filters, orders and counts alike."""
    return of.seen_by is None or bool(of.seen_by & viewer.roles)
