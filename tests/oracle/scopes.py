"""What a selection set holds already, so that whatever joins it can be merged."""

import copy
from dataclasses import dataclass, field

MOST_FIELDS_PER_NAME = 5


@dataclass
class Entry:
    """What stands under one response name: which field of which types, with which arguments."""

    name: str
    type: str
    askers: dict[str, str]
    """Arguments by the type that has the field."""
    below: "Scope"
    fields: int = 1


@dataclass
class Scope:
    """Response names in use at one place of the answer, whatever fragment brought them."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def takes(self, response_name: str, entry: Entry, *, objects: frozenset[str]) -> bool:
        """Whether a field may join: the same one with the same arguments, or one of another object type and the same shape."""
        there = self.entries.get(response_name)
        if there is None:
            return True
        if there.type != entry.type or there.fields + entry.fields > MOST_FIELDS_PER_NAME:
            return False
        return all(
            (there.name == entry.name and arguments == other) or (asker != parent and {asker, parent} <= objects)
            for parent, arguments in there.askers.items()
            for asker, other in entry.askers.items()
        ) and all(there.below.takes(name, each, objects=objects) for name, each in entry.below.entries.items())

    def add(self, response_name: str, entry: Entry) -> "Scope":
        """Let a field join; returns the place below it."""
        there = self.entries.setdefault(response_name, Entry(entry.name, entry.type, {}, Scope(), 0))
        there.askers |= entry.askers
        there.fields += entry.fields
        for name, each in entry.below.entries.items():
            there.below.add(name, each)
        return there.below

    def takes_all(self, other: "Scope", *, objects: frozenset[str]) -> bool:
        """Whether everything of another place may join."""
        return all(self.takes(name, entry, objects=objects) for name, entry in other.entries.items())

    def add_all(self, other: "Scope") -> None:
        """Let everything of another place join."""
        for name, entry in copy.deepcopy(other).entries.items():
            self.add(name, entry)
