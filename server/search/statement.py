"""A search becomes one statement that returns one record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from graph_schema.domain import Domain
from graph_schema.kernel import Searched
from graph_schema.names import upper_snake
from graph_schema.searching import NAMES, TEXT, line_of, searched_as
from server.cypher import Statement
from server.search import facets
from server.search.places import FIELD_GIVEN, in_countries, in_fields
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
    """Which records may be found, and how many of them; empty lists of types, fields and countries exclude nothing.

    `facets` names what all hits are counted by.
    """

    statuses: Sequence[str] = ("PUBLISHED",)
    types: Sequence[str] = ()
    fields: Sequence[str] = ()
    countries: Sequence[str] = ()
    first: int = 20
    after: Position | None = None
    facets: Sequence[str] = ()


def statements(domain: Domain, question: Question, wanted: Wanted, *, whole: bool) -> Callable[[Vocabulary], Statement]:
    """The statement of a search or, not `whole`, of a suggestion, with whatever words are known."""
    return lambda vocabulary: _statement(domain, question, vocabulary, wanted, whole=whole)


def search_statement(domain: Domain, question: Question, vocabulary: Vocabulary, wanted: Wanted) -> Statement:
    """Returns [rows, total, truncated, before, facets, unknown, revision]; each row [id, score, slug, texts], its texts as
    `texts_of` names them.

    One row more than was wanted tells that there is a next page. `total` is null where the search was truncated; `before` is
    how many hits come before the page; `unknown` holds the countries and fields asked for that are none.
    """
    return _statement(domain, question, vocabulary, wanted, whole=True)


def suggest_statement(domain: Domain, question: Question, vocabulary: Vocabulary, wanted: Wanted) -> Statement:
    """The same as a search, but only of what records are called: for typing ahead."""
    return _statement(domain, question, vocabulary, wanted, whole=False)


def types_searched(domain: Domain) -> dict[str, str]:
    """The types of records that a search finds: the label of each by the name that clients have for it."""
    return {upper_snake(node.label): node.label for node in domain if node.sourced}


def texts_of(domain: Domain, label: str) -> tuple[str, ...]:
    """The fields whose texts a row holds, the title first where records of the label have one."""
    return tuple(each.field for each in searched_as(domain[label], *Searched))


def _statement(domain: Domain, question: Question, vocabulary: Vocabulary, wanted: Wanted, *, whole: bool) -> Statement:
    if not question:
        return _nothing(wanted)
    meant = {word: vocabulary.meant(word) for word in question.words}
    return Statement(_text(domain, wanted, whole), _values(question, meant, wanted))


def _text(domain: Domain, wanted: Wanted, whole: bool) -> str:
    """Two searches of one shape have one text, whatever is looked for."""
    conditions = [
        "n.status IN $statuses",
        "(size($types) = 0 OR label IN $types)",
        *(f"label <> '{each}'" for each in sorted(domain.withheld)),
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
        facets.keys(domain, wanted.facets),
        "WITH count(n) AS proposed, sum(CASE WHEN score > 0 THEN 1 ELSE 0 END) AS total,",
        f"collect(CASE WHEN score > 0 AND {_BEHIND} THEN [n.id, score] END) AS behind{facets.collected(wanted.facets)}",
        facets.counting(wanted.facets),
        "MATCH (g:`Graph` {id: $graph})",
        "RETURN COLLECT { UNWIND behind[..$first] AS hit MATCH (n:`Record` {id: hit[0]}) "
        f"WITH n, hit[1] AS score ORDER BY score DESC, n.slug, n.id RETURN [n.id, score, n.slug, {_texts(domain)}] }} AS rows,",
        "CASE WHEN proposed > $most THEN null ELSE total END AS total, proposed > $most AS truncated, total - size(behind) AS before,",
        f"{facets.counted(wanted.facets)}, {_unknown(wanted)} AS unknown, g.revision",
    )
    return " ".join(filter(None, parts))


def _nothing(wanted: Wanted) -> Statement:
    """What a text without a word finds."""
    text = (
        "MATCH (g:`Graph` {id: $graph}) RETURN [] AS rows, 0 AS total, false AS truncated, 0 AS before, "
        f"[] AS facets, {_unknown(wanted)} AS unknown, g.revision"
    )
    return Statement(text, {"graph": "graph", "statuses": list(wanted.statuses)} | _places(wanted))


def _unknown(wanted: Wanted) -> str:
    """The places asked for that nobody can see."""
    asked = [
        *([("countries", "(there:`Country`) WHERE there.code = given")] if wanted.countries else []),
        *([("fields", f"(there:`Concept`) WHERE {FIELD_GIVEN}")] if wanted.fields else []),
    ]
    lists = [
        f"COLLECT {{ UNWIND ${name} AS given WITH given WHERE NOT EXISTS {{ MATCH {pattern} AND there.status IN $statuses }} "
        f"RETURN ['{name}', given] }}"
        for name, pattern in asked
    ]
    return " + ".join(lists) or "[]"


def _places(wanted: Wanted) -> dict[str, Any]:
    fields = {"fields": list(wanted.fields)} if wanted.fields else {}
    return fields | ({"countries": [code.upper() for code in wanted.countries]} if wanted.countries else {})


_BEHIND = "(score < $score OR (score = $score AND (n.slug > $slug OR (n.slug = $slug AND n.id > $id))))"
_BEFORE_ALL = Position(1_000_000, "", "")


def _candidates(whole: bool) -> str:
    """What is read of a record begins with what it is called; only where too many say it, those called so are looked at as well."""
    named, read = (
        f"CALL db.index.fulltext.queryNodes('{index}', $query, {{limit: $candidates}}) YIELD node" for index in (BY_NAME, BY_TEXT)
    )
    if not whole:
        return f"{named} WITH node AS n"
    others = f"WITH read WHERE size(read) > $most {named} RETURN node AS n"
    return f"CALL () {{ {read} RETURN collect(node) AS read }} CALL (read) {{ UNWIND read AS n RETURN n UNION {others} }}"


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
        **_places(wanted),
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
