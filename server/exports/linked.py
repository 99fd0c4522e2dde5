"""Records as linked data: what is asked of one, and its answer in the words of schema.org and SKOS."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph_schema.domain import Domain
from graph_schema.kernel import Kind, NodeType, Property, Relationship
from graph_schema.measures import MEASURES
from graph_schema.names import camel
from server.exports.metadata import NOT_RECOMPUTED, licence_of, versions
from server.operations.about import attributions
from server.policy import EMISSIONS

MEDIA_TYPE = "application/ld+json"
MOST_RELATED = 50

_TYPES = {
    "City": "schema:City",
    "Country": "schema:Country",
    "Innovation": "schema:CreativeWork",
    "Pilot": "schema:Project",
    "Transfer": "schema:TransferAction",
    "Lesson": "schema:LearningResource",
    "Programme": "schema:Project",
    "Network": "schema:Organization",
    "Concept": "skos:Concept",
    "Source": "schema:WebPage",
    "Indicator": "schema:StatisticalVariable",
    "Observation": "schema:Observation",
    "EmissionEntry": "schema:Observation",
    "Need": "schema:Demand",
}
# Further words for what a property or a relationship says; its own name is kept beside them.
_WORDS: Mapping[tuple[str, str], str | None] = {
    ("City", "country"): "schema:containedInPlace",
    ("City", "networks"): "schema:memberOf",
    ("Transfer", "sourceCities"): "schema:fromLocation",
    ("Transfer", "targetCity"): "schema:toLocation",
    ("Transfer", "innovation"): "schema:object",
    ("Pilot", "cities"): "schema:location",
    ("Pilot", "startDate"): "schema:startDate",
    ("Pilot", "endDate"): "schema:endDate",
    ("Innovation", "fields"): "schema:about",
    ("Innovation", "aliases"): "schema:alternateName",
    ("Country", "code"): "schema:identifier",
    ("Concept", "notation"): "skos:notation",
    ("Concept", "definition"): "skos:definition",
    ("Source", "url"): "schema:url",
    # The page is somebody else's: only our record of it was made then.
    ("Source", "createdAt"): None,
    ("Source", "updatedAt"): None,
}
_EVERYWHERE = {
    "summary": "schema:description",
    "sources": "schema:citation",
    "createdAt": "schema:dateCreated",
    "updatedAt": "schema:dateModified",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Another record: what it is called, and its path."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a record says under one name: plain values, or other records, of which there may be more than are listed."""

    name: str
    values: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    more: int = 0


