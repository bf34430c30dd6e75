"""Every row of every table of a store, in an order that is the same in every database: hashed, and copied elsewhere.

The tables are those that are found, not those this program would make: so a store of an older revision can be copied
and hashed too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, MetaData, RowMapping, Table, func, insert, inspect, select

from engine.store.canonical import canonical_bytes

MARK = "backup"
"""The table by which a backup is known: it says what the file is, and is no part of the store."""

Progress = Callable[[int], None]
_BATCH = 1000


def unseen(_rows: int) -> None:
    """Nothing: nobody watches."""


def tables_of(connection: Connection) -> list[Table]:
    """The tables of the store, each after those that it refers to."""
    metadata = MetaData()
    names = [name for name in inspect(connection).get_table_names() if name not in {"alembic_version", MARK}]
    metadata.reflect(connection, only=names)
    return metadata.sorted_tables


def rows_in(connection: Connection) -> int:
    """How many rows there are."""
    counts = [select(func.count()).select_from(table) for table in tables_of(connection)]
    return sum(int(connection.execute(count).scalar_one()) for count in counts)


def state_hash(source: Connection, progress: Progress = unseen, target: Connection | None = None) -> str:
    """The hash over all that a store holds; equal for two stores that hold the same, whatever database they are in.

    Args:
        progress: is told how many more rows are done.
        target: a connection to empty tables of the same names, into which every row is copied on the way.
    """
    into = {table.name: table for table in tables_of(target)} if target is not None else {}
    digests: dict[str, tuple[list[str], str]] = {}
    for table in tables_of(source):
        names = sorted(column.name for column in table.columns)
        state = hashlib.sha256()
        query = select(table).order_by(*table.primary_key.columns)
        for rows in source.execution_options(yield_per=_BATCH).execute(query).mappings().partitions():
            for row in rows:
                state.update(_told(row, names) + b"\n")
            if target is not None:
                target.execute(insert(into[table.name]), [dict(row) for row in rows])
            progress(len(rows))
        digests[table.name] = (names, state.hexdigest())
    return hashlib.sha256(canonical_bytes(sorted(digests.items()))).hexdigest()


def _told(row: RowMapping, names: Sequence[str]) -> bytes:
    values = (row[name] for name in names)
    return canonical_bytes([value.hex() if isinstance(value, bytes | memoryview) else value for value in values])
