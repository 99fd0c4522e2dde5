"""How records are asked for by words, and what is answered: hits page by page, and suggestions while somebody is typing."""

from graph_schema.answer import Answer, Argument, Asked, Part
from graph_schema.kernel import RECORD, Vocabulary

FACET = Vocabulary(
    "SearchFacet",
    "What the hits of a search are counted by.",
    {
        "TYPE": "The type of the record.",
        "COUNTRY": "Every country in which it lies: its own, or that of the cities nearest to it.",
        "FIELD": "Every field of action: its own or, where it has none, those of what it is about.",
    },
)
VOCABULARIES = (FACET,)

_TYPES = Argument("types", "RecordType", "Only records of these types; sources are not searched. Empty: of all.", many=True)
_TEXT = (
    "Every word has to be there, or the beginning of one; from five letters on one typo is forgiven; a phrase in quotes has to "
    "be there in whole words, as it is. Case, accents and punctuation do not count. A text without a letter or digit finds nothing."
)

SHARED = (
    Answer(
        "PageInfo",
        "Where a page stands in its list.",
        (
            Part("hasNextPage", "Boolean", "Whether records follow."),
            Part("hasPreviousPage", "Boolean", "Whether records come before."),
            Part("startCursor", "String", "Cursor of the first record.", required=False),
            Part("endCursor", "String", "Cursor of the last record.", required=False),
        ),
    ),
    Answer(
        "FacetCounts",
        "How many records of a list there are for each value of a facet.",
        (
            Part("by", "String", "The facet."),
            Part("values", "FacetValue", "The values that occur, the most frequent first, then by key; 100 at the most.", many=True),
            Part("more", "Int", "How many further values occur."),
            Part("missing", "Int", "How many records have no value."),
        ),
    ),
    Answer(
        "FacetValue",
        "A value of a facet.",
        (
            Part("key", "String", "By which it can be asked for: a name of a closed list, a slug, a country's code, a year."),
            Part("label", "String", "What people call it."),
            Part("count", "Int", "How many records have it."),
        ),
    ),
    Answer(
        "NumberAggregate",
        "One number over several records.",
        (
            *(Part(name, "Float", "Null without values.", required=False) for name in ("min", "max", "sum", "mean", "median")),
            Part("missing", "Int", "How many records have no value."),
            Part("count", "Int", "How many records have a value."),
        ),
    ),
)
"""Answers of other lists as well, whose types are made where those are."""

ANSWERS = (
    Answer(
        "SearchConnection",
        "A page of hits, the best first, then by slug.",
        (
            Part("nodes", "SearchHit", "The hits of this page.", many=True),
            Part("edges", "SearchEdge", "The hits of this page, each with its cursor.", many=True),
            Part("pageInfo", "PageInfo", "Where this page stands. Its cursors are for this text alone."),
            Part("totalCount", "Int", "How many hits there are on all pages; null where the search was truncated.", required=False),
            Part(
                "truncated",
                "Boolean",
                "More than 1,000 records may be meant, and only so many were looked at, those called so first. Ask for more words.",
            ),
            Part(
                "facets",
                "FacetCounts",
                "The hits of all pages, counted. Where the search was truncated, of those looked at. Costs 100.",
                many=True,
                usual=0,
                arguments=(Argument("by", "SearchFacet", "What to count by, at least one.", many=True, required=True),),
                cost=100,
            ),
            Part(
                "aggregate",
                "SearchAggregate",
                "The hits of all pages in numbers, in all and, with `groupBy`, for each of its values. Where the search was truncated, "
                "those looked at. Costs 100, and 100 more for the groups.",
                arguments=(Argument("groupBy", "SearchFacet", "By what the hits are put into groups."),),
                cost=100,
            ),
        ),
    ),
    Answer(
        "SearchAggregate",
        "The hits of a search in numbers.",
        (
            Part("count", "Int", "How many hits there are."),
            Part("score", "NumberAggregate", "How well they answer."),
            Part(
                "groups",
                "SearchGroup",
                "One for each value of `groupBy`, which has to be given: the largest first, then by key, 100 at the most; last, without "
                "a key, the hits that have no value. A hit of several values is in several groups.",
                many=True,
                usual=0,
                cost=100,
                grouped=True,
            ),
            Part("moreGroups", "Int", "How many further groups there are.", grouped=True),
        ),
    ),
    Answer(
        "SearchGroup",
        "Hits of one value, in numbers.",
        (
            Part("key", "String", "The value, as a facet has it; null for the hits that have none.", required=False),
            Part("label", "String", "The value in words; null for the hits that have none.", required=False),
            Part("count", "Int", "How many hits the group has."),
            Part("score", "NumberAggregate", "How well they answer."),
        ),
    ),
    Answer(
        "SearchEdge",
        "A hit in the list.",
        (
            Part("cursor", "String", "Position of the hit in the list."),
            Part("node", "SearchHit", "The hit.", source="hit"),
        ),
    ),
    Answer(
        "SearchHit",
        "A record that answers a search.",
        (
            Part("record", RECORD, "The record.", source="id"),
            Part(
                "score",
                "Int",
                "100 its title is the text, 80 begins with it, 70 has it, 60 has all words; 50 its other names have them; 30 its "
                "texts have the text, 20 all words. 10 less where a typo was forgiven.",
            ),
            Part("highlights", "Highlight", "Where it answers.", many=True),
        ),
    ),
    Answer(
        "Highlight",
        "A field in which what was looked for stands.",
        (
            Part("field", "String", "Name of the field."),
            Part("fragments", "String", "What stands around it, three places at the most, cut between words with `…`.", many=True),
        ),
    ),
    Answer(
        "Suggestion",
        "A record that may be meant.",
        (
            Part("id", "ID", "Its global id."),
            Part("type", "RecordType", "Its type."),
            Part("slug", "String", "Its slug."),
            Part("label", "String", "What it is called."),
            Part("highlight", "String", "The name by which it answers, which may be another than its label.", required=False),
            Part("score", "Int", "As that of a hit."),
            Part("record", RECORD, "The record; without it a suggestion takes half the time.", source="id"),
        ),
    ),
)

ALL = (*SHARED, *ANSWERS)

ROOTS = (
    Asked(
        "search",
        "SearchConnection",
        "Records of every type by words in their names, titles, summaries and other texts, in every language held. "
        f"{_TEXT} Costs as 100 records.",
        (
            Argument("text", "String", "What to look for.", required=True),
            _TYPES,
            Argument(
                "fields",
                "String",
                "Only records in one of these fields of action, by slug (`buildings`) or notation (`BUILDINGS`); one that is none is "
                "refused. Empty: all.",
                many=True,
            ),
            Argument(
                "countries",
                "String",
                "Only records that lie in one of these countries, by code (`SE`); one that is none is refused. Empty: all.",
                many=True,
            ),
            Argument("first", "Int", "How many hits, 100 at the most; 20 unless given."),
            Argument("after", "String", "Cursor of the hit after which the page begins."),
        ),
    ),
    Asked(
        "suggest",
        "Suggestion",
        f"Records by what they are called, for typing ahead, the best first. {_TEXT} Costs as 20 records.",
        (
            Argument("text", "String", "What is being typed.", required=True),
            _TYPES,
            Argument("first", "Int", "How many, 100 at the most; 10 unless given."),
        ),
        many=True,
    ),
)
