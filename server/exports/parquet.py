"""Tables as Parquet, one group of rows a piece; the only module that loads Arrow, so that only who asks for it pays for it."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from server.exports.tables import Column, Holds, Row, Table

MEDIA_TYPE = "application/vnd.apache.parquet"

_TYPES = {
    Holds.TEXT: pa.string(),
    Holds.LIST: pa.list_(pa.string()),
    Holds.INTEGER: pa.int64(),
    Holds.INTEGERS: pa.list_(pa.int64()),
    Holds.NUMBER: pa.float64(),
    Holds.TRUTH: pa.bool_(),
    Holds.MOMENT: pa.timestamp("us", tz="UTC"),
}


class Writing:
    """A Parquet file that is given away while it is written."""

    def __init__(self, table: Table, metadata: str) -> None:
        # Arrow's own buffer is emptied after each group: the format only ever appends.
        self._file = _Outbox()
        fields = [pa.field(each.name, _TYPES[each.holds], metadata={"description": each.description}) for each in table.columns]
        self._schema = pa.schema(fields, metadata={"replicity": metadata})
        self._columns: tuple[Column, ...] = table.columns
        self._writer = pq.ParquetWriter(self._file, self._schema, compression="zstd")

    def rows(self, rows: Sequence[Row]) -> bytes:
        """What these rows add to the file."""
        if rows:
            values = list(zip(*rows, strict=True))
            arrays = [_array(each.holds, column) for each, column in zip(self._columns, values, strict=True)]
            self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        return self._file.taken()

    def end(self) -> bytes:
        """The end of the file."""
        self._writer.close()
        return self._file.taken()


def _array(holds: Holds, values: Sequence[Any]) -> Any:
    # Arrow reads moments out of texts itself, many times faster than Python.
    return pa.array(values, pa.string()).cast(_TYPES[holds]) if holds is Holds.MOMENT else pa.array(values, _TYPES[holds])


class _Outbox:
    """A file that forgets what was taken out of it."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._position = 0
        self.closed = False

    def write(self, part: Any) -> int:
        self._parts.append(bytes(part))
        self._position += len(self._parts[-1])
        return len(self._parts[-1])

    def tell(self) -> int:
        return self._position

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        self.closed = True

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def taken(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)
