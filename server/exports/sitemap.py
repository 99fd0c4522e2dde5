"""The pages of all records, for search engines (the Sitemaps protocol)."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from xml.sax.saxutils import escape

from server.exports.chunks import Wanted, chunks, total
from server.exports.exporter import Exporter
from server.exports.linked import Linked
from server.exports.selecting import Selecting
from server.reading.expressions import Sight
from server.reading.plan import ALWAYS
from server.viewer import ANONYMOUS

MOST_ADDRESSES = 50_000
MEDIA_TYPE = "application/xml; charset=utf-8"
_OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n<{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


async def index(exporter: Exporter, linked: Linked, root: str, most: int = MOST_ADDRESSES) -> str:
    """The index: as many maps of each type as its records fill."""
    sight = Sight(exporter.domain, ANONYMOUS)
    lines = []
    for name, node in linked.types.items():
        amount = await total(exporter.graph, sight, node.label, ALWAYS)
        lines += [f"<sitemap><loc>{escape(root)}/sitemap/{name}/{part}.xml</loc></sitemap>\n" for part in range(1, -(-amount // most) + 1)]
    return _OPENING.format("sitemapindex") + "".join(lines) + "</sitemapindex>\n"


async def addresses(
    exporter: Exporter, linked: Linked, place: tuple[str, int], root: str, most: int = MOST_ADDRESSES
) -> AsyncIterator[bytes]:
    """One map: the addresses of the so many-th part of a type's records."""
    name, part = place
    node = linked.types[name]
    selecting = Selecting(Sight(exporter.domain, ANONYMOUS))
    wanted = Wanted(node.label, ALWAYS, selecting.leaves(node.label, "updatedAt"))
    yield _OPENING.format("urlset").encode()
    first, last, read = (part - 1) * most, part * most, 0
    async with aclosing(chunks(exporter.graph, selecting.sight, wanted)) as found:
        async for chunk in found:
            rows = [row for place, row in enumerate(chunk.rows, read) if first <= place < last]
            read += len(chunk.rows)
            yield "".join(
                f"<url><loc>{escape(root + linked.path(node.label, slug))}</loc><lastmod>{escape(changed)}</lastmod></url>\n"
                for slug, changed, _ in rows
            ).encode()
            if read >= last:
                break
    yield b"</urlset>\n"
