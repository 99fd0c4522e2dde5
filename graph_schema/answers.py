"""The answers that are worked out of the network of cities: their types, and the root fields that give them."""

from graph_schema import network_answers, search_answers
from graph_schema.answer import INFERRED, VERSION, Answer, Argument, Asked, Part
from graph_schema.kernel import Vocabulary
from graph_schema.lineages import ANSWERS as LINEAGE_ANSWERS
from graph_schema.lineages import VOCABULARIES as LINEAGE_VOCABULARIES

VOCABULARIES = (
    *LINEAGE_VOCABULARIES,
    network_answers.FLOW_GROUP,
    *search_answers.VOCABULARIES,
    Vocabulary(
        "CityFeature",
        "By what two cities are compared.",
        {
            "POPULATION": "Inhabitants, on a logarithmic scale.",
            "DISTANCE": "Kilometres between them, beyond 5,000 all the same.",
            "COUNTRY": "Whether they are in one country.",
            "NETWORKS": "The share of networks they have in common.",
            "TARGET_YEAR": "The year by which they mean to be climate-neutral.",
        },
    ),
    Vocabulary(
        "ReplicationPartName",
        "What the fit of an innovation and a city is the mean of.",
        {
            "CONTEXT": "How similar the most similar city is that has it.",
            "NEED": "Whether the city looks for something in its fields.",
            "EVIDENCE": "How well its effect is borne out.",
            "TRACK_RECORD": "How its transfers ended.",
            "LESSONS": "How much has been learned about it.",
            "REACH": "Whether the city shares a network or a twinning with one that has it.",
        },
    ),
)

WEIGHTS = (
    Argument("context", "Float", "Weight of CONTEXT; 1 unless given."),
    Argument("need", "Float", "Weight of NEED; 1 unless given."),
    Argument("evidence", "Float", "Weight of EVIDENCE; 1 unless given."),
    Argument("trackRecord", "Float", "Weight of TRACK_RECORD; 1 unless given."),
    Argument("lessons", "Float", "Weight of LESSONS; 1 unless given."),
    Argument("reach", "Float", "Weight of REACH; 1 unless given."),
)
INPUTS = {"ReplicationWeights": ("How much each part of a fit weighs: 0 or more, not all 0.", WEIGHTS), **network_answers.INPUTS}

PATHS = (
    Answer(
        "ReplicationPaths",
        "How something could get from one city to another.",
        (
            Part(
                "nodes",
                "ReplicationPath",
                "By length, time-respecting ones first, then by the slugs of cities and transfers.",
                many=True,
                source="paths",
            ),
            Part("truncated", "Boolean", "Whether there are more, or not all ground was covered."),
            Part("undatedSteps", "Int", "Steps of these paths without a year."),
            VERSION,
        ),
    ),
    Answer(
        "ReplicationPath",
        "A chain of transfers that visits no city twice.",
        (
            Part("cities", "City", "Its cities from end to end.", many=True, whole=True),
            Part("transfers", "Transfer", "The transfer of each step.", many=True, whole=True),
            Part("length", "Int", "How many transfers."),
            Part("timeRespecting", "Boolean", "Every step is dated, and the years never fall."),
            Part("jointSteps", "Int", "Steps whose source names a group of givers."),
        ),
    ),
)

PEERS = (
    Answer(
        "SimilarCities",
        "The cities most like one, with what makes them so.",
        (
            Part("nodes", "SimilarCity", "Nearest first, then fewer missing features, then by slug.", many=True),
            Part("leftOut", "Int", "Candidates of which too little is known to say how near they are."),
            VERSION,
        ),
    ),
    Answer(
        "SimilarCity",
        "A city, how near it is, and by what.",
        (
            Part("city", "City", "The city.", source="slug"),
            Part("distance", "Float", "The mean of its known parts: 0 alike, 1 as different as can be."),
            Part("parts", "DistancePart", "Every feature that was asked for.", many=True),
            Part("missing", "CityFeature", "Features that are unknown of one of the two.", many=True),
            Part("sharedNetworks", "Network", "Networks that both belong to.", many=True, usual=3),
        ),
    ),
    Answer(
        "DistancePart",
        "How far apart two cities are by one feature.",
        (
            Part("feature", "CityFeature", "The feature."),
            Part("distance", "Float", "0 alike, 1 as different as can be; null where it is unknown of one of the two.", required=False),
            Part("mine", "String", "Of the city that was asked about, in words.", required=False),
            Part("theirs", "String", "Of the other city, in words.", required=False),
        ),
    ),
)

REPLICABLE = (
    Answer(
        "ReplicableInnovation",
        "An innovation that a city has not taken up yet, and how well it would fit.",
        (
            Part("innovation", "Innovation", "The innovation."),
            Part("fit", "Float", "The weighted mean of the known parts, 0 to 1; null where none is known.", required=False),
            Part("parts", "ReplicationPart", "Every part with its reason.", many=True),
            Part("missing", "ReplicationPartName", "Parts that are unknown.", many=True),
            Part("adopters", "City", "Cities that have it, most similar first.", many=True, first=10),
            Part("failedTakers", "City", "Cities into which a transfer of it failed or was abandoned.", many=True, usual=1),
            Part("lessons", "Lesson", "Lessons about it, the weightiest first.", many=True, first=3, source="lesson_slugs"),
            Part("weightyLessons", "WeightyLesson", "The same lessons, each with why.", many=True, first=3, source="lessons"),
            VERSION,
        ),
    ),
    Answer(
        "ReplicationPart",
        "One part of a fit.",
        (
            Part("name", "ReplicationPartName", "Which part."),
            Part("value", "Float", "0 to 1; null where it is unknown.", required=False),
            Part("weight", "Float", "How much it weighs."),
            Part("reason", "String", "Why, in words, known or not."),
        ),
    ),
    Answer(
        "WeightyLesson",
        "A lesson, and why a city should know it before it begins.",
        (Part("lesson", "Lesson", "The lesson.", source="slug"), Part("why", "String", "Why it matters.")),
    ),
)

ANSWERS = {answer.name: answer for answer in (*LINEAGE_ANSWERS, *PATHS, *network_answers.ALL, *PEERS, *REPLICABLE, *search_answers.ALL)}

ROOTS = (
    Asked(
        "replicationPaths",
        "ReplicationPaths",
        "How something could have got from one city to another, or could get there.",
        (
            Argument("from", "String", "Slug of the city where the paths begin.", required=True),
            Argument("to", "String", "Slug of the city where they end.", required=True),
            Argument("maxTransfers", "Int", "The longest path, 1 to 6.", default=4),
            Argument("innovation", "String", "Slug of the innovation that all steps are of."),
            Argument("kinds", "TransferKind", "Only steps of these kinds.", many=True),
            Argument("sameInnovation", "Boolean", "Only paths whose steps are all of one innovation.", default=True),
            Argument("countedOnly", "Boolean", "Only steps that count as replications.", default=False),
            Argument("timeRespecting", "Boolean", "Only paths whose steps are all dated, the years never falling.", default=False),
            INFERRED,
            Argument("includeFailed", "Boolean", "With transfers that failed or were abandoned or rejected.", default=False),
            Argument("first", "Int", "How many paths, 100 at the most.", default=10),
        ),
    ),
    *network_answers.ROOTS,
    *search_answers.ROOTS,
)
