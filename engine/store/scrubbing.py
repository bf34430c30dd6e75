"""Bringing what was destroyed out of the files of a database, beyond what a transaction does.

SQLite fills what it deletes with zeros (`secure_delete`), but the former pages stay in the write-ahead log until that
begins anew. A server keeps former rows until a VACUUM, the bytes of large ones in free space even after it, and all of
them in its write-ahead log: there only a change of the key makes them useless.
"""

from __future__ import annotations

from typing import Any

from engine.store.place import Place


def scrub(connection: Any, place: Place) -> bool:  # noqa: ANN401 - each driver has its own
    """Whether nothing is left of what was destroyed; False on a server, and while others still read what was there."""
    if place.server is not None:
        connection.execute("VACUUM value")
        return False
    if place.in_memory:
        return True
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
