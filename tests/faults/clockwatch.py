"""Whether, by the log of a case, every timer came once and none was lost, whatever the clock showed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine import fold
from engine.edition import Edition
from engine.ports import Definitions
from engine.state import LogRow, TimerRun, Whole
from engine.timers import OF_CLOCKS

Key = tuple[int, str]


@dataclass
class Watch:
    """Reads a case's log row by row; `broken` says where a timer was lost, came too early or came twice.

    `came` are the events that a timer has brought about since their case, or task, came to the state it is in.
    """

    definitions: Definitions
    broken: list[str] = field(default_factory=list)
    came: dict[int, set[str]] = field(default_factory=dict)
    fired: int = 0

    def read(self, rows: list[LogRow]) -> None:
        """Read a whole log."""
        whole: Whole | None = None
        for row in rows:
            effects = json.loads(row.effects)
            before: dict[Key, TimerRun] = {}
            if whole is None:
                whole, _ = fold.begin(row.case_id, row.at, effects.pop(0)[1])
            else:
                before = dict(whole.timers)
            edition = self.definitions.pinned(whole.case.procedure, row.edition)
            for effect in effects:
                self._tell_twice(row, whole, effect)
                fold.apply(whole, effect, row.at)
                self._entered(effect)
            self._came(row, before, whole)
            self.broken += [f"row {row.seq} ({row.event}): {said}" for said in self._lost(whole, edition)]

    def _tell_twice(self, row: LogRow, whole: Whole, effect: fold.Effect) -> None:
        """A rung that was told already of the same end, or an end that passed already."""
        run = whole.clocks.get(effect[1]) if effect[0] in {"clock.told", "clock.breach"} else None
        if run is not None and effect[0] == "clock.breach" and run.breached:
            self.broken.append(f"row {row.seq}: the end of {run.id} passed twice")
        if run is not None and effect[0] == "clock.told" and set(effect[2]) & set(run.memo.get("told", [])):
            self.broken.append(f"row {row.seq}: a rung of {run.id} was told twice: {effect[2]}")

    def _entered(self, effect: fold.Effect) -> None:
        if effect[0] == "state":
            self.came[0] = set()
        elif effect[0] == "task+" or (effect[0] == "task" and "state" in effect[2]):
            self.came[effect[1]] = set()

    def _came(self, row: LogRow, before: dict[Key, TimerRun], whole: Whole) -> None:
        """What a timer brought about was due, and its timer is gone, or another."""
        self.fired += row.kind in {"timer", "ripe", "clock"}
        if row.kind not in {"timer", "ripe"}:
            return
        key = (row.task, row.event)
        run = before.get(key)
        if run is None or (run.due_at > row.at and run.due_at != fold.RIPE):
            self.broken.append(f"row {row.seq}: {row.event} came although its timer is {run}, at {row.at}")
        elif whole.timers.get(key) == run:
            self.broken.append(f"row {row.seq}: {row.event} came and its timer {run} is still there")
        if row.kind == "timer" and row.from_state == row.to_state:
            self.came.setdefault(row.task, set()).add(row.event)

    def _lost(self, whole: Whole, edition: Edition) -> Iterator[str]:
        """The timers that ought to be there, and are not. One of a date that somebody gives may have none."""
        live = [task for _, task in sorted(whole.tasks.items()) if not task.memo.get("closed")]
        places = [(0, edition.machine, whole.case.state)]
        places += [(task.number, edition.tasks[task.kind], task.state) for task in live]
        for owner, machine, state in places:
            for event in machine.leaving(state):
                if event.after is None or event.after in edition.dated:
                    continue
                used_up = event.id in self.came.get(owner, ()) and not edition.timers[event.after].repeat
                if not used_up and (owner, event.id) not in whole.timers:
                    yield f"nothing waits for {event.id} of {owner} in {state}"
        for name, run in whole.clocks.items():
            if run.state == "running" and run.due_on and not run.breached and (0, f"clock:{name}") not in whole.timers:
                yield f"nothing waits for the end of {name}"


def overdue(whole: Whole, now: int) -> list[str]:
    """What was due and has not come although time could act: timers that are not ripe, clocks not marked."""
    found = [f"{run} has not come at {now}" for run in whole.timers.values() if run.due_at <= now]
    waiting = {key for _, key in whole.timers if key.startswith(OF_CLOCKS[0])}
    return found + [
        f"the end {run.due_on} of {name} has passed unmarked"
        for name, run in whole.clocks.items()
        if run.state == "running" and run.due_on and not run.breached and f"clock:{name}" not in waiting
    ]
