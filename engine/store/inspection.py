"""What stands at a place, found out without changing a byte of it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from engine.errors import StoreError
from engine.store.failures import said_plainly, translated
from engine.store.place import Place
from engine.store.pool import connected
from engine.store.schema import APPLICATION, REVISION

_SETTINGS = "SELECT getdatabaseencoding(), current_setting('fsync'), current_schema()"
_TABLES = (
    "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
    " WHERE nspname = %s AND relkind IN ('r', 'p')"
)
# By way of JSON, in which a column that another program's table does not have is no error.
_TOLD = (
    "SELECT to_jsonb(meta) ->> 'value', to_jsonb(alembic_version) ->> 'version_num' FROM meta, alembic_version"
    " WHERE to_jsonb(meta) ->> 'name' = 'application'"
)


def revision_at(place: Place, patience: float) -> str | None:
    """The revision of the store at a place; None where one can be made: in memory, no file, an empty one or schema.

    Args:
        patience: how many seconds to wait for another program that holds the file.

    Raises:
        StoreError: something else stands there, or it may not be read and written.
    """
    if place.server is not None:
        return _revision_on_server(place, patience)
    if place.path is None:
        return None
    try:
        empty = _look_at(place.path)
    except OSError as error:  # a name that is too long, a folder that may not be entered
        raise _said(
            place,
            "「{place}」を調べられません（{reason}）。場所の名前と許可を確かめてください。",
            "{place} cannot be looked at ({reason}); check its name and permissions",
            reason=error.strerror or str(error),
        ) from error
    if empty:
        return None
    quiet = not _in_use(place.path)
    try:
        return _read_revision(place.path, "immutable=1" if quiet else "mode=ro", patience)
    except sqlite3.Error as error:
        if quiet and _in_use(place.path):  # somebody began to write while we were reading
            return revision_at(place, patience)
        raise translated(error, str(place)) from error


def refuse_other_revision(place: Place, revision: str) -> None:
    """Nothing, when the store has the revision of this program.

    Raises:
        StoreError: it is older, and says how to upgrade it; or newer, and names both.
    """
    if revision == REVISION:
        return
    if revision.isdecimal() and int(revision) < int(REVISION):
        raise _said(
            place,
            "ストア「{place}」は古い版（{found}）です。このプログラムの版は {ours} です。"
            "控えを取ってから madoguchi db upgrade を実行してください。",
            "the store {place} has the older revision {found}, this program has {ours}; make a backup, then run"
            " `madoguchi db upgrade`",
            found=revision,
        )
    raise _said(
        place,
        "ストア「{place}」は新しい版（{found}）です。このプログラムが知っている版は {ours} までです。"
        "新しい madoguchi を使ってください。",
        "the store {place} has the newer revision {found}, this program knows up to {ours}; use a newer madoguchi",
        found=revision,
    )


def refuse_newer(place: Place, revision: str) -> None:
    """Nothing, when the revision is one that this program knows, be it an older one.

    Raises:
        StoreError: it is newer; names both.
    """
    if not revision.isdecimal() or int(revision) > int(REVISION):
        refuse_other_revision(place, revision)


def is_there(place: Place, patience: float) -> bool:
    """Whether something stands at the place already; an empty file or schema is nothing.

    Raises:
        StoreError: the place is on a server that does not answer, or holds something else.
    """
    try:
        if place.server is not None:
            return revision_at(place, patience) is not None
        return place.path is not None and place.path.stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError:
        return True  # what cannot be looked at is there; opening it says why


def _look_at(path: Path) -> bool:
    """Whether there is nothing yet at the path, or an empty file; refuses what can never be a store."""
    place = Place(path)
    if path.is_dir():
        raise _said(
            place,
            "「{place}」はフォルダーです。ストアのファイルの場所を指定してください。",
            "{place} is a folder; give the place of a store's file",
        )
    if not path.parent.is_dir():
        raise _said(
            place,
            "「{place}」を置くフォルダーがありません。先にフォルダーを作るか、場所を確かめてください。",
            "the folder that {place} would stand in does not exist; make it first or check the place",
        )
    if not path.exists():
        _refuse_unless_writable(path.parent, place)
        return True
    if not path.is_file():
        raise _said(
            place,
            "「{place}」は通常のファイルではありません。ストアのファイルの場所を指定してください。",
            "{place} is no ordinary file; give the place of a store's file",
        )
    _refuse_unless_writable(path, place)
    _refuse_unless_writable(path.parent, place)
    return path.stat().st_size == 0


def _in_use(path: Path) -> bool:
    """Whether there is more to read than the file itself: changes on their way into it, or out of it again."""
    return any(path.with_name(path.name + ending).exists() for ending in ("-wal", "-journal"))


def _read_revision(path: Path, how: str, patience: float) -> str | None:
    """The revision in the file; `immutable` leaves no file beside one that nobody is using, `mode=ro` would."""
    with closing(sqlite3.connect(f"{path.as_uri()}?{how}", uri=True, timeout=patience)) as connection:
        return _revision_in(connection, Place(path))


def _refuse_unless_writable(path: Path, place: Place) -> None:
    if not os.access(path, os.R_OK | os.W_OK):
        raise _said(
            place,
            "ストア「{place}」に書き込めません（「{reason}」が読み取り専用です）。"
            "ファイルとフォルダーの許可を確かめてください。",
            "the store {place} cannot be written ({reason} is read-only); check the permissions of the file and its"
            " folder",
            reason=str(path),
        )


def _revision_in(connection: sqlite3.Connection, place: Place) -> str | None:
    """The revision that an SQLite file says it has; None in one without tables."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if {"meta", "alembic_version"} <= tables:
        try:
            owner = connection.execute("SELECT value FROM meta WHERE name = 'application'").fetchone()
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:  # that one: tables of these names, other columns
                raise
            owner = revision = None
        if owner == (APPLICATION,) and revision:
            return str(revision[0])
    raise _something_else(place)


