"""One comparison to be run: what is fixed about it, and one of its runs."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from office.office import Definitions
from procedures.plan import Plan, usual_plan
from simulation.calibration.fitted import Fitted
from simulation.comparison.counted import Counts, by_day, counted
from simulation.draws import draw
from simulation.preparing import own_plan
from simulation.settings import Change
from simulation.surge import Surge
from simulation.year import simulate

Place = tuple[int, int]
"""A run of a job: the number of its pair, and how many levers are pulled or which staffing is tried."""


@dataclass(frozen=True)
class Job:
    """The period and luck of every run, and what is otherwise in each: `rungs` 0 is what the others are held against.

    Args:
        fingerprint: what the rungs were made of, so that a half-done job is never taken for another.
        watched: a procedure whose cases are counted by day, and for how many days from the first; nothing where None.
    """

    city: str
    first: dt.date
    last: dt.date
    seed: int
    only: tuple[str, ...]
    surge: Surge | None
    fitted: Fitted | None
    rungs: tuple[Change, ...]
    fingerprint: str
    watched: tuple[str, int] | None = None

    def key(self, declared: Definitions) -> str:
        """What the results hang on: the job, and everything declared that its runs read."""
        behind = hashlib.sha256()
        for name in self.only:
            behind.update(declared.catalogue.procedure(name).model_dump_json().encode())
            behind.update(plan_of(declared, name, self.fitted).model_dump_json().encode())
        behind.update(declared.municipality.model_dump_json().encode())
        surge = self.surge.model_dump_json() if self.surge else ""
        said = (self.city, str(self.first), str(self.last), self.seed, self.only, surge, self.fingerprint)
        return hashlib.sha256(json.dumps([*said, behind.hexdigest()]).encode()).hexdigest()


def plan_of(declared: Definitions, name: str, fitted: Fitted | None = None) -> Plan:
    """The assumptions that a procedure runs under, before any lever."""
    own = own_plan(declared, name)
    plan = own.over(usual_plan()) if own else usual_plan()
    found = fitted.procedures.get(name) if fitted else None
    return found.over(plan) if found else plan


def plans_of(declared: Definitions, names: Iterable[str], fitted: Fitted | None = None) -> Mapping[str, Plan]:
    """The assumptions of some procedures."""
    return {name: plan_of(declared, name, fitted) for name in names}


def luck(seed: int, pair: int) -> int:
    """The seed of a pair: all its runs have the same applicants, days off and draws."""
    return draw(seed, "pair", pair)


def run(declared: Definitions, job: Job, place: Place) -> Counts:
    """The counts of one run."""
    pair, rung = place
    change = job.rungs[rung]
    results = simulate(
        declared,
        first=job.first,
        last=job.last,
        scenario="as-is",
        seed=luck(job.seed, pair),
        only=job.only,
        surge=job.surge,
        fitted=job.fitted,
        change=change,
    )
    plans = {name: change.of_plan(name, p) for name, p in plans_of(declared, job.only, job.fitted).items()}
    found = counted(results, plans)
    return found | {"days": by_day(results, *job.watched)} if job.watched else found
