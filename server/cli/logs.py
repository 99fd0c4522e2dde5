"""How log lines look, where they go."""

import logging
import sys
from typing import Any

import orjson
import structlog
from structlog.types import Processor

from server.settings import Settings

# These speak of every start and stop; their warnings are enough.
QUIETER = ("uvicorn.error", "httpx", "httpcore", "neo4j")


def configure_logs(settings: Settings | None = None) -> None:
    """Send our lines, with those of the libraries, to standard error; until the settings are read, as they are by default."""
    settings = settings or Settings.model_construct()
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    shared = _shared()
    renderer = _renderer(settings)
    structlog.configure(
        processors=[*shared, *renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderer]
    )
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in QUIETER:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _renderer(settings: Settings) -> list[Processor]:
    if settings.log_format == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(serializer=_json)]
    # A traceback without the values of variables: those can hold what nobody should read in a log.
    colors = sys.stderr.isatty()
    return [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)]


def _json(line: Any, default: Any = repr, **_: Any) -> str:
    return orjson.dumps(line, default=default, option=orjson.OPT_NON_STR_KEYS).decode()
