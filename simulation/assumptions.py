"""What a run rests on, as a reader must see it: each figure with its source, and whether anybody stated it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from engine.calendar import WEEKDAYS
from engine.municipality import Municipality, Sittings
from engine.problems import Problem
from procedures.plan import Plan, usual_plan
from procedures.plan_rows import Scenario
from simulation.inputs import Assumption, Finding, Schedule, ScheduleRow
from simulation.settings import Simulated
from simulation.surge import Surge

CITY_SOURCE = "市の設定"
_WEEKDAYS = dict(
    zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), (f"{day}曜日" for day in WEEKDAYS), strict=True)
)


def assumptions_of(
    city: Municipality, ran: Sequence[Simulated], scenario: Scenario, surge: Surge | None = None
) -> tuple[Assumption, ...]:
    """Every figure of the city and the plans, stated ones and assumed ones; what a plan takes from all is told once."""
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
    found += _of_surge(surge) if surge is not None else []
    several = len(ran) > 1
    for one in ran:
        before = f"{one.procedure.number}. " if several else ""
        found += _of_plan(one.own, scenario, before) if one.own else [_unplanned(one, before)]
        found += _of_arrivals(one, before)
    return (*found, *_of_plan(usual_plan(), scenario, "どの手続も(ほかに書いていなければ) " if several else "共通 "))


def _of_meeting(row: Sittings) -> list[Assumption]:
    """When a meeting sits, and how many cases it takes."""
    weeks = f"第{'・'.join(map(str, row.weeks))}" if row.weeks else ""
    days = [f"{weeks}{_WEEKDAYS[day]}" for day in row.weekdays] + [day.isoformat() for day in row.days]
    figures = [("開催日", "・".join(days), ""), ("1回の件数", f"{row.capacity}", "件")]
    rest = (row.source or CITY_SOURCE, row.confidence, row.assumption)
    return [Assumption(f"{row.label or row.id} {said}", value, unit, *rest) for said, value, unit in figures]


def _of_surge(surge: Surge) -> list[Assumption]:
    """How many come in a surge, and who helps."""
    rest = (surge.source, surge.confidence, True)
    found = [Assumption(f"{surge.label} 申請", f"{sum(surge.daily):,}", "件", *rest)]
    found.append(Assumption(f"{surge.label} いちばん多い日の申請", f"{max(surge.daily):,}", "件", *rest))
    for row in surge.support:
        label = f"{surge.label} 応援 {row.department}/{row.post}({row.from_day}日後から{row.until_day}日後まで)"
        found.append(Assumption(label, f"{row.staff}", "人", *rest))
    return found


def _unplanned(one: Simulated, before: str) -> Assumption:
    value = "この手続の想定ファイルはありません。どの手続にも使う仮定だけで動かしました"
    return Assumption(f"{before}想定ファイル", value, "", one.plan.source, "low", assumption=True)


def _of_arrivals(one: Simulated, before: str) -> list[Assumption]:
    """How many come, with the source of the number."""
    arrivals, plan = one.plan.arrivals, one.own or one.plan
    if arrivals is None:
        return []
    sure = arrivals.confidence or plan.confidence
    source = f"{arrivals.source or plan.source}。人口{arrivals.city_population:,}人あたり"
    rows = [Assumption(f"{before}年間の申請件数", f"{arrivals.per_year:g}", "件", source, sure, assumption=True)]
    for row in plan.opened:
        label = f"{before}年間に起こす件数 {row.label}"
        why = row.source or plan.source
        rows.append(Assumption(label, f"{row.per_year:g}", "件", why, plan.confidence, assumption=True))
    for month, weight in arrivals.monthly_weights.items():
        label = f"{before}{month}月の件数の重み(ほかの月は1)"
        rows.append(Assumption(label, f"{weight:g}", "倍", plan.source, plan.confidence, assumption=True))
    return rows


def _of_plan(plan: Plan, scenario: Scenario, before: str) -> list[Assumption]:
    """What a plan itself says, but for how many come."""
    rows = [(f"申請の割合 {c.label}", f"{c.of(scenario):.0%}", "") for c in plan.channels]
    rows += [(f"誤りのある割合 {m.channel}", f"{m.share:.0%}", "") for m in plan.mistakes]
    rows += [(f"誤りに気付く割合 {n.role}", f"{n.share:.0%}", "") for n in plan.noticing]
    rows += [(f"作業時間 {w.label}", f"{w.of(scenario):g}", "分") for w in plan.work]
    rows += [(f"この手続に充てる時間帯 {h.role}", f"{h.opens:%H:%M}〜{h.closes:%H:%M}", "") for h in plan.desk_hours]
    rows += [(f"まとめて行う曜日 {b.event}", _WEEKDAYS[b.weekday], "") for b in plan.batches if scenario in b.scenarios]
    rows += [(f"待ち {w.label}(中央値)", f"{w.days:g}", "日") for w in plan.waits if w.on is None]
    rows += [(f"答えない割合 {w.label}", f"{w.never_share:.0%}", "") for w in plan.waits if w.never_share]
    rows += [
        (f"選ぶ割合 {c.at}: {event}", f"{share:.0%}", "") for c in plan.chooses for event, share in c.shares.items()
    ]
    rows += [
        (f"公簿の事実の割合 {e.fact}={value}", f"{share:.0%}", "")
        for e in plan.established
        for value, share in e.shares.items()
    ]
    rows += [(f"確認で引っかかる割合 {one.check}", f"{one.fails:.0%}", "") for one in plan.looks]
    rows += [(f"申請者の行動 {a.event}", f"{a.share:.0%}", "") for a in plan.acts]
    rows += [(f"{e.within_days}日以内の{e.label}", f"{e.share:.1%}", "") for e in plan.register_events]
    if plan.payment_days:
        months = "・".join(str(m) for m in plan.payment_days.months)
        rows.append(("支払日(休日は直前の開庁日)", f"{months}月の{plan.payment_days.day}日", ""))
    return [Assumption(before + a, b, c, plan.source, plan.confidence, assumption=True) for a, b, c in rows]


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
