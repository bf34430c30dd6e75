"""The pool of driver connections, each one opened with what the store's promises need."""

from __future__ import annotations

import sqlite3
from typing import Literal

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

from engine.store.place import Place

Synchronous = Literal["OFF", "NORMAL", "FULL", "EXTRA"]

BEGIN_WRITING = "BEGIN IMMEDIATE"  # asks for the lock at once; a plain BEGIN finds it taken half-way and must give up
BEGIN_READING = "BEGIN"


def make_engine(place: Place, synchronous: Synchronous, patience: float) -> Engine:
    """An engine whose connections never begin a transaction by themselves.

    Args:
        synchronous: FULL keeps what was acknowledged through a power cut, NORMAL does not; others are for benchmarks.
        patience: how many seconds to wait for another program's lock.
    """
    arguments = {"isolation_level": None, "check_same_thread": False, "timeout": patience}
    if place.path is None:
        engine = create_engine(place.url, poolclass=StaticPool, connect_args=arguments, pool_reset_on_return=None)
    else:
        engine = create_engine(
            place.url,
            poolclass=QueuePool,
            max_overflow=-1,  # writers wait for their turn before they borrow, readers disturb nobody
            connect_args=arguments,
            pool_reset_on_return=None,  # the store ends every transaction itself
        )

    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # a destroyed value leaves no bytes behind in its page
        if place.path is not None:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {synchronous}")

    event.listen(engine, "connect", prepare)
    return engine
