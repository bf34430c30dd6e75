"""The least that a durable step can be: one UPDATE and one INSERT in one commit, by the standard library's sqlite3."""

from __future__ import annotations

import sqlite3
from pathlib import Path

PAYLOAD = "x" * 400
_TABLES = """
CREATE TABLE cases (id INTEGER PRIMARY KEY, state TEXT NOT NULL, version INTEGER NOT NULL, payload TEXT NOT NULL);
CREATE TABLE log (case_id INTEGER, seq INTEGER, event TEXT, payload TEXT, PRIMARY KEY (case_id, seq)) WITHOUT ROWID;
INSERT INTO cases VALUES (1, 'begun', 0, '');
"""


class Bare:
    """A file with a row that moves on and a log that grows; WAL, as our own store has it."""

    def __init__(self, path: Path, synchronous: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute(f"PRAGMA synchronous = {synchronous}")
        self._connection.executescript(_TABLES)
        self._version = 0

    def step(self) -> None:
        """One step, kept."""
        version, self._version = self._version, self._version + 1
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        moved = ("moved", version + 1, PAYLOAD, 1, version)
        execute("UPDATE cases SET state = ?, version = ?, payload = ? WHERE id = ? AND version = ?", moved)
        execute("INSERT INTO log VALUES (?, ?, ?, ?)", (1, version, "moved", PAYLOAD))
        execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
