"""How a declared name is spelled in the graph and in GraphQL."""

import re
from functools import cache


@cache
def camel(snake: str) -> str:
    """`neutrality_target_year` → `neutralityTargetYear`; the one place where spelling changes."""
    first, *rest = snake.split("_")
    return first + "".join(word.capitalize() for word in rest)


def camel_of_value(value: str) -> str:
    """`NOT_STARTED` → `notStarted`: a value of a closed list as a field of its own."""
    return camel(value.lower())


@cache
def snake(name: str) -> str:
    """`definitionVersion` → `definition_version`; the way back."""
    return re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name)


def lower_first(label: str) -> str:
    """`BarrierReport` → `barrierReport`."""
    return label[:1].lower() + label[1:]


def upper_first(field: str) -> str:
    """`evidenceLevel` → `EvidenceLevel`."""
    return field[:1].upper() + field[1:]


def upper_snake(label: str) -> str:
    """`BarrierReport` → `BARRIER_REPORT`."""
    return "".join(f"_{letter}" if letter.isupper() and place else letter for place, letter in enumerate(label)).upper()


def in_words(value: str) -> str:
    """`NOT_STARTED` → `Not started`."""
    return value.replace("_", " ").capitalize()
