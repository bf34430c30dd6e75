"""An eight-step procedure, step by step: our engine against SpiffWorkflow's load, run and store.

Compared: the eight commands of `benchmarks/eight_steps`, as TOML for us and as BPMN for SpiffWorkflow. Its step is what
its documentation shows: read the case, `deserialize_json`, run the ready task, `serialize_json`, write the case; its
specification is parsed once and its serializer made once. Ours checks the answers, seals them and keeps a log besides.
Fair, because both commit once a step to SQLite files in one folder, WAL and `synchronous=FULL`, both are given the same
answers in the first step, and they take turns, a whole case each. Opening a case is in neither.
The ratio is its time by ours over a case. Ours keeps a case from one step to the next (`engine.kept`), which
SpiffWorkflow has no place for; beside it stands what ours takes where it reads the case anew, too.
The target is 2. Where commits are slow both wait for them, so the quarter of the cases in which its steps were quickest
is told apart, and the target is held against the lower of the two.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from benchmarks.life import NOON
from benchmarks.rounds import seconds, tell
from benchmarks.tables import table
from engine.actors import Actor
from engine.clock import SimulatedClock
from engine.commands import Engine
from engine.kept import Kept
from engine.store import Store
from office.office import definitions, engine_for

TARGET = 2.0
QUICK = 0.25
PROCEDURE = "eight_steps"
FILES = Path(__file__).parent / PROCEDURE
STEPS = ("hand_in", "receive", "review", "plan", "agree", "book", "tell", "note")
ANSWERS = {"day": "2022-06-18", "children": 2, "wishes": "窓に近い席を希望します。" * 10}
_CLERK = Actor("clerk", "k1")
_BY = {"hand_in": Actor("applicant", "a1"), "agree": Actor("unit_chief", "u1")}


class Spiff:
    """Cases of SpiffWorkflow in an SQLite file, each a row with the case as its serializer writes it."""

    def __init__(self, path: Path) -> None:
        parser = BpmnParser()
        parser.add_bpmn_file(str(FILES / f"{PROCEDURE}.bpmn"))
        self._spec = parser.get_spec(PROCEDURE)
        self._serializer = BpmnWorkflowSerializer()
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("CREATE TABLE cases (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")

    def open(self) -> int:
        """The number of a new case that waits for its first step."""
        workflow = BpmnWorkflow(self._spec)
        workflow.do_engine_steps()
        body = self._serializer.serialize_json(workflow)
        return int(self._connection.execute("INSERT INTO cases (body) VALUES (?)", (body,)).lastrowid or 0)

    def step(self, case: int, data: dict[str, Any]) -> str:
        """The name of the step that was ready, done and stored."""
        self._connection.execute("BEGIN IMMEDIATE")
        (body,) = self._connection.execute("SELECT body FROM cases WHERE id = ?", (case,)).fetchone()
        workflow = self._serializer.deserialize_json(body)
        task = workflow.get_tasks(state=TaskState.READY, manual=True)[0]
        task.data.update(data)
        task.run()
        workflow.do_engine_steps()
        stored = (self._serializer.serialize_json(workflow), case)
        self._connection.execute("UPDATE cases SET body = ? WHERE id = ?", stored)
        self._connection.execute("COMMIT")
        return str(task.task_spec.name)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def ours(path: Path) -> Engine:
    """Our engine with the same procedure, over a new store."""
    declared = definitions("hitachinaka", [FILES])
    return engine_for(declared, Store.open(path, practice=True), SimulatedClock(NOON))


def our_steps(engine: Engine) -> list[Callable[[], object]]:
    """The eight commands of a case that was just opened."""
    case = engine.open(PROCEDURE, _BY["hand_in"]).case_id

    given = {"hand_in": ANSWERS}
    return [partial(engine.fire, case, event, _BY.get(event, _CLERK), given.get(event)) for event in STEPS]


def spiff_steps(spiff: Spiff) -> list[Callable[[], object]]:
    """The eight steps of a case that was just opened."""
    case = spiff.open()
    return [partial(spiff.step, case, ANSWERS if event == "hand_in" else {}) for event in STEPS]


def measured(cases: int, folder: Path) -> list[tuple[float, float, float]]:
    """Seconds a case, its, ours and ours where no case is kept, for each case; the first is not counted."""
    with tempfile.TemporaryDirectory(dir=folder) as here:
        engine, spiff = ours(Path(here, "ours.db")), Spiff(Path(here, "spiff.db"))
        anew = ours(Path(here, "anew.db"))
        anew.kept = Kept(cases=0)
        found = []
        for number in range(cases + 1):
            tell(f"eight steps: case {number} of {cases}")
            sides = (spiff_steps(spiff), our_steps(engine), our_steps(anew))
            theirs, own, read_anew = (sum(map(seconds, steps)) for steps in sides)
            found.append((theirs, own, read_anew))
        engine.store.close()
        anew.store.close()
        spiff.close()
    return found[1:]


def ratio(pairs: Iterable[tuple[float, float]], share: float = 1.0) -> float:
    """The median of its time by ours, over that part of the cases in which it was quickest."""
    ordered = sorted(pairs)
    some = ordered[: max(1, round(share * len(ordered)))]
    return float(median(theirs / own for theirs, own in some))


def report(cases: int, folder: Path) -> str:
    """The table: milliseconds a step, and the ratio."""
    found = measured(cases, folder)
    theirs, own, anew = (1000 * float(median(side)) / len(STEPS) for side in zip(*found, strict=True))
    pairs, pairs_anew = [(one[0], one[1]) for one in found], [(one[0], one[2]) for one in found]
    every, quick = ratio(pairs), ratio(pairs, QUICK)
    reached = min(every, quick)
    return table(
        f"Eight steps of a case, one commit each, FULL (medians of {cases} cases)",
        ["", "ms a step", "SpiffWorkflow's by it", "quickest quarter"],
        [
            ["SpiffWorkflow: load, run, store", f"{theirs:.2f}", "", ""],
            ["ours", f"{own:.2f}", f"{every:.2f}", f"{quick:.2f}"],
            ["ours, case read anew", f"{anew:.2f}", f"{ratio(pairs_anew):.2f}", f"{ratio(pairs_anew, QUICK):.2f}"],
        ],
        [f"Target: {TARGET:.0f} times as quick. {'Met' if reached >= TARGET else 'Not met'}: {reached:.2f}."],
    )
