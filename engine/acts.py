"""What a command does to a case in hand: fire an event, record checks or facts, hear a register, let time act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import answers as replies
from engine import clockwork, drafting, people, rungs, timers
from engine.actors import SYSTEM, require_role, roles_of
from engine.definition.rows import Check, Fact
from engine.errors import AnswerProblem, BadAnswers, NotPossibleNow, UnknownThing
from engine.explain import guard_closed, not_from_here, not_of_this_task, possible, unknown_event
from engine.moves import machine_of, move, permitted, settle
from engine.municipality import DEPUTY
from engine.problems import nearest
from engine.standing import is_own, objection
from engine.state import TaskState
from engine.tasks import is_live
from engine.work import Work


def fire(work: Work, event: str, document: dict[str, Any] | None, number: int | None) -> None:
    """Let a person's event happen.

    Raises:
        Refusal: unknown, not from here, not by this actor, bad answers, or its condition does not hold.
    """
    if number and number not in work.whole.tasks:
        numbers = "・".join(str(n) for n in sorted(work.whole.tasks)) or "なし"
        ja = f"案件{work.whole.case.id}に作業{number}はありません。あるのは{numbers}です。"
        raise UnknownThing(ja, f"case {work.whole.case.id} has no task {number}", task=number)
    roles = roles_of(work.actor, work.edition.procedure, work.ports.municipality)
    task = _addressed(work, event, number, roles)
    row = machine_of(work, task).events[event]
    if not row.by:
        ja = f"「{row.label}」はひとりでに起きる事で、人が行うものではありません。{possible(work)}"
        raise NotPossibleNow(ja, f"{event} happens by itself", event=event)
    require_role(work.actor, roles, row.by, row.label, work.edition.role_labels)
    stands_against = objection(work, row, task, roles)
    if stands_against is not None:
        raise stands_against
    _require_source(work, event, task)
    work.asks = row.asks
    replies.receive(work, row, document, task)
    if not move(work, event, task):
        raise guard_closed(work, event, task)


def look(work: Work, results: Mapping[str, bool]) -> None:
    """Record the results of checks.

    Raises:
        Refusal: an unknown check, one of another stage, one that is decided by its condition, or not this post's.
    """
    if not results:
        raise BadAnswers([AnswerProblem("", "required", "どの確認をしたかを書いてください。", en="name a check")])
    roles = roles_of(work.actor, work.edition.procedure, work.ports.municipality)
    for name, passed in results.items():
        check = _known_check(work, name)
        _require_stage(work, check, roles)
        work.do("memo", "checks", name, {"passed": passed, "by": work.actor.person, "at": work.now})
    timers.refresh(work)
    clockwork.refresh(work)
    work.happened("check", "command", from_state=work.whole.case.state, to_state=work.whole.case.state)


def establish(work: Work, facts: Mapping[str, object], *, heard: str = "") -> None:
    """Record facts; each is kept encrypted and stands in the log by its digest.

    Raises:
        Refusal: an unknown fact, a value of the wrong type, or not this post's.
    """
    if not facts and not heard:
        raise BadAnswers([AnswerProblem("", "required", "どの事実かを書いてください。", en="name a fact")])
    rows = work.edition.facts
    roles = roles_of(work.actor, work.edition.procedure, work.ports.municipality)
    telling = not people.known_by_facts(work).isdisjoint(facts)
    before = people.concerned(work) if telling else []
    for name, value in facts.items():
        fact = rows.get(name)
        if fact is None:
            hint = nearest(name, rows)
            raise UnknownThing(f"「{name}」という事実の欄はありません。{hint}", f"no fact {name!r}", fact=name)
        if work.actor != SYSTEM:
            require_office(work, roles, fact.by, fact.says)
        _require_type(fact, value)
        if work.case_state.kind == "deciding" and work.read(f"fact.{name}") != value:
            drafting.unsettle(work, name)
        digest = None if value is None else work.keep(f"fact.{name}", value)
        work.do("memo", "facts", name, digest)
    if telling:
        people.note_anew(work, before)
    if facts:
        work.remember_results({"facts", *(f"facts.{name}" for name in facts)})
    timers.refresh(work)
    clockwork.refresh(work)
    if not heard:
        work.happened("fact", "command", from_state=work.whole.case.state, to_state=work.whole.case.state)


def signal(work: Work, name: str, facts: Mapping[str, object]) -> None:
    """Hear what a register reports: the first declared row that answers it happens, otherwise it is noted.

    Raises:
        UnknownThing: the procedure declares no such signal.
    """
    declared = {row.id: row for row in work.edition.procedure.signals}
    if name not in declared:
        hint = nearest(name, declared)
        raise UnknownThing(f"「{name}」という異動の知らせはありません。{hint}", f"no signal {name!r}", signal=name)
    establish(work, facts, heard=name)
    for event in work.edition.machine.leaving(work.whole.case.state):
        if name in event.on and permitted(work, event.id, None):
            move(work, event.id, None, "signal")
            return
    take_note(work, name)


def take_note(work: Work, name: str) -> None:
    """Note a signal that changes nothing here, for a clerk to see."""
    work.do("memo", "noted", name, work.now)
    work.do("noted", name)
    work.happened(name, "signal", from_state=work.whole.case.state, to_state=work.whole.case.state)


def let_time_act(work: Work) -> None:
    """Fire what is due in one case, earliest first; a timer whose condition does not hold becomes ripe."""
    while True:
        due = sorted((t.due_at, t.owner, t.event) for t in work.whole.timers.values() if t.due_at <= work.now)
        if not due:
            return
        _, owner, event = due[0]
        if event.startswith(timers.OF_CLOCKS):
            _let_clock_act(work, *event.split(":"))
            settle(work)
            continue
        task = work.whole.tasks[owner] if owner else None
        if move(work, event, task, "timer"):
            settle(work)
            continue
        timers.ripen(work, owner, machine_of(work, task).events[event])
        state = task.state if task else work.whole.case.state
        work.happened(event, "ripe", task=owner, from_state=state, to_state=state)


def _let_clock_act(work: Work, what: str, clock: str) -> None:
    """The end of a clock has passed, or the day of a rung before it has come."""
    if what == "due":
        rungs.reach(work, clock)
    else:
        finding = clockwork.breach(work, clock)
        work.happened(finding, "clock", from_state=work.whole.case.state, to_state=work.whole.case.state)


def _addressed(work: Work, event: str, number: int | None, roles: frozenset[str]) -> TaskState | None:
    """The task an event is meant for, or None for the case itself."""
    if number:
        task = work.whole.tasks[number]
        if event not in work.edition.tasks[task.kind].events:
            raise not_of_this_task(work, event, task)
        return task
    row = work.edition.machine.events.get(event)
    if row is not None and row.by:
        return None
    able = [t for _, t in sorted(work.whole.tasks.items()) if event in work.edition.tasks[t.kind].events]
    if not able:
        if row is not None:
            return None
        raise unknown_event(work, event)
    ready = [t for t in able if is_live(t) and t.state in work.edition.tasks[t.kind].sources(event)]
    own = [t for t in able if t.post is not None and is_own(t, work.actor.post, roles)]
    if _in_anothers_place(work, event, able[0]):
        ours = _open_to(work, event, ready, roles) or ready
    else:
        # Somebody's own step, even when it is not its turn or past it, says more about him than one of another post.
        ours = [t for t in ready if t.post is None or t in own]
        ours = ours or _open_to(work, event, ready, roles) or own[-1:] or ready
    fitting = [t for t in ours if permitted(work, event, t)] if len(ours) > 1 else ours
    if len(fitting) > 1:
        numbers = "・".join(f"{t.number}({t.post or t.memo.get('role') or t.kind})" for t in fitting)
        ja = f"「{event}」のできる作業がいくつもあります。番号を付けてください: {numbers}。"
        raise NotPossibleNow(ja, f"several tasks know {event}: name one of {[t.number for t in fitting]}", event=event)
    return (fitting or ours or able[-1:])[0]


def _open_to(work: Work, event: str, ready: list[TaskState], roles: frozenset[str]) -> list[TaskState]:
    """The steps of other posts on which nothing stands against the actor."""
    return [t for t in ready if objection(work, machine_of(work, t).events[event], t, roles) is None]


def _in_anothers_place(work: Work, event: str, task: TaskState) -> bool:
    """Whether an event is done on the step of another post: own steps are not meant."""
    row = machine_of(work, task).events[event]
    return row.superior or row.by == (DEPUTY,)


def _require_source(work: Work, event: str, task: TaskState | None) -> None:
    state = task.state if task else work.whole.case.state
    if state not in machine_of(work, task).sources(event) or (task is not None and not is_live(task)):
        raise not_from_here(work, event, task)


def _known_check(work: Work, name: str) -> Check:
    rows = work.edition.checks
    if name not in rows:
        hint = nearest(name, rows)
        raise UnknownThing(f"「{name}」という確認はありません。{hint}", f"no check {name!r}", check=name)
    if rows[name].passes is not None:
        ja = f"「{rows[name].says}」は申請内容から自動で決まる確認です。人が書き換えることはできません。"
        raise NotPossibleNow(ja, f"check {name} is decided by its condition", check=name)
    return rows[name]


def _require_stage(work: Work, check: Check, roles: frozenset[str]) -> None:
    """A check belongs to a state of the case, or to a task that is open."""
    stage = check.stage
    if stage in work.edition.tasks:
        here = any(t.kind == stage and t.open for t in work.whole.tasks.values())
        desks = {t.desk for t in work.whole.tasks.values() if t.kind == stage and t.desk}
        label = work.edition.procedure.tasks[stage].label
    else:
        here = work.whole.case.state == stage
        row = work.edition.state(stage)
        desks, label = {row.by} if row.by else set(), row.label
    if not here:
        ja = f"「{check.says}」は「{label}」で行う確認です。今は「{work.case_state.label}」です。"
        raise NotPossibleNow(ja, f"check {check.id} belongs to {stage}", check=check.id)
    require_office(work, roles, tuple(sorted(d for d in desks if d and d not in work.edition.citizens)), check.says)


def require_office(work: Work, roles: frozenset[str], allowed: tuple[str, ...], doing: str) -> None:
    """Only the roles named, or where none is named any post of the office, may do it."""
    if allowed:
        require_role(work.actor, roles, allowed, doing, work.edition.role_labels)
    elif not work.ports.municipality.has_post(work.actor.post):
        office = tuple(role.id for role in work.edition.procedure.roles if role.side == "office")
        require_role(work.actor, roles, office, doing, dict.fromkeys(office, "職員"))


def _require_type(fact: Fact, value: object) -> None:
    if value is None:
        return
    said = replies.wrong(fact.type, value)
    if said:
        raise BadAnswers([AnswerProblem(f"/{fact.id}", "type", f"「{fact.says}」は{said[0]}", en=said[1])])
