"""What the driver's errors mean."""

from enum import Enum, auto

from server.dialects.bolt import exceptions
from server.errors import GraphTooSlow, GraphUnavailable, StartRefused

DRIVER_ERRORS = (exceptions.Neo4jError, exceptions.DriverError)
"""Everything the driver raises about the database or the way to it."""


class StatementFailed(Exception):
    """The database refused a statement of ours: a fault in this program, with the database's code."""

    def __init__(self, code: str | None, words: str) -> None:
        super().__init__(f"{code}: {words}")
        self.code = code


class ConstraintBroken(StatementFailed):
    """A write would have made two nodes share what must be unique."""


class Failure(Enum):
    """What went wrong, in the terms that decide what happens next."""

    UNREACHABLE = auto()
    UNDECIDED = auto()
    PASSWORD = auto()
    RIGHTS = auto()
    DATABASE = auto()
    VERSION = auto()
    ADDRESS = auto()
    TIMEOUT = auto()
    BUSY = auto()
    CONSTRAINT = auto()
    ALREADY_THERE = auto()
    FAULT = auto()


_BY_CODE = {
    "Neo.ClientError.Database.DatabaseNotFound": Failure.DATABASE,
    "Neo.ClientError.Transaction.TransactionTimedOut": Failure.TIMEOUT,
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration": Failure.TIMEOUT,
    "Neo.TransientError.Transaction.TransactionTimedOut": Failure.TIMEOUT,
    "Neo.ClientError.Security.Unauthorized": Failure.PASSWORD,
    "Neo.ClientError.Security.AuthenticationRateLimit": Failure.PASSWORD,
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": Failure.RIGHTS,
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase": Failure.RIGHTS,
    "Neo.ClientError.General.ReadOnly": Failure.RIGHTS,
    "Neo.ClientError.Statement.AccessMode": Failure.FAULT,
    "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists": Failure.ALREADY_THERE,
    "Neo.TransientError.General.DatabaseUnavailable": Failure.UNREACHABLE,
    "Neo.TransientError.Database.DatabaseUnavailable": Failure.UNREACHABLE,
    "Neo.DatabaseError.Database.UnableToStartDatabase": Failure.UNREACHABLE,
}

# Order matters: the first class that fits decides.
_BY_CLASS: tuple[tuple[type[Exception], Failure], ...] = (
    (exceptions.IncompleteCommit, Failure.UNDECIDED),
    (exceptions.ServiceUnavailable, Failure.UNREACHABLE),
    (exceptions.SessionExpired, Failure.UNREACHABLE),
    (exceptions.ConnectionPoolError, Failure.BUSY),
    (exceptions.UnsupportedServerProduct, Failure.VERSION),
    (exceptions.AuthConfigurationError, Failure.PASSWORD),
    (exceptions.ConfigurationError, Failure.ADDRESS),
    (exceptions.AuthError, Failure.PASSWORD),
    (exceptions.ConstraintError, Failure.CONSTRAINT),
    (exceptions.TransientError, Failure.BUSY),
)


def failure(error: Exception) -> Failure:
    """What kind of failure an error of the driver is."""
    code = getattr(error, "code", None) or ""
    if code in _BY_CODE:
        return _BY_CODE[code]
    for kind, meaning in _BY_CLASS:
        if isinstance(error, kind):
            return meaning
    return Failure.RIGHTS if code.startswith("Neo.ClientError.Security.") else Failure.FAULT


_WHILE_SERVING = {
    Failure.UNREACHABLE: GraphUnavailable,
    Failure.PASSWORD: GraphUnavailable,
    Failure.RIGHTS: GraphUnavailable,
    Failure.DATABASE: GraphUnavailable,
    Failure.VERSION: GraphUnavailable,
    Failure.ADDRESS: GraphUnavailable,
}


def while_serving(error: Exception) -> Exception:
    """The error as everybody above the graph knows it. A client learns nothing of addresses or passwords."""
    kind = failure(error)
    if kind in _WHILE_SERVING:
        return _WHILE_SERVING[kind]()
    if kind is Failure.UNDECIDED:
        return GraphUnavailable(
            "The connection was lost while the change was being kept: it may or may not have been kept.",
            hint="Look before you send it again.",
        )
    if kind is Failure.BUSY:
        return GraphUnavailable("Too much is going on in the graph at once.")
    if kind is Failure.TIMEOUT:
        return too_slow()
    code = error.code if isinstance(error, exceptions.Neo4jError) else type(error).__name__
    return (ConstraintBroken if kind is Failure.CONSTRAINT else StatementFailed)(code, str(error))


def too_slow() -> GraphTooSlow:
    """The answer to a statement that took longer than it may."""
    return GraphTooSlow("The graph took too long to answer.", hint="Ask for less at once: fewer records, fewer levels, narrower filters.")


_AT_START = {
    Failure.UNREACHABLE: (
        "STORE_ADDRESS",
        "Nothing that speaks Bolt answers at {uri}.",
        "Check REPLICITY_DATABASE_URI and that the database runs; Neo4j's Bolt port is usually 7687, not 7474.",
    ),
    Failure.ADDRESS: (
        "STORE_ADDRESS",
        "{uri} is not an address of a Neo4j database.",
        "Give REPLICITY_DATABASE_URI as neo4j://host:7687, or neo4j+s://host for an encrypted connection.",
    ),
    Failure.PASSWORD: (
        "STORE_PASSWORD",
        "The database at {uri} refuses the password of user {user}.",
        "Check REPLICITY_DATABASE_USER and REPLICITY_DATABASE_PASSWORD or REPLICITY_DATABASE_PASSWORD_FILE; "
        "after several wrong ones Neo4j locks the user for some seconds.",
    ),
    Failure.VERSION: (
        "STORE_VERSION",
        "The database at {uri} is not a Neo4j this service can talk to.",
        "Neo4j 5.26 or newer is needed.",
    ),
    Failure.DATABASE: (
        "STORE_DATABASE",
        "The server at {uri} has no database named {database}.",
        "Create it, or name another with REPLICITY_DATABASE_NAME.",
    ),
    Failure.RIGHTS: (
        "STORE_RIGHTS",
        "User {user} may not do what the service needs in database {database} at {uri}.",
        "The user must be allowed to read, to write and to create constraints and indexes, must not be due to change the password, "
        "and the database must not be read-only.",
    ),
}


def at_start(error: Exception, **place: str) -> Exception:
    """The error as an operator should read it: what is wrong and what to mend. `place` names uri, user and database."""
    kind = failure(error)
    if kind not in _AT_START:
        return while_serving(error)
    code, sentence, hint = _AT_START[kind]
    return StartRefused(sentence.format(**place), code=code, hint=hint)
