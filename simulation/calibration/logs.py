"""What a log of past cases says of a plan: how many came and when, how long people waited, which way they chose."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import NamedTuple

from engine.clock import JST
from engine.definition import Procedure
from engine.definition.rows import Event
from procedures.plan import Plan
from procedures.plan_rows import ANY, Arrivals, Chosen, Wait
from procedures.soundness.machines import MachineView, machines_of
from simulation.applications import WEEKDAYS
from simulation.calibration.durations import LEAST, Lognormal, bursts, lognormal
from simulation.calibration.fitted import FittedPlan
from simulation.calibration.past import Past, PastLog

DAY = 86_400
A_YEAR, MOST_OF_A_YEAR, A_MONTH = 365, 360, 28
CASES = 20
BURSTY = 1.96

Key = tuple[str, str]
"""A place: a kind of task, empty for the case, and a state."""


class _Stay(NamedTuple):
    """How long a place had been entered when an event came; `left` where that event left it."""

    event: str
    days: float
    left: bool


@dataclass
class _Read:
    """What cases of the past did, gone through by the declaration."""

    arrived: list[dt.datetime] = field(default_factory=list)
    stays: dict[Key, list[_Stay]] = field(default_factory=dict)
    open: Counter[Key] = field(default_factory=Counter)
    moves: dict[Key, Counter[str]] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)
    astray: int = 0


@dataclass(frozen=True)
class FromLog:
    """What a log gave: the plan, words about each thing that was fitted, and words about what was not."""

    plan: FittedPlan
    fitted: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True)
class Where:
    """The city of a log: how many live there, and on which days it is open."""

    people: int
    is_open: Callable[[dt.date], bool]


def fit_log(log: PastLog, procedure: Procedure, plan: Plan, where: Where) -> FromLog:
    """The assumptions that a log gives."""
    walk = _Walk(procedure)
    for rows in log.cases.values():
        walk.case(rows)
    found = walk.found
    fitted: list[str] = []
    left: list[str] = []
    arrivals = _arrivals(found, plan, where, log.file, fitted, left)
    waits = tuple(_waits(found, plan, fitted, left))
    chooses = tuple(_chooses(found, plan, fitted, left))
    left += _unread(found, log)
    return FromLog(FittedPlan(arrivals=arrivals, waits=waits, chooses=chooses), tuple(fitted), tuple(left))


class _Walk:
    """Goes through cases by the machines of a declaration; tasks of which a case has several at once are left out."""

    def __init__(self, procedure: Procedure) -> None:
        self._machines = {"/".join(one.path[1:]): one for one in machines_of(procedure)}
        self._many = {kind for kind, task in procedure.tasks.items() if task.many}
        self._opens: dict[str, list[str]] = {}
        for machine in self._machines.values():
            for row in machine.effects:
                self._opens.setdefault(row.id, []).extend(row.opens)
        self._names = _names(self._machines)
        clocks = procedure.clocks.items()
        self._known = {"open", *(f"due:{name}" for name, _ in clocks)}
        self._known |= {clock.breach.finding for _, clock in clocks if clock.breach and clock.breach.finding}
        self.found = _Read()

    def case(self, rows: Sequence[Past]) -> None:
        """Take note of one case: every stay at a place with what came then, and every way that was taken."""
        found = self.found
        found.arrived.append(rows[0].at)
        here: dict[str, str] = {}
        entered: dict[Key, tuple[dt.datetime, set[str]]] = {}
        for row in rows:
            if row.opens and row.name in self._machines:
                self._enter(row.name, self._machines[row.name].starts[0], row.at, here, entered)
            elif row.name in self._names:
                self._event(row, here, entered)
            elif row.name not in self._known:
                found.unknown[row.name] += 1
        found.open.update((kind, state) for kind, state in here.items())

    def _event(self, row: Past, here: dict[str, str], entered: dict[Key, tuple[dt.datetime, set[str]]]) -> None:
        kind, event = self._names[row.name]
        if kind in self._many:
            return
        state, leads = here.get(kind, ""), event.to is not None and event.to != here.get(kind)
        if state and state not in self._machines[kind].sources(event):
            self.found.astray += 1
        elif state:
            self.found.moves.setdefault((kind, state), Counter())[event.id] += 1
        for place, (at, seen) in entered.items():
            if place[0] == kind and event.id not in seen:
                seen.add(event.id)
                days = (row.at - at).total_seconds() / DAY
                self.found.stays.setdefault(place, []).append(_Stay(event.id, days, leads and place[1] == state))
        if event.to is not None:
            self._enter(kind, event.to, row.at, here, entered)
        for task in self._opens.get(event.id, ()):
            if task in self._machines and task not in here:
                self._enter(task, self._machines[task].starts[0], row.at, here, entered)

    def _enter(
        self,
        kind: str,
        state: str,
        at: dt.datetime,
        here: dict[str, str],
        entered: dict[Key, tuple[dt.datetime, set[str]]],
    ) -> None:
        here[kind] = state
        entered[kind, state] = (at, set())


def _names(machines: Mapping[str, MachineView]) -> dict[str, tuple[str, Event]]:
    """Every event by its code and, where no other has it, by its label."""
    labels = Counter(event.label for one in machines.values() for event in one.events)
    found: dict[str, tuple[str, Event]] = {}
    for kind, machine in machines.items():
        for event in machine.events:
            found[f"{kind}.{event.id}" if kind else event.id] = (kind, event)
            if labels[event.label] == 1:
                found.setdefault(event.label, (kind, event))
    return found


def _arrivals(
    found: _Read, plan: Plan, where: Where, source: str, fitted: list[str], left: list[str]
) -> Arrivals | None:
    days = sorted(at.astimezone(JST).date() for at in found.arrived)
    span = (days[-1] - days[0]).days + 1
    if len(days) < CASES or span < A_MONTH:
        left.append(f"申請の件数: {len(days)}件・{span}日分では少なすぎます({CASES}件・{A_MONTH}日から)。")
        return None
    yearly = len(days) * A_YEAR / span
    weekdays = Counter(WEEKDAYS[one.weekday()] for one in days if one.weekday() < len(WEEKDAYS))
    changed: dict[str, object] = {
        "per_year": round(yearly, 1),
        "city_population": where.people,
        "source": source,
        "confidence": "high",
        "weekday_weights": {day: round(len(WEEKDAYS) * weekdays[day] / len(days), 3) for day in WEEKDAYS},
    }
    said = f"申請の件数: 年{yearly:,.0f}件({span}日で{len(days):,}件)、曜日の重み"
    if span >= MOST_OF_A_YEAR:
        months = Counter(one.month for one in days)
        changed["monthly_weights"] = {str(m): round(12 * months[m] / len(days), 3) for m in range(1, 13)}
        said += "・月の重み"
    else:
        left.append(f"月の重み: {span}日分しかないので、いまの想定のままです。")
    fitted.append(f"{said}。{_variation(days, span, where)}")
    usual = plan.arrivals or Arrivals(per_year=yearly, city_population=where.people)
    return usual.model_copy(update=changed)


def _variation(days: Sequence[dt.date], span: int, where: Where) -> str:
    """Whether the numbers of opening days vary about the mean of their weekday as by chance."""
    counts = Counter(days)
    opened = [one for one in (days[0] + dt.timedelta(n) for n in range(span)) if where.is_open(one)]
    of_weekday = {day: [counts[one] for one in opened if one.weekday() == day] for day in range(7)}
    means = {day: max(fmean(found), 1e-9) for day, found in of_weekday.items() if found}
    burst = bursts([counts[one] for one in opened], [means[one.weekday()] for one in opened])
    verdict = "偶然の範囲です" if burst <= BURSTY else "偶然より大きくばらつきます。混む日の山は写していません"
    return f"開庁日ごとの件数のばらつきは、{verdict}(カイ二乗、z={burst:.1f})。"


def _waits(found: _Read, plan: Plan, fitted: list[str], left: list[str]) -> Iterator[Wait]:
    none: list[str] = []
    for row in plan.waits:
        if row.during == ANY or row.on is not None:
            continue
        stays = found.stays.get((row.task, row.during), [])
        if row.until:
            days = [stay.days for stay in stays if stay.event == row.until]
        else:
            days = [stay.days for stay in stays if stay.left and stay.event != row.instead]
        fit = lognormal(days)
        if fit is not None:
            fitted.append(_said(row, fit))
            yield _changed(row, fit, stays, found.open[row.task, row.during])
        elif days:
            short = f"{len(days)}件しかありません({LEAST}件から)" if len(days) < LEAST else "どれも同じ長さです"
            left.append(f"待ち「{row.label}」: {short}。いまの想定のままです。")
        else:
            none.append(f"「{row.label}」")
    left += [f"記録にない待ち: {'、'.join(none)}。いまの想定のままです。"] if none else []


def _changed(row: Wait, fit: Lognormal, stays: Sequence[_Stay], still: int) -> Wait:
    """The row with what was fitted; the share that did something else, and that never answered, if it knows such."""
    others = sum(stay.event == row.instead for stay in stays)
    shares = {"days": round(fit.median, 3), "spread": round(fit.spread, 3)}
    if row.instead:
        shares["instead_share"] = round(others / (others + fit.count), 4)
    if row.never_share:
        shares["never_share"] = round(still / (still + fit.count + others), 4)
    return row.model_copy(update=shares)


def _said(row: Wait, fit: Lognormal) -> str:
    verdict = "対数正規に合います" if fit.fits else "対数正規には合いません。中央値とばらつきだけを写しました"
    return (
        f"待ち「{row.label}」: 中央値{fit.median:.1f}日(いままで{row.days:g}日)、ばらつき{fit.spread:.2f}、"
        f"{fit.count:,}件。{verdict}(KS距離 {fit.distance:.3f})。"
    )


def _chooses(found: _Read, plan: Plan, fitted: list[str], left: list[str]) -> Iterator[Chosen]:
    for row in plan.chooses:
        counts = found.moves.get((row.task or "", row.at), Counter())
        total = sum(counts[event] for event in row.shares)
        if total < CASES:
            left.append(f"道すじ「{row.at}」: {total}件しかありません({CASES}件から)。いまの想定のままです。")
            continue
        shares = {event: counts[event] / total for event in row.shares}
        said = "、".join(f"{event} {share:.1%}(いままで{row.shares[event]:.1%})" for event, share in shares.items())
        fitted.append(f"道すじ「{row.at}」: {said}、{total:,}件。")
        yield row.model_copy(update={"shares": shares})


def _unread(found: _Read, log: PastLog) -> Iterator[str]:
    """What of the log was not understood, and what no log of this kind can tell."""
    if found.unknown:
        names = "、".join(f"「{name}」{count}件" for name, count in found.unknown.most_common(5))
        yield f"宣言にないできごと {len(found.unknown)}種類は使いませんでした: {names}。"
    if found.astray:
        yield f"宣言の順に合わないできごとが{found.astray}件あり、道すじに数えていません(前のできごとが記録にない)。"
    if log.dated:
        yield "日時が日だけなので、待ちの長さは1日きざみです。分布の判定は厳しめに出ます。"
    yield "作業にかかった分と誤りの割合は、この記録からは分かりません。いまの想定のままです。"
