"""Bringing what was destroyed out of the files of a database, beyond what a transaction does.

SQLite fills what it deletes with zeros (`secure_delete`), but the former pages stay in the write-ahead log until that
begins anew. A server keeps former rows until it tidies up, and its write-ahead log for as long as it was told to: there
only a change of the key makes them useless.
"""

from __future__ import annotations

from typing import Any

from engine.store.place import Place


def scrub(connection: Any, place: Place) -> bool:  # noqa: ANN401 - each driver has its own
    """Whether nothing is left of what was destroyed before; False while others still read it, and on a server."""
    if place.path is None:
        return place.in_memory
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
