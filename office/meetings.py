"""The lists of a meeting: on which days it sits with how many cases, and which cases one day deals with, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import islice
from typing import Any

from engine.actors import SYSTEM
from engine.errors import UnknownThing
from engine.municipality import Municipality, Sittings
from engine.problems import nearest
from engine.reckoning import dated
from engine.sittings import days_of
from engine.store import Booked
from office.asking import Misused
from office.session import Session

DAYS = 8
"""How many sittings to come are listed."""

DAYS_HEADINGS: tuple[str, ...] = ("開催日", "件数", "残り")
LIST_HEADINGS: tuple[str, ...] = ("番号", "案件", "作業", "手続", "いま")


def days(session: Session, meeting: str) -> list[dict[str, Any]]:
    """The next sittings of a meeting, each with the cases on its list and the room that is left.

    Raises:
        UnknownThing: the city names no such meeting.
    """
    city, sits = _sits(session, meeting)
    today = session.engine.ports.clock.now().date()
    with session.store.reading() as tx:
        taken = tx.taken(city.id, meeting, today.isoformat())
    found = [day.isoformat() for day in islice(days_of(sits, session.engine.ports.calendar, today), DAYS)]
    return [{"on": day, "cases": taken.get(day, 0), "room": max(sits.capacity - taken.get(day, 0), 0)} for day in found]


def days_rows(found: Sequence[dict[str, Any]]) -> list[tuple[str, ...]]:
    """The sittings as rows of a table."""
    return [(dated(dt.date.fromisoformat(one["on"])), str(one["cases"]), str(one["room"])) for one in found]


def listed(session: Session, meeting: str, on: str) -> list[dict[str, Any]]:
    """The list of one day: the cases, or tasks of cases, in the order in which they were put on it.

    Raises:
        UnknownThing: the city names no such meeting.
        Misused: the day is no date.
    """
    city, _ = _sits(session, meeting)
    try:
        day = dt.date.fromisoformat(on)
    except ValueError as error:
        raise Misused(
            f"「{on}」は日付ではありません。2022-06-09 のように書いてください。", f"{on!r} is no date"
        ) from error
    with session.store.reading() as tx:
        rows = tx.booked(city.id, meeting, day.isoformat())
    return [_item(session, row) for row in rows]


def listed_rows(found: Sequence[dict[str, Any]]) -> list[tuple[str, ...]]:
    """The cases of a list as rows of a table."""
    names = ("place", "case", "task", "procedure", "state")
    return [tuple("" if one[name] is None else str(one[name]) for name in names) for one in found]


def _item(session: Session, row: Booked) -> dict[str, Any]:
    with session.engine.reading(row.case_id, SYSTEM) as work:
        task = work.whole.tasks.get(row.owner)
        machine = work.edition.tasks[task.kind] if task else work.edition.machine
        state = machine.states[task.state if task else work.whole.case.state]
        label = work.edition.procedure.tasks[task.kind].label if task else None
        return {
            "place": row.place,
            "case": row.case_id,
            "task": row.owner or None,
            "task_label": label,
            "procedure": work.edition.procedure.title,
            "state": f"{label}: {state.label}" if label else state.label,
        }


def _sits(session: Session, meeting: str) -> tuple[Municipality, Sittings]:
    city = session.engine.ports.municipality
    sits = city.sittings(meeting)
    if sits is None:
        known = [row.id for row in city.meetings]
        hint = nearest(meeting, known) or (f"あるのは{'・'.join(known)}です。" if known else "会議は一つもありません。")
        ja = f"{city.label}の設定に「{meeting}」という会議はありません。{hint}"
        raise UnknownThing(ja, f"{city.id} has no meeting {meeting!r}", meeting=meeting)
    return city, sits
