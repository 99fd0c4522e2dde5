"""Who is asking."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """What the service knows of a caller; without roles the caller is anonymous."""

    roles: frozenset[str] = frozenset()

    @property
    def scope(self) -> str:
        """Two viewers of one scope see the same graph, so they may share plans, counts and answers."""
        return ",".join(sorted(self.roles)) if self.roles else ""


ANONYMOUS = Viewer()
