"""Settings that contradict each other, or that nobody will ever read."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.cli.checks.verdict import Check, bad, doubtful, good
from server.errors import StartRefused
from server.operations.document import reader_of
from server.policy import shown
from server.settings import Limits, Settings
from server.transport.persisted import read_documents, refused_documents

SUBJECT = "settings"
OF_NEO4J = ("database_user", "database_password", "database_password_file", "database_name")


def settings_agree(settings: Settings, environment: Mapping[str, str]) -> Iterator[Check]:
    """Each thing that does not fit, or one line to say that all of it does."""
    findings = [*_of_the_store(settings), *_of_documents(settings), *_of_limits(settings.limits), *_misspelt(environment)]
    if "*" in settings.cors_origins and len(settings.cors_origins) > 1:
        findings.append(doubtful(SUBJECT, "REPLICITY_CORS_ORIGINS names origins beside `*`.", "Either name them or allow all."))
    yield from findings or [good(SUBJECT, "No setting contradicts another.")]


def _of_the_store(settings: Settings) -> Iterator[Check]:
    given = [f"REPLICITY_{name.upper()}" for name in OF_NEO4J if name in settings.model_fields_set]
    if settings.database_uri is None:
        if given:
            yield _unread(given, "REPLICITY_DATABASE_URI is not set, so the embedded database is used", "Set it too, or take them away.")
        return
    if settings.data_dir is not None:
        yield _unread(["REPLICITY_DATA_DIR"], "REPLICITY_DATABASE_URI names a Neo4j", "Take one of them away.")
    if settings.database_password and settings.database_password_file:
        yield _unread(["REPLICITY_DATABASE_PASSWORD"], "REPLICITY_DATABASE_PASSWORD_FILE is set", "Take one of them away.")
    if not settings.database_password and not settings.database_password_file:
        yield doubtful(SUBJECT, "There is no password for Neo4j.", "Set REPLICITY_DATABASE_PASSWORD_FILE or REPLICITY_DATABASE_PASSWORD.")


def _unread(names: list[str], because: str, hint: str) -> Check:
    return doubtful(SUBJECT, f"{' and '.join(names)} {'are' if len(names) > 1 else 'is'} not read: {because}.", hint)


def _of_documents(settings: Settings) -> Iterator[Check]:
    try:
        found = read_documents(settings.documents_dir, settings.documents_only)
    except StartRefused as refused:
        yield bad(SUBJECT, refused.message, refused.hint)
        return
    if settings.documents_dir and not found.by_id:
        made = bad if settings.documents_only else doubtful
        yield made(SUBJECT, f"No *.graphql file is in {settings.documents_dir}.", "Correct REPLICITY_DOCUMENTS_DIR.")
    if found.names:
        read = reader_of(build_schema(shown(load_domain(), settings)), settings).read
        for name, reason in refused_documents(found, read):
            yield doubtful(SUBJECT, f"The persisted document {name} is refused whenever it is asked for: {reason}", "Correct it.")


def _of_limits(limits: Limits) -> Iterator[Check]:
    within = (("document_bytes", "body_bytes"), ("text_bytes", "body_bytes"), ("page", "cost"), ("plan_seconds", "execution_seconds"))
    for inner, outer in within:
        if getattr(limits, inner) > getattr(limits, outer):
            names = f"REPLICITY_LIMIT_{inner.upper()}", f"REPLICITY_LIMIT_{outer.upper()}"
            yield doubtful(SUBJECT, f"{names[0]} cannot be reached: {names[1]} is lower.", f"Raise {names[1]} or lower {names[0]}.")


def _misspelt(environment: Mapping[str, str]) -> Iterator[Check]:
    known = [name for kind in (Settings, Limits) for name in _names(kind.model_fields, str(kind.model_config["env_prefix"]))]
    for name in sorted(environment):
        close = get_close_matches(name, known, n=1, cutoff=0.9) if name.startswith("REPLICITY_") and name not in known else []
        if close:
            yield doubtful(SUBJECT, f"{name} is no setting and is not read.", f"{close[0]} was perhaps meant.")


def _names(fields: Iterable[str], prefix: str) -> Iterator[str]:
    return (f"{prefix}{field}".upper() for field in fields)
