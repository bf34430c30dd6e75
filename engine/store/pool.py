"""The pool of driver connections, each one opened with what the store's promises need, and how they begin."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

from engine.errors import StoreError
from engine.store.place import Place

if TYPE_CHECKING:
    from engine.store.postgres import Connection as ServerConnection

Synchronous = Literal["OFF", "NORMAL", "FULL", "EXTRA"]

_IMMEDIATE = "BEGIN IMMEDIATE"  # asks for the lock at once; a plain BEGIN finds it taken half-way and must give up
# On a server a command locks its case first (`CaseRows.whole`), so what it reads after that cannot change under it; a
# reader takes no lock, and sees one state throughout.
_BEGIN = {
    "sqlite": (_IMMEDIATE, "BEGIN"),
    "postgresql": ("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", "BEGIN ISOLATION LEVEL REPEATABLE READ"),
}
CONNECTIONS = 16
"""How many connections one program holds at most; who needs one more waits. PostgreSQL lets in 100 in all."""

_FOUNDING = 0x6D61646F  # any number, as long as every program locks the same one


def begin(engine: Engine, *, writing: bool) -> str:
    """The statement by which a transaction begins."""
    return _BEGIN[engine.dialect.name][not writing]


def begin_alone(connection: Connection) -> None:
    """Begin a transaction in which no other program founds or upgrades the store."""
    connection.exec_driver_sql(begin(connection.engine, writing=True))
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_FOUNDING})")


def make_engine(place: Place, synchronous: Synchronous, patience: float) -> Engine:
    """An engine whose connections never begin a transaction by themselves.

    Args:
        synchronous: FULL keeps what was acknowledged through a power cut, NORMAL does not; others are for benchmarks.
        patience: how many seconds to wait for another program's lock.

    """
    if place.server is not None:
        return _on_server(place, synchronous, patience)
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


def connected(place: Place, synchronous: Synchronous, patience: float) -> ServerConnection:
    """A new connection to the server of a place.

    Raises:
        StoreError: psycopg is not installed.
        psycopg.Error: there is no such server, or it does not let us in.
    """
    try:
        from engine.store.postgres import connect
    except ImportError as error:
        raise StoreError(
            f"ストア「{place}」を使うには psycopg が要ります。pip install 'madoguchi[postgres]' で入れてください。",
            f"the store {place} needs psycopg; install it with pip install 'madoguchi[postgres]'",
            place=str(place),
        ) from error
    return connect(place, patience, durable=synchronous in {"FULL", "EXTRA"})


def _on_server(place: Place, synchronous: Synchronous, patience: float) -> Engine:
    """Connections are looked at before they are lent: those that a restart of the server has cut are replaced."""
    return create_engine(
        place.url,
        creator=lambda: connected(place, synchronous, patience),
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=patience,
        pool_pre_ping=True,
        pool_use_lifo=True,
        pool_reset_on_return=None,
    )
