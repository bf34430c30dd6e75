"""A whole declaration: the lists of rows, the tasks, clocks, approval routes and the appeal."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from engine.definition.between import Link, Message, Registration, Signal
from engine.definition.rows import (
    Attachment,
    Check,
    CommonError,
    Condition,
    Confidence,
    Effect,
    Event,
    Fact,
    FragmentUse,
    Group,
    Input,
    Law,
    Nature,
    Notice,
    Outcome,
    Part,
    Rename,
    Role,
    Row,
    Rule,
    State,
    Timer,
    Version,
    Words,
)


def _as_rungs(value: object) -> object:
    return (value,) if isinstance(value, int) else value  # a single number stands for a list of one


Rungs = Annotated[tuple[Annotated[int, Field(ge=0)], ...], BeforeValidator(_as_rungs), Field(min_length=1)]


class OnOpen(Part):
    """What happens when a task opens."""

    notices: Words = ()


class Task(Part):
    """A small flat machine, begun in its first state; `correctable` (input.field) lists form fields it may change."""

    label: str
    many: bool = False
    outlives: bool = False
    correctable: str | None = None
    on_open: OnOpen = OnOpen()
    states: tuple[State, ...]
    events: tuple[Event, ...] = ()
    effects: tuple[Effect, ...] = ()


class Limit(Part):
    """A length of time of a clock, before a municipality's own figure; or the last day itself, as an answer or fact.

    While a `date` is not known the clock has no end; it gets one when the date becomes known, another when it moves.
    """

    days: int | None = Field(default=None, ge=1)
    months: int | None = Field(default=None, ge=1)
    years: int | None = Field(default=None, ge=1)
    date: str | None = None
    unit: Literal["calendar", "opening"] = "calendar"
    shift: Literal["none", "next_open", "previous_open"] = "none"
    city: str | None = None
    assumption: bool = False


class Extension(Part):
    """What prolongs a running clock, and to when: once, or with `repeat` again and again, at most `most` times.

    It has to come before the end has passed, unless the law lets it come `late`.
    """

    event: str
    new_limit: str
    repeat: bool = False
    most: int | None = Field(default=None, ge=1)
    late: bool = False
    law: str | None = None


class Due(Part):
    """The days before the end (rungs) on which somebody is told, on each once; only when the condition holds."""

    days_before: Rungs
    when: str | None = None
    notices: Words = ()
    notices_to: Words = ()


class Breach(Part):
    """What follows when the limit passes. `event` is what it makes possible, and what is not possible before."""

    finding: str
    gives: Literal["deemed_rejection", "suspension", "lapse"] | None = None
    event: str | None = None
    law: str | None = None
    severity: Literal["warning", "error"] = "warning"


class Clock(Part):
    """A legal period that runs beside the states."""

    label: str
    law: str | None = None
    nature: Words = ()
    starts: Words
    counts_from: str
    limit: Limit
    pauses_in: Words = ()
    satisfied_by: Words = ()
    extended_by: Extension | None = None
    due: Due | None = None
    breach: Breach | None = None


class Level(Row):
    """Who decides: the last level whose condition holds (the first, when it has none)."""

    decider: str
    when: str | None = None
    basis: str = ""
    confidence: Confidence = "high"


class Cosign(Row):
    """A department whose agreement is asked (合議)."""

    department: str
    when: str | None = None
    post: str = "cosigner"


class Retention(Part):
    """How many years the document of a decision is kept (保存年限), counted from the fiscal year after it."""

    years: int = Field(ge=1)
    basis: str = ""
    assumption: bool = False


class Approval(Part):
    """A route: drafter, reviewers in order, co-signers, decider by level.

    Co-signers are asked side by side, or one after the other `cosign_in_order`. No deputy decides what `not_by_deputy`
    holds of.
    """

    drafter: str
    task: str = "approval_step"
    steps: Words = ()
    levels: tuple[Level, ...] = ()
    cosign: tuple[Cosign, ...] = ()
    cosign_in_order: bool = False
    not_by_deputy: str | None = None
    retention: Retention | None = None
    scope: str = ""


class Meeting(Part):
    """A sitting that deals with several cases at once; a city says on which days, and with how many.

    A case is put on a sitting no later than `papers_before` days before it.
    """

    label: str = ""
    law: str | None = None
    papers_before: int = Field(default=0, ge=0)


class Appeal(Part):
    """The 教示 of every disposition: to whom, within which period."""

    body: str
    law: str
    months: int = 3
    suit_only_after: bool = False
    natures: Words = ()


class Needs(Part):
    """Rows that a fragment demands of its host."""

    events: Words = ()
    checks_at: Words = ()
    approval: Words = ()
    roles: Words = ()
    states: Words = ()
    rules: Words = ()
    conditions: Words = ()
    subjects: Words = ()
    clocks: Words = ()
    tasks: Words = ()
    inputs: Words = ()
    outcomes: Words = ()
    facts: Words = ()


class Online(Part):
    """Which acts can be done online, and what stays on paper or face to face."""

    submit: bool = False
    finish: bool = False
    face_to_face: Words = ()
    paper: str = ""


class Lists(Part):
    """The lists and tables that procedures and fragments have in common."""

    natures: tuple[Nature, ...] = ()
    fragments: tuple[FragmentUse, ...] = ()
    law: tuple[Law, ...] = ()
    versions: tuple[Version, ...] = ()
    roles: tuple[Role, ...] = ()
    facts: tuple[Fact, ...] = ()
    conditions: tuple[Condition, ...] = ()
    rules: tuple[Rule, ...] = ()
    inputs: tuple[Input, ...] = ()
    timers: tuple[Timer, ...] = ()
    states: tuple[State, ...] = ()
    groups: tuple[Group, ...] = ()
    events: tuple[Event, ...] = ()
    effects: tuple[Effect, ...] = ()
    signals: tuple[Signal, ...] = ()
    messages: tuple[Message, ...] = ()
    checks: tuple[Check, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    notices: tuple[Notice, ...] = ()
    registrations: tuple[Registration, ...] = ()
    links: tuple[Link, ...] = ()
    common_errors: tuple[CommonError, ...] = ()
    renames: tuple[Rename, ...] = ()
    subjects: dict[str, str | tuple[str, ...]] = {}
    params: dict[str, Any] = {}
    tasks: dict[str, Task] = {}
    clocks: dict[str, Clock] = {}
    approval: dict[str, Approval] = {}
    meetings: dict[str, Meeting] = {}
    appeal: Appeal | None = None


class Fragment(Lists):
    """A named part that hosts share; it is expanded before anything runs."""

    id: str
    parameters: Words = ()
    needs: Needs = Needs()


class Procedure(Lists):
    """A procedure with its fragments expanded; rows keep their dates."""

    id: str
    number: int = Field(ge=1)
    title: str
    title_en: str
    title_easy: str
    field: str
    department: str
    form: str
    effective_date: str
    version_by: str
    priority: str | None = None
    online: Online = Online()

    @property
    def reviews(self) -> bool:
        """Whether its cases are about what was decided in another, as an appeal is: none is filed by itself."""
        return any(link.kind == "appeals" for link in self.links)

    def has_version(self, day: dt.date) -> bool:
        """Whether there is a version of it on a civil day; what names no versions is the same on every day."""
        return not self.versions or any(version.holds(day) for version in self.versions)

    def changes(self) -> tuple[dt.date, ...]:
        """The days on which any row begins or ends, in order."""
        rows = [row for name in LISTS for row in getattr(self, name) if isinstance(row, Row)]
        for task in self.tasks.values():
            rows += [*task.states, *task.events, *task.effects]
        rows += [row for route in self.approval.values() for row in (*route.levels, *route.cosign)]
        days = {day for row in rows for day in (row.since, row.until) if day is not None}
        return tuple(sorted(days | {day for v in self.versions for day in (v.from_, v.until) if day is not None}))


LISTS = tuple(name for name, info in Lists.model_fields.items() if str(info.annotation).startswith("tuple["))
