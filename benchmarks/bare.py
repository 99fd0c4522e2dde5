"""The least that a service can do: the bare driver runs one given statement, its record goes out as JSON.

`python -m benchmarks.bare FILE` serves the statement in FILE; the database is named by the environment.
"""

import os
import sys
from pathlib import Path
from typing import Any

import orjson
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase

from benchmarks.serving import run, serve

HEAD = {"type": "http.response.start", "status": 200}


def application(driver: AsyncDriver, text: str, parameters: dict[str, Any], varying: str) -> Any:
    """An ASGI application with one answer; the request's variable stands in for the parameter that varies."""

    async def app(_scope: Any, receive: Any, send: Any) -> None:
        asked = orjson.loads((await receive())["body"])
        values = {**parameters, varying: asked["variables"]["except"]}
        async with driver.session(database="neo4j", default_access_mode=READ_ACCESS) as session:
            record = await (await session.run(text, values)).single()
        body = orjson.dumps(list(record or ()))
        await send({**HEAD, "headers": [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]})
        await send({"type": "http.response.body", "body": body})

    return app


async def main(given: dict[str, Any]) -> None:
    """Serve until stopped."""
    auth = (os.environ["PEER_USER"], os.environ["PEER_PASSWORD"])
    async with AsyncGraphDatabase.driver(os.environ["PEER_URI"], auth=auth) as driver:
        app = application(driver, given["text"], given["parameters"], given["varying"])
        await serve(app)


if __name__ == "__main__":
    run(main(orjson.loads(Path(sys.argv[1]).read_bytes())))
