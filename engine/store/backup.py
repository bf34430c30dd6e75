"""A backup of a store while others write: one SQLite file, whatever database the store is in, and restored into either.

Its rows are those of one moment, copied one by one. So nothing that was destroyed before comes along, as it would with
the pages of a file. Keys are not in it.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import DatabaseError, NoResultFound, StatementError

from engine.boundary import Boundary
from engine.store import files
from engine.store.backup_failures import damaged, exists, no_backup, no_store, unwritable
from engine.store.copying import MARK, Progress, rows_in, state_hash, unseen
from engine.store.failures import said_plainly
from engine.store.findings import Finding
from engine.store.inspection import refuse_newer, revision_at
from engine.store.migration import lay
from engine.store.place import Place
from engine.store.pool import begin, make_engine
from engine.store.rows.seals import SealRows
from engine.store.schema import REVISION
from engine.store.session import book_of
from engine.store.verification import verify_all

Cross = Callable[[str], None]

FORMAT = "madoguchi-backup/1"
_PATIENCE = 10.0


class Backup(NamedTuple):
    """What a backup says of itself: its state hash, its revision, whether it is of a practice store, how many cases.

    `at` is when it was taken, in epoch seconds.
    """

    hash: str
    revision: str
    practice: bool
    cases: int
    at: int


def back_up(
    place: Place, file: Path, at: int, *, boundary: Boundary | None = None, progress: Progress = unseen
) -> tuple[Backup, list[Finding]]:
    """A new backup, read back after it was written, and what is wrong with the logs in it.

    Args:
        at: epoch seconds.
        progress: is told how many more rows are done; every row is done twice.

    Raises:
        StoreError: there is no store, there is such a file already, it cannot be written, or it does not read back.
    """
    if os.path.lexists(file):
        raise exists(file)
    with reading(place) as (source, revision), drafted(file, boundary or Boundary()) as (draft, cross):
        cross("tables")
        with filling(draft) as target:
            lay(target, revision)
            cross("rows")
            told = state_hash(source, progress, target)
            _mark(target, told, at)
        cross("check")
        with opened(draft, file) as (backup, connection):
            if state_hash(connection, progress) != told:
                raise damaged(file)
            return backup, findings(connection, backup)


def hash_of(place: Place, progress: Progress = unseen) -> str:
    """The state hash of a store.

    Raises:
        StoreError: there is no store, or it cannot be read.
    """
    with reading(place) as (source, _):
        return state_hash(source, progress)


def rows_of(place: Place) -> int:
    """How many rows a store has.

    Raises:
        StoreError: there is no store, or it cannot be read.
    """
    with reading(place) as (source, _):
        return rows_in(source)


@contextmanager
def reading(place: Place) -> Iterator[tuple[Connection, str]]:
    """A connection that sees one state of a store throughout, and the store's revision, which may be an older one.

    Raises:
        StoreError: there is no store, it is newer than this program, or it cannot be read.
    """
    revision = revision_at(place, _PATIENCE)
    if revision is None:
        raise no_store(place)
    refuse_newer(place, revision)
    engine = make_engine(place, "FULL", _PATIENCE)
    try:
        with said_plainly(str(place)), engine.connect() as connection:
            connection.exec_driver_sql(begin(engine, writing=False))
            yield connection, revision
            connection.rollback()
    except (TypeError, ValueError, StatementError) as error:  # a column holds what no program of ours puts there
        raise damaged(place) from error
    finally:
        engine.dispose()


@contextmanager
def drafted(file: Path, boundary: Boundary) -> Iterator[tuple[Path, Cross]]:
    """An empty file beside the one wanted, which gets its name when the block ends, and is gone when that fails.

    Raises:
        StoreError: it cannot be written, or a file of that name has come meanwhile.
    """
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, files.OWNER_ONLY))
        with said_plainly(str(file)):
            yield draft, lambda what: boundary.cross("file", what)
        boundary.cross("file", "name")
        files.put_in_place(draft, file)
    except FileExistsError as error:
        raise exists(file) from error
    except OSError as error:
        raise unwritable(file, error) from error
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def filling(draft: Path) -> Iterator[Connection]:
    """A connection to a file that nobody else knows yet; all is in it when the block ends."""
    engine = create_engine(URL.create("sqlite+pysqlite", database=str(draft)), connect_args={"isolation_level": None})
    try:
        with engine.connect() as connection:
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):  # it is thrown away if anything goes wrong
                connection.exec_driver_sql(f"PRAGMA {pragma}")
            connection.exec_driver_sql("BEGIN")
            yield connection
            connection.commit()
    finally:
        engine.dispose()


@contextmanager
def opened(path: Path, name: Path) -> Iterator[tuple[Backup, Connection]]:
    """A backup that is whole, and a connection to it; `name` is what it is called in errors.

    Raises:
        StoreError: it is no backup, it is damaged, or it is newer than this program.
    """
    query = {"uri": "true", "immutable": "1"}  # nobody writes to it; nothing is left beside it
    url = URL.create("sqlite+pysqlite", database=path.absolute().as_uri(), query=query)
    engine = create_engine(url, connect_args={"isolation_level": None})
    try:
        with engine.connect() as connection:
            backup = _told(connection, name)
            if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
                raise damaged(name)
            yield backup, connection
    except DatabaseError as error:
        foreign = getattr(error.orig, "sqlite_errorcode", None) in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
        raise (no_backup if foreign else damaged)(name) from error
    except (TypeError, ValueError, StatementError) as error:  # a column holds what no program of ours puts there
        raise damaged(name) from error
    finally:
        engine.dispose()


def findings(connection: Connection, backup: Backup) -> list[Finding]:
    """What is wrong with the logs in a backup; of an older revision that is known only after an upgrade."""
    if backup.revision != REVISION:
        return []
    raw: Any = connection.connection.driver_connection
    return verify_all(SealRows(raw, book_of(connection.dialect), Boundary(), "backup"))


def _mark(target: Connection, told: str, at: int) -> None:
    target.exec_driver_sql(f"CREATE TABLE {MARK} (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    put = text(f"INSERT INTO {MARK} VALUES (:name, :value)")  # noqa: S608 - a name of ours
    facts = {"format": FORMAT, "hash": told, "at": str(at)}
    target.execute(put, [{"name": name, "value": value} for name, value in facts.items()])


def _told(connection: Connection, name: Path) -> Backup:
    """What the file says of itself.

    Raises:
        StoreError: it does not say that it is a backup, or says that it is of a newer program.
    """
    try:
        found = connection.exec_driver_sql(f"SELECT name, value FROM {MARK}").all()  # noqa: S608 - a name of ours
        revision = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
        practice = connection.exec_driver_sql("SELECT value FROM meta WHERE name = 'practice'").scalar_one() == "1"
        cases = int(connection.exec_driver_sql("SELECT count(*) FROM case_").scalar_one())
        said = {str(row[0]): str(row[1]) for row in found}
        if said["format"] != FORMAT:
            raise no_backup(name)
        refuse_newer(Place(name), revision)
        return Backup(said["hash"], revision, practice, cases, int(said["at"]))
    except (NoResultFound, KeyError) as error:
        raise no_backup(name) from error
