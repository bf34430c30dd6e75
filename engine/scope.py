"""What conditions see of a case: each root is built, and its values decrypted, only when a condition reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine import registrations
from engine.clock import civil_day
from engine.fold import Effect
from engine.state import ClockRun, TaskState

if TYPE_CHECKING:
    from engine.work import Work


def roots_of(work: Work) -> dict[str, Callable[[], object]]:
    """How to build each root of a case for one command; `task` is given where a task is meant."""
    return {
        "form": lambda: work.answers("form"),
        "case": lambda: _case(work),
        "asked": lambda: work.asked,
        "given": lambda: {name: work.answers(name) for name in work.whole.case.memo.get("given", {})},
        "tasks": lambda: _tasks(work),
        "task": dict,
        "clocks": lambda: {name: _clock(run) for name, run in work.whole.clocks.items()},
        "checks": lambda: _checks(work),
        "facts": lambda: {name: work.read(f"fact.{name}") for name in work.whole.case.memo.get("facts", {})},
        "params": lambda: params_of(work),
        "municipality": lambda: {"id": work.ports.municipality.id, **work.ports.municipality.params},
        "proposal": lambda: work.whole.case.memo.get("proposal", {}),
        "register": lambda: registrations.seen(work),
    }


def changed_by(effect: Effect, judging: frozenset[str]) -> frozenset[str]:
    """The roots that look different after an effect; `judging` are those from which checks are judged."""
    kind = effect[0]
    found = _MEMO.get(effect[1], EVERYTHING) if kind == "memo" else _CHANGED.get(kind, EVERYTHING)
    return found if found.isdisjoint(judging) else found | _CHECKS


def _case(work: Work) -> dict[str, Any]:
    case, today = work.whole.case, work.today
    return {
        "state": case.state,
        "nature": case.nature,
        "outcome": case.outcome,
        "today": today.isoformat(),
        "opened_on": civil_day(case.opened_at).isoformat(),
        "arrived_on": None if case.arrived_at is None else civil_day(case.arrived_at).isoformat(),
        "decided_on": None if case.decided_at is None else civil_day(case.decided_at).isoformat(),
        "days_in_state": (today - civil_day(case.state_since)).days,
        "opened_by": case.memo.get("opened", {}).get("by"),
        "turn": work.turn,
        "meeting_on": case.memo.get("meeting", {}).get("on"),
        "disputed_on": case.memo.get("about", {}).get("decided_on"),
    }


def _tasks(work: Work) -> dict[str, Any]:
    """Tasks by kind: all where there may be many (of a route, those of its present round), otherwise the latest."""
    found: dict[str, Any] = {}
    everyone = [task for _, task in sorted(work.whole.tasks.items())]
    for kind, declared in work.edition.procedure.tasks.items():
        ours = [task for task in everyone if task.kind == kind]
        if declared.many:
            now = max((t.memo.get("round", 0) for t in ours), default=0)
            found[kind] = [seen(work, t) for t in ours if t.memo.get("round", 0) == now]
        elif ours:
            found[kind] = seen(work, ours[-1])
    return found


def seen(work: Work, task: TaskState) -> dict[str, Any]:
    """One task as conditions see it."""
    return {
        "state": task.state,
        "role": task.memo.get("role"),
        "post": task.post,
        "step": task.memo.get("step"),
        "number": task.number,
        "opened_on": civil_day(task.opened_at).isoformat(),
        "days_in_state": (work.today - civil_day(task.state_since)).days,
        "turn": _turn(work, task),
        "absent": work.is_absent(task),
        "asked_again": task.memo.get("asked_again", False),
        "meeting_on": task.memo.get("meeting", {}).get("on"),
    }


def _turn(work: Work, task: TaskState) -> bool:
    """Whether every earlier step of the same round is done."""
    step, turn = task.memo.get("step"), task.memo.get("round")
    if step is None:
        return True
    machine = work.edition.tasks[task.kind]
    earlier = [
        other
        for other in work.whole.tasks.values()
        if other.kind == task.kind and other.memo.get("round") == turn and other.memo["step"] < step
    ]
    return all(machine.states[o.state].kind == "done" and "asked_again" not in o.memo for o in earlier)


def _checks(work: Work) -> dict[str, Any]:
    """Each check and each stage: passed, failed, or neither while nobody has looked."""
    results = check_results(work)
    shown: dict[str, Any] = {name: _judged(result) for name, result in results.items()}
    for stage, checks in work.edition.stages.items():
        ours = [results[name] for name in checks]
        shown[stage] = {"passed": all(r is True for r in ours), "failed": any(r is False for r in ours)}
    return shown


def check_results(work: Work) -> dict[str, bool | None]:
    """The result of every check in force: by its condition where it has one, otherwise as recorded; None if neither."""
    recorded = work.whole.case.memo.get("checks", {})
    found: dict[str, bool | None] = {}
    for check in work.edition.procedure.checks:
        if check.passes is None:
            found[check.id] = recorded[check.id]["passed"] if check.id in recorded else None
            continue
        found[check.id] = work.judged("checks", check.id, "passes")
    return found


def params_of(work: Work) -> dict[str, Any]:
    """The declaration's parameters, with the city's own figures in their place."""
    declared = work.edition.procedure.params
    return declared | {k: v for k, v in work.ports.municipality.params.items() if k in declared}


def _judged(result: bool | None) -> dict[str, bool]:  # noqa: FBT001 - three-valued
    return {"passed": result is True, "failed": result is False}


_NOTHING: frozenset[str] = frozenset()
_CASE = frozenset({"case"})
_TASKS = frozenset({"tasks", "task"})
_CLOCKS = frozenset({"clocks"})
_CHECKS = frozenset({"checks"})
_ANSWERS = frozenset({"form", "given", "asked"})
_REGISTER = frozenset({"register"})
EVERYTHING = frozenset({"register", "params", "municipality", "facts", "proposal"}) | (
    _CASE | _TASKS | _CLOCKS | _CHECKS | _ANSWERS
)
"""What an effect changes of which nothing is said here.

