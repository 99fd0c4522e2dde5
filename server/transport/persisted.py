"""Documents the operator has put in a folder, asked for by name, by hash."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import structlog

from server.errors import BadInput, BadRequest, Refusal, StartRefused
from server.transport.parameters import Parameters

HEX_HASH = re.compile(r"(?:sha256:)?([0-9a-f]{64})", re.IGNORECASE)
ID_HINT = "An id is `sha256:` with the hash of the document's text, or the name of its file."

log = structlog.get_logger("replicity")


@dataclass(frozen=True, slots=True)
class Documents:
    """The persisted documents, by the hash of their text, by the name of their file; `only` refuses all others."""

    by_id: Mapping[str, str] = field(default_factory=dict)
    only: bool = False
    names: tuple[str, ...] = ()

    def text_of(self, parameters: Parameters) -> str:
        """The document to run."""
        if parameters.document_id is not None:
            return self._known(parameters.document_id, f"No persisted document has the id {parameters.document_id[:100]!r}.")
        if "persistedQuery" in parameters.extensions:
            return self._of_apollo(parameters)
        return self._allowed(parameters.query or "")

    def _of_apollo(self, parameters: Parameters) -> str:
        claimed = _apollo_hash(parameters.extensions["persistedQuery"])
        if parameters.query is None:
            # This very message makes Apollo's clients send the text as well.
            return self._known(claimed, "PersistedQueryNotFound")
        if _hash(parameters.query) != claimed.lower():
            raise BadRequest("The hash in `extensions.persistedQuery` is not that of `query`.")
        return self._allowed(parameters.query)

    def _known(self, document_id: str, message: str) -> str:
        found = HEX_HASH.fullmatch(document_id)
        text = self.by_id.get(found[1].lower() if found else document_id)
        if text is None:
            hint = ID_HINT if self.only else f"{ID_HINT} Or send the text as `query`."
            raise BadInput(message, code="PERSISTED_DOCUMENT_NOT_FOUND", hint=hint)
        return text

    def _allowed(self, text: str) -> str:
        if self.only and _hash(text) not in self.by_id:
            raise BadInput(
                "This service answers only the documents its operator has approved.",
                code="PERSISTED_DOCUMENT_REQUIRED",
                hint="Ask for an approved one by `documentId`.",
            )
        return text


def refused_documents(documents: Documents, read: Callable[[str], Any]) -> Iterator[tuple[str, str]]:
    """The names of the documents that nobody will ever get an answer to, each with the reason; `read` raises it."""
    for name in documents.names:
        try:
            read(documents.by_id[name])
        except Refusal as refusal:
            yield name, refusal.message


def warn_of_refused(documents: Documents, read: Callable[[str], Any]) -> None:
    """Log a line for each of them; the others are answered all the same."""
    for name, reason in refused_documents(documents, read):
        log.warning("a persisted document is refused whenever it is asked for", document=name, reason=reason)


def read_documents(folder: Path | None, only: bool) -> Documents:
    """Every `*.graphql` file of the folder itself."""
    if folder is None:
        if only:
            raise StartRefused("Only persisted documents are to be answered, but no folder has any.", hint="Set REPLICITY_DOCUMENTS_DIR.")
        return Documents()
    if not folder.is_dir():
        raise StartRefused(f"The folder of persisted documents, {folder}, is not there.", hint="Correct REPLICITY_DOCUMENTS_DIR.")
    try:
        files = sorted(folder.glob("*.graphql"))
        return Documents(dict(_ids(files)), only, tuple(file.stem for file in files))
    except (OSError, UnicodeDecodeError) as unreadable:
        raise StartRefused(
            f"The persisted documents in {folder} cannot be read: {unreadable}.", hint="They are text files in UTF-8."
        ) from unreadable


def _ids(files: list[Path]) -> Iterator[tuple[str, str]]:
    for path in files:
        text = path.read_text(encoding="utf-8")
        yield path.stem, text
        # Editors end a file with a line break that a client's copy of the document may not have.
        yield from ((_hash(form), form) for form in (text, text.strip()))


def _apollo_hash(claim: Any) -> str:
    claimed = claim.get("sha256Hash") if isinstance(claim, dict) else None
    if not isinstance(claimed, str) or claim.get("version") != 1:
        raise BadRequest("`extensions.persistedQuery` must hold `version` 1 and `sha256Hash`, a string.")
    return claimed


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
