"""The closed lists, each value with its meaning."""

from graph_schema.kernel import Vocabulary

RECORD_STATUS = Vocabulary(
    "RecordStatus",
    "Whether a record is public.",
    {"DRAFT": "Being written; not public.", "PUBLISHED": "Public.", "WITHDRAWN": "Taken back; kept for the history."},
)
MISSION_STATUS = Vocabulary(
    "MissionStatus",
    "A city's part in the EU Mission.",
    {
        "MISSION_EU": "One of the 100 Mission Cities in the EU.",
        "MISSION_ASSOCIATED": "One of the 12 Mission Cities in associated countries.",
        "TWIN": "Twinned with a Mission City in a Mission programme.",
        "OTHER": "Any other city.",
    },
)
CONTRACT_STATUS = Vocabulary(
    "ContractStatus",
    "How far a city's Climate City Contract has come.",
    {
        "NONE": "No contract.",
        "IN_PREPARATION": "Being written.",
        "SUBMITTED": "Submitted to the European Commission.",
        "LABELLED": "Awarded the EU Mission Label.",
    },
)
PILOT_STAGE = Vocabulary(
    "PilotStage",
    "How far a pilot has come.",
    {
        "IDEA": "Thought of.",
        "PLANNED": "Decided and being prepared.",
        "RUNNING": "In use or under test.",
        "COMPLETED": "Its funded or planned period is over.",
        "MAINSTREAMED": "Has become the rule.",
        "STALLED": "Stands still.",
        "DISCONTINUED": "Was ended early or given up.",
        "REJECTED": "Was turned down before it began.",
    },
)
TRANSFER_KIND = Vocabulary(
    "TransferKind",
    "What a source calls the transfer.",
    {
        "REPLICATION": "The same solution, done again.",
        "TRANSFER": "A practice handed over.",
        "TWINNING": "Peer learning between cities.",
        "ADAPTATION": "The solution, fitted to another place.",
        "INSPIRATION": "An idea that led elsewhere.",
    },
)
TRANSFER_DEGREE = Vocabulary(
    "TransferDegree",
    "Degree of transfer after Dolowitz and Marsh (2000).",
    {
        "COPYING": "Taken over directly and completely.",
        "EMULATION": "The ideas are taken over, not the details.",
        "HYBRIDISATION": "Mixed from several givers.",
        "INSPIRATION": "Inspired a change that does not draw on the original.",
        "REJECTION": "Looked at and turned down.",
        "UNKNOWN": "No source describes it.",
    },
)
TRANSFER_CHANNEL = Vocabulary(
    "TransferChannel",
    "How the knowledge travelled.",
    {
        "TWINNING": "A twinning of two cities.",
        "SITE_VISIT": "A visit on site.",
        "PEER_CALL": "Talks between peers.",
        "NETWORK_WORKING_GROUP": "A working group of a network.",
        "EU_PROJECT": "A project funded by the EU.",
        "CONSULTANT": "A consultant.",
        "SUPPLIER": "A supplier.",
        "PUBLICATION": "A publication.",
        "STAFF_MOVE": "People who changed their post.",
        "RESEARCH_PARTNER": "A research partner.",
        "NATIONAL_PROGRAMME": "A national programme.",
        "UNKNOWN": "No source says it.",
    },
)
TRANSFER_OUTCOME = Vocabulary(
    "TransferOutcome",
    "How the transfer ended.",
    {
        "COMMITTED": "Prepared or promised; nothing said about building.",
        "ONGOING": "Under way; nothing reported as built.",
        "IMPLEMENTED": "Carried out.",
        "PARTIAL": "Carried out in part.",
        "FAILED": "Tried without success.",
        "ABANDONED": "Given up.",
        "UNKNOWN": "No source says it.",
    },
)
CLAIM_LEVEL = Vocabulary(
    "ClaimLevel",
    "Who stands behind the claim that a transfer took place.",
    {
        "INFERRED": "A source puts the cities in sequence and describes no contact.",
        "SELF_REPORTED": "One side, a programme or the press says so.",
        "CONFIRMED_BY_SOURCE_CITY": "The giving city confirmed it.",
        "CONFIRMED_BY_BOTH": "Both ends confirmed it.",
        "INDEPENDENT": "An independent study names the pair.",
    },
)
NOT_COUNTED_REASON = Vocabulary(
    "NotCountedReason",
    "The first rule by which a transfer does not count as a replication.",
    {
        "KIND": "Twinning and inspiration are no replications.",
        "OUTCOME": "It was not carried out, or no source says so.",
        "DEGREE": "It was rejected, or only inspired something else.",
        "CLAIM_LEVEL": "It is only inferred.",
        "SAME_CITY": "It stayed within one city: scaling.",
    },
)
LESSON_KIND = Vocabulary(
    "LessonKind",
    "What sort of lesson it is.",
    {
        "SUCCESS_FACTOR": "What made it work.",
        "BARRIER": "What stood in the way.",
        "RECOMMENDATION": "What to do.",
        "FAILURE": "What went wrong.",
        "COST": "What it cost.",
        "UNEXPECTED_EFFECT": "What nobody had expected.",
    },
)
OBSERVATION_KIND = Vocabulary(
    "ObservationKind",
    "How a figure came about.",
    {
        "OBSERVED": "Measured.",
        "ESTIMATED": "Estimated from measured values, inventories or evaluations.",
        "MODELLED": "Calculated or projected.",
        "CLAIMED": "Stated without a method.",
        "TARGET": "Planned.",
    },
)
BARRIER_CATEGORY = Vocabulary(
    "BarrierCategory",
    "What kind of barrier was met.",
    {
        "FISCAL_FINANCIAL": "Money: budgets, funding, prices.",
        "INSTITUTIONAL_CAPACITY": "Staff, skills and organisation.",
        "TECHNOLOGICAL_MARKET": "Technology, supply and markets.",
        "LEGAL_REGULATORY": "Law, permits and procurement rules.",
        "BEHAVIOURAL_CULTURAL": "Habits, acceptance and culture.",
        "POLITICAL_MACROECONOMIC": "Politics and the wider economy.",
        "DATA_KNOWLEDGE": "Missing data or knowledge.",
        "SPATIAL_PHYSICAL": "Space, ground and buildings.",
    },
)
INDICATOR_DIRECTION = Vocabulary(
    "IndicatorDirection",
    "Whether a higher value is better.",
    {"UP_GOOD": "Higher is better.", "DOWN_GOOD": "Lower is better.", "NEUTRAL": "Neither."},
)
CONCEPT_SCHEME = Vocabulary(
    "ConceptScheme",
    "The scheme a concept belongs to.",
    {
        "FIELD": "Fields of action.",
        "LEVER": "Levers of change.",
        "CO_BENEFIT": "Co-benefits.",
        "SDG": "Sustainable Development Goals of the United Nations.",
    },
)
NETWORK_KIND = Vocabulary(
    "NetworkKind",
    "What sort of network it is.",
    {
        "MISSION_PLATFORM": "A platform of the EU Mission.",
        "RESEARCH_PROGRAMME": "A research programme.",
        "NATIONAL_PLATFORM": "A national platform of the Mission.",
        "CITY_NETWORK": "A network of cities.",
    },
)
NETWORK_SCOPE = Vocabulary(
    "NetworkScope",
    "How far a network reaches.",
    {"WORLD": "The world.", "EUROPE": "Europe.", "NATIONAL": "One country."},
)
PROGRAMME_KIND = Vocabulary(
    "ProgrammeKind",
    "What sort of programme it is.",
    {
        "PILOT_PROGRAMME": "Funds pilots.",
        "LIGHTHOUSE_PROJECT": "Lighthouse cities demonstrate, fellow cities prepare a replication.",
        "TRANSFER_NETWORK": "Hands good practices over from city to city.",
        "TWINNING": "Pairs cities for peer learning.",
        "OTHER": "Any other.",
    },
)
EMISSION_SECTOR = Vocabulary(
    "EmissionSector",
    "The sector, scope or sum that a reported emission covers.",
    {
        "AGRICULTURE": "Agriculture.",
        "BUILDING_HEATING": "Heating of buildings.",
        "CONSUMER_ELECTRICITY": "Electricity of consumers.",
        "DISTRICT_HEATING": "District heating.",
        "INDUSTRIAL_ELECTRICITY": "Electricity of industry.",
        "INDUSTRY": "Industry.",
        "INDUSTRY_AND_MACHINERY": "Industry and machinery.",
        "OTHER": "Any other.",
        "OTHER_TRANSPORT": "Transport other than on roads.",
        "RESIDENTIAL_COMMERCIAL_INSTITUTIONAL": "Homes, commerce and public bodies.",
        "ROAD_TRANSPORT": "Transport on roads.",
        "SCOPE_1": "Direct emissions.",
        "SCOPE_1_EXCL_GRID_GENERATION": "Direct emissions without power for the grid.",
        "SCOPE_2": "Emissions of energy that the city takes from grids.",
        "TOTAL": "The total as reported: GPC BASIC where given, else the reported total, else scopes 1 and 2.",
        "TOTAL_COVENANT_OF_MAYORS": "The mandatory sectors of the Covenant of Mayors.",
        "TOTAL_METROPOLITAN_AREA": "The total of the metropolitan area.",
        "WASTE": "Waste.",
    },
)