class Linked:
    """The records of a domain as linked data."""

    def __init__(self, domain: Domain) -> None:
        self.types: Mapping[str, NodeType] = {node.field: node for node in domain}
        self._domain = domain

    def path(self, label: str, slug: str) -> str:
        """Where a record is found."""
        return f"/records/{self._domain[label].field}/{slug}"

    def document(self, type_name: str) -> str:
        """The GraphQL document that asks for one record of a type, all of it."""
        node = self.types[type_name]
        asked = " ".join([*(_leaf(each) for each in node.properties), *(self._related(each) for each in node.relationships)])
        return f"query Record($id: ID!) {{ node(id: $id) {{ ... on {node.label} {{ {asked} }} }} }}"

    def title(self, type_name: str, record: Mapping[str, Any]) -> str:
        """What a record is called."""
        node = self.types[type_name]
        return str((record.get(camel(node.title)) if node.title else None) or record["slug"])

    def licence(self, type_name: str) -> str:
        """The address of the terms under which its records leave."""
        return licence_of(emissions=self.types[type_name].label == EMISSIONS)

    def credits(self, type_name: str) -> list[str]:
        """Whom to name with its records."""
        return _credits(self.types[type_name])

    def told(self, type_name: str, record: Mapping[str, Any]) -> list[Told]:
        """Everything a record says, in the order of the declaration."""
        node = self.types[type_name]
        said = [Told(each.field, tuple(map(str, _plain(each, record.get(each.field))))) for each in node.properties]
        related = [self._links(each, record.get(each.field)) for each in node.relationships]
        return [each for each in (*said, *related) if each.values or each.links]

    def jsonld(self, type_name: str, record: Mapping[str, Any], root: str, revision: int) -> dict[str, Any]:
        """A record as JSON-LD; `root` is where the addresses of this service begin."""
        node = self.types[type_name]
        found: dict[str, Any] = {
            "@context": {
                "@vocab": f"{root}/schema.graphql#",
                "schema": "https://schema.org/",
                "skos": "http://www.w3.org/2004/02/skos/core#",
            },
            "@id": root + self.path(node.label, record["slug"]),
            "@type": [_TYPES.get(node.label, "schema:CreativeWork"), node.label],
        }
        if node.label != "Concept":
            found["schema:name"] = self.title(type_name, record)
        for name, value in self._statements(node, record, root):
            found[name] = value
            if word := _WORDS.get((node.label, name), _EVERYWHERE.get(name)):
                found[word] = value
        return found | self._in_part(node, record) | _special(record, root) | _cited(node, revision)

    def _in_part(self, node: NodeType, record: Mapping[str, Any]) -> dict[str, Any]:
        """How long those lists are of which only the beginning is told."""
        cut = [told for each in node.relationships if (told := self._links(each, record.get(each.field))).more]
        lists = [
            {"@type": "schema:ItemList", "schema:name": each.name, "schema:numberOfItems": len(each.links) + each.more} for each in cut
        ]
        return {"listedInPart": lists} if lists else {}

    def _statements(self, node: NodeType, record: Mapping[str, Any], root: str) -> Iterator[tuple[str, Any]]:
        for each in node.properties:
            value = _bare(each, record.get(each.field))
            if value is not None and each.kind is not Kind.POINT:
                yield each.field, value
        for relation in node.relationships:
            links = self._links(relation, record.get(relation.field)).links
            if links:
                # Percent signs and the like stand in paths as they do in slugs: slugs are plain.
                yield relation.field, [{"@id": root + link.path} for link in links]

    def _related(self, found: Relationship) -> str:
        own = "__typename ... on Record { id slug }" if found.union else f"__typename id slug {self._title_of(found.target)}"
        if not found.many or found.plain:
            return f"{found.field} {{ {own} }}"
        return f"{found.field}(first: {MOST_RELATED}) {{ totalCount nodes {{ {own} }} }}"

    def _title_of(self, label: str) -> str:
        title = self._domain[label].title
        return camel(title) if title and label in self._domain.nodes else ""

    def _links(self, found: Relationship, answer: Any) -> Told:
        if not answer:
            return Told(found.field)
        nodes = answer["nodes"] if isinstance(answer, dict) and "nodes" in answer else answer if isinstance(answer, list) else [answer]
        total = answer["totalCount"] if isinstance(answer, dict) and "totalCount" in answer else len(nodes)
        links = tuple(
            Link(str(each.get(self._title_of(each["__typename"])) or each["slug"]), self.path(each["__typename"], each["slug"]))
            for each in nodes
        )
        return Told(found.field, links=links, more=max(total - len(nodes), 0) if links else 0)


def _leaf(found: Property) -> str:
    if found.reasons:
        return f"{found.field} {{ level }}"
    return f"{found.field} {{ latitude longitude }}" if found.kind is Kind.POINT else found.field


def _bare(found: Property, answer: Any) -> Any:
    return answer["level"] if found.reasons and answer else answer


def _plain(found: Property, answer: Any) -> list[Any]:
    value = _bare(found, answer)
    if value is None:
        return []
    if found.kind is Kind.POINT:
        return [f"{value['latitude']}, {value['longitude']}"]
    return value if isinstance(value, list) else [value]


def _special(record: Mapping[str, Any], root: str) -> dict[str, Any]:
    """What takes a form of its own: places, labels in their languages, and schemes, which SKOS wants to be resources."""
    found: dict[str, Any] = {}
    if place := record.get("location"):
        where = {"schema:latitude": place["latitude"], "schema:longitude": place["longitude"]}
        found["schema:geo"] = {"@type": "schema:GeoCoordinates", **where}
    if scheme := record.get("scheme"):
        # The name of the value in GraphQL's own notation of places in a schema.
        found["skos:inScheme"] = {"@id": f"{root}/schema.graphql#ConceptScheme.{scheme}", "@type": "skos:ConceptScheme"}
    labels = [(record.get("prefLabelEn"), "en"), (record.get("prefLabelSv"), "sv")]
    if any(label for label, _ in labels):
        found["skos:prefLabel"] = [{"@value": label, "@language": language} for label, language in labels if label]
    return found


def _credits(node: NodeType) -> list[str]:
    return [each["text"] for each in attributions(emissions=node.label == EMISSIONS)]


def _cited(node: NodeType, revision: int) -> dict[str, Any]:
    """The terms of a record, or of our description of a page that has terms of its own."""
    cited = {
        "schema:license": {"@id": licence_of(emissions=node.label == EMISSIONS)},
        "schema:creditText": _credits(node),
        **versions(revision, MEASURES),
        "schema:usageInfo": NOT_RECOMPUTED,
    }
    return {"schema:subjectOf": {"@type": "schema:CreativeWork"} | cited} if node.label == "Source" else cited
