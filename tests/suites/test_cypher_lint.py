"""The public Cypher linter, asked through `lint_cypher.mjs`, sees what is wrong in a statement."""

import json

from tests.suites import node


def diagnose(text: str) -> list[dict[str, object]]:
    """What the linter says of one statement over a graph of cities."""
    node.require("cypherfmt")
    asked = {"text": text, "labels": ["City"], "relationshipTypes": ["TWIN_OF"], "parameters": {"slug": "lund"}}
    done = node.run_script("lint_cypher.mjs", json.dumps(asked) + "\n")
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_a_sound_statement_passes() -> None:
    assert diagnose("MATCH (c:`City`)-[:`TWIN_OF`]->(d:`City`) WHERE c.`slug` = $slug RETURN [d.`name`] AS row") == []


def test_an_unknown_label_and_a_missing_parameter_are_reported() -> None:
    said = [str(each["message"]) for each in diagnose("MATCH (c:`Town`) WHERE c.`slug` = $other RETURN c.`name` AS name")]

    assert any("Town" in message for message in said)
    assert any("$other" in message for message in said)
