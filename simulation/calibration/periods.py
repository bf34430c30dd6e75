"""What a published period means in a declaration: from where to where it runs, and which waits make it longer."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pydantic import Field

from engine.definition import Procedure
from engine.definition.rows import Part
from engine.errors import DefinitionError, UnknownThing
from engine.problems import Problem, nearest
from procedures.plan_rows import Confidence, Wait

FOLDER = "periods"


class Branch(Part):
    """A period of work that runs beside others, from a state of a task to another; `waits` are what it consists of."""

    id: str
    label: str
    task: str
    begins: str
    ends: str
    waits: tuple[str, ...] = Field(min_length=1)


class After(Part):
    """What comes when all branches are there, up to a state of the case. `wait` is a row that the fit adds.

    The case waits in `meeting` for a sitting.
    """

    id: str
    label: str
    ends: str
    meeting: str
    wait: Wait


class Periods(Part):
    """The published periods of one procedure. What the source does not say of them is an assumption.

    `office` are the waits before the branches begin; all of them are equally long in one fit.
    """

    procedure: str
    label: str
    assumption: bool
    source: str
    confidence: Confidence
    branches: tuple[Branch, ...] = Field(min_length=2)
    office: tuple[Wait, ...] = Field(min_length=1)
    after: After

    @property
    def ids(self) -> tuple[str, ...]:
        """The names of the periods, in order."""
        return (*(one.id for one in self.branches), self.after.id)

    @property
    def labels(self) -> dict[str, str]:
        """What each period is called."""
        return {one.id: one.label for one in self.branches} | {self.after.id: self.after.label}


@cache
def periods_known() -> dict[str, Periods]:
    """The published periods that we can read, by procedure."""
    found = sorted((files("simulation") / FOLDER).iterdir(), key=lambda path: path.name)
    rows = [Periods.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))) for path in found]
    return {row.procedure: row for row in rows}


def periods_of(procedure: Procedure) -> Periods:
    """The published periods of a procedure.

    Raises:
        UnknownThing: there are none for it.
        DefinitionError: they name what the procedure does not declare.
    """
    known = periods_known()
    if procedure.id not in known:
        hint = nearest(procedure.id, known)
        ja = f"手続「{procedure.id}」には、公表された期間との対応がありません。あるのは{'・'.join(known)}です。{hint}"
        raise UnknownThing(ja.strip(), f"no periods for {procedure.id!r}", procedure=procedure.id)
    found = known[procedure.id]
    missing = list(_missing(found, procedure))
    if missing:
        raise DefinitionError(missing)
    return found


def _missing(periods: Periods, procedure: Procedure) -> Iterator[Problem]:
    """What the periods name that a declaration does not have."""
    for branch in periods.branches:
        task = procedure.tasks.get(branch.task)
        states = {row.id for row in task.states} if task else set()
        for name in (branch.begins, branch.ends):
            if name not in states:
                yield _unknown(periods, branch.id, f"{branch.task}の状態「{name}」")
    states = {row.id for row in procedure.states}
    for name in (periods.after.ends, periods.after.wait.during):
        if name not in states:
            yield _unknown(periods, periods.after.id, f"状態「{name}」")


def _unknown(periods: Periods, row: str, what: str) -> Problem:
    ja = f"手続「{periods.procedure}」に{what}はありません。"
    return Problem(f"{periods.procedure}.toml", 1, 1, "S020", (row,), ja, f"{what} is not declared")
