"""Destroying values, as a command asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from engine.commands import Receipt
from engine.errors import StoreError
from engine.store import Store
from office.asking import Misused, plain
from office.destroyed_shown import words
from office.session import Session


def destroy(session: Session, case_id: int, fields: Sequence[str], reason: str, *, everything: bool = False) -> Receipt:
    """The receipt of values destroyed, which are then brought out of the files of the database too.

    Raises:
        Misused: neither fields nor everything was asked for, or both.
    """
    if bool(fields) == everything:
        ja = f"--field か --all のどちらかを書いてください。{_there(session, case_id)}"
        raise Misused(ja, "give either --field or --all")
    try:
        key = plain(session.asked.key, "--key")
        return session.engine.destroy(case_id, session.actor, fields, reason, key=key)
    finally:  # also when there is nothing left to destroy: an earlier command may have been stopped before this
        if not _scrubbed(session.store):
            session.asked.warnings.append(_still_read(session))


def _there(session: Session, case_id: int) -> str:
    with session.engine.reading(case_id) as work:
        found = [words(work, value.field) for value in work.tx.values(case_id) if value.destroyed_at is None]
    return f"案件{case_id}にある値は {'、'.join(found)} です。" if found else ""


def _scrubbed(store: Store) -> bool:
    try:
        return store.scrub()
    except StoreError:  # the values are destroyed, and that is recorded: what could not be done is only told
        return False


def _still_read(session: Session) -> str:
    if session.store.place.server is not None:
        return _still_on_server(session)
    if session.asked.lang == "en":
        return (
            "note: other programs still read the store, so former bytes are left in its write-ahead log; run the same"
            " command again when they have ended"
        )
    return (
        "注意: ほかのプログラムがストアを読んでいるため、書き込み用のファイル(-wal)に前の内容が残っています。"
        "それが終わってから、同じコマンドをもう一度実行してください(もう廃棄済みと出ますが、消し終えます)。"
    )


def _still_on_server(session: Session) -> str:
    if session.asked.lang == "en":
        return (
            "note: rows of before, still sealed, can be left in the files and the write-ahead log of the database"
            " server; `madoguchi db rotate-keys` changes the key, and then nobody can open them"
        )
    return (
        "注意: データベースのサーバーのファイルや先書きログ(WAL)に、廃棄した値が暗号のまま残っていることがあります。"
        "madoguchi db rotate-keys で鍵を替えると、だれにも開けなくなります。"
    )
