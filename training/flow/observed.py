"""What somebody sees who walks a flow: where cases lie and how long, who works on them, whom they wait for.

Each side of a lesson is a few short runs of the simulation with the same luck on both sides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import NamedTuple

from engine.definition.rows import Part
from simulation.report import figures
from simulation.results import ProcedureResults, Results

DAY = 86_400


class Place(Part):
    """A state on the way from arrival to notice, and the mean days of a case in it."""

    id: str
    label: str
    kind: str
    days: float


class Task(Part):
    """A step of work: how often in all, how often again for the same case, minutes of work, minutes in the queue."""

    id: str
    label: str
    unit: str
    post: str
    times: int
    again: int
    minutes: float
    queued: float


class Outside(Part):
    """A wait for somebody outside the office: how often it ended, and its mean days."""

    id: str
    label: str
    times: int
    days: float


class Desk(Part):
    """A post with its people and the share of their time that is work on this procedure."""

    id: str
    label: str
    people: int
    share: float


class Observed(Part):
    """One side of a lesson over its runs.

    `days` are from arrival to notice, a mean over cases; `minutes` are of work, for each case that arrived; `late` is
    the share of periods that ended too early, None without a period. `by_run` are days and minutes of each run.
    """

    arrived: int
    finished: int
    days: float
    minutes: float
    late: float | None
    places: tuple[Place, ...]
    tasks: tuple[Task, ...]
    outside: tuple[Outside, ...]
    desks: tuple[Desk, ...]
    by_run: tuple[tuple[float, float], ...]

    def of_place(self, name: str) -> float:
        """The mean days in a state; 0 where no case was in it."""
        return next((row.days for row in self.places if row.id == name), 0.0)

    @property
    def longest(self) -> Place | None:
        """Where a case lies longest."""
        return max(self.places, key=lambda row: row.days, default=None)


class Names(NamedTuple):
    """What a declaration says of states and a file of assumptions of steps: kinds by state, words by step."""

    kinds: Mapping[str, str]
    units: Mapping[str, str]


@dataclass
class _Sums:
    """What is added up over runs."""

    stays: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    labels: dict[str, str] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)
    tasks: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    outside: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_run: list[tuple[float, float]] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)

    def add(self, found: ProcedureResults) -> None:
        """Add a run of the procedure."""
        cases = len(found.stays[0].seconds) if found.stays else 0
        earlier = self.count["finished"]
        for stay in found.stays:
            ours = self.stays[stay.id]
            ours += [0] * (earlier - len(ours)) + list(stay.seconds)
            self.labels.setdefault(stay.id, stay.label)
        for step in found.steps:
            self.labels.setdefault(step.id, step.label)
            self.posts[step.id] = step.post if step.count else self.posts.get(step.id, step.post)
            self.tasks[step.id].update(
                times=step.count, again=step.repeats, minutes=step.work_seconds, queued=step.waiting_seconds
            )
        for wait in found.waits:
            self.labels[f"outside {wait.id}"] = wait.label
            self.outside[wait.id] += wait.days
        limits = found.limits[:1]
        seconds = sum(sum(stay.seconds) for stay in found.stays)
        work = figures.work_seconds([found])
        self.by_run.append((_over(seconds, cases * DAY), _over(work, found.arrived * 60)))
        self.count.update(
            finished=cases,
            arrived=found.arrived,
            seconds=seconds,
            work=work,
            started=sum(limit.started for limit in limits),
            late=sum(limit.breached for limit in limits),
        )


def observed(runs: Sequence[Results], names: Names) -> Observed:
    """What some runs of one procedure show together."""
    sums = _Sums()
    for run in runs:
        for found in run.procedures:
            sums.add(found)
    count = sums.count
    return Observed(
        arrived=count["arrived"],
        finished=count["finished"],
        days=_over(count["seconds"], count["finished"] * DAY),
        minutes=_over(count["work"], count["arrived"] * 60),
        late=count["late"] / count["started"] if count["started"] else None,
        places=tuple(
            Place(
                id=name, label=sums.labels[name], kind=names.kinds[name], days=_over(sum(all_), count["finished"] * DAY)
            )
            for name, all_ in sums.stays.items()
        ),
        tasks=tuple(_tasks(sums, names)),
        outside=tuple(
            Outside(id=name, label=sums.labels[f"outside {name}"], times=len(days), days=fmean(days))
            for name, days in sums.outside.items()
        ),
        desks=tuple(_desks(runs)),
        by_run=tuple(sums.by_run),
    )


def _tasks(sums: _Sums, names: Names) -> Iterable[Task]:
    for name, row in sums.tasks.items():
        if row["times"]:
            yield Task(
                id=name,
                label=sums.labels[name],
                unit=names.units[name],
                post=sums.posts[name],
                times=row["times"],
                again=row["again"],
                minutes=row["minutes"] / 60,
                queued=row["queued"] / 60,
            )


def _desks(runs: Sequence[Results]) -> Iterable[Desk]:
    for post in runs[0].posts:
        same = [(one, run) for run in runs for one in run.posts if one.id == post.id]
        load = figures.load([day for one, run in same for day in figures.in_period(one, run)])
        if load.worked:
            yield Desk(id=post.id, label=post.label, people=post.people, share=round(load.share, 4))


def _over(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
