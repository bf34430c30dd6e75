"""The official quantities of the runs, and their differences over the pairs with intervals.

Every interval is Student's 95 % interval of the mean over the pairs; of a difference, over the differences within the
pairs. The pairs are independent, so these intervals hold, unlike those over the cases of one run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, variance

from simulation.comparison.counted import Counts
from simulation.comparison.running import Pair
from simulation.report.tables import Form
from simulation.statistics import Interval, mean_interval


@dataclass(frozen=True)
class Totals:
    """The counts of one run, of all procedures or of some, added up."""

    arrived: int
    work: int
    told: int
    days: int
    started: int
    late: int
    cases: int
    online: int
    mistaken: int
    corrected: int


def totals(run: Counts, procedure: str | None = None) -> Totals:
    """The sums of a run, over all procedures or of one."""
    rows = [row for name, row in run["procedures"].items() if procedure in {None, name}]
    channels = [one for row in rows for one in row["channels"].values()]
    return Totals(
        work=sum(sum(row["work"].values()) for row in rows),
        **{name: sum(row[name] for row in rows) for name in ("arrived", "told", "days", "started", "late")},
        **{name: sum(one[name] for one in channels) for name in ("cases", "mistaken", "corrected")},
        online=sum(one["cases"] for one in channels if one["online"]),
    )


@dataclass(frozen=True)
class Quantity:
    """A figure that an official form asks for. `of` gives it for a run, or None where there is nothing to divide by."""

    id: str
    label: str
    unit: str
    form: Form
    of: Callable[[Totals], float | None]
    fewer_is_better: bool | None = True


@dataclass(frozen=True)
class Difference:
    """A quantity on both sides over the pairs; `change` is to-be less as-is."""

    quantity: Quantity
    pairs: int
    before: float
    before_interval: Interval | None
    after: float
    after_interval: Interval | None
    change: float
    interval: Interval | None

    @property
    def sure(self) -> bool:
        """Whether the interval of the change leaves out zero."""
        return self.interval is not None and (self.interval.low > 0 or self.interval.high < 0)


def yearly(days: int) -> float:
    """By what the hours of so many days are multiplied for a year: 365 of them, unless they are a year themselves."""
    return 1.0 if days in {365, 366} else 365 / days


def quantities(days: int) -> tuple[Quantity, ...]:
    """The official quantities, for a period of so many days."""
    times = yearly(days)
    return (
        Quantity("cases", "処理件数", "件", "decimal", lambda t: t.arrived, None),
        Quantity("minutes_per_case", "1件当たり時間", "分", "decimal", lambda t: _over(t.work / 60, t.arrived)),
        Quantity("hours", "期間の工数", "時間", "decimal", lambda t: t.work / 3600),
        Quantity("yearly_hours", "年間工数", "時間", "decimal", lambda t: t.work / 3600 * times),
        Quantity("lead_days", "手続時間(到達から通知まで)", "日", "decimal", lambda t: _over(t.days, t.told)),
        Quantity("late_share", "期限を過ぎた割合", "%", "share", lambda t: _over(t.late, t.started)),
        Quantity("online_share", "オンライン申請率", "%", "share", lambda t: _over(t.online, t.cases), None),
        Quantity("mistaken_share", "誤りのある申請の割合", "%", "share", lambda t: _over(t.mistaken, t.cases)),
        Quantity("corrected_share", "補正を求めた割合", "%", "share", lambda t: _over(t.corrected, t.cases)),
    )


def differences(pairs: Sequence[Pair], found: Sequence[Quantity], procedure: str | None = None) -> list[Difference]:
    """Each quantity before and after all levers, where it is known in any pair."""
    sides = [(totals(pair[0], procedure), totals(pair[-1], procedure)) for pair in pairs]
    made = (difference(one, [(one.of(a), one.of(b)) for a, b in sides]) for one in found)
    return [one for one in made if one is not None]


def difference(quantity: Quantity, sides: Sequence[tuple[float | None, float | None]]) -> Difference | None:
    """The quantity over the pairs in which both sides have it; None where no pair has."""
    known = [(before, after) for before, after in sides if before is not None and after is not None]
    if not known:
        return None
    befores, afters = [one for one, _ in known], [one for _, one in known]
    changes = [after - before for before, after in known]
    return Difference(
        quantity,
        len(known),
        fmean(befores),
        mean_interval(befores),
        fmean(afters),
        mean_interval(afters),
        fmean(changes),
        mean_interval(changes),
    )


@dataclass(frozen=True)
class Saved:
    """The share of the work that is saved (削減率), over the pairs."""

    share: float
    interval: Interval | None

    @property
    def half_width(self) -> float:
        """Half the length of the interval; endless while one pair says nothing about luck."""
        return (self.interval.high - self.interval.low) / 2 if self.interval is not None else float("inf")


def saved(pairs: Sequence[Pair], procedure: str | None = None) -> Saved | None:
    """The mean of what each pair saves; None where nobody worked."""
    sides = [(totals(pair[0], procedure).work, totals(pair[-1], procedure).work) for pair in pairs]
    shares = [(before - after) / before for before, after in sides if before]
    return Saved(fmean(shares), mean_interval(shares)) if shares else None


@dataclass(frozen=True)
class Step:
    """What one more lever changes in the hours of the period, over the pairs."""

    hours: float
    change: float
    interval: Interval | None


def steps(pairs: Sequence[Pair]) -> list[Step]:
    """The hours as they are, and then after each lever, in the order of the file."""
    found = []
    for rung in range(len(pairs[0])):
        hours = [totals(pair[rung]).work / 3600 for pair in pairs]
        before = [totals(pair[max(0, rung - 1)]).work / 3600 for pair in pairs]
        changes = [after - former for after, former in zip(hours, before, strict=True)]
        found.append(Step(fmean(hours), fmean(changes), mean_interval(changes) if rung else mean_interval(hours)))
    return found


def luck_shared(pairs: Sequence[Pair]) -> float | None:
    """How many times more pairs the same interval would take if the two sides had luck of their own.

    None where it cannot be said: one pair, or pairs that do not differ.
    """
    if len(pairs) < 2:  # noqa: PLR2004 - one pair has no spread
        return None
    sides = [(totals(pair[0]).work, totals(pair[-1]).work) for pair in pairs]
    apart = variance([a for a, _ in sides]) + variance([b for _, b in sides])
    together = variance([b - a for a, b in sides])
    return apart / together if together else None


def _over(part: float, whole: float) -> float | None:
    return part / whole if whole else None
