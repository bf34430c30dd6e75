"""Connections to a PostgreSQL server that behave as the store expects of a connection, by psycopg."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, LiteralString, Self

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus

from engine.store.place import Place

_LOST = ("08", "57")  # classes of SQLSTATE: connection exceptions, and the server being stopped
_WAIT = "CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END"


class NotConnected(psycopg.OperationalError):
    """The server cannot be reached, or does not let us in; libpq says why in words only."""


class BadOption(psycopg.ProgrammingError):
    """An option of the URL that libpq does not know, or cannot read."""


class InDoubt(psycopg.OperationalError):
    """The connection broke while the server was committing: whether it did is not known here."""


def is_lost(error: psycopg.Error) -> bool:
    """Whether the connection is gone: cut without a word, or by a server that ends it."""
    return isinstance(error, psycopg.OperationalError) and (error.sqlstate or "08")[:2] in _LOST


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that begins no transaction by itself."""

    @property
    def in_transaction(self) -> bool:
        """Whether something may have to be taken back; so also on a connection that broke."""
        return self.info.transaction_status != TransactionStatus.IDLE

    def executemany(self, sql: LiteralString, parameters: Sequence[Any]) -> psycopg.Cursor[tuple[Any, ...]]:
        """Run one statement for each set of values, all of them sent before the first answer is waited for."""
        if len(parameters) == 1:
            return self.execute(sql, parameters[0])
        cursor = self.cursor()
        cursor.executemany(sql, parameters)
        return cursor

    def commit(self) -> None:
        """Keep the transaction.

        Raises:
            InDoubt: the connection broke, and nobody can say on which side of the commit.
            errors.InFailedSqlTransaction: a statement failed before; the server would give up without a word.
        """
        if self.info.transaction_status == TransactionStatus.INERROR:
            raise errors.InFailedSqlTransaction("a statement of this transaction has failed")
        try:
            super().commit()
        except psycopg.OperationalError as error:
            if is_lost(error):
                raise InDoubt(str(error)) from error
            raise

    def settle(self, patience: float, *, durable: bool) -> Self:
        """Itself, with the settings that the store's promises need.

        A server may have been told not to wait for its disk; stronger settings than `on` stay as they are.
        """
        wait: LiteralString = _WAIT if durable else "'off'"
        self.execute(
            f"SELECT set_config('synchronous_commit', {wait}, false), set_config('lock_timeout', %s, false)",
            [str(math.ceil(patience * 1000))],
        )
        return self


def connect(place: Place, patience: float, *, durable: bool) -> Connection:
    """A new connection to the server of a place.

    Args:
        patience: seconds to wait for the server to answer, and later for the locks of others.
        durable: whether every commit waits until the server's disk has it.

    Raises:
        NotConnected: there is no such server, or it does not let us in.
        BadOption: the URL has an option that libpq does not know.
    """
    if place.server is None:
        raise ValueError(f"{place} is on no server")
    options = {name: value if isinstance(value, str) else ",".join(value) for name, value in place.server.query.items()}
    given = {
        "connect_timeout": math.ceil(patience) + 1,  # libpq takes 1 for 2
        "application_name": "madoguchi",
        **place.server.translate_connect_args(username="user", database="dbname"),
        **options,
        "client_encoding": "UTF8",
    }
    try:
        connection = Connection.connect(autocommit=True, **given)
    except psycopg.OperationalError as error:
        raise NotConnected(str(error)) from error
    except psycopg.ProgrammingError as error:
        raise BadOption(str(error)) from error
    return connection.settle(patience, durable=durable)
