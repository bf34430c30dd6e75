"""The chain that runs through a case's log: each row's hash covers its columns and the hash before it.

A row that is changed, taken out, swapped or brought in from elsewhere is named. What a chain alone cannot show is a log
rewritten from some row to its end together with its case; for that a head has to be kept elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from operator import attrgetter

from engine.state import LogRow
from engine.store.canonical import canonical_bytes

Columns = tuple[int, int, int, str, str, int, str, str, str, str, str, str, str]
"""The columns of a log row from case_id to key, in the order of LogRow."""

_LEAF = b"\x00"  # RFC 9162: a leaf never hashes like a node of the tree above it
COLUMNS = attrgetter(*LogRow.__slots__[:-2])


def row_hash(previous: str, columns: Sequence[object]) -> str:
    """The hash of a row with these columns (case_id to key) after the row with hash `previous`; "" before the first."""
    return hashlib.sha256(_LEAF + canonical_bytes([*columns, previous])).hexdigest()


def chained(previous: str, columns: Columns) -> LogRow:
    """The row with these columns that follows the row with hash `previous`."""
    return LogRow(*columns, previous, row_hash(previous, columns))


def hash_of(row: LogRow) -> str:
    """What the hash of this row has to be, by its other columns."""
    return row_hash(row.previous, COLUMNS(row))
