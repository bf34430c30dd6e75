"""A store made large: its cases copied again and again, every row of every table that belongs to a case."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

CASE_NUMBERS = ("case_id", "to_case", "of_case", "from_case")
LEFT_OUT = frozenset({"leaf", "reading"})
"""Rows that are numbered across all cases: nothing is sealed or read before the copying."""


def crowd(place: Path, cases: int) -> None:
    """Copy the cases of a closed store, numbered from 1, until it holds so many; their number has to divide that.

    Numbers of cases move on, and keys of commands get the copy's number; all else stays as it was. So the copies can
    be listed, counted and come due as any case, but the values sealed in them do not open: those are bound to the case
    they were sealed for.
    """
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -262144", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {setting}")
        (base,) = connection.execute("SELECT count(*) FROM case_").fetchone()
        connection.execute("BEGIN IMMEDIATE")
        for table in _tables(connection):
            _copy(connection, table, base, cases // base - 1)
        connection.execute("UPDATE counter SET value = ? WHERE series = 'case'", (cases,))
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


def _tables(connection: sqlite3.Connection) -> list[str]:
    """The tables with rows of cases, parents first."""
    names = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    of_cases = [name for name in names if "case_id" in _columns(connection, name) and name not in LEFT_OUT]
    return ["case_", *of_cases]


def _copy(connection: sqlite3.Connection, table: str, base: int, copies: int) -> None:
    connection.execute(f"CREATE TEMP TABLE original AS SELECT * FROM {table}")  # noqa: S608 - our own tables
    columns = ", ".join(_moved(table, column, base) for column in _columns(connection, table))
    connection.execute(
        f"WITH RECURSIVE copy(nth) AS (SELECT 1 UNION ALL SELECT nth + 1 FROM copy WHERE nth < {copies}) "  # noqa: S608 - numbers and columns of ours
        f"INSERT INTO main.{table} SELECT {columns} FROM copy CROSS JOIN temp.original"
    )
    connection.execute("DROP TABLE temp.original")


def _moved(table: str, column: str, base: int) -> str:
    if column in CASE_NUMBERS or (table, column) == ("case_", "id"):
        return f"{column} + {base} * nth"
    if (table, column) == ("command", "key"):
        return "key || ' ' || nth"
    return column


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
