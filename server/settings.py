"""The environment, read once into frozen values."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ORIGIN = re.compile(r"\*|[a-z][a-z0-9+.-]*://(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")


class Limits(BaseSettings):
    """What one request may cost. Each refusal names the limit, the figure and the setting."""

    model_config = SettingsConfigDict(env_prefix="REPLICITY_LIMIT_", frozen=True)

    body_bytes: int = Field(1_000_000, description="Bytes of a request body or GET query string; no address is longer than 64 KB.")
    body_seconds: float = Field(10.0, description="Seconds until the body must be complete.")
    json_containers: int = Field(20_000, description="Objects and lists in the JSON of a request.")
    document_bytes: int = Field(65_536, description="Bytes of a document.")
    answer_bytes: int = Field(16 * 1024 * 1024, description="Bytes of an answer.")
    tokens: int = Field(1_000, description="Lexical tokens of a document.")
    depth: int = Field(10, description="Records within records; `nodes`, `edges`, `node`, `pageInfo` and leaves add nothing.")
    introspection_depth: int = Field(16, description="Fields within fields under `__schema` and `__type`.")
    aliases: int = Field(15, description="Aliased fields of a document.")
    root_fields: int = Field(10, description="Root fields of an operation.")
    mutations: int = Field(4, description="Mutation fields of an operation.")
    directives_per_location: int = Field(4, description="Directives at one place.")
    directives: int = Field(50, description="Directives of a document.")
    selections: int = Field(200, description="Selections in one set after spreading fragments.")
    fragments: int = Field(20, description="Fragments of a document.")
    fields_per_name: int = Field(5, description="Fields that share one response name in a set.")
    filter_conditions: int = Field(200, description="Conditions in the filters of a request.")
    filter_depth: int = Field(10, description="Objects within objects in a filter: `{pilots: {some: {title: {has: …}}}}` has 4.")
    in_values: int = Field(1_000, description="Values in one `in` list.")
    text_bytes: int = Field(20_480, description="Bytes of one text in an argument or a variable.")
    search_words: int = Field(16, description="Words of a search.")
    page: int = Field(100, description="Records on a page.")
    facets: int = Field(10, description="Facets of one list.")
    cost: int = Field(20_000, description="Records a request may ask for, as the field descriptions count them.")
    cypher_bytes: int = Field(65_536, description="Bytes of the generated Cypher.")
    plan_seconds: float = Field(0.5, description="Seconds to plan a request.")
    execution_seconds: float = Field(10.0, description="Seconds the database may take.")

    @field_validator("*")
    @classmethod
    def _within_reason(cls, limit: float) -> float:
        """A limit that lets nothing through is a slip of the pen."""
        if limit < isinstance(limit, int):
            raise ValueError("a limit is a whole number from 1 on, or seconds from 0 on")
        return limit


class Settings(BaseSettings):
    """Everything an operator can set."""

    model_config = SettingsConfigDict(env_prefix="REPLICITY_", frozen=True)

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    shutdown_seconds: int = Field(10, ge=1, description="Seconds that requests in flight have to finish when the service is stopped.")
    data_dir: Path | None = Field(None, description="Folder of the embedded database; `.replicity/` beside the project by default.")
    database_uri: str | None = Field(
        None, description="Address of a Neo4j server, such as neo4j://host:7687. Without it the embedded database is used."
    )
    database_user: str = Field("neo4j", description="Neo4j user.")
    database_password: SecretStr | None = Field(None, description="Neo4j password.")
    database_password_file: Path | None = Field(None, description="File that holds the Neo4j password; read anew after it was refused.")
    database_name: str = Field("neo4j", description="Neo4j database.")
    introspection: Literal["on", "off"] = Field("on", description="Whether clients may read the schema.")
    documents_dir: Path | None = Field(None, description="Folder of persisted documents (*.graphql); folders within it are not read.")
    documents_only: bool = Field(False, description="Allow-list mode: only persisted documents are answered.")
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Origins (scheme://host or scheme://host:port) that browsers may call from, separated by commas; `*` for any."
    )
    log_format: Literal["console", "json"] = Field("console", description="How log lines look.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="The least severe line that is logged.")
    plan_cache_size: int = Field(1_000, ge=1, description="Plans kept, shared by all requests.")
    answer_cache_bytes: int = Field(
        64_000_000, ge=0, description="Bytes of memory for answers kept for as long as the graph stays as it is; 0 keeps none."
    )
    public_url: str | None = Field(
        None, description="Address under which the world reaches the service, such as https://replicity.example; else as each request says."
    )
    contact: str = Field(
        "https://github.com/replicity/replicity/issues", description="Address for errors and takedown requests, named in every export."
    )
    emissions: Literal["on", "off"] = Field(
        "on",
        description="Whether emissions are shown, whose terms are those of CDP and ICLEI; with `off` nobody gets any, by whatever way.",
    )
    exports_at_once: int = Field(4, ge=1, description="Exports that are made at the same time; who comes later is asked to come again.")
    limits: Limits = Field(default_factory=Limits, description="Limits on one request.")

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split(cls, origins: Any) -> Any:
        return tuple(filter(None, map(str.strip, origins.split(",")))) if isinstance(origins, str) else origins

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        """What is no origin could never be that of a browser, and nobody would know why it may not call."""
        for origin in origins:
            if not ORIGIN.fullmatch(origin):
                form = "scheme://host or scheme://host:port in lower case, such as https://app.example, or * for any"
                raise ValueError(f"{origin!r} is no origin; write {form}")
        return origins
