"""Sums and shares that the report derives from a run's counts; nothing is stored twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from simulation.inputs import Schedule
from simulation.results import LeadTime, Limit, Post, PostDay, ProcedureResults, Results
from simulation.statistics import Interval, mean_interval, median_interval, quantile, share_interval


@dataclass(frozen=True)
class LeadFigures:
    """Days of many cases in one, with the 95% intervals of the median and the mean over the cases."""

    count: int
    median: int
    median_interval: Interval | None
    mean: float
    mean_interval: Interval | None
    ninety: int
    longest: int


@dataclass(frozen=True)
class BreachFigures:
    """Clocks that ran out among those that started, with the interval of the share."""

    started: int
    breached: int
    interval: Interval | None


@dataclass(frozen=True)
class Load:
    """Seconds worked by a post within the seconds it was there."""

    worked: int
    available: int

    @property
    def share(self) -> float:
        """Worked over available; 0 where nobody was there."""
        return self.worked / self.available if self.available else 0.0

    @property
    def level(self) -> int:
        """The shade of the heat map, 0 to 5; 6 beyond what was available."""
        if self.worked > self.available:
            return 6
        return sum(self.share >= edge for edge in (0.2, 0.4, 0.6, 0.8, 0.95))


@dataclass(frozen=True)
class PeriodCount:
    """Rows of the schedule in one period as counted and as printed; `printed` is None where no total is printed."""

    period: str
    counted: int
    printed: int | None

    @property
    def differs(self) -> bool:
        """Whether a printed total contradicts the rows."""
        return self.printed is not None and self.printed != self.counted


def lead_figures(days: Sequence[int]) -> LeadFigures | None:
    """The days of the cases in one, or None where there is no case."""
    if not days:
        return None
    return LeadFigures(
        count=len(days),
        median=quantile(days, 0.5),
        median_interval=median_interval(days),
        mean=fmean(days),
        mean_interval=mean_interval(days),
        ninety=quantile(days, 0.9),
        longest=max(days),
    )


def breaches(limits: Sequence[Limit]) -> BreachFigures:
    """The limits' clocks together."""
    started, breached = sum(one.started for one in limits), sum(one.breached for one in limits)
    return BreachFigures(started, breached, share_interval(breached, started))


def all_leads(results: Results) -> list[LeadTime]:
    """The lead times of every procedure."""
    return [lead for procedure in results.procedures for lead in procedure.leads]


def main_limits(results: Results) -> list[Limit]:
    """The first limit of every procedure: with the others a late case would count twice."""
    return [limit for procedure in results.procedures for limit in procedure.limits[:1]]


def work_seconds(procedures: Sequence[ProcedureResults]) -> int:
    """Staff work on these procedures."""
    return sum(step.work_seconds for procedure in procedures for step in procedure.steps)


def load(days: Sequence[PostDay]) -> Load:
    """The load of a post over some of its days."""
    return Load(sum(day.worked_seconds for day in days), sum(day.available_seconds for day in days))


def in_period(post: Post, results: Results) -> list[PostDay]:
    """The post's days while applications came: later days have less and less to do."""
    return [day for day in post.days if results.first_day <= day.day <= results.last_day]


def busiest(results: Results) -> tuple[Post, Load] | None:
    """The post with the highest load while applications came, the first of equals; None where no post worked."""
    loads = [(post, load(in_period(post, results))) for post in results.posts]
    loads = [(post, found) for post, found in loads if found.available]
    return max(loads, key=lambda pair: pair[1].share, default=None)


def months(results: Results) -> list[str]:
    """The months in which any post had an opening day."""
    return sorted({day.day.isoformat()[:7] for post in results.posts for day in post.days})


def weekdays(results: Results) -> list[int]:
    """The days of the week on which any post was open, Monday 0."""
    return sorted({day.day.weekday() for post in results.posts for day in in_period(post, results)})


def month_load(post: Post, month: str) -> Load:
    """The post's load in one ISO month."""
    return load([day for day in post.days if day.day.isoformat().startswith(month)])


def weekday_load(post: Post, weekday: int, results: Results) -> Load:
    """The post's load on one day of the week while applications came."""
    return load([day for day in in_period(post, results) if day.day.weekday() == weekday])


def period_counts(schedule: Schedule) -> list[PeriodCount]:
    """The rows counted by period beside the printed totals: periods with a total first, in the order of the print."""
    counts: dict[str, int] = {}
    for row in schedule.rows:
        counts[row.period] = counts.get(row.period, 0) + 1
    printed = dict(schedule.printed)
    names = [*printed, *(name for name in counts if name not in printed)]
    return [PeriodCount(name, counts.get(name, 0), printed.get(name)) for name in names]
