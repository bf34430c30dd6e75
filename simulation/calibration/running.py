"""What the real engine says of the published periods, under given assumptions, and what that is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from engine.errors import Refusal
from engine.store import Store
from office.office import Definitions
from simulation.calibration.fitted import Fitted
from simulation.calibration.lead import Told
from simulation.calibration.periods import Periods
from simulation.calibration.spans import Span, spans_of
from simulation.statistics import Interval, mean_interval, share_interval
from simulation.year import simulate


@dataclass(frozen=True)
class Trial:
    """Where and when a run takes place: the city, the first and last day, the seeds, one run for each."""

    declared: Definitions
    first: dt.date
    last: dt.date
    seeds: tuple[int, ...]

    def run(self, periods: Periods, fitted: Fitted | None) -> list[Span]:
        """The spans of all cases of all runs through the real engine.

        Raises:
            DefinitionError: what was fitted names what the procedure does not declare.
            Refusal: no case came to the end of the periods.
        """
        found: list[Span] = []

        def seen(store: Store) -> None:
            found.extend(spans_of(store, periods))

        for seed in self.seeds:
            simulate(
                self.declared,
                first=self.first,
                last=self.last,
                scenario="as-is",
                seed=seed,
                only=[periods.procedure],
                fitted=fitted,
                seen=seen,
            )
        if not found:
            ja = f"{self.first}から{self.last}までに、期間の終わりまで進んだ案件がありません。長い期間にしてください。"
            raise Refusal(ja, f"no case of {self.first} to {self.last} came to the end of the periods")
        return found


@dataclass(frozen=True)
class Measured:
    """The spans of a run in figures; the intervals treat the cases as independent."""

    cases: int
    told: Told
    total: Interval | None
    within: Interval | None
    parts: tuple[tuple[str, str, float], ...]


def told_of(spans: Sequence[Span], days: int) -> Told:
    """The mean of every period and of all, and the share done within some days."""
    branches = zip(*(span.branches for span in spans), strict=True)
    means = (*map(fmean, branches), fmean(span.after for span in spans))
    totals = [span.total for span in spans]
    return Told(means, fmean(totals), sum(total <= days for total in totals) / len(totals))


def measured(spans: Sequence[Span], periods: Periods, days: int) -> Measured:
    """The figures of some spans, and what the total is made of; the parts add up to the total."""
    told = told_of(spans, days)
    totals = [span.total for span in spans]
    within = sum(total <= days for total in totals)
    return Measured(
        len(spans),
        told,
        mean_interval(totals),
        share_interval(within, len(totals)),
        tuple(_parts(spans, periods, told)),
    )


def _parts(spans: Sequence[Span], periods: Periods, told: Told) -> list[tuple[str, str, float]]:
    """Id, label and days of: before, the longest branch on average, what the join adds, the sitting, the handling."""
    before = fmean(min(span.before) for span in spans)
    longest = max(range(len(periods.branches)), key=lambda place: told.means[place])
    gathered = fmean(span.gathered for span in spans)
    meeting = fmean(span.meeting for span in spans)
    branch = periods.branches[longest]
    return [
        ("before", "庁内: 受付から依頼まで", before),
        ("branch", f"長い方の平均({branch.label})", told.means[longest]),
        ("join", "合流: 両方がそろうのを待つことで延びた分", gathered - before - told.means[longest]),
        ("board", "会議の周期: 一覧に載ってから開かれるまで", meeting),
        ("handling", "庁内: そろってから会議の一覧に載るまで", told.means[-1] - meeting),
    ]
