"""`python -m benchmarks [NAME …]`: measure, and print a table; without names everything."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence

from benchmarks import discovering, exporting, flat, hostile, memory, nested, overhead, page_cpu, plan_cache, remembered, unseen
from benchmarks.figures import Figure, table
from benchmarks.machine import facts

ALL: Mapping[str, Callable[[], Awaitable[Sequence[Figure]]]] = {
    "nested": nested.measure,
    "page": page_cpu.measure,
    "overhead": overhead.measure,
    "plans": plan_cache.measure,
    "remembered": remembered.measure,
    "unseen": unseen.measure,
    "embedded": flat.embedded,
    "growing": flat.growing,
    "deep": flat.deep,
    "discovering": discovering.measure,
    "searching": discovering.search,
    "exporting": exporting.measure,
    "hostile": hostile.measure,
    "memory": memory.measure,
}


async def main(names: Sequence[str]) -> None:
    """Measure what was asked for, one after the other."""
    for name, value in facts().items():
        print(f"{name}: {value}")
    print(flush=True)
    figures: list[Figure] = []
    for name in names or ALL:
        print(f"measuring {name}", file=sys.stderr, flush=True)
        figures += await ALL[name]()
    print(table(figures))


if __name__ == "__main__":
    unknown = [name for name in sys.argv[1:] if name not in ALL]
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(ALL)}.")
    asyncio.run(main(sys.argv[1:]))
