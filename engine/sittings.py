"""Meetings that deal with several cases at once: a case is put on the list of the next sitting that has room.

The city says when a meeting sits and how many cases it takes. What is held at a meeting can be done once the day has
come on whose list the case stands. A case that leaves before that day gives its room back; one that is put on a list
again after a sitting comes to a later one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from engine.errors import NotPossibleNow
from engine.municipality import Sittings
from engine.store import Booked

if TYPE_CHECKING:
    from engine.calendar import OpeningCalendar
    from engine.definition.rows import Event
    from engine.state import TaskState
    from engine.work import Work

SERIES = "meeting"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_YEARS_AHEAD = 3


def book(work: Work, meeting: str, task: TaskState | None) -> None:
    """Put the case, or one of its tasks, on the list of the next sitting with room.

    Raises:
        NotPossibleNow: the city does not say when the meeting sits, or it does not sit any more.
    """
    leave(work, task)
    city = work.ports.municipality
    sits = city.sittings(meeting)
    label = label_of(work, meeting)
    if sits is None:
        ja = f"会議「{label}」({meeting})の開催日が、{city.label}の設定(meetings)にありません。"
        raise NotPossibleNow(ja, f"{city.id} does not say when the meeting {meeting} sits", meeting=meeting)
    scope = f"{city.id}/{meeting}"
    place = work.tx.next_number(SERIES, scope)  # from here on nobody else can look for room
    work.do("number", SERIES, scope, place)
    first = _first_day(work, meeting, task)
    taken = work.tx.taken(city.id, meeting, first.isoformat())
    days = days_of(sits, work.ports.calendar, first)
    on = next((day.isoformat() for day in days if taken.get(day.isoformat(), 0) < sits.capacity), None)
    if on is None:
        ja = f"{first}から{_YEARS_AHEAD}年の間に、空きのある会議「{label}」の開催日がありません。"
        raise NotPossibleNow(ja, f"no sitting of {meeting} has room from {first} on", meeting=meeting)
    _record(work, task, "booked", meeting, on, place)
    work.tx.book(Booked(city.id, meeting, on, place, work.whole.case.id, task.number if task else 0))


def leave(work: Work, task: TaskState | None) -> None:
    """Wait for the meeting no more: a sitting to come gets its room back, one that was held keeps it on its list."""
    now = booking_of(work, task)
    if now is None:
        return
    held = now["on"] <= work.today.isoformat()
    _record(work, task, "unbooked", held)
    if not held:
        owner = task.number if task else 0
        city = work.whole.case.municipality
        work.tx.drop_booking(Booked(city, now["id"], now["on"], now["place"], work.whole.case.id, owner))


def leave_unless_held_from(work: Work, task: TaskState | None, state: str) -> None:
    """Wait for the meeting no more, unless it can deal with the case, or task, in a state."""
    now = booking_of(work, task)
    if now is not None:
        machine = work.edition.tasks[task.kind] if task else work.edition.machine
        if all(event.at_meeting != now["id"] for event in machine.leaving(state)):
            leave(work, task)


def against(work: Work, event: Event, task: TaskState | None) -> NotPossibleNow | None:
    """Why an event that is held at a meeting cannot happen now; None when its day has come, or it is held at none."""
    if event.at_meeting is None:
        return None
    now = booking_of(work, task)
    label = label_of(work, event.at_meeting)
    about = f"案件{work.whole.case.id}: 「{event.label}」は会議「{label}」で行います。"
    if now is None or now["id"] != event.at_meeting:
        ja = f"{about}この案件はまだ会議の一覧に入っていません。"
        return NotPossibleNow(ja, f"{event.id} is held at {event.at_meeting}; not on its list", event=event.id)
    if work.today.isoformat() < now["on"]:
        ja = f"{about}この案件の会議は{now['on']}です。その日からできます。"
        en = f"{event.id} is held at the meeting {event.at_meeting} on {now['on']}"
        return NotPossibleNow(ja, en, event=event.id, meeting=event.at_meeting, on=now["on"])
    return None


def booking_of(work: Work, task: TaskState | None) -> dict[str, Any] | None:
    """On which list the case, or a task of it, stands now: the meeting's `id`, the day `on` and the `place`."""
    memo = task.memo if task else work.whole.case.memo
    found: dict[str, Any] | None = memo.get("meeting")
    return found


def days_of(sits: Sittings, calendar: OpeningCalendar, first: dt.date) -> Iterator[dt.date]:
    """The days on which a meeting sits, from a day on, for three years.

    Raises:
        UnknownYear: the holidays of one of these years are not known.
    """
    for ordinal in range(first.toordinal(), first.toordinal() + 366 * _YEARS_AHEAD):
        day = dt.date.fromordinal(ordinal)
        regular = _WEEKDAYS[day.weekday()] in sits.weekdays and (not sits.weeks or (day.day + 6) // 7 in sits.weeks)
        if day in sits.days or (regular and calendar.is_open(day)):
            yield day


def label_of(work: Work, meeting: str) -> str:
    """What a meeting is called."""
    declared = work.edition.procedure.meetings.get(meeting)
    return (declared.label if declared else "") or meeting


def _first_day(work: Work, meeting: str, task: TaskState | None) -> dt.date:
    """The first day whose list is still open: the papers go out before it, and it is later than the last sitting."""
    declared = work.edition.procedure.meetings.get(meeting)
    first = work.today + dt.timedelta(days=declared.papers_before if declared else 0)
    met = (task.memo if task else work.whole.case.memo).get("met")
    if met is None or met["id"] != meeting:
        return first
    return max(first, dt.date.fromisoformat(met["on"]) + dt.timedelta(days=1))


def _record(work: Work, task: TaskState | None, what: str, *given: object) -> None:
    work.do(*(("task." + what, task.number) if task else ("case." + what,)), *given)
