"""Everything between an operation and its answer that needs no graph: plan, statements, shaper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from server.errors import OverLimit
from server.reading.chosen import Choosing
from server.reading.compiler import Compiled, compile_plan
from server.reading.effort import deadline
from server.reading.expressions import Sight
from server.reading.plan import Plan
from server.reading.planner import Asked, Planner, Schema
from server.reading.shaper import Shaper, compile_shaper
from server.settings import Limits


@dataclass(frozen=True, slots=True)
class Reading:
    """What serves every request of one shape. `with_totals` counts whole types, `without_totals` takes them as known.

    `definitions` names the measures that were looked at, each with the version of its definition; `terms`, whom to name where
    what is shown comes under a licence of its own; `following` reads the records that can only be chosen when the rest has been
    read. `reads_beside` says whether the first statement reads anything but chosen records.
    """

    with_totals: Compiled
    without_totals: Compiled
    totals: tuple[str, ...]
    shaper: Shaper
    definitions: Mapping[str, str]
    terms: tuple[Any, ...]
    needs_graph: bool
    reads_beside: bool
    choosing: tuple[Choosing, ...]
    following: Compiled | None
    cost: int


@dataclass(frozen=True, slots=True)
class Desk:
    """Where operations become readings: the schema, the limits, what the service knows of itself."""

    schema: Schema
    limits: Limits
    about: Mapping[str, Any]
    reads_together_from: int

    def deadline(self) -> Callable[[], None]:
        """What bounds the planning that begins now."""
        return deadline(self.limits.plan_seconds)

    def reading(self, asked: Asked, sight: Sight) -> Reading:
        """Plan and compile; raises BadInput and OverLimit."""
        planned = Planner(self.schema, sight, self.limits, self.about).plan(asked)
        plan = planned.plan
        with_totals = self._compiled(plan)
        return Reading(
            with_totals,
            compile_plan(plan, totals=False, reads_together_from=self.reads_together_from) if plan.totals else with_totals,
            plan.totals,
            compile_shaper(planned.fields),
            dict(sight.measures),
            tuple(self.about["terms"][each] for each in sorted(sight.licences)),
            bool(plan.roots or plan.totals or planned.asks_revision or planned.choosing),
            _reads_beside(plan, planned.choosing),
            planned.choosing,
            self._compiled(planned.following) if planned.following else None,
            planned.cost,
        )

    def _compiled(self, plan: Plan) -> Compiled:
        compiled = compile_plan(plan, totals=True, reads_together_from=self.reads_together_from)
        size = len(compiled.text.encode())
        if size > self.limits.cypher_bytes:
            raise OverLimit("cypher_bytes", self.limits.cypher_bytes, size)
        return compiled


def _reads_beside(plan: Plan, choosing: tuple[Choosing, ...]) -> bool:
    chosen = sum(len(each.places) + len(each.counting) for each in choosing if not each.late)
    return bool(plan.totals) or len(plan.roots) > chosen
