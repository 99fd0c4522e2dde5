"""Concepts: fields of action, levers and other schemes."""

from graph_schema.declare import choice, code, localized, many, node, text, title
from graph_schema.kernel import Searched
from graph_schema.vocabularies import CONCEPT_SCHEME


@node(table="concepts", title="pref_label_en")
class Concept:
    """A concept of a scheme (SKOS): a field of action, a lever, a co-benefit, a goal."""

    scheme = choice(CONCEPT_SCHEME, "Scheme it belongs to.", required=True, indexed=True)
    notation = code("Its code in the scheme.", required=True, unique=True, searched=Searched.LABEL)
    label = localized("Preferred label in the language asked for, else in English.", "pref_label", ("en", "sv"))
    pref_label_en = title("Preferred label, English.", required=True)
    pref_label_sv = text("Preferred label, Swedish.", max_length=300, searched=Searched.LABEL)
    definition = text("What it means.", searched=Searched.BODY)

    innovations = many("IN_FIELD|USES_LEVER", "Innovation", "Innovations in the field or with the lever.", incoming=True, stored=False)
    lessons = many("IN_FIELD|USES_LEVER", "Lesson", "Lessons in the field or with the lever.", incoming=True, stored=False)
    needs = many("IN_FIELD", "Need", "Needs in the field.", incoming=True, stored=False)
