"""A process that owns an embedded database, for tests to kill: `python -m tests.embedded_owner FOLDER`.

It says `ready PID` with the database's process id, then the number of each write that was acknowledged.
On SIGTERM it leaves properly.
"""

import asyncio
import signal
import sys
from pathlib import Path

from server.cypher import Statement, Transaction
from server.dialects.embedded import EMBEDDED
from server.embedded import running
from server.graph import connect


def say(words: str) -> None:
    """Print it at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


async def own(folder: Path) -> None:
    """Hold the folder and write until told to leave."""
    async with running(folder, 10.0) as (database, address), connect(address, EMBEDDED, 10.0) as graph:
        say(f"ready {database.pid}")
        (written, _) = await graph.read(Statement("RETURN COUNT { (:Written) }, null"))
        while True:
            written += 1

            async def work(tx: Transaction, number: int = written) -> None:
                await tx.run(Statement("CREATE (:Written {number: $number})-[:BESIDE]->(:Shadow {number: $number})", {"number": number}))

            await graph.write(work)
            say(str(written))


async def main() -> None:
    """Own the folder until SIGTERM."""
    owning = asyncio.create_task(own(Path(sys.argv[1])))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, owning.cancel)
    await asyncio.wait([owning])
    if not owning.cancelled():
        owning.result()


if __name__ == "__main__":
    asyncio.run(main())
