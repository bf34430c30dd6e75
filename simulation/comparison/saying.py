"""A comparison in Japanese words: figures with their units, and the plain sentences at the head of the report."""

from __future__ import annotations

from typing import NamedTuple

from simulation.comparison.comparing import Compared
from simulation.comparison.differences import Difference, Quantity, differences, quantities, saved, steps
from simulation.statistics import Interval

FEW = 10
"""Pairs below which the summary warns."""


class Point(NamedTuple):
    """One sentence of the summary under its topic."""

    topic: str
    text: str


def value(quantity: Quantity, number: float) -> str:
    """A figure with its unit."""
    return f"{100 * number:.1f}%" if quantity.form == "share" else f"{number:,.1f}{quantity.unit}"


def signed(quantity: Quantity, number: float) -> str:
    """A change with its sign and unit; of a share in points."""
    unit = "ポイント" if quantity.form == "share" else quantity.unit
    shown = changed(100 * number if quantity.form == "share" else number)
    return shown if shown == "0" else f"{shown}{unit}"


def changed(number: float) -> str:
    """A number with its sign, to one place."""
    return f"{number:+,.1f}".replace("-", "−") if round(number, 1) else "0"


def within(quantity: Quantity, interval: Interval | None) -> str:
    """The interval of a change, with its unit."""
    if interval is None:
        return "–"
    times = 100 if quantity.form == "share" else 1
    return f"{changed(times * interval.low)}〜{changed(times * interval.high)}"


def point(one: Difference) -> str:
    """How a change is to be read: a figure whose interval holds zero says nothing sure."""
    if not round(100 * one.change, 3) and (one.interval is None or one.interval.low == one.interval.high):
        return "変わらない"
    if not one.sure:
        return "差があるとは言えない"
    if one.quantity.fewer_is_better is None:
        return "変わる"
    return "よくなる" if (one.change < 0) == one.quantity.fewer_is_better else "悪くなる"


def points(found: Compared) -> list[Point]:
    """The comparison in plain sentences."""
    ours = {one.quantity.id: one for one in differences(found.pairs, quantities(found.days))}
    said = [Point("職員の時間", _hours(found, ours["yearly_hours"]))]
    if "lead_days" in ours:
        said.append(Point("手続時間", _sentence(ours["lead_days"], "申請が届いてから通知までは、平均")))
    if "late_share" in ours:
        said.append(Point("期限", _sentence(ours["late_share"], "期限を過ぎる割合は、")))
    if "online_share" in ours:
        said.append(Point("オンライン", _sentence(ours["online_share"], "オンラインの申請の割合は、")))
    best = _best(found)
    if best:
        said.append(Point("効いたもの", best))
    return [*said, Point("確かさ", _sureness(found))]


def _hours(found: Compared, one: Difference) -> str:
    share = saved(found.pairs)
    told = f"年に直した職員の作業は、{value(one.quantity, one.before)}から{value(one.quantity, one.after)}へ"
    if not one.sure:
        return f"{told}。減るとも増えるとも言えません(差の95%区間 {within(one.quantity, one.interval)}時間)。"
    less = "減ります" if one.change < 0 else "増えます"
    rate = f"({abs(100 * share.share):.1f}%)" if share else ""
    interval = f"差の95%区間 {within(one.quantity, one.interval)}時間"
    return f"{told}、{abs(one.change):,.1f}時間{rate}{less}({interval})。"


def _sentence(one: Difference, begins: str) -> str:
    sides = f"{begins}{value(one.quantity, one.before)}から{value(one.quantity, one.after)}へ"
    if point(one) == "変わらない":
        return f"{begins}{value(one.quantity, one.before)}で、どの組でも変わりません。"
    if not one.sure:
        return f"{sides}。差があるとは言えません。"
    return f"{sides}変わります(差の95%区間 {within(one.quantity, one.interval)})。"


def _best(found: Compared) -> str:
    """The lever that saves most, where there are several."""
    levers = found.scenario.levers
    told = steps(found.pairs)[1:]
    if len(told) != len(levers) or len(levers) < 2:  # noqa: PLR2004 - one lever is the best of none
        return ""
    change, label = min((one.change, lever.label) for one, lever in zip(told, levers, strict=True))
    total = sum(one.change for one in told)
    if change >= 0 or total >= 0:
        return "どのてこも、職員の作業を減らしていません。"
    return f"いちばん効いたのは「{label}」で、減った時間の{100 * change / total:.0f}%です(書いた順に足したとき)。"


def _sureness(found: Compared) -> str:
    count = len(found.pairs)
    if count == 1:
        return "1組だけの実行です。運による違いが分からないので、区間がありません。--pairs を増やしてください。"
    few = "組が少ないので、区間は広めです。" if count < FEW else ""
    reached = "" if found.enough else "求めた幅まで狭まりませんでした。--pairs を増やしてください。"
    return (
        f"同じ申請者・同じくじで{count}組を比べました。{few}{reached}区間は運による幅だけで、仮定の誤りは含みません。"
    )
