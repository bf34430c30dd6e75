"""Absences in a made-up office, and a case whose whole life is its decision."""

from __future__ import annotations

import datetime as dt

from engine.actors import Actor
from engine.clock import to_seconds
from engine.leaving import Leave, record
from engine.store import Absence
from tests.engine.desk import Case, Desk

HOUR = 3600


def away(
    desk: Desk, post: str, hours: float = 24, after: float = 0, *, by: str = "clerk:k9", key: str = "", **more: str
) -> Absence:
    """The record of a post's absence, from so many hours after now and for so many."""
    since = to_seconds(desk.clock.now()) + int(after * HOUR)
    return record(desk.engine, Actor.parse(by), Leave(post, since, since + int(hours * HOUR), **more), key=key)[0]


def later(desk: Desk, hours: float) -> None:
    """Let so many hours pass."""
    desk.clock.set(desk.clock.now() + dt.timedelta(hours=hours))


def proposed(desk: Desk, form: str = "並木", name: str = "さくら") -> Case:
    """A ruling that lies with its first reviewer, drafted by k1."""
    case = desk.open("ruling")
    case.fire("submit", "applicant:p1", {"name": form})
    case.fire("propose", "clerk:k1", {"name": name})
    return case


def reviewed(desk: Desk, form: str = "並木", name: str = "さくら") -> Case:
    """A ruling that only its decider still has to sign."""
    case = proposed(desk, form, name)
    case.fire("endorse", "unit_chief:u1")
    case.fire("endorse", "chief_1:c1")
    return case


def route(case: Case) -> list[tuple[str | None, str]]:
    """Post and state of each step of the present route, in order."""
    return [(task.post, task.state) for task in case.tasks("step") if not task.memo.get("closed")]
