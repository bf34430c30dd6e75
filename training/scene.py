"""A case in a lesson: an engine of its own in memory, a clock that stands still, whoever filed it, and colleagues.

What is planted in the form stands in the document; what is planted as a fact is what a look-up finds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from engine.actors import Actor
from engine.clock import JST, SimulatedClock, to_seconds
from engine.commands import Engine
from engine.definition.rows import CommonError, Event, State
from engine.errors import MadoguchiError, Refusal
from engine.moves import machine_of
from engine.store import OpenItem, Store
from engine.work import Work
from office.office import Definitions, engine_for
from procedures.plan import Plan
from procedures.plan_rows import Channel, Reply
from simulation.applications import Application, wanted_answers
from simulation.clerks import Chosen, Clerk
from simulation.papers import Compiled, Filled, Papers
from simulation.preparing import simulated_of
from simulation.settings import Simulated
from training.lessons import Lesson

MOST_STEPS = 60
LONGEST_WAIT = 120
MORNING = dt.time(9)
COUNTER = Channel(id="lesson", label="窓口", at="opening_hours", enters="applicant", as_is=1, to_be=1)


class Unsolvable(MadoguchiError):
    """A lesson that cannot be given on this day with this seed: nothing right can be done in it."""

    code = "unsolvable"


class School:
    """The declarations of a city, with what lessons of each procedure need, worked out once."""

    def __init__(self, declared: Definitions) -> None:
        self.declared = declared
        self.compiled: Compiled = {}
        self._kept: dict[str, Simulated] = {}

    def of(self, procedure: str) -> Simulated:
        """What a procedure needs to be played: nothing in it is left to luck but the answers of the form."""
        if procedure not in self._kept:
            one = simulated_of(self.declared, procedure)
            plan = one.plan.model_copy(update={"looks": (), "genuine": (), "acts": ()})
            self._kept[procedure] = Simulated(one.procedure, plan, one.sample, one.roles, one.filled, one.own)
        return self._kept[procedure]


@dataclass
class Scene:
    """One case on its own engine. `application` knows what is planted."""

    lesson: Lesson
    one: Simulated
    engine: Engine
    clock: SimulatedClock
    application: Application
    clerk: Clerk
    papers: Papers

    @property
    def case_id(self) -> int:
        """The case's number in its store."""
        return self.application.case_id

    @contextmanager
    def reading(self, actor: Actor | None = None) -> Iterator[Work]:
        """The case in hand; nothing that is done to it is kept."""
        with self.engine.reading(self.case_id, actor or self.office_actor()) as work:
            yield work

    def office_actor(self, role: str | None = None) -> Actor:
        """A person of the office in a role; without one, the first post that works on the procedure."""
        key = next((key for key, roles in self.one.roles.items() if role is None or role in roles), None)
        post = key.split("/")[-1] if key else role or ""
        return Actor(post, f"{post}-1")

    def actor_for(self, roles: tuple[str, ...], post: str | None = None) -> Actor:
        """Somebody who may act in one of some roles: of the office first, then those outside."""
        if post is not None:
            return Actor(post, f"{post}-1")
        office = next((role for role in roles if self.one.has(role)), None)
        if office is not None:
            return self.office_actor(office)
        sides = {row.id: row.side for row in self.one.procedure.roles}
        role = next(iter(roles), "applicant")
        return Actor(role, self.application.filer if sides.get(role) == "citizen" else role)

    def worker(self, item: OpenItem, only: tuple[str, ...] = ()) -> Actor:
        """Whoever works at a place: at whose desk it lies, otherwise somebody who may do something there.

        Args:
            only: the roles of which it has to be one, where any are named.
        """
        roles = only or tuple(role for row in self.leaving(item) for role in row.by)
        desk = (item.desk,) if self.one.has(item.desk) and (not only or item.desk in only) else ()
        return self.actor_for((*desk, *roles), item.post)

    def items(self) -> list[OpenItem]:
        """Every place of the case where something waits: open tasks, then the case itself."""
        with self.reading() as work:
            case = work.whole.case
            found = [
                OpenItem(case.id, t.number, t.kind, case.procedure, t.state, t.desk or "", t.post, t.state_since, 0, 0)
                for _, t in sorted(work.whole.tasks.items())
                if t.open
            ]
            desk, since = case.desk or "", case.state_since
            return [*found, OpenItem(case.id, 0, "", case.procedure, case.state, desk, None, since, 0, 0)]

    def state(self) -> State:
        """The state of the case."""
        with self.reading() as work:
            return work.case_state

    def leaving(self, item: OpenItem) -> list[Event]:
        """The events that leave a place on this day."""
        with self.reading() as work:
            return list(machine_of(work, work.whole.tasks.get(item.task)).leaving(item.state))

    def chosen(
        self, item: OpenItem, event: str | None = None, *, or_finds_out: bool = False
    ) -> tuple[Actor, Chosen] | None:
        """What somebody who sees everything does at a place, and who; None when nothing can be done there now.

        Args:
            or_finds_out: whether finding out what lets something happen by itself is enough.
        """
        rows = {row.id: row for row in self.leaving(item)}
        actor = self.worker(item, rows[event].by if event in rows else ())
        found = self.clerk.examine(self.application, item, actor, event)
        if found is None or not (found.event or or_finds_out):
            return None
        return (self.actor_for((found.by,)) if found.by else actor), found

    def forward(self) -> bool:
        """Whether somebody could bring the case on: a colleague, those who are waited for, or time."""
        for item in self.items():
            with self.reading() as work:
                ways = self.clerk.ways(work)
            outside = [row.id for row in ways.outside(item.state, item.kind) if not ways.of_office(row)]
            for event in (None, *outside):
                found = self.chosen(item, event)
                if found is not None and self.clerk.do(self.application, item, *found):
                    return True
        return False

    def find_out(self, item: OpenItem) -> None:
        """Establish what the mistake makes so, where nobody has looked it up yet: whoever looks finds it."""
        with self.reading() as work:
            known = {name for name, digest in work.whole.case.memo.get("facts", {}).items() if digest}
            facts = {n: v for n, v in self.application.true_facts.items() if n in work.edition.facts and n not in known}
            rows = {name: work.edition.facts[name] for name in facts}
        for name, value in facts.items():
            actor = self.actor_for(tuple(rows[name].by)) if rows[name].by else self.worker(item)
            with suppress(Refusal):  # what nobody may say here is no part of the lesson
                self.engine.establish(self.case_id, actor, {name: value})

    def wait(self, days: int = 1) -> None:
        """Let days pass, each with what falls due on it."""
        for _ in range(days):
            self.clock.set(self.clock.now() + dt.timedelta(days=1))
            try:
                self.engine.tick()
            except Refusal:
                continue


