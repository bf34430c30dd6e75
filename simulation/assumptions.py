"""What a run rests on, as a reader must see it: each figure with its source, and whether anybody stated it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from engine.calendar import WEEKDAYS
from engine.municipality import Municipality, Sittings
from engine.problems import Problem
from procedures.plan import Plan, Scenario
from simulation.inputs import Assumption, Finding, Schedule, ScheduleRow

CITY_SOURCE = "市の設定"
_WEEKDAYS = dict(
    zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), (f"{day}曜日" for day in WEEKDAYS), strict=True)
)


def assumptions_of(city: Municipality, plans: Sequence[Plan], scenario: Scenario) -> tuple[Assumption, ...]:
    """Every figure of the city and the plans, stated ones and assumed ones."""
    found = [
        Assumption(row.label, _said(row.value), row.unit, row.source or CITY_SOURCE, row.confidence, row.assumption)
        for row in city.stated
        if row.assumption
    ]
    found += [
        Assumption(f"人数 {post.label}", f"{post.staff:g}", "人", CITY_SOURCE, "medium", post.assumption)
        for post in city.posts
        if post.roles
    ]
    found += [one for row in city.meetings for one in _of_meeting(row)]
    for plan in plans:
        found += _of_plan(plan, scenario)
    return tuple(found)


def _of_meeting(row: Sittings) -> list[Assumption]:
    """When a meeting sits, and how many cases it takes."""
    weeks = f"第{'・'.join(map(str, row.weeks))}" if row.weeks else ""
    days = [f"{weeks}{_WEEKDAYS[day]}" for day in row.weekdays] + [day.isoformat() for day in row.days]
    figures = [("開催日", "・".join(days), ""), ("1回の件数", f"{row.capacity}", "件")]
    rest = (row.source or CITY_SOURCE, row.confidence, row.assumption)
    return [Assumption(f"{row.label or row.id} {said}", value, unit, *rest) for said, value, unit in figures]


def _of_plan(plan: Plan, scenario: Scenario) -> list[Assumption]:
    rows = [("年間の申請件数", f"{plan.arrivals.per_year}", "件", f"人口{plan.arrivals.city_population:,}人あたり")]
    rows += [
        (f"{month}月の件数の重み(ほかの月は1)", f"{weight:g}", "倍", "")
        for month, weight in plan.arrivals.monthly_weights.items()
    ]
    rows += [(f"申請の割合 {c.label}", f"{c.of(scenario):.0%}", "", "") for c in plan.channels]
    rows += [(f"誤りのある割合 {m.channel}", f"{m.share:.0%}", "", "") for m in plan.mistakes]
    rows += [(f"誤りに気付く割合 {n.role}", f"{n.share:.0%}", "", "") for n in plan.noticing]
    rows += [(f"作業時間 {w.label}", f"{w.of(scenario):g}", "分", "") for w in plan.work]
    rows += [
        (f"この手続に充てる時間帯 {h.role}", f"{h.opens:%H:%M}〜{h.closes:%H:%M}", "", "") for h in plan.desk_hours
    ]
    rows += [
        (f"まとめて行う曜日 {b.event}", _WEEKDAYS[b.weekday], "", "") for b in plan.batches if scenario in b.scenarios
    ]
    rows += [(f"待ち {w.label}(中央値)", f"{w.days:g}", "日", "") for w in plan.waits if w.on is None]
    rows += [(f"答えない割合 {w.label}", f"{w.never_share:.0%}", "", "") for w in plan.waits if w.never_share]
    rows += [(f"申請者の行動 {a.event}", f"{a.share:.0%}", "", "") for a in plan.acts]
    if plan.payment_days:
        months = "・".join(str(m) for m in plan.payment_days.months)
        rows.append(("支払日", f"{months}月の{plan.payment_days.day}日", "", "休日は直前の開庁日"))
    return [Assumption(a, b, c, d or plan.source, plan.confidence, assumption=True) for a, b, c, d in rows]


def schedule_of(city: Municipality, numbers: Collection[int]) -> Schedule | None:
    """The city's printed schedule with a mark at the procedures that ran."""
    if not city.schedule:
        return None
    labels = {number: d.label for d in city.departments for number in d.procedures}
    rows = tuple(
        ScheduleRow(row.number, row.title, labels.get(row.number, ""), row.period, row.number in numbers, row.note)
        for row in city.schedule
    )
    title = next((str(row.value) for row in city.stated if row.id == "online_schedule"), "オンライン化の予定")
    source = city.sources[-1] if city.sources else ""
    return Schedule(title, source, rows, tuple(city.printed_totals.items()), city.also_stated)


def findings_of(problems: Sequence[Problem]) -> tuple[Finding, ...]:
    """What the loader noticed about the city's own figures."""
    return tuple(Finding(p.rule, p.severity, p.ja) for p in problems)


def _said(value: object) -> str:
    if isinstance(value, tuple | list):
        return "・".join(str(one) for one in value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
