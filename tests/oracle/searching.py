"""What a search finds in a world, worked out record by record from the meaning of a search; scores have tests of their own."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from graph_schema.kernel import NodeType, Searched
from graph_schema.names import upper_snake
from server.search.highlights import Highlight, highlights
from server.search.places import country_paths
from server.search.words import Question, read_question
from tests.oracle.counting import figures
from tests.oracle.fold import HIGHEST, fold
from tests.oracle.pages import USUAL
from tests.oracle.relations import Seen
from tests.oracle.world import Record, is_visible
from tests.search.reference import score_of, typos

Asked = Mapping[str, Any]
MOST_WORDS = 16
SUGGESTED = 10
MOST_VALUES = 100
LEAST_BY_NAME = 40
"""The least score of a record that is found by what it is called."""
SHORTEST, LONGEST = 4, 41
"""Words that may be meant where another is typed have so many letters."""
_HIGH = re.compile(f"{chr(HIGHEST)}([0-9a-f]{{6}})")


@dataclass(frozen=True)
class Read:
    """A record as a search reads it: what it is called and all that it says, each text in a line of its own."""

    record: Record
    names: str
    text: str


@dataclass(frozen=True)
class Hit:
    """A record that answers."""

    record: Record
    score: int

    @property
    def place(self) -> tuple[int, str, str]:
        """Where it stands: the best first, then by slug and id."""
        return -self.score, self.record["slug"], self.record["id"]


class Searching:
    """Searches a world."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen

    def search(self, asked: Asked) -> dict[str, Any]:
        """`search` as it is answered."""
        hits, sought = self.hits(asked), self._sought(asked)
        after = asked.get("after")
        start = 0 if after is None else sum(each.place <= _place_of(after) for each in hits)
        page = hits[start : start + (asked.get("first") or USUAL)]
        cursors = [cursor_of_hit(asked["text"], each) for each in page]
        nodes = [self._told(each, sought) for each in page]
        more = {"hasNextPage": start + len(page) < len(hits), "hasPreviousPage": start > 0}
        return {
            "nodes": nodes,
            "edges": [{"cursor": cursor, "node": node} for cursor, node in zip(cursors, nodes, strict=True)],
            "pageInfo": more | {"startCursor": next(iter(cursors), None), "endCursor": next(reversed(cursors), None)},
            "totalCount": len(hits),
            "truncated": False,
            "facets": lambda by: [self._facet(name, [each.record for each in hits]) for name in by],
            "aggregate": lambda **by: self._aggregate(by.get("groupBy"), hits),
        }

    def suggest(self, asked: Asked) -> list[dict[str, Any]]:
        """`suggest` as it is answered."""
        hits = [each for each in self.hits(asked) if each.score >= LEAST_BY_NAME]
        return [self._suggestion(each, self._sought(asked)) for each in hits[: asked.get("first") or SUGGESTED]]

    def hits(self, asked: Asked) -> list[Hit]:
        """All hits, the best first."""
        question, types = read_question(asked["text"], MOST_WORDS), asked.get("types") or []
        meant = self._meant(question)
        found = [
            Hit(each.record, score_of(question, meant, each.names, each.text))
            for each in self._candidates(question, meant)
            if is_visible(each.record) and (not types or upper_snake(each.record["label"]) in types) and self._lies(each.record, asked)
        ]
        return sorted((each for each in found if each.score), key=lambda each: each.place)

    def texts(self, record: Record) -> list[str]:
        """Everything that a record says, as it says it."""
        node = self.seen.domain[record["label"]]
        return [text for role in Searched for text in _texts(node, record, role)]

    def looked_at(self, text: str) -> int:
        """Of how many records, hidden ones among them, the index may say that they answer."""
        question = read_question(text, MOST_WORDS)
        return sum(1 for _ in self._candidates(question, self._meant(question)))

    @cached_property
    def read(self) -> list[Read]:
        """All records of types that are searched, hidden ones too."""
        nodes = self.seen.domain.nodes
        everything = [record for record in self.seen.world.records.values() if record["label"] in nodes]
        return [_read(nodes[each["label"]], each) for each in everything if nodes[each["label"]].sourced]

    @cached_property
    def visible(self) -> list[Read]:
        """Those of them that may be found."""
        return [each for each in self.read if is_visible(each.record)]

    @cached_property
    def _words(self) -> dict[int, set[str]]:
        """Every word that may be meant, by its length."""
        words: dict[int, set[str]] = {}
        for word in {word for each in self.read for word in each.text.split()}:
            if SHORTEST <= len(word) <= LONGEST:
                words.setdefault(len(word), set()).add(word)
        return words

    def _meant(self, question: Question) -> dict[str, str]:
        # One typo leaves the first two letters as they are, or the last two.
        near = {
            word
            for typed in question.words
            for length in (len(typed) - 1, len(typed), len(typed) + 1)
            for word in self._words.get(length, ())
            if word[:2] == typed[:2] or word[-2:] == typed[-2:]
        }
        return typos(question, near)

    def _sought(self, asked: Asked) -> set[str]:
        """The words, and beginnings of words, that are shown where they stand."""
        question = read_question(asked["text"], MOST_WORDS)
        return {*question.line.split(), *self._meant(question)}

    def _candidates(self, question: Question, meant: Mapping[str, str]) -> Iterator[Read]:
        """Records that have the beginning of every word, or a word that may be meant."""
        begun = [(typed, *(word for word, instead in meant.items() if instead == typed)) for typed in question.line.split()]
        return (each for each in self.read if begun and all(any(f" {word}" in each.text for word in words) for words in begun))

    def _lies(self, record: Record, asked: Asked) -> bool:
        fields, countries = asked.get("fields") or [], [code.upper() for code in asked.get("countries") or []]
        in_field = not fields or any({each["slug"], each.get("notation")} & set(fields) for each in self._fields(record))
        return in_field and (not countries or any(each["code"] in countries for each in self._countries(record)))

    def _fields(self, record: Record) -> list[Record]:
        has_any = any(each.field == "fields" for each in self.seen.domain[record["label"]].relationships)
        return self.seen.related(record, "fields") if has_any else []

    def _countries(self, record: Record) -> list[Record]:
        if record["label"] == "Country":
            return [record]
        found: dict[str, Record] = {}
        for path in country_paths(self.seen.domain, self.seen.domain[record["label"]]):
            reached = [record]
            for hop in path:
                ways = [(each, link_type) for each in reached for link_type in hop.type.split("|")]
                ends = [end for each, link_type in ways for end, _ in self.seen.world.follow(each, link_type, incoming=hop.incoming)]
                reached = [end for end in ends if end["label"] in hop.label.split("|")]
            found |= {each["id"]: each for each in reached}
        return list(found.values())

    def _facet(self, name: str, records: Sequence[Record]) -> dict[str, Any]:
        values = [self._values(name, record) for record in records]
        counts = Counter(value for each in values for value in each)
        listed = sorted(counts.items(), key=lambda counted: (-counted[1], counted[0][0]))
        return {
            "by": name,
            "values": [{"key": key, "label": label, "count": count} for (key, label), count in listed[:MOST_VALUES]],
            "more": max(0, len(listed) - MOST_VALUES),
            "missing": sum(not each for each in values),
        }

    def _aggregate(self, group_by: str | None, hits: Sequence[Hit]) -> dict[str, Any]:
        if group_by is None:
            return _numbers(hits)
        groups: dict[tuple[str, str], list[Hit]] = {}
        without = []
        for hit in hits:
            values = self._values(group_by, hit.record)
            for value in values:
                groups.setdefault(value, []).append(hit)
            without += [] if values else [hit]
        listed = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0][0]))
        told = [{"key": key, "label": label, **_numbers(found)} for (key, label), found in listed[:MOST_VALUES]]
        rest = [{"key": None, "label": None, **_numbers(without)}] if without else []
        return {**_numbers(hits), "groups": told + rest, "moreGroups": max(0, len(listed) - MOST_VALUES)}

    def _values(self, name: str, record: Record) -> set[tuple[str, str]]:
        if name == "COUNTRY":
            return {(each["code"], each["name"]) for each in self._countries(record)}
        if name == "FIELD":
            return {(each["slug"], each["prefLabelEn"]) for each in self._fields(record)}
        key = upper_snake(record["label"])
        return {(key, key.replace("_", " ").capitalize())}

    def _told(self, hit: Hit, sought: set[str]) -> dict[str, Any]:
        shown = self._highlights(hit, sought, *Searched)
        told = [{"field": each.field, "fragments": each.fragments} for each in shown]
        return {"record": hit.record, "score": hit.score, "highlights": told}

    def _suggestion(self, hit: Hit, sought: set[str]) -> dict[str, Any]:
        record, node = hit.record, self.seen.domain[hit.record["label"]]
        (title, *_) = [*_texts(node, record, Searched.TITLE), None]
        shown = self._highlights(hit, sought, Searched.TITLE, Searched.LABEL)
        return {
            "id": record["id"],
            "type": upper_snake(record["label"]),
            "slug": record["slug"],
            "label": title or record["slug"],
            "highlight": shown[0].fragments[0] if shown else None,
            "score": hit.score,
            "record": record,
        }

    def _highlights(self, hit: Hit, sought: set[str], *roles: Searched) -> tuple[Highlight, ...]:
        node = self.seen.domain[hit.record["label"]]
        fields = [each.field for role in roles for each in node.properties if each.searched is role]
        return highlights(fields, [hit.record.get(field) for field in fields], sought)


