"""Registers telling an office of a person, and signals between cases: sent, delivered, waiting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from engine import delivery
from engine.clock import from_seconds
from engine.delivery import Delivered
from engine.people import Person
from engine.store import Letter
from office import values
from office.asking import Misused, plain
from office.session import Session

HEADINGS = ("番号", "知らせ", "どこから", "どこへ", "送った日時", "試した回数", "届かないわけ")


def register_event(
    session: Session, event: str, person: str, on: str, words: Sequence[str]
) -> tuple[list[str], dict[str, Any]]:
    """Which cases a register's event was sent to, in words and as data.

    Args:
        person: the id under which somebody files, or JSON (or "@" and a file) with name_kana and birth_date.
        on: the ISO day on which it happened.

    Raises:
        Misused: it has no number, no day, or nobody is named.
        KeyReused: another event had this number.
    """
    number = plain(session.asked.key, "--key")
    if not number:
        ja = "異動の番号を --key で書いてください(同じ異動が二度届いても一度だけ効くように)。"
        raise Misused(ja, "give the number of the event with --key, so that it acts once however often it comes")
    facts = {name: values.value(None, word) for name, word in values.pairs(words).items()}
    told, again = delivery.register_event(
        session.engine, number, plain(event, "KIND"), _person(person), _day(on), facts
    )
    before = [f"この異動(番号「{number}」)はもう届いています。前と同じ答えです。"] if again else []
    lines = [f"案件{case_id}に知らせます: {name}" for case_id, name in told]
    facts_told = {"told": [{"case_id": case_id, "signal": name} for case_id, name in told], "again": again}
    return [*before, *(lines or ["この人の、続いている案件や登録はありません。"])], facts_told


def failures(done: Delivered) -> tuple[list[str], list[dict[str, Any]]]:
    """The signals that could not be delivered, in words and as data."""
    lines = [f"届けられなかった知らせ{number}(あとでまた試します): {why}" for number, why in done.failed]
    return lines, [{"signal": number, "trouble": why} for number, why in done.failed]


def waiting(session: Session) -> list[Letter]:
    """The signals that have not been heard yet, oldest first."""
    with session.store.reading() as tx:
        return tx.waiting_letters()


def rows(letters: Sequence[Letter]) -> list[tuple[str, ...]]:
    """Waiting signals as rows of a table."""
    return [
        (
            str(one.id),
            one.name,
            "公簿" if one.from_case is None else f"案件{one.from_case}",
            f"新しい案件({one.to_procedure})" if one.to_case is None else f"案件{one.to_case}",
            f"{from_seconds(one.at):%Y-%m-%d %H:%M}",
            str(one.tries),
            one.trouble or "",
        )
        for one in letters
    ]


def facts(letters: Sequence[Letter]) -> list[dict[str, Any]]:
    """Waiting signals for a program, without what they carry; instants in epoch seconds."""
    hidden = {"key_id", "salt", "blob", "digest", "delivered_at"}
    return [{name: value for name, value in one._asdict().items() if name not in hidden} for one in letters]


def _person(text: str) -> Person:
    if not text.lstrip().startswith(("{", "@")):
        return Person(id=plain(text, "--of"))
    given = values.given_document(text) or {}
    known = {name: given[name] for name in ("id", "name_kana", "birth_date") if isinstance(given.get(name), str)}
    found = Person(**known)
    if len(known) < len(given) or not found.known_by():
        ja = '--of には、申請者のID、または {"name_kana": "…", "birth_date": "2000-01-31"} を書いてください。'
        raise Misused(ja, "--of takes the id of an applicant, or JSON with name_kana and birth_date")
    return found


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        ja = f"「{text[:20]}」は日付ではありません。--on は 2022-06-01 のように書いてください。"
        raise Misused(ja, f"{text[:20]!r} is no day; write --on 2022-06-01") from error
