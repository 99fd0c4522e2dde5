"""A small world in which whatever can be awkward is: written as a data package, so that every store can hold it."""

import csv
import json
import random
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from graph_schema.domain import Domain
from graph_schema.kernel import Kind, NodeType, Property, Relationship

COUNTS = {
    "Country": 4,
    "Indicator": 5,
    "Network": 6,
    "Programme": 7,
    "Concept": 10,
    "City": 24,
    "ClimateCityContract": 14,
    "Innovation": 16,
}
COUNTS |= {"Pilot": 24, "Transfer": 40, "Lesson": 24, "Observation": 26, "EmissionEntry": 16, "Need": 12, "BarrierReport": 14, "Source": 5}
ADDRESSES = tuple(f"https://example.org/{name}" for name in ("a", "ü", "d?x=1&y=2", "e", "f", "g", "h", "b;c"))
# Equal, nearly equal and oddly ordered once folded; above and below the surrogates; what a language or a database might take amiss.
TEXTS = (
    "Malmö", "MALMO", "malmo\u0308", "Málmo 2", "Åre", "Ærø", "aero", "Straße", "STRASSE", "İstanbul", "ıstanbul", "Łódź", "Łęg", "Αθήνα",
    "ΑΘΗΝΑ", "Київ", "שָׁלוֹם", "שלום", "東京", "がが", "ﬁne", "x\U0001f6b2", "x\ue000", "x\uffee", "x\ud7fb", "\U0001d400bc",
    "a\"b", "a'b", "a\\b", "a`b", "$p0",
    "}) RETURN 1 //", "null", "0", "-1", "%", "_", "a b", "zz", "Z", "[a]", "{a}", "é", "e", "ß", "ss", "K", "K", "\u0301a",
)  # fmt: skip
DATES = (
    "2019",
    "2019-05",
    "2019-05-31",
    "2019-05-30",
    "2019-12-31",
    "2020",
    "2020-02-29",
    "2020-01",
    "2020-01-01",
    "0999",
    "9999-12-31",
    "2021-10",
)
NUMBERS = ("0", "1", "-1", "0.1", "1e3", "100", "99.5", "1500000", "0.30000000000000004", "3", "7.25", "12")
TIES = {
    "network_members": ("City", "networks"),
    "innovation_variants": ("Innovation", "variantOf"),
    "lesson_applications": ("Lesson", "appliedIn"),
}
EXTENDED = {"transfer_elements": "Transfer", "innovation_elements": "Innovation"}
STOPPED = ("STALLED", "DISCONTINUED", "REJECTED")
Row = dict[str, str]


# Nothing refers to the rows of these.
LEAVES = ("observations", "emissions", "needs", "barrier_reports")
LATER_WORDS = ("local_name", "description", "funder", "definition", "note", "advice")


def write_awkward_package(folder: Path, domain: Domain, *, early: bool = False) -> None:
    """Write the package, always the same; its early form lacks some rows and words, so that records can differ in age."""
    tables = _Making(domain, random.Random(7)).tables()
    if early:
        tables = {name: _early(name, rows) for name, rows in tables.items()}
    resources = []
    for name, rows in tables.items():
        header = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(rows)
        schema = {"fields": [{"name": column, "type": "string"} for column in header]}
        resources.append({"name": name, "path": f"{name}.csv", "encoding": "utf-8", "schema": schema})
    (folder / "datapackage.json").write_text(json.dumps({"name": "awkward", "resources": resources}, indent=1), encoding="utf-8")


def _early(name: str, rows: list[Row]) -> list[Row]:
    kept = rows[::2] if name in LEAVES else rows
    return [row | {column: "" for column in LATER_WORDS if column in row} if place % 3 == 0 else row for place, row in enumerate(kept)]


