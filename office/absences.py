"""Absences in words: what a command records, and what is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine import leaving
from engine.absences import ABSENT, VACANT, listed
from engine.actors import Actor
from engine.clock import from_seconds, to_seconds
from engine.errors import NotYourTurn
from engine.leaving import Leave
from engine.store import Absence
from office.asking import instant, plain
from office.desks import roles_everywhere
from office.session import Session

HEADINGS = ("番号", "職", "いつから", "いつの前まで", "代決者", "記録した人")
_LAST = 2**60


def leave(post: str, since: str, until: str, department: str, deputy: str, *, vacant: bool) -> Leave:
    """What is to be recorded, from the words of a command.

    Raises:
        Misused: an instant that is none.
    """
    return Leave(
        post=plain(post, "POST"),
        since=to_seconds(instant(since, "--from")),
        until=to_seconds(instant(until, "--until")),
        department=plain(department, "--department"),
        deputy=plain(deputy, "--deputy"),
        kind=VACANT if vacant else ABSENT,
    )


def recorded(session: Session, wanted: Leave) -> tuple[list[str], dict[str, Any]]:
    """The record that was made, in words and as data.

    Raises:
        Refusal: as `leaving.record`, or by somebody who is nobody of the office.
    """
    _require_office(session, wanted.post)
    row, again = leaving.record(session.engine, session.actor, wanted, key=session.asked.key)
    return _told(session, row, again=again)


def ended(session: Session, number: int) -> tuple[list[str], dict[str, Any]]:
    """The record that ended, in words and as data.

    Raises:
        Refusal: as `leaving.end`, or by somebody who is nobody of the office.
    """
    _require_office(session, session.actor.post)
    row, again = leaving.end(session.engine, session.actor, number, key=session.asked.key)
    return _told(session, row, again=again)


def rows(session: Session, *, everything: bool) -> list[Absence]:
    """The records by their beginning: those that are not over, or all."""
    now = to_seconds(session.engine.ports.clock.now())
    with session.store.reading() as tx:
        return tx.absences(0 if everything else now, _LAST)


def lines(session: Session, found: Iterable[Absence]) -> list[tuple[str, ...]]:
    """The records as rows of a table."""
    return [
        (
            *(
                str(row.id),
                _whose(session, row) + ("(欠員)" if row.kind == VACANT else ""),
                _when(row.since),
                _when(row.until),
            ),
            *("→".join(_deputies(session, row)) or "―", f"{row.said_as}:{row.said_by}"),
        )
        for row in found
    ]


def _told(session: Session, row: Absence, *, again: bool) -> tuple[list[str], dict[str, Any]]:
    before = [f"この操作(鍵「{session.asked.key}」)は済んでいます。前と同じ答えです。"] if again else []
    what = f"{_whose(session, row)}の{leaving.word(row.kind)}(記録{row.id})"
    if row.since == row.until:
        return [*before, f"{what}を取り消しました。"], row._asdict()
    city, names = session.declared.municipality, _deputies(session, row)
    posts = [(city.post(name, row.department), name) for name in names]
    deputies = "、".join(f"{post.label}({name})" if post else name for post, name in posts)
    said = f"  代決者: {deputies}" if deputies else "  代決者の定めはありません(途中の段は上位の職が引き上げられます)。"
    said = said if row.kind == ABSENT else "  欠員は不在ではないので、代決はできません。"
    return [*before, f"{what}: {_when(row.since)} から {_when(row.until)} の前まで", said], row._asdict()


def _whose(session: Session, row: Absence) -> str:
    return leaving.label(session.declared.municipality, row)


def _deputies(session: Session, row: Absence) -> tuple[str, ...]:
    """Who may stand in, in order: the one who was named, or those that the city lists."""
    if row.kind == VACANT:
        return ()
    return (row.deputy,) if row.deputy else listed(session.declared.municipality, row.post, row.department)


def _require_office(session: Session, post: str) -> None:
    """Without a profile of the city the declarations say which posts there are, and who is of the office."""
    declared = session.declared
    if declared.municipality.standing == "city":
        return
    for one in (session.actor.post, post):
        roles_everywhere(declared, Actor(one, one), ())
    every = [declared.catalogue.procedure(one).roles for one in declared.library.ids()]
    others = {role.id for roles in every for role in roles if role.side != "office"}
    if session.actor.post in others:
        ja = f"不在を記録できるのは職員です。「{session.actor.post}」は記録できません。"
        raise NotYourTurn(ja, f"only the office records absences, not {session.actor.post}", rule="office_only")


def _when(at: int) -> str:
    return f"{from_seconds(at):%Y-%m-%d %H:%M}"
