"""What a PostgreSQL server reports, said as a sentence, by its SQLSTATE (PostgreSQL documentation, appendix A)."""

from __future__ import annotations

import psycopg
from psycopg import errors

from engine.store.failures import Sentence, busy, overtaken, said
from engine.store.postgres import BadOption, InDoubt, NotConnected, is_lost

_IN_DOUBT = Sentence(
    "ストア「{place}」との接続が、保存を確かめている間に切れました。保存されたかどうかは、ここでは分かりません。"
    "鍵（--key）を付けた操作なら、同じ鍵でもう一度してください。二重にはなりません。"
    "鍵がなければ、先に madoguchi case show で確かめてください。",
    "the connection to the store {place} broke while it was committing; whether it did is not known here. A command"
    " with a key (--key) can be repeated under the same key and acts once; without a key, look with `madoguchi case"
    " show` first",
)
_LOST = Sentence(
    "ストア「{place}」との接続が途中で切れました。この操作は何も保存されていません。もう一度同じ操作をしてください。",
    "the connection to the store {place} broke; nothing of this command was kept; repeat it",
)
_NO_SERVER = Sentence(
    "ストア「{place}」につながりません（{error}）。サーバーが動いているか、URLのサーバーの名前とポートを確かめてください。",
    "cannot connect to the store {place} ({error}); check that the server runs, and its name and port in the URL",
)
_STARTING = Sentence(
    "ストア「{place}」のサーバーは起動中か停止中です。しばらく待ってから、もう一度同じ操作をしてください。",
    "the server of the store {place} is starting up or shutting down; wait a little, then repeat the command",
)
_CROWDED = Sentence(
    "ストア「{place}」のサーバーは、接続の数が上限に達しています。しばらく待つか、管理者に上限を確かめてください。",
    "the server of the store {place} has no connection left; wait, or ask its administrator about the limit",
)
_NOT_LET_IN = Sentence(
    "ストア「{place}」のサーバーに断られました。URLの利用者の名前とパスワードを確かめてください。",
    "the server of the store {place} does not let us in; check the user and the password in the URL",
)
_NO_DATABASE = Sentence(
    "ストア「{place}」のデータベースがサーバーにありません。"
    "URLのデータベースの名前を確かめるか、createdb で作ってください。",
    "the server has no database of that name: {place}; check the URL, or make it with createdb",
)
_NO_RIGHT = Sentence(
    "ストア「{place}」を使う権限がありません（{error}）。データベースの管理者に、この利用者が"
    "スキーマに表を作り、読み書きできるようにしてもらってください。",
    "the user may not do this in the store {place} ({error}); ask the administrator for the right to make, read and"
    " write tables in the schema",
)
_NO_SCHEMA = Sentence(
    "ストア「{place}」に、表を置くスキーマがないか、この利用者には使えません。"
    "search_path にあるスキーマと、その USAGE の権限を確かめてください。",
    "the store {place} has no schema to put tables in, or the user may not use it; check the schema that search_path"
    " names and the right of USAGE on it",
)
_READ_ONLY = Sentence(
    "ストア「{place}」のサーバーは読み取り専用です（待機系など）。書き込めるサーバーを指定してください。",
    "the server of the store {place} is read-only, such as a standby; name the one that takes writes",
)
_FULL = Sentence(
    "ストア「{place}」のサーバーのディスクかメモリーがいっぱいです。空きを作ってから、もう一度同じ操作をしてください。"
    "この操作は何も保存されていません。",
    "the server of the store {place} has no disk or memory left; make room, then repeat the command; nothing of it"
    " was kept",
)
_CANCELLED = Sentence(
    "ストア「{place}」のサーバーが処理を打ち切りました（{error}）。この操作は何も保存されていません。",
    "the server of the store {place} cancelled this ({error}); nothing of this command was kept",
)
_BAD_OPTION = Sentence(
    "ストアのURL「{place}」の書き方が正しくありません（{error}）。",
    "the URL of the store {place} is not right ({error})",
)
_NOT_TEXT = Sentence(
    "保存できない文字（NUL）が入っています。その文字を除いて、もう一度操作してください。",
    "there is a character that cannot be stored (NUL); leave it out and repeat the command",
)
_OTHER = Sentence(
    "ストア「{place}」の処理ができませんでした（{error}）。この操作は何も保存されていません。",
    "the store {place} could not do this ({error}); nothing of this command was kept",
)

_OVERTAKEN = (errors.UniqueViolation, errors.SerializationFailure, errors.DeadlockDetected)
_BY_CODE = {
    "25006": _READ_ONLY,
    "3F000": _NO_SCHEMA,
    "42501": _NO_RIGHT,
    "57014": _CANCELLED,
    "57P03": _STARTING,
}
_BY_CLASS = {"53": _FULL}
# What PostgreSQL says in English when it refuses a connection; in other languages the sentence repeats its words.
_WORDS = {
    "password authentication failed": _NOT_LET_IN,
    "no password supplied": _NOT_LET_IN,
    "no pg_hba.conf entry": _NOT_LET_IN,
    'role "': _NOT_LET_IN,
    "permission denied for database": _NO_RIGHT,
    'database "': _NO_DATABASE,
    "too many clients": _CROWDED,
    "remaining connection slots": _CROWDED,
    "the database system is": _STARTING,
}


def server_said(error: Exception, place: str) -> Exception:
    """The StoreError that says what the server reported; the error itself where it is a mistake of ours.

    A key that is taken, or a deadlock that the server broke, gives a Conflict.
    """
    if not isinstance(error, psycopg.Error) or _ours(error):
        return error
    if isinstance(error, _OVERTAKEN):
        return overtaken(place)
    if isinstance(error, errors.LockNotAvailable):
        return busy(place)
    return said(_sentence(error), place, str(error).partition("\n")[0])  # its other lines repeat the statement


def _sentence(error: psycopg.Error) -> Sentence:
    match error:
        case InDoubt():
            return _IN_DOUBT
        case BadOption():
            return _BAD_OPTION
        case NotConnected():
            told = str(error).rpartition("FATAL:  ")[2] if "FATAL:  " in str(error) else ""
            return next((sentence for words, sentence in _WORDS.items() if words in told), _NO_SERVER)
        case psycopg.DataError() if error.sqlstate is None:  # psycopg looks for NUL before it sends a text
            return _NOT_TEXT
    code = error.sqlstate or ""
    return _BY_CODE.get(code) or _BY_CLASS.get(code[:2]) or (_LOST if is_lost(error) else _OTHER)


def _ours(error: psycopg.Error) -> bool:
    """Whether psycopg refused to send it at all: values that do not fit their statement."""
    return isinstance(error, psycopg.ProgrammingError) and error.sqlstate is None and not isinstance(error, BadOption)