class _Making:
    """Rows of every table, drawn."""

    def __init__(self, domain: Domain, chance: random.Random) -> None:
        self.domain, self.chance = domain, chance
        self.keys: dict[str, list[str]] = {}
        self.status: dict[tuple[str, str], str] = {}
        self.taken: dict[str, set[str]] = defaultdict(set)

    def tables(self) -> Mapping[str, list[Row]]:
        for label, count in COUNTS.items():
            # The same slugs in every type, so that lists of several types have ties.
            keys = [f"{letter}{number}" for number in range(1, count // 8 + 2) for letter in "hgfebdac"][:count]
            self.keys[label] = ["SE", "DE", "FR", "NO"] if label == "Country" else list(ADDRESSES[:count]) if label == "Source" else keys
            for key in self.keys[label]:
                self.status[label, key] = self.chance.choices(["PUBLISHED", "DRAFT", "WITHDRAWN"], [80, 12, 8])[0]
        self.status |= {("Country", "SE"): "PUBLISHED", ("Indicator", "h1"): "PUBLISHED"}
        made: dict[str, list[Row]] = {}
        for label in COUNTS:
            node = self.domain[label]
            made[node.table or label] = [self._record(node, key) for key in self.keys[label]]
        return (
            made
            | {table: self._extension(table, label) for table, label in EXTENDED.items()}
            | {table: self._ties(table) for table in TIES}
        )

    def _record(self, node: NodeType, key: str) -> Row:
        row = {node.table_key: key, "status": self.status[node.label, key]}
        for each in node.properties:
            if each.column and not each.table and each.column not in row and each.name not in ("id", "slug", "label_date"):
                row |= self._cells(each, key)
        if node.label == "ClimateCityContract":
            row["label_date"] = self.chance.choice(["", "2023-10-12", "2024-03-21", "2024-03-21"])
        for relationship in node.relationships:
            if relationship.stored and relationship.column and not relationship.table:
                row[relationship.column] = self._related(node, relationship, key)
        if row.get("stage") in STOPPED:
            row["reason_stopped"] = row["reason_stopped"] or "No money."
        if node.sourced:
            row |= self._support(node.source_column)
        return row

    def _support(self, column: str) -> Row:
        several = self.chance.sample([each for each in ADDRESSES if ";" not in each], self.chance.choice([1, 1, 2, 3]))
        disputing = self.chance.sample(several, self.chance.choice([0, 0, 0, 1]))
        own = {column: ";".join(several)} if column.endswith("s") else {column: self.chance.choice(ADDRESSES)}
        return own | {"disputed_by_urls": ";".join(disputing)}

    def _cells(self, of: Property, key: str) -> Row:
        column = of.column or ""
        if of.kind is Kind.POINT:
            place = self.chance.choice(
                [("", ""), ("59.3293", "18.0686"), ("59.3293", "18.0686"), ("-33.9", "-179.9"), ("0", "0"), ("48.2", "16.37")]
            )
            return dict(zip(("latitude", "longitude"), place, strict=True))
        if of.name == "url" and not of.required:
            return {column: self.chance.choice(["", *ADDRESSES])}
        if of.name == "url":
            return {column: key}
        may_miss = not of.required and self.chance.random() < 0.35
        return {column: "" if may_miss else self._value(of)}

    def _value(self, of: Property) -> str:
        if of.vocabulary:
            return self.chance.choice(list(of.vocabulary.values))
        if of.kind in (Kind.INT, Kind.FLOAT):
            return self._number(of)
        if of.kind is Kind.PARTIAL_DATE:
            return self.chance.choice([each for each in DATES if len(each) == 10 or not of.whole_day])
        if of.kind is Kind.BOOLEAN:
            return self.chance.choice(["true", "false"])
        if of.kind is Kind.TEXT_LIST:
            return ";".join(self.chance.sample(TEXTS, self.chance.randint(1, 4))) if self.chance.random() < 0.85 else ";"
        # Codes are compared as they are, so only below the surrogates do all stores order them alike.
        fitting = [each for each in TEXTS if each.isascii()] if of.kind is Kind.CODE else TEXTS
        free = [each for each in fitting if each not in self.taken[of.name]] if of.unique else fitting
        chosen = self.chance.choice(free)
        self.taken[of.name].add(chosen)
        return chosen

    def _number(self, of: Property) -> str:
        low = -5.0 if of.minimum is None else of.minimum
        high = low + 40 if of.maximum is None else of.maximum
        if of.kind is Kind.INT:
            return str(self.chance.choice([int(low), int(low) + 1, int(low) + 2, int(high), self.chance.randint(int(low), int(high))]))
        return self.chance.choice([each for each in NUMBERS if low <= float(each) <= high] or [str(low)])

    def _related(self, node: NodeType, relationship: Relationship, key: str) -> str:
        others = [each for each in self.keys[relationship.target] if (relationship.target, each) != (node.label, key)]
        if relationship.required and self.status[node.label, key] == "PUBLISHED":
            others = [each for each in others if self.status[relationship.target, each] == "PUBLISHED"]
        if relationship.target == "Concept":
            # Some concepts are fields and levers at once.
            others = others[:7] if relationship.name == "fields" else others[3:]
        if node.label == "ClimateCityContract":
            return self._city_of_contract(others)
        if not relationship.many:
            return self.chance.choice(others) if relationship.required or self.chance.random() < 0.6 else ""
        several = self.chance.sample(others, min(len(others), self.chance.choice([0, 0, 1, 1, 2, 3])))
        return ";".join(several or (others[:1] if relationship.required else []))

    def _city_of_contract(self, cities: list[str]) -> str:
        """A city has one contract, visible or not."""
        chosen = self.chance.choice([each for each in cities if each not in self.taken["cities with a contract"]])
        self.taken["cities with a contract"].add(chosen)
        return chosen

    def _extension(self, table: str, label: str) -> list[Row]:
        rows = []
        for key in self.keys[label][::2]:
            values: Row = {}
            for each in self.domain[label].properties:
                if each.table == table:
                    values |= self._cells(each, key)
            if any(values.values()):
                rows.append(
                    {
                        f"{label.lower()}_id": key,
                        **values,
                        "source_urls": self.chance.choice([ADDRESSES[0], f"{ADDRESSES[3]};{ADDRESSES[5]}"]),
                    }
                )
        return rows

    def _ties(self, table: str) -> list[Row]:
        label, name = TIES[table]
        relationship = self.domain[label].relationship_named(name)
        rows = []
        for key in self.keys[label]:
            others = [each for each in self.keys[relationship.target] if (label, key) != (relationship.target, each)]
            for other in self.chance.sample(others, self.chance.choice([0, 1, 2])):
                row = {f"{label.lower()}_id": key, relationship.column or "": other, "source_url": self.chance.choice(ADDRESSES)}
                for each in relationship.edge:
                    if each.name != "sources":
                        row[each.column or each.name] = "" if self.chance.random() < 0.4 else self._value(each)
                rows.append(row)
        return rows