A root that shows something an effect does not change, such as the answers in hand, is forgotten by `Work.look_anew`.
"""

_CHANGED: dict[str, frozenset[str]] = {
    **dict.fromkeys(("state", "pin", "outcome", "closed", "case.booked", "case.unbooked"), _CASE),
    "arrived": _CASE | _CHECKS,
    **dict.fromkeys(("task+", "task", "task.memo", "task.booked", "task.unbooked"), _TASKS),
    **dict.fromkeys(("clock+", "clock.pause", "clock.resume", "clock.end", "clock.breach"), _CLOCKS),
    **dict.fromkeys(("clock.extend", "clock.told", "clock.due"), _CLOCKS),
    **dict.fromkeys(("registration", "registration.set"), _REGISTER),
    **dict.fromkeys(("draft", "timer+", "timer-", "notice", "number", "noted", "link", "signal", "subjects"), _NOTHING),
}
_MEMO: dict[str, frozenset[str]] = {
    **dict.fromkeys(("digests", "given"), _ANSWERS | _CHECKS | _REGISTER),
    **dict.fromkeys(("checks", "results"), _CHECKS),
    **dict.fromkeys(("numbers", "noted", "carried", "origin"), _NOTHING),
    "facts": _CHECKS | _REGISTER | {"facts"},  # a thing that a registration is about may be known by a fact
    "proposal": frozenset({"proposal"}),
    "opened": _CASE,
    "about": _CASE,
    "mail": _NOTHING,
}


def _clock(run: ClockRun) -> dict[str, Any]:
    return {
        "state": run.standing,
        "due_on": run.due_on,
        "started_on": run.starts_on,
        "paused": run.state == "paused",
        "satisfied": run.state == "satisfied",
        "breached": run.breached,
        "extended": len(run.extensions),
    }
