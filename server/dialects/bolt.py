"""The driver, imported without what it would bring along.

It takes pandas, numpy and Arrow where they are installed, for answers as tables that nobody here asks for, and loading those
takes nearly half of what a start takes. So they count as absent while it is imported, and only then.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_TABLES = ("numpy", "pandas", "pyarrow")


@contextmanager
def _without_tables() -> Iterator[None]:
    hidden = [name for name in _TABLES if name not in sys.modules]
    # To Python, a module that is None is one that cannot be imported.
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with _without_tables():
    import neo4j
    from neo4j import auth_management, exceptions

__all__ = ["auth_management", "exceptions", "neo4j"]
