"""A search becomes one statement that returns one record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph_schema.domain import Domain
from graph_schema.kernel import Searched
from graph_schema.searching import NAMES, TEXT, line_of, searched_as
from server.cypher import Statement
from server.search.places import in_countries, in_fields
from server.search.scoring import MENDED, better, level
from server.search.vocabulary import Vocabulary
from server.search.words import Question, needles

MOST_CANDIDATES = 1_000
LONGEST_PROPOSED = 100
"""No more of a word is asked of the index: stores cut longer ones, each at its own place."""

BY_NAME, BY_TEXT = "record_names", "record_texts"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page begins: behind the hit of this score, slug and id."""

    score: int
    slug: str
    id: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records may be found, and how many of them; empty lists of types, fields and countries exclude nothing."""

    statuses: Sequence[str] = ("PUBLISHED",)
    types: Sequence[str] = ()
    fields: Sequence[str] = ()
    countries: Sequence[str] = ()
    first: int = 20
    after: Position | None = None


def search_statement(domain: Domain, question: Question, vocabulary: Vocabulary, wanted: Wanted) -> Statement:
    """Returns [rows, total, truncated, revision]; each row [id, score, slug, texts], its texts as `texts_of` names them.

    One row more than was wanted tells that there is a next page. `total` is null where the search was truncated.
    """
    return _statement(domain, question, vocabulary, wanted, whole=True)


def suggest_statement(domain: Domain, question: Question, vocabulary: Vocabulary, wanted: Wanted) -> Statement:
    """The same as a search, but only of what records are called: for typing ahead."""
    return _statement(domain, question, vocabulary, wanted, whole=False)


def texts_of(domain: Domain, label: str) -> tuple[str, ...]:
    """The fields whose texts a row holds, the title first where records of the label have one."""
    return tuple(each.field for each in searched_as(domain[label], *Searched))


def _statement(domain: Domain, question: Question, vocabulary: Vocabulary, wanted: Wanted, *, whole: bool) -> Statement:
    if not question:
        return Statement("MATCH (g:`Graph` {id: $graph}) RETURN [] AS rows, 0 AS total, false AS truncated, g.revision", {"graph": "graph"})
    meant = {word: vocabulary.meant(word) for word in question.words}
    return Statement(_text(domain, wanted, whole), _values(question, meant, wanted))


def _text(domain: Domain, wanted: Wanted, whole: bool) -> str:
    """Two searches of one shape have one text, whatever is looked for."""
    conditions = [
        "n.status IN $statuses",
        "(size($types) = 0 OR label IN $types)",
        "size([phrase IN $phrases WHERE NOT text CONTAINS phrase]) = 0",
        *([in_fields(domain)] if wanted.fields else []),
        *([in_countries(domain)] if wanted.countries else []),
    ]
    title, names, text = "split(names, '\\n')[0]", "names", "text"
    mended = (MENDED.format(line=each) for each in (names, text))
    parts = (
        _candidates(whole),
        f"WITH n, coalesce(n.`{NAMES}`, '') AS names, coalesce(n.`{TEXT}`, '') AS text, split(n.id, ':')[0] AS label",
        f"WITH n, names, text, CASE WHEN {' AND '.join(conditions)} THEN 1 ELSE 0 END AS fits",
        f"WITH n, fits, {title} AS title, names, text, {next(mended)} AS mendedNames, {next(mended)} AS mendedText",
        f"WITH n, fits, {level('title', names, text if whole else None)} AS exact,",
        f"CASE WHEN $typos THEN {level(_first_line('mendedNames'), 'mendedNames', 'mendedText' if whole else None)} ELSE 0 END AS mended",
        f"WITH n, fits * {better('exact', 'mended')} AS score",
        "WITH n, score ORDER BY score DESC, n.slug, n.id",
        "WITH count(n) AS proposed, sum(CASE WHEN score > 0 THEN 1 ELSE 0 END) AS total,",
        f"collect(CASE WHEN score > 0 AND {_BEHIND} THEN [n.id, score] END)[..$first] AS page",
        "MATCH (g:`Graph` {id: $graph})",
        f"RETURN COLLECT {{ UNWIND page AS hit MATCH (n:`Record` {{id: hit[0]}}) WITH n, hit[1] AS score ORDER BY score DESC, n.slug, n.id "
        f"RETURN [n.id, score, n.slug, {_texts(domain)}] }} AS rows,",
        "CASE WHEN proposed > $most THEN null ELSE total END AS total, proposed > $most AS truncated, g.revision",
    )
    return " ".join(parts)


_BEHIND = "(score < $score OR (score = $score AND (n.slug > $slug OR (n.slug = $slug AND n.id > $id))))"
_BEFORE_ALL = Position(1_000_000, "", "")


def _candidates(whole: bool) -> str:
    """What is called so comes first; where that alone is more than can be looked at, nothing else is."""
    named, read = (
        f"CALL db.index.fulltext.queryNodes('{index}', $query, {{limit: $candidates}}) YIELD node" for index in (BY_NAME, BY_TEXT)
    )
    if not whole:
        return f"{named} WITH node AS n"
    others = f"WITH named WHERE size(named) <= $most {read} RETURN node AS n"
    return f"CALL () {{ {named} RETURN collect(node) AS named }} CALL (named) {{ UNWIND named AS n RETURN n UNION {others} }}"


def _first_line(lines: str) -> str:
    return f"split({lines}, '\\n')[0]"


def _texts(domain: Domain) -> str:
    held = {node.label: ", ".join(f"n.`{field}`" for field in texts_of(domain, node.label)) for node in domain}
    cases = " ".join(f"WHEN '{label}' THEN [{listed}]" for label, listed in held.items() if listed)
    return f"CASE split(n.id, ':')[0] {cases} ELSE [] END"


def _values(question: Question, meant: dict[str, tuple[str, ...]], wanted: Wanted) -> dict[str, Any]:
    after = wanted.after or _BEFORE_ALL
    pairs = [[line_of([each]), line_of([word])] for word, found in meant.items() for each in found]
    return {
        "query": lucene(question, meant),
        "most": MOST_CANDIDATES,
        "candidates": MOST_CANDIDATES + 1,
        "statuses": list(wanted.statuses),
        "types": list(wanted.types),
        **({"fields": list(wanted.fields)} if wanted.fields else {}),
        **({"countries": [code.upper() for code in wanted.countries]} if wanted.countries else {}),
        "phrases": [line_of(phrase.split()) for phrase in question.phrases],
        "needles": needles(question),
        "whole": line_of([question.line]),
        "opening": f" {question.line}",
        "meant": pairs,
        "typos": bool(pairs),
        "score": after.score,
        "slug": after.slug,
        "id": after.id,
        "first": wanted.first + 1,
        "graph": "graph",
    }


def lucene(question: Question, meant: dict[str, tuple[str, ...]]) -> str:
    """What proposes every record that may answer. Words are letters and digits in lower case, so nothing is left of any syntax."""
    alternatives = []
    for word in question.words:
        short = word[:LONGEST_PROPOSED]
        alternatives.append(f"+({' '.join([short, f'{short}*', *meant[word]])})")
    return " ".join([*alternatives, *(f"+{word}" for phrase in question.phrases for word in phrase.split())])
