"""What a simulated person writes and what registers say, as the plan draws it; all else is left to the search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from engine.conditions import Condition, Source
from engine.definition import ValueType
from engine.definition.rows import Event
from engine.errors import DefinitionError
from engine.scope import EVERYTHING
from engine.work import Work
from procedures.plan import Plan
from procedures.plan_rows import Established, Reply
from simulation.applications import Application
from simulation.draws import choose, share, whole

ONE_DAY = dt.timedelta(days=1)
Filled = Callable[[str, int, dt.date], dict[str, Any]]
Compiled = dict[tuple[str, str], Condition]


class Papers:
    """The pen of everybody in one procedure.

    Args:
        filled: makes up a document for a form by its id, a number and a day.
        compiled: the expressions of plans that were read before, by edition; those read here are added.
    """

    def __init__(self, plan: Plan, seed: int, filled: Filled, compiled: Compiled | None = None) -> None:
        self._plan = plan
        self._seed = seed
        self._filled = filled
        self._compiled: Compiled = {} if compiled is None else compiled

    def said(self, application: Application, work: Work, event: Event) -> dict[str, Any]:
        """What the plan says is written into the small form of an event."""
        rows = [r for r in self._plan.replies if r.input == event.asks and r.event in {None, event.id}]
        answers: dict[str, Any] = {}
        for row in rows:
            if row.field not in answers:
                value = self._reply(row, application, work, answers)
                answers |= {} if value is None else {row.field: value}
        return answers

    def whole(
        self, application: Application, work: Work, event: Event, found: Mapping[str, Any] | None
    ) -> dict[str, Any] | None:
        """All that an event asks for: the filer's form, a form made up, or the small form with what was found."""
        if event.asks is None:
            return None
        if event.asks == "form":
            return application.document
        row = work.edition.inputs[event.asks]
        if row.form is None:
            return dict(found or {})
        return self._filled(row.form, application.number + application.visits.get(f"wrote {row.id}", 0), work.today)

    def facts_at(self, application: Application, work: Work, state: str) -> dict[str, Any]:
        """The facts that the plan looks up at a place and that are not known yet."""
        known = work.whole.case.memo.get("facts", {})
        rows = [r for r in self._plan.established if r.at == state]
        return {
            row.fact: self._fact(row, application, work)
            for row in rows
            if row.fact in work.edition.facts and row.fact not in known
        }

    def facts_known(self, application: Application, work: Work) -> dict[str, Any]:
        """What registers say wherever they are asked: what a mistake made so, then what the plan draws."""
        rows = [row for row in self._plan.established if row.at is None and row.fact in work.edition.facts]
        drawn = {row.fact: self._fact(row, application, work) for row in reversed(rows)}
        return {n: v for n, v in {**drawn, **application.true_facts}.items() if n in work.edition.facts}

    def passes(self, application: Application, check: str) -> bool:
        """Whether what a person looks at is in order: by the plan's share, otherwise it is."""
        row = next((row for row in self._plan.looks if row.check == check), None)
        return row is None or share(self._seed, application.number, "looks", check) >= row.fails

    def _fact(self, row: Established, application: Application, work: Work) -> object:
        if row.cel is not None:
            return self._calculated(work, row.cel, work.edition.facts[row.fact].type)
        if row.between is not None:
            return whole(*row.between, self._seed, application.number, row.fact)
        if row.shares:
            return plain(_named(choose(row.shares, self._seed, application.number, row.fact), row, application))
        return _named(row.value, row, application) if isinstance(row.value, str) else row.value

    def _reply(self, row: Reply, application: Application, work: Work, answers: Mapping[str, Any]) -> object:
        key = (self._seed, application.number, row.input, row.field)
        if row.cel is not None:
            return self._calculated(work, row.cel, row.type)
        if row.yes_share is not None:
            return share(*key) < row.yes_share
        if row.shares:
            return plain(choose(row.shares, *key))
        return self._day(row, work, answers) or row.value

    def _calculated(self, work: Work, cel: str, kind: ValueType) -> object:
        """What an expression of the plan gives in the language of the declaration; None where that is null.

        Raises:
            DefinitionError: it cannot be read, or has another type.
        """
        place = (work.edition.hash, cel)
        if place not in self._compiled:
            source = Source(f"plan {len(self._compiled)}", cel, kind, ("plan", cel))
            found, problems = work.edition.language.compile([source])
            if problems:
                raise DefinitionError(problems)
            self._compiled[place] = found[source.path]
            work.look_anew(EVERYTHING)
        value = self._compiled[place].value(work.scope())
        return value.value if value.kind == "value" else None

    def _day(self, row: Reply, work: Work, answers: Mapping[str, Any]) -> str | None:
        """The day or month that a row counts out; None where it counts none."""
        if row.payment_day:
            first = str(work.value("rules", row.month_from) or "") if row.month_from else ""
            return next_payment_day(self._plan, work, work.today + ONE_DAY, first).isoformat()
        if row.month_before is not None:
            return _month_before(str(answers[row.month_before]))
        if row.opening_days is not None:
            return work.ports.calendar.add_open_days(work.today, row.opening_days).isoformat()
        return None


def next_payment_day(plan: Plan, work: Work, after: dt.date, first_month: str = "") -> dt.date:
    """The first regular payment day from a day on by which a month is over; a closed day moves to the one before."""
    declared = plan.payment_days
    if declared is None:
        return after
    day = after
    while True:
        if day.month in declared.months:
            pays = work.ports.calendar.previous_open_day(day.replace(day=declared.day))
            if pays >= after and _month_before(pays.isoformat()) >= first_month:
                return pays
        day = (day.replace(day=1) + 32 * ONE_DAY).replace(day=1)


def _month_before(day: str) -> str:
    return (dt.date.fromisoformat(day).replace(day=1) - ONE_DAY).isoformat()[:7]


def plain(text: str) -> object:
    """A share's name as the value it stands for."""
    if text in {"true", "false"}:
        return text == "true"
    return int(text) if text.isdigit() else text


def _named(value: str, row: Established, application: Application) -> str:
    """A value with the number of the application in it, or that of its group."""
    return value.replace("{number}", str(application.number)).replace("{group}", str(application.number // row.group))
