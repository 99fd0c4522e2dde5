"""One page of the records that a measure chose, and the cursors in it."""

import base64
from collections.abc import Callable, Sequence

import orjson

from tests.oracle.pages import USUAL, Page
from tests.oracle.relations import Row, Seen


def chosen_page(seen: Seen, label: str, slugs: Sequence[str]) -> Callable[..., Page]:
    """The page that is asked for."""

    def page(first: int | None = None, after: str | None = None, last: int | None = None, before: str | None = None) -> Page:
        start = 0 if after is None else _place_of(slugs, after) + (_marked(after)[1] in slugs)
        stop = len(slugs) if before is None else max(start, _place_of(slugs, before))
        start = start if last is None else max(start, stop - last)
        stop = min(stop, start + (last or first or USUAL))
        found = {slug: Row(record) for slug in slugs if (record := seen.world.find(f"{label}:{slug}"))}
        rows = [found[slug] for slug in slugs[start:stop] if slug in found]
        cursors = [cursor_of_chosen(label, place, slugs[place]) for place in range(start, stop)]
        return Page(label, list(found.values()), rows, cursors, len(slugs), stop < len(slugs), start > 0)

    return page


def cursor_of_chosen(label: str, place: int, slug: str) -> str:
    """The cursor of the record that stands, or stood, at a place."""
    return base64.urlsafe_b64encode(orjson.dumps([1, label, "chosen", [place], slug])).rstrip(b"=").decode()


def _place_of(slugs: Sequence[str], cursor: str) -> int:
    """Where the record of a cursor stands now; where it stood, if it is gone."""
    place, slug = _marked(cursor)
    return list(slugs).index(slug) if slug in slugs else min(place, len(slugs))


def _marked(cursor: str) -> tuple[int, str]:
    _, _, _, (place,), slug = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return place, slug
