"""Whether a simulation file names what its procedure declares, and whether its shares add up; told before a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import isclose

from engine.definition import Procedure
from engine.problems import Problem, nearest
from procedures.plan import Plan
from procedures.plan_rows import ANY

Said = tuple[str, str, str, Iterable[str]]
"""Where in the file, what kind of thing, its name, and the names there are."""


def plan_problems(plan: Plan, procedure: Procedure, file: str) -> list[Problem]:
    """Every name in a plan that the procedure does not declare, and every set of shares that is not whole."""
    found = [
        _unknown(file, where, kind, name, known)
        for where, kind, name, known in _names(plan, procedure)
        if name not in {*known, ANY, ""}
    ]
    return found + [
        Problem(
            file=file,
            rule="S003",
            path=(where,),
            ja=f"{where}の割合を足すと{total:g}です。1にしてください。",
            en=f"the shares of {where} add up to {total:g}, not to 1",
        )
        for where, total in _totals(plan)
        if not isclose(total, 1, abs_tol=1e-6)
    ]


def _unknown(file: str, where: str, kind: str, name: str, known: Iterable[str]) -> Problem:
    ja = f"「{name}」という{kind}は、この手続にありません。{nearest(name, known)}".strip()
    return Problem(file=file, rule="S002", path=(where, name), ja=ja, en=f"{where}: {name!r} is not declared")


def _totals(plan: Plan) -> Iterator[tuple[str, float]]:
    for scenario in ("as-is", "to-be") if plan.channels else ():
        yield f"channels ({scenario})", sum(c.of(scenario) for c in plan.channels)
    for label, rows in (("chooses", plan.chooses), ("answers", plan.answers), ("established", plan.established)):
        for row in rows:
            if row.shares:
                yield f"{label} {row}"[:60], sum(row.shares.values())


def _names(plan: Plan, procedure: Procedure) -> Iterator[Said]:
    roles = {row.id for row in procedure.roles} | {"system"}
    tasks = set(procedure.tasks)
    events = _events(procedure)
    facts = {row.id for row in procedure.facts}
    channels = {row.id for row in plan.channels} or {row.channel for row in plan.mistakes}
    yield from (("channels", "役割", row.enters, roles) for row in plan.channels)
    yield from (("mistakes", "経路", row.channel, channels) for row in plan.mistakes)
    yield from (("noticing", "役割", row.role, roles) for row in plan.noticing)
    yield from (("desk_hours", "役割", row.role, roles) for row in plan.desk_hours)
    yield from (("work", "役割", row.by, roles) for row in plan.work)
    yield from (("work", "できごと", event, events) for row in plan.work for event in row.with_)
    yield from (("batches", "できごと", row.event, events) for row in plan.batches)
    yield from (("usual", "できごと", event, events) for row in plan.usual for event in row.events)
    yield from (("chooses", "できごと", event, events) for row in plan.chooses for event in row.shares)
    yield from (("otherwise", "できごと", name, events) for row in plan.otherwise for name in (row.event, *row.use))
    yield from (("objections", "できごと", row.event, events) for row in plan.objections)
    yield from (("waits", "できごと", name, events) for w in plan.waits for name in (w.until or "", w.instead or ""))
    yield from (("acts", "できごと", row.event, events) for row in plan.acts)
    yield from (("established", "事実", row.fact, facts) for row in plan.established)
    yield from (("genuine", "事実", name, facts) for row in plan.genuine for name in row.establishes)
    yield from (("genuine", "誤り", row.error, {one.id for one in procedure.common_errors}) for row in plan.genuine)
    yield from (("looks", "確認", row.check, {one.id for one in procedure.checks}) for row in plan.looks)
    yield from _signals(plan, procedure)
    yield from _replies(plan, procedure)
    for where, at, task in _places(plan):
        yield where, "作業", task, tasks
        yield where, "状態", at, _states(procedure, task)


def _places(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Where rows are about a place: the list, the state and the task ("" for the case)."""
    yield from (("work", row.during or "", row.task or "") for row in plan.work)
    yield from (("waits", row.during, row.task) for row in plan.waits)
    yield from (("usual", row.at or "", row.task or "") for row in plan.usual)
    yield from (("chooses", row.at, row.task or "") for row in plan.chooses)
    yield from (("objections", "", row.task) for row in plan.objections)
    yield from (("established", row.at or "", "") for row in plan.established)


def _signals(plan: Plan, procedure: Procedure) -> Iterator[Said]:
    known = {row.event or row.id for row in procedure.signals if row.register_ is not None}
    yield from (("register_events", "異動の知らせ", row.event, known) for row in plan.register_events)


def _replies(plan: Plan, procedure: Procedure) -> Iterator[Said]:
    inputs: Mapping[str, set[str]] = {}
    for one in procedure.inputs:
        inputs = {**inputs, one.id: {*inputs.get(one.id, set()), *one.fields}}
    for row in plan.replies:
        yield "replies", "入力", row.input, inputs
        yield "replies", "欄", row.field, inputs.get(row.input, {row.field})


def _events(procedure: Procedure) -> set[str]:
    return {row.id for row in procedure.events} | {e.id for task in procedure.tasks.values() for e in task.events}


def _states(procedure: Procedure, task: str) -> set[str]:
    rows = procedure.tasks[task].states if task in procedure.tasks else procedure.states
    return {row.id for row in rows}