def _revision_on_server(place: Place, patience: float) -> str | None:
    """The revision of the store in the schema where a server would put new tables; None in an empty one."""
    with said_plainly(str(place)), closing(connected(place, "FULL", patience)) as connection:
        encoding, flushes, schema = connection.execute(_SETTINGS).fetchone() or ("", "", None)
        if encoding != "UTF8":
            raise _said(
                place,
                "ストア「{place}」の文字コードは{encoding}です。UTF8で作ったデータベースを使ってください"
                "（createdb --encoding=UTF8 --template=template0）。",
                "the database of the store {place} is encoded in {encoding}; use one in UTF8 (createdb --encoding=UTF8"
                " --template=template0)",
                encoding=str(encoding),
            )
        if flushes != "on":
            raise _said(
                place,
                "ストア「{place}」のサーバーは fsync が {fsync} で、停電のときに記録を失います。"
                "fsync = on にしてください。",
                "the server of the store {place} has fsync {fsync} and would lose records in a power cut; set it to on",
                fsync=str(flushes),
            )
        tables = {row[0] for row in connection.execute(_TABLES, [schema]).fetchall()}
        if not tables:
            return None
        told = connection.execute(_TOLD).fetchall() if {"meta", "alembic_version"} <= tables else []
    if len(told) != 1 or told[0][0] != APPLICATION:
        raise _something_else(place)
    return str(told[0][1])


def _something_else(place: Place) -> StoreError:
    return _said(
        place,
        "「{place}」は窓口のストアではない、別のデータベースです。別の場所を指定してください。",
        "{place} is a database, but no Madoguchi store; give another place",
    )


def _said(place: Place, ja: str, en: str, **facts: str) -> StoreError:
    told = {"place": str(place), "ours": REVISION, **facts}
    return StoreError(ja.format(**told), en.format(**told), **told)