def _numbers(hits: Sequence[Hit]) -> dict[str, Any]:
    return {"count": len(hits), "score": figures([each.score for each in hits])}


def cursor_of_hit(text: str, hit: Hit) -> str:
    """The cursor of a hit of this text; cursors of another do not fit."""
    mark = hashlib.blake2b(text.strip().encode(), digest_size=6).hexdigest()
    parts = [1, "SearchHit", f"score:{mark}", [hit.score, hit.record["slug"]], hit.record["id"]]
    return base64.urlsafe_b64encode(orjson.dumps(parts)).rstrip(b"=").decode()


def _place_of(cursor: str) -> tuple[int, str, str]:
    _, _, _, (score, slug), record_id = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return -score, slug, record_id


def _read(node: NodeType, record: Record) -> Read:
    title, labels, bodies = (list(_lines(_texts(node, record, role))) for role in Searched)
    names = [*(title or [""]), *labels]
    return Read(record, "\n".join(names), "\n".join([*names, *bodies]))


def _texts(node: NodeType, record: Record, role: Searched) -> list[str]:
    held = [record.get(each.field) for each in node.properties if each.searched is role]
    return [text for value in held for text in (value if isinstance(value, list) else [value]) if text]


def _lines(texts: Iterable[str]) -> Iterator[str]:
    return (f" {' '.join(found)} " for text in texts if (found := words(text)))


def words(text: str) -> list[str]:
    """The words of a text: letters and digits of its folded form."""
    spelled = _HIGH.sub(lambda high: f"x{high[1]}" if chr(int(high[1], 16)).isalnum() else " ", fold(text))
    return "".join(sign if sign.isalnum() else " " for sign in spelled).split()
