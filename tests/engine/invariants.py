"""What must hold of every case at every moment, whatever was done to it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from engine.commands import Engine
from engine.edition import Edition
from engine.fold import fold
from engine.ports import Definitions
from engine.state import LogRow, Whole
from engine.store import Store, Transaction, verify_case
from engine.timers import OF_CLOCKS

OVER = {"settled", "final"}


def complaints(store: Store, definitions: Definitions) -> list[str]:
    """Every promise that some case of the store breaks, in words."""
    with store.reading() as tx:
        return [said for case in tx.cases() for said in of_case(tx, case.id, definitions)]


def kept_otherwise(engine: Engine) -> list[str]:
    """Every case that the engine keeps under its present version, and otherwise than it is stored."""
    with engine.store.reading() as tx:
        pairs = [(whole, tx.whole(whole.case.id)) for whole in engine.kept.all()]
    return [
        f"kept {kept} != {stored}"
        for kept, stored in pairs
        if stored and _head(stored) == _head(kept) and kept != stored
    ]


def _head(whole: Whole) -> tuple[int, str]:
    return whole.case.version, whole.case.head


def of_case(tx: Transaction, case_id: int, definitions: Definitions) -> list[str]:
    """Every promise that one case breaks."""
    whole, rows = tx.whole(case_id), tx.log(case_id)
    if whole is None:
        return [f"case {case_id} is gone"]
    edition = definitions.pinned(whole.case.procedure, whole.case.edition)
    found = [*_of_history(whole, rows), *_of_tasks(whole, edition), *_of_timers(whole, edition), *_of_clocks(whole)]
    found += [str(finding) for finding in verify_case(rows, whole.case)]
    found += _of_notices(tx, rows)
    return [f"case {case_id} ({whole.case.state}): {said}" for said in found]


def _of_history(whole: Whole, rows: list[LogRow]) -> Iterator[str]:
    if fold(rows) != whole:
        yield f"the fold of its log is not its state: {fold(rows)} != {whole}"
    if whole.case.version != len(rows):
        yield f"version {whole.case.version} with {len(rows)} rows"
    if any(row.edition == "" for row in rows):
        yield "a row without an edition"


def _of_tasks(whole: Whole, edition: Edition) -> Iterator[str]:
    kind = edition.state(whole.case.state).kind
    running = any(run.state in {"running", "paused"} for run in whole.clocks.values())
    is_open = any(task.open for task in whole.tasks.values())
    if whole.case.closed != (kind in OVER and not is_open and not running):
        yield f"closed={whole.case.closed} with open tasks={is_open}, running clocks={running}"
    for task in whole.tasks.values():
        ended = edition.tasks[task.kind].states[task.state].kind in {"done", "failed"}
        if task.open != (not ended and not task.memo.get("closed")):
            yield f"task {task.number} in {task.state} says open={task.open}"
        if task.desk is not None and not task.open:
            yield f"task {task.number} lies on a desk but is not open"
        if task.open and kind == "final" and not edition.procedure.tasks[task.kind].outlives:
            yield f"task {task.number} ({task.kind}) is open in a case that ended"


def _of_timers(whole: Whole, edition: Edition) -> Iterator[str]:
    for (owner, event), run in whole.timers.items():
        if event.startswith(OF_CLOCKS):
            clock = whole.clocks[event.split(":")[1]]
            if clock.state != "running" or clock.breached:
                yield f"a timer for the clock {clock.id}, which is {clock.state}, breached={clock.breached}"
            continue
        task = whole.tasks[owner] if owner else None
        machine = edition.tasks[task.kind] if task else edition.machine
        here = task.state if task else whole.case.state
        if event not in {e.id for e in machine.leaving(here) if e.after} or (task and task.memo.get("closed")):
            yield f"a timer {run} for an event that cannot leave from {here}"


def _of_clocks(whole: Whole) -> Iterator[str]:
    for run in whole.clocks.values():
        awaited = run.state == "running" and not run.breached and run.due_on is not None
        if awaited != ((0, f"clock:{run.id}") in whole.timers):
            yield f"clock {run.id} is {run.state}, breached={run.breached}, but its timer says otherwise"
        paused = bool(run.pauses and run.pauses[-1][1] is None)
        if run.state in {"running", "paused"} and paused != (run.state == "paused"):
            yield f"clock {run.id} is {run.state} with pauses {run.pauses}"


def _of_notices(tx: Transaction, rows: list[LogRow]) -> Iterator[str]:
    """Every notice that the log speaks of was written, and kept under the digest that the log names."""
    digests = {value.field: value.digest for value in tx.values(rows[0].case_id)}
    for row in rows:
        for effect in json.loads(row.effects) if '["notice"' in row.effects else ():
            if effect[0] == "notice":
                field = f"notice.{row.seq}.{effect[1]}"
                if digests.get(field) != effect[4]:
                    yield f"notice {field} is not kept as the log says"
