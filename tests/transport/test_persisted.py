"""Documents the operator keeps are asked for by id; where only those are answered, nothing else is."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from graphql import build_schema

from server.app import House, create_app
from server.errors import StartRefused
from server.operations.document import Reader
from server.settings import Limits, Settings
from tests.transport.small_service import EXAMPLES, SDL, SmallService

TEXT = "# Which type this is\n{ __typename }\n"
HASH = sha256(TEXT.encode()).hexdigest()
HASH_WITHOUT_LINE_BREAK = sha256(TEXT.strip().encode()).hexdigest()
DATA = {"data": {"__typename": "Query"}}
NEWER = {"accept": "application/graphql-response+json"}
ClientWith = Callable[..., httpx.AsyncClient]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "which_type.graphql").write_text(TEXT)
    return tmp_path


def apollo(digest: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": digest}}


@pytest.mark.parametrize("document_id", [f"sha256:{HASH}", HASH, HASH.upper(), HASH_WITHOUT_LINE_BREAK, "which_type"])
async def test_a_persisted_document_is_found_by_hash_and_by_name(client_with: ClientWith, folder: Path, document_id: str) -> None:
    client = client_with(documents_dir=folder)

    by_post = await client.post("/graphql", json={"documentId": document_id})
    by_get = await client.get("/graphql", params={"documentId": document_id})

    assert by_post.json() == by_get.json() == DATA


async def test_apollos_form_finds_a_known_document(client_with: ClientWith, folder: Path) -> None:
    response = await client_with(documents_dir=folder).post("/graphql", json={"extensions": apollo(HASH)})

    assert response.json() == DATA


async def test_apollos_form_with_text_is_answered_when_the_hash_is_right(client_with: ClientWith) -> None:
    response = await client_with().post("/graphql", json={"query": TEXT, "extensions": apollo(HASH)})

    assert response.json() == DATA


async def test_a_hash_of_another_text_is_refused(client_with: ClientWith) -> None:
    response = await client_with().post("/graphql", json={"query": "{ lost }", "extensions": apollo(HASH)})

    assert response.status_code == 400
    assert response.json()["errors"][0]["message"] == "The hash in `extensions.persistedQuery` is not that of `query`."


@pytest.mark.parametrize("body", [{"documentId": f"sha256:{'0' * 64}"}, {"documentId": "../secrets"}, {"extensions": apollo("0" * 64)}])
async def test_an_unknown_id_is_said_with_a_hint(client_with: ClientWith, folder: Path, body: dict[str, Any]) -> None:
    response = await client_with(documents_dir=folder).post("/graphql", json=body, headers=NEWER)

    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"] == {
        "code": "PERSISTED_DOCUMENT_NOT_FOUND",
        "hint": "An id is `sha256:` with the hash of the document's text, or the name of its file. Or send the text as `query`.",
    }


async def test_apollos_clients_are_told_in_their_words_to_send_the_text(client_with: ClientWith) -> None:
    response = await client_with().post("/graphql", json={"extensions": apollo(HASH)})

    assert response.json()["errors"][0]["message"] == "PersistedQueryNotFound"


async def test_the_allow_list_refuses_every_other_document(client_with: ClientWith, folder: Path, service: SmallService) -> None:
    client = client_with(documents_dir=folder, documents_only=True)

    response = await client.post("/graphql", json={"query": "{ lost }"}, headers=NEWER)

    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "PERSISTED_DOCUMENT_REQUIRED"
    assert service.asked == []


@pytest.mark.parametrize("body", [{"query": TEXT}, {"documentId": HASH}, {"query": TEXT, "extensions": apollo(HASH)}])
async def test_the_allow_list_answers_an_approved_document(client_with: ClientWith, folder: Path, body: dict[str, Any]) -> None:
    client = client_with(documents_dir=folder, documents_only=True)

    response = await client.post("/graphql", json=body)

    assert response.json() == DATA


async def test_the_plain_form_is_no_way_around_the_allow_list(client_with: ClientWith, folder: Path, service: SmallService) -> None:
    client = client_with(documents_dir=folder, documents_only=True)

    response = await client.get("/query", params={"query": "{ lost }"})

    assert "PERSISTED_DOCUMENT_REQUIRED" in response.text
    assert service.asked == []


@pytest.mark.parametrize(("text", "reason"), [("{ long", "Syntax Error"), ("{ longer }", "Cannot query field 'longer'")])
def test_a_document_that_is_always_refused_is_warned_of_at_the_start(folder: Path, text: str, reason: str) -> None:
    (folder / "unfinished.graphql").write_text(text)
    house = House(SmallService(), SDL, EXAMPLES, reader=Reader(build_schema(SDL), Limits(), introspection=True))

    with structlog.testing.capture_logs() as lines:
        create_app(Settings(documents_dir=folder), house)

    [line] = lines
    assert (line["log_level"], line["document"]) == ("warning", "unfinished")
    assert line["reason"].startswith(reason)


@pytest.mark.parametrize("path", ["/", "/query"])
async def test_where_only_approved_documents_are_answered_no_page_leads_to_other_questions(
    client_with: ClientWith, folder: Path, path: str
) -> None:
    client = client_with(documents_dir=folder, documents_only=True)

    page = (await client.get(path)).text

    assert "Questions to start from" not in page
    assert 'href="graphiql"' not in page
    assert 'href="query' not in page
    assert ("documentId" in page) is (path == "/")


def test_a_document_in_another_encoding_is_said_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "old.graphql").write_bytes("# Größe\n{ __typename }".encode("latin-1"))

    with pytest.raises(StartRefused, match="cannot be read"):
        create_app(Settings(documents_dir=tmp_path), House(SmallService(), SDL, EXAMPLES))


@pytest.mark.parametrize("settings", [{"documents_only": True}, {"documents_dir": Path("/nowhere/at/all")}])
def test_a_folder_that_is_missing_is_said_at_the_start(settings: dict[str, Any]) -> None:
    with pytest.raises(StartRefused, match="persisted documents"):
        create_app(Settings(**settings), House(SmallService(), SDL, EXAMPLES))
