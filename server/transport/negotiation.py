"""What a client would rather have, read from its Accept and Accept-Encoding headers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

GRAPHQL_JSON = "application/graphql-response+json"
JSON = "application/json"
MOST_PREFERENCES = 50


@dataclass(frozen=True, slots=True)
class Preference:
    """One entry of a header such as `Accept`: a name, how much it is wanted, its other parameters."""

    name: str
    weight: float
    charset: str | None = None


def preferences(header: str) -> Iterator[Preference]:
    """The entries of the header, in their order; a weight that is no number counts as 0."""
    for entry in header.split(",", MOST_PREFERENCES)[:MOST_PREFERENCES]:
        name, *parameters = (part.strip().lower() for part in entry.split(";"))
        values = dict(parameter.partition("=")[::2] for parameter in parameters)
        if name:
            yield Preference(name, _weight(values.get("q", "1")), values.get("charset", "").strip('"') or None)


def media_type(accept: str | None) -> str | None:
    """The media type to answer with; None when the client accepts neither.

    Without an Accept header, or with a wildcard, it is application/json: the older type that every client knows.
    """
    if accept is None or not accept.strip():
        return JSON
    wanted = [wish for wish in preferences(accept) if wish.charset in (None, "utf-8", "utf8")]
    weights = {offer: _weight_of(offer, wanted) for offer in (JSON, GRAPHQL_JSON)}
    named = any(wish.name == GRAPHQL_JSON for wish in wanted)
    order = (GRAPHQL_JSON, JSON) if named else (JSON, GRAPHQL_JSON)
    best = max(order, key=lambda offer: weights[offer])
    return best if weights[best] > 0 else None


def encoding(accept_encoding: str, offers: Sequence[str]) -> str | None:
    """The first best of the offered content encodings; None to send the bytes as they are."""
    wanted = {wish.name: wish.weight for wish in preferences(accept_encoding)}
    weights = {offer: wanted.get(offer, wanted.get("*", 0.0)) for offer in offers}
    best = max(offers, key=lambda offer: weights[offer])
    return best if weights[best] > 0 and weights[best] >= wanted.get("identity", 0.0) else None


def _weight_of(offer: str, wanted: Sequence[Preference]) -> float:
    """The most exact entry decides, as RFC 9110 asks."""
    for pattern in (offer, "application/*", "*/*"):
        for wish in wanted:
            if wish.name == pattern:
                return wish.weight
    return 0.0


def _weight(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0
