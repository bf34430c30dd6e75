"""One small office for engine tests: an engine over a real store, made-up declarations, a clock moved by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from engine.actors import SYSTEM, Actor
from engine.clock import JST, SimulatedClock
from engine.commands import Engine, Receipt
from engine.errors import AnswerProblem
from engine.options import Option
from engine.ports import NoticeOrder, Ports
from engine.shapes import Many, Record, Scalar, Shape
from engine.state import LogRow, TaskState, Whole
from engine.store import Store
from engine.work import Work
from tests.engine.gate import Gate
from tests.engine.made_up.shelf import CALENDAR, FORMS, REQUIRED, TOWN, Shelf, shelf

MONDAY = dt.datetime(2022, 6, 6, 10, 0, tzinfo=JST)
KINDS: dict[str, tuple[type, ...]] = {"yes_no": (bool,), "whole": (int,), "yen": (int,), "number": (int, float)}

T = TypeVar("T")
Sent = tuple[int, int, int, str, str]


@dataclass(frozen=True)
class Judged:
    """Answers after checking."""

    answers: dict[str, Any] | None
    problems: tuple[AnswerProblem, ...] = ()


class ShapeChecker:
    """Takes documents that fit the made-up shapes: nothing unknown, nothing of another type, what is required.

    Of the form in `refuses` it takes none.
    """

    refuses = ""

    def check(self, form_id: str, document: object, *, at: dt.date) -> Judged:
        """The document as it came, or all that is wrong with it; the same on every day."""
        del at
        if form_id == self.refuses:
            return Judged(None, (AnswerProblem("", "type", "受け取れません。"),))
        found = _misfits(FORMS[form_id], document, "")
        given = document if isinstance(document, dict) else {}
        found += [
            AnswerProblem(f"/{name}", "required", "要ります。") for name in REQUIRED[form_id] if name not in given
        ]
        return Judged(None, tuple(found)) if found else Judged(given)

    def called(self, form_id: str, path: str) -> str:
        """The path: the made-up shapes have no words."""
        del form_id
        return path


class PlainWriter:
    """Writes what an order holds, a line each; a disposition is followed by its 教示. `orders` are those given."""

    def __init__(self) -> None:
        self.orders: list[NoticeOrder] = []

    def write(self, order: NoticeOrder) -> str:
        """The whole text."""
        self.orders.append(order)
        outcome = order.edition.outcomes.get(order.outcome or "")
        appeal = order.edition.procedure.appeal
        lines = [order.notice, *order.numbers.values(), str(order.form.get("applicant", {}).get("name", ""))]
        if outcome and outcome.notice == order.notice:
            lines += [f"{name}: {order.reasons[name]}" for name in ("ground", "reason") if order.reasons.get(name)]
            lines += [f"教示: {appeal.body} {appeal.months}か月"] if appeal and outcome.disposition else []
        return "\n".join(lines)

    def text(self, words: str) -> str:
        """The same: it is written as text."""
        return words


class Desk:
    """The office. Every accepted command is noted in `said`, so that it can be said again to another office."""

    def __init__(self, store: Store, definitions: Shelf | None = None, gate: Gate | None = None) -> None:
        self.store = store
        self.gate = gate or Gate()
        self.clock = SimulatedClock(MONDAY)
        self.writer = PlainWriter()
        self.checker = ShapeChecker()
        self.ports = Ports(definitions or shelf(), TOWN, CALENDAR, self.clock, self.checker, self.writer)
        self.engine = Engine(store, self.ports, self.gate)
        self.said: list[tuple[dt.datetime, str, tuple[Any, ...], dict[str, Any]]] = []
        self.sent: list[Sent] = []

    def using(self, definitions: Shelf) -> Desk:
        """The same office with other declarations."""
        desk = Desk(self.store, definitions, self.gate)
        desk.clock.set(self.clock.now())
        return desk

    def say(self, method: str, *args: Any, **more: Any) -> Any:  # noqa: ANN401 - what that method gives
        """What a command of the engine gives; noted once it was accepted."""
        found = getattr(self.engine, method)(*args, **more)
        self.said.append((self.clock.now(), method, args, more))
        return found

    def open(self, procedure: str, by: str = "applicant:p1", **more: Any) -> Case:  # noqa: ANN401 - as `Engine.open`
        """A new case."""
        actor = SYSTEM if by == "system" else Actor.parse(by)
        return Case(self, self.say("open", procedure, actor, **more).case_id)

    def pass_time(self, days: float = 0, until: dt.datetime | None = None) -> list[Receipt]:
        """Move the clock and let time act."""
        self.clock.set(until or self.clock.now() + dt.timedelta(days=days))
        receipts: list[Receipt] = self.say("tick")
        return receipts

    def deliver(self) -> list[Sent]:
        """What is sent now."""
        before = len(self.sent)
        self.engine.deliver(lambda *notice: self.sent.append(notice))
        return self.sent[before:]


@dataclass
class Case:
    """A case of the desk, with the engine's commands as one-liners. Actors are written post:person."""

    desk: Desk
    id: int
    receipts: list[Receipt] = field(default_factory=list)

    def fire(self, event: str, by: str, answers: dict[str, Any] | None = None, **more: Any) -> Receipt:  # noqa: ANN401
        """Fire an event."""
        return self._note(self.desk.say("fire", self.id, event, Actor.parse(by), answers, **more))

    def look(self, by: str, *, key: str = "", **results: bool) -> Receipt:
        """Record checks."""
        return self._note(self.desk.say("look", self.id, Actor.parse(by), results, key=key))

    def establish(self, by: str, **facts: object) -> Receipt:
        """Record facts."""
        return self._note(self.desk.say("establish", self.id, Actor.parse(by), facts))

    def signal(self, name: str, **facts: object) -> Receipt:
        """Hear a register."""
        return self._note(self.desk.say("signal", self.id, name, facts))

    def options(self, by: str) -> list[Option]:
        """What an actor can do now."""
        return self.desk.engine.options(self.id, Actor.parse(by))

    @property
    def whole(self) -> Whole:
        """The case as it is stored."""
        with self.desk.store.reading() as tx:
            found = tx.whole(self.id)
        assert found is not None
        return found

    @property
    def state(self) -> str:
        """Its state."""
        return self.whole.case.state

    @property
    def log(self) -> list[LogRow]:
        """Its history."""
        with self.desk.store.reading() as tx:
            return tx.log(self.id)

    def events(self) -> list[str]:
        """The events of its history, in order."""
        return [row.event for row in self.log]

    def tasks(self, kind: str) -> list[TaskState]:
        """Its tasks of a kind, by number."""
        return [task for _, task in sorted(self.whole.tasks.items()) if task.kind == kind]

    def ask(self, question: Callable[[Work], T]) -> T:
        """What a question about the case in hand gives."""
        with self.desk.engine.reading(self.id) as work:
            return question(work)

    def _note(self, receipt: Receipt) -> Receipt:
        self.receipts.append(receipt)
        return receipt


def _misfits(shape: Shape, value: object, pointer: str) -> list[AnswerProblem]:
    """Every place at which a value is not of its shape."""
    match shape:
        case Record(fields):
            given = value if isinstance(value, dict) else {"": value}
            unknown = [
                AnswerProblem(f"{pointer}/{n}", "unknown", "そのような欄はありません。")
                for n in given
                if n not in fields
            ]
            inner = [p for n, v in given.items() if n in fields for p in _misfits(fields[n], v, f"{pointer}/{n}")]
            return unknown + inner
        case Many(item) if isinstance(value, list):
            return [p for n, one in enumerate(value) for p in _misfits(item, one, f"{pointer}/{n}")]
        case Scalar(kind, choices) if _fits(kind, choices, value):
            return []
        case _:
            return [AnswerProblem(pointer, "type", "型が違います。")]


def _fits(kind: str, choices: tuple[str, ...], value: object) -> bool:
    return isinstance(value, KINDS.get(kind, (str,))) and (not choices or value in choices)
