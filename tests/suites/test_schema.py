"""The printed schema suits the public tools that clients use."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
from graphql import GraphQLObjectType, GraphQLScalarType, GraphQLSchema, build_schema, is_specified_scalar_type, print_schema

from tests.suites import node

# How each scalar of ours travels in JSON, for generators that cannot know.
SCALARS = {"DateTime": "string", "PartialDate": "string"}


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    """The schema that clients get."""
    return build_schema(node.SCHEMA.read_text(encoding="utf-8"))


def test_every_scalar_of_ours_is_known_to_the_generators(schema: GraphQLSchema) -> None:
    ours = {name for name, kind in schema.type_map.items() if isinstance(kind, GraphQLScalarType) and not is_specified_scalar_type(kind)}

    assert ours == set(SCALARS)


def test_the_schema_lint_finds_nothing() -> None:
    config = node.SUITES / "eslint.config.js"

    done = node.run(
        "eslint", "--config", config, "--max-warnings", "0", node.SCHEMA.name, folder=node.SCHEMA.parent, SCHEMA=str(node.SCHEMA)
    )

    assert (done.returncode, done.stdout) == (0, "")


def test_the_relay_compiler_takes_pages_and_refetchable_records(tmp_path: Path) -> None:
    shutil.copytree(node.SUITES / "relay", tmp_path / "src")
    shutil.copy(node.SCHEMA, tmp_path)
    (tmp_path / "src" / "artifacts").mkdir()
    settings = {
        "src": "src",
        "schema": node.SCHEMA.name,
        "language": "typescript",
        "artifactDirectory": "src/artifacts",
        "customScalarTypes": SCALARS,
    }
    (tmp_path / "relay.config.json").write_text(json.dumps(settings))

    done = node.run("relay-compiler", "relay.config.json", folder=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "src" / "artifacts" / "citiesPageQuery.graphql.ts").is_file()


def test_typescript_types_of_every_operation_compile(tmp_path: Path) -> None:
    settings = {
        "schema": str(node.SCHEMA),
        "documents": str(node.OPERATIONS / "*.graphql"),
        "generates": {
            str(tmp_path / "operations.ts"): {
                "plugins": ["typescript", "typescript-operations"],
                "config": {"scalars": SCALARS, "strictScalars": True, "immutableTypes": True},
            }
        },
    }
    (tmp_path / "codegen.json").write_text(json.dumps(settings))

    generated = node.run("graphql-codegen", "--config", tmp_path / "codegen.json")
    checked = node.run("tsc", "--noEmit", "--strict", "--skipLibCheck", "--types", "", "operations.ts", folder=tmp_path)

    assert generated.returncode == 0, generated.stdout + generated.stderr
    assert checked.returncode == 0, checked.stdout


def test_the_python_client_of_every_operation_type_checks(tmp_path: Path) -> None:
    scalars = "".join(f'[tool.ariadne-codegen.scalars.{name}]\ntype = "str"\n' for name in SCALARS)
    (tmp_path / "pyproject.toml").write_text(
        f"[tool.ariadne-codegen]\n"
        f'schema_path = "{node.SCHEMA}"\nqueries_path = "{node.OPERATIONS}"\ntarget_package_name = "replicity_client"\n'
        f"async_client = true\n{scalars}"
    )

    generated = subprocess.run([sys.executable, "-m", "ariadne_codegen"], cwd=tmp_path, capture_output=True, text=True, check=False)
    # mypy reads no settings of ours here: the client must pass for whoever generates it.
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file=", "--cache-dir", str(tmp_path / "cache"), "replicity_client"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert generated.returncode == 0, generated.stdout + generated.stderr
    assert checked.returncode == 0, checked.stdout


def test_the_schema_inspector_sees_a_field_that_is_taken_away(schema: GraphQLSchema, tmp_path: Path) -> None:
    (tmp_path / "before.graphql").write_text(print_schema(schema))
    poorer = build_schema(print_schema(schema))
    del cast("GraphQLObjectType", poorer.type_map["City"]).fields["neutralityTargetYear"]
    (tmp_path / "after.graphql").write_text(print_schema(poorer))

    same = node.run("graphql-inspector", "diff", "before.graphql", "before.graphql", folder=tmp_path)
    broken = node.run("graphql-inspector", "diff", "before.graphql", "after.graphql", folder=tmp_path)

    assert same.returncode == 0, same.stdout
    assert broken.returncode == 1
    assert "Field neutralityTargetYear was removed from object type City" in broken.stdout
