"""What the database driver reports, said as a sentence; no driver's error leaves the store."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from engine.errors import StoreError


def driver_errors() -> tuple[type[Exception], ...]:
    """What drivers raise: SQLite's, and psycopg's where it has been loaded, which takes too long to do in vain."""
    psycopg = sys.modules.get("psycopg")
    return (sqlite3.Error, psycopg.Error) if psycopg else (sqlite3.Error,)


class Conflict(StoreError):
    """A row under this key is there already: another command came first. The runtime turns it into Overtaken."""

    code = "conflict"


class Sentence(NamedTuple):
    """What a person is told; `{place}` is the store, `{error}` what the driver reported."""

    ja: str
    en: str


_FULL = Sentence(
    "ストア「{place}」に書き込めませんでした。ディスクがいっぱいか、ファイルの大きさの上限に達しています。"
    "空きを作ってから、もう一度同じ操作をしてください。この操作は何も保存されていません。",
    "cannot write to the store {place}: the disk is full or a limit on file size is reached; make room, then repeat "
    "the command; nothing of it was kept",
)
_READ_ONLY = Sentence(
    "ストア「{place}」は読み取り専用のため、書き込めません。ファイルとフォルダーの書き込みの許可を確かめてください。",
    "the store {place} is read-only; check that the file and its folder may be written",
)
_IO = Sentence(
    "ストア「{place}」の読み書きで入出力エラーが起きました。ディスクやネットワークドライブの状態を確かめてください。"
    "この操作は何も保存されていません。",
    "an I/O error occurred on the store {place}; check the disk or network drive; nothing of this command was kept",
)
_BUSY = Sentence(
    "ストア「{place}」は別のプログラムが使用中です。しばらく待ってから、もう一度同じ操作をしてください。",
    "the store {place} is being used by another program; wait a little, then repeat the command",
)
_CORRUPT = Sentence(
    "ストア「{place}」のファイルが壊れています。控え（バックアップ）から戻してください。",
    "the file of the store {place} is damaged; restore it from a backup",
)
_NOT_A_DATABASE = Sentence(
    "「{place}」はデータベースのファイルではありません。窓口のストアの場所を指定してください。",
    "{place} is not a database file; give the place of a Madoguchi store",
)
_CANNOT_OPEN = Sentence(
    "ストア「{place}」を開けません。フォルダーがあるか、読み書きが許可されているかを確かめてください。",
    "the store {place} cannot be opened; check that its folder exists and that both may be read and written",
)
_OTHER = Sentence(
    "ストア「{place}」の処理ができませんでした（{error}）。この操作は何も保存されていません。",
    "the store {place} could not do this ({error}); nothing of this command was kept",
)

_BY_CODE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR_WRITE: _FULL,  # the limit on file size arrives as a failed write
    sqlite3.SQLITE_IOERR_SHMSIZE: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_IOERR: _IO,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_CORRUPT: _CORRUPT,
    sqlite3.SQLITE_NOTADB: _NOT_A_DATABASE,
    sqlite3.SQLITE_CANTOPEN: _CANNOT_OPEN,
    sqlite3.SQLITE_PERM: _CANNOT_OPEN,
}
_TAKEN = (sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_ROWID)
_PRIMARY = 0xFF  # the low byte of an extended result code


def translated(error: Exception, place: str) -> Exception:
    """The StoreError that says what the driver reported; the error itself where it is a mistake of ours.

    A key that is taken gives a Conflict.
    """
    if not isinstance(error, sqlite3.Error):
        from engine.store.postgres_failures import server_said

        return server_said(error, place)
    if undecodable(error):
        return said(_CORRUPT, place, error)
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return error
    if code in _TAKEN:
        return overtaken(place)
    return said(_BY_CODE.get(code) or _BY_CODE.get(code & _PRIMARY) or _OTHER, place, error)


def undecodable(error: BaseException | None) -> bool:
    """Whether a text column holds bytes that are no text; SQLite gives this no code."""
    return isinstance(error, sqlite3.OperationalError) and "decode to UTF-8" in str(error)


def said(sentence: Sentence, place: str, error: object) -> StoreError:
    """The sentence about a store, with what the driver reported."""
    ja, en = (text.format(place=place, error=error) for text in sentence)
    return StoreError(ja, en, place=place, reason=str(error))


def overtaken(place: str) -> Conflict:
    """Another command came first."""
    return Conflict("ほかの操作が先に記録されました。", "another command was recorded first", place=place)


def busy(place: str) -> StoreError:
    """Somebody else has held the store for as long as we were ready to wait."""
    ja, en = (text.format(place=place) for text in _BUSY)
    return StoreError(ja, en, place=place)


@contextmanager
def said_plainly(place: str) -> Iterator[None]:
    """Whatever the driver or the pool reports inside comes out as a StoreError."""
    try:
        yield
    except PoolTimeout as error:
        raise busy(place) from error
    except DBAPIError as error:
        raise translated(error.orig if isinstance(error.orig, Exception) else error, place) from error
    except driver_errors() as error:
        raise translated(error, place) from error
