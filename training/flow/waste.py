"""What in a flow is waste, by figures of its own runs: the measure against which a learner's marks are held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from procedures.plan import Plan
from training.flow.observed import Observed

KINDS = {
    "wait": "待ち(案件が長くとどまる)",
    "queue": "列(手を付けるまでが、作業より長い)",
    "again": "手戻り(同じことをもう一度する)",
    "retype": "転記(書かれていることを打ち直す)",
    "seals": "重ね判(一件に何人もの決裁)",
    "batch": "ためる(曜日を決めてまとめてする)",
}
LONG = 0.2
"""The share of the time from arrival to notice from which on a place is one where cases wait."""
OFTEN = 0.05
"""The share of times from which on doing it again is waste."""
CORRECTION, TYPING, SEAL = "補正", "データ入力", "決裁"
A_DAY = 24 * 60
DAYS = {"mon": "月", "tue": "火", "wed": "水", "thu": "木", "fri": "金"}


class Waste(NamedTuple):
    """Something that is waste: where, of what kind, and the figures that say so."""

    at: str
    kind: str
    label: str
    ground: str


def wastes(found: Observed, plan: Plan) -> list[Waste]:
    """All waste that the figures show, those places first in which cases lie longest."""
    places = sorted(found.places, key=lambda row: -row.days)
    long = [row for row in places if row.days > LONG * found.days > 0]
    waits = [
        Waste(row.id, "wait", row.label, f"1件が平均{row.days:.1f}日({_share(row.days, found.days)})ここにいる")
        for row in long
    ]
    return [*waits, *_of_tasks(found), *_batches(plan)]


def figures_of(found: Observed, at: str) -> str:
    """What is seen at a place, a step or a batch; the ground against a mark that is none."""
    for place in found.places:
        if place.id == at:
            return f"「{place.label}」には1件が平均{place.days:.1f}日({_share(place.days, found.days)})います。"
    for task in found.tasks:
        if task.id == at:
            each, queued = task.minutes / task.times, task.queued / task.times
            return (
                f"「{task.label}」は{task.times}回、1回{each:.0f}分、手を付けるまで{spell(queued)}、"
                f"もう一度は{task.again}回です。"
            )
    return ""


def spell(minutes: float) -> str:
    """Minutes in words: as days where they are more than one."""
    return f"{minutes / A_DAY:.1f}日" if minutes > A_DAY else f"{minutes:.0f}分"


def _of_tasks(found: Observed) -> Iterator[Waste]:
    for row in found.tasks:
        each, queued = row.minutes / row.times, row.queued / row.times
        if queued > each:
            yield Waste(row.id, "queue", row.label, f"作業は1回{each:.0f}分なのに、手を付けるまで{spell(queued)}待つ")
        if row.unit == CORRECTION:
            yield Waste(row.id, "again", row.label, f"申請の誤りのために{row.times}回、{row.minutes:.0f}分を使っている")
        elif row.again >= OFTEN * row.times and row.again:
            yield Waste(row.id, "again", row.label, f"{row.times}回のうち{row.again}回は、同じ案件でもう一度")
        if row.unit == TYPING:
            yield Waste(row.id, "retype", row.label, f"申請に書かれていることを打つのに{row.minutes:.0f}分を使っている")
        if row.unit == SEAL and found.arrived and row.times >= 2 * found.arrived:
            yield Waste(row.id, "seals", row.label, f"決裁の段が一件に{row.times / found.arrived:.1f}回ある")


def _batches(plan: Plan) -> Iterator[Waste]:
    for row in plan.batches:
        if "as-is" in row.scenarios:
            yield Waste(row.event, "batch", row.event, f"{DAYS[row.weekday]}曜日にまとめるまで待つ")


def _share(part: float, whole: float) -> str:
    return f"全体の{100 * part / whole:.0f}%" if whole else "全体の0%"
