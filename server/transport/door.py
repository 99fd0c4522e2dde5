"""What stands behind the paths that answer questions."""

from dataclasses import dataclass

from server.errors import Refusal
from server.operations.answer import Answer, masked, refused
from server.operations.request import Request
from server.operations.service import Service
from server.settings import Limits
from server.transport.persisted import Documents


@dataclass(frozen=True, slots=True)
class Door:
    """The service, the documents it keeps, the limits on what is carried in and out."""

    service: Service
    documents: Documents
    limits: Limits

    async def ask(self, request: Request) -> Answer:
        """The service's answer, whatever happens in it."""
        try:
            return await self.service.query(request)
        except Refusal as refusal:
            return refused(refusal)
        except Exception as stranger:  # noqa: BLE001 - whatever nobody foresaw becomes an answer here
            return masked(stranger)
