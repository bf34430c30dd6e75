"""What conditions see of a case: each root is built, and its values decrypted, only when a condition reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.clock import civil_day
from engine.state import ClockRun, TaskState

if TYPE_CHECKING:
    from engine.work import Work


class Reader:
    """Builds the roots of one case for one command."""

    def __init__(self, work: Work, task: TaskState | None) -> None:
        self._work = work
        self._task = task

    def roots(self) -> dict[str, Callable[[], object]]:
        """How to build each root."""
        work = self._work
        task = self._task
        return {
            "form": lambda: work.answers("form"),
            "case": self._case,
            "asked": lambda: work.asked,
            "given": lambda: {name: work.answers(name) for name in work.whole.case.memo.get("given", {})},
            "tasks": self._tasks,
            "task": lambda: self._seen(task) if task else {},
            "clocks": lambda: {name: _clock(run) for name, run in work.whole.clocks.items()},
            "checks": self._checks,
            "facts": lambda: {name: work.read(f"fact.{name}") for name in work.whole.case.memo.get("facts", {})},
            "params": lambda: params_of(work),
            "municipality": lambda: {"id": work.ports.municipality.id, **work.ports.municipality.params},
            "proposal": lambda: work.whole.case.memo.get("proposal", {}),
            "register": dict,
        }

    def _case(self) -> dict[str, Any]:
        case = self._work.whole.case
        return {
            "state": case.state,
            "nature": case.nature,
            "outcome": case.outcome,
            "today": self._work.today.isoformat(),
            "opened_on": civil_day(case.opened_at).isoformat(),
            "arrived_on": None if case.arrived_at is None else civil_day(case.arrived_at).isoformat(),
            "decided_on": None if case.decided_at is None else civil_day(case.decided_at).isoformat(),
            "days_in_state": (self._work.today - civil_day(case.state_since)).days,
            "opened_by": case.memo.get("opened", {}).get("by"),
        }

    def _tasks(self) -> dict[str, Any]:
        """Tasks by kind: all where there may be many (of a route, those of its present round), otherwise the latest."""
        found: dict[str, Any] = {}
        for kind, declared in self._work.edition.procedure.tasks.items():
            ours = [t for _, t in sorted(self._work.whole.tasks.items()) if t.kind == kind]
            if declared.many:
                now = max((t.memo.get("round", 0) for t in ours), default=0)
                found[kind] = [self._seen(t) for t in ours if t.memo.get("round", 0) == now]
            elif ours:
                found[kind] = self._seen(ours[-1])
        return found

    def _seen(self, task: TaskState) -> dict[str, Any]:
        return {
            "state": task.state,
            "role": task.memo.get("role"),
            "post": task.post,
            "step": task.memo.get("step"),
            "number": task.number,
            "opened_on": civil_day(task.opened_at).isoformat(),
            "days_in_state": (self._work.today - civil_day(task.state_since)).days,
            "turn": self._turn(task),
            "absent": task.memo.get("absent", False),
            "asked_again": task.memo.get("asked_again", False),
        }

    def _turn(self, task: TaskState) -> bool:
        """Whether every earlier step of the same round is done."""
        step, turn = task.memo.get("step"), task.memo.get("round")
        if step is None:
            return True
        machine = self._work.edition.tasks[task.kind]
        earlier = [
            other
            for other in self._work.whole.tasks.values()
            if other.kind == task.kind and other.memo.get("round") == turn and other.memo["step"] < step
        ]
        return all(machine.states[other.state].kind == "done" for other in earlier)

    def _checks(self) -> dict[str, Any]:
        """Each check and each stage: passed, failed, or neither while nobody has looked."""
        results = check_results(self._work)
        seen: dict[str, Any] = {name: _judged(result) for name, result in results.items()}
        for stage, checks in self._work.edition.stages.items():
            ours = [results[name] for name in checks]
            seen[stage] = {"passed": all(r is True for r in ours), "failed": any(r is False for r in ours)}
        return seen


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


def _clock(run: ClockRun) -> dict[str, Any]:
    return {
        "due_on": run.due_on,
        "started_on": run.starts_on,
        "paused": run.state == "paused",
        "satisfied": run.state == "satisfied",
        "breached": run.breached,
    }