def scene(school: School, lesson: Lesson, number: int) -> Scene:
    """The case of a lesson before it is filed.

    Args:
        number: whose luck the answers are; the same number gives the same case.

    Raises:
        Unsolvable: the mistake cannot be put into the form.
    """
    one = school.of(lesson.procedure)
    morning = school.declared.calendar.next_open_day(lesson.on)
    clock = SimulatedClock(dt.datetime.combine(morning, MORNING, JST))
    engine = engine_for(school.declared, Store.open(":memory:", practice=True), clock)
    clean, document = _documents(one, lesson, number, morning)
    at = to_seconds(clock.now())
    application = Application(number, lesson.procedure, COUNTER, at, document, clean, _so_in_lesson(lesson.error))
    plan = _with_replies(one.plan, lesson.error)
    papers = Papers(plan, number, _filled_in(one, lesson.error), school.compiled)
    clerk = Clerk(engine, plan, papers, number, {role for roles in one.roles.values() for role in roles})
    return Scene(lesson, one, engine, clock, application, clerk, papers)


def _so_in_lesson(error: CommonError | None) -> CommonError | None:
    """The mistake with what must be true besides."""
    return error.model_copy(update={"plant": error.plant | error.besides}) if error else None


def _with_replies(plan: Plan, error: CommonError | None) -> Plan:
    """The plan in which colleagues write what the mistake takes for granted."""
    besides = error.besides if error else {}
    said = [(path.split("."), value) for path, value in besides.items() if path.startswith("given.")]
    written = [value if isinstance(value, dict) else {"value": value} for _, value in said]
    rows = tuple(Reply(input=path[1], field=path[2], **row) for (path, _), row in zip(said, written, strict=True))
    planted = {path.partition(".")[2]: value for path, value in (error.plant if error else {}).items()}
    fixed: dict[str, Any] = {"cel": None, "shares": {}, "between": None}
    found = tuple(  # what a register says at a place is what is planted, too
        row.model_copy(update={**fixed, "value": planted[row.fact]}) if row.at and row.fact in planted else row
        for row in plan.established
    )
    return plan.model_copy(update={"replies": (*rows, *plan.replies), "established": found})


def _filled_in(one: Simulated, error: CommonError | None) -> Filled:
    """Forms that colleagues fill in, with what the mistake takes for granted in them."""
    besides = error.besides if error else {}
    said = [(path.split("."), value) for path, value in besides.items() if path.startswith("given.")]
    forms = {row.id: row.form for row in one.procedure.inputs}

    def filled(form: str, number: int, day: dt.date) -> dict[str, Any]:
        return one.filled(form, number, day) | {path[2]: value for path, value in said if forms[path[1]] == form}

    return filled if said else one.filled


def _documents(one: Simulated, lesson: Lesson, number: int, day: dt.date) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers without the mistake, and those that are handed in."""
    channel = next(iter(one.plan.channels), COUNTER)
    usual = wanted_answers(one.plan, channel, number, day, number)
    plant = lesson.error.plant | lesson.error.besides if lesson.error else {}
    planted = {path.removeprefix("form."): value for path, value in plant.items() if path.startswith("form.")}
    clean = one.sample(number, usual, day)
    document = one.sample(number, usual | planted, day) if planted else clean
    missing = [path for path, value in planted.items() if not says(document, path, value)]
    if missing:
        raise Unsolvable(
            f"様式が「{missing[0]}」にこの値を受け付けないので、仕込めません。",
            f"the form does not take what is planted at {missing[0]}",
        )
    return clean, document


def says(document: Any, path: str, value: object) -> bool:  # noqa: ANN401 - any part of a document
    """Whether a form says a value at a path; what is not there says nothing and an empty list."""
    for step in path.split("."):
        if isinstance(document, list):
            document = document[int(step)] if int(step) < len(document) else None
        else:
            document = document.get(step) if isinstance(document, dict) else None
    return bool(document == value) or (document is None and value in ([], None))
