"""What a search for staff found: its page, its numbers and its summary."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from simulation.comparison.datasets import Rows, as_csv
from simulation.comparison.saying import Point
from simulation.comparison.staffing import Staffed, Tried
from simulation.comparison.waterfall import staff_curve
from simulation.report import charts, words
from simulation.report.page import environment
from simulation.report.tables import Column, Table

REPORT, NUMBERS, SHEET = "staff.html", "staff.json", "staff.csv"


def write(found: Staffed, out: Path) -> Path:
    """The path of the page, written with the numbers beside it."""
    (out / SHEET).write_text(as_csv(rows(found)), encoding="utf-8-sig", newline="")
    (out / NUMBERS).write_text(as_json(found), encoding="utf-8")
    (out / REPORT).write_text(render(found), encoding="utf-8")
    return out / REPORT


def render(found: Staffed) -> str:
    """The search as one HTML document, without any address, clock time or path."""
    told = [(one.people, one.late, one.interval) for one in found.tried]
    best = found.fewest
    draw = partial(staff_curve, told, found.sought.bound, best.people if best else None)
    return (
        environment()
        .get_template("staff.html.j2")
        .render(
            found=found,
            city=found.declared.municipality.label,
            basis=f"{len(found.pairs)}回ずつの試行",
            period=f"{words.day(found.asked.first)}から{words.day(found.asked.last)}まで",
            procedures=[found.pairs[0][0]["procedures"][name]["title"] for name in found.procedures],
            points=points(found),
            curve=charts.both(lambda width: draw(f"staff-{width}", width)),
            table=_table(found),
        )
    )


def points(found: Staffed) -> list[Point]:
    """The answer in plain sentences."""
    best, bound = found.fewest, f"{100 * found.sought.bound:g}%"
    said = [Point("答え", _answer(found, best, bound))]
    now = next((one for one in found.tried if one.people == found.now), None)
    if now is not None:
        said.append(Point("いま", f"{found.now}人では、期限を過ぎる割合は{_share(now)}です。"))
    luck = "区間は運による幅だけで、仮定の誤りは含みません。"
    return [*said, Point("確かさ", f"どの人数も、同じ申請者・同じくじで{len(found.pairs)}回ずつ動かしました。{luck}")]


def _answer(found: Staffed, best: Tried | None, bound: str) -> str:
    if best is None:
        last = found.tried[-1]
        return f"{last.people}人まで増やしても、期限を過ぎる割合を{bound}以下にはできません({_share(last)})。"
    sure = "" if found.sure else "ただし区間は上限をまたぐので、確かとは言えません。"
    first = (
        "探した中でいちばん少ない人数で、もっと減らせるかもしれません。"
        if best is found.tried[0] and best.people > 1
        else ""
    )
    return (
        f"{found.label}は{best.people}人いれば、期限を過ぎる割合が{bound}以下になります({_share(best)})。{sure}{first}"
    )


def _share(one: Tried) -> str:
    interval = f"、95%区間 {words.share_between(one.interval)}" if one.interval else ""
    return f"{100 * one.late:.1f}%{interval}"


def _table(found: Staffed) -> Table:
    made = tuple(
        (
            f"{one.people}人{'（いま）' if one.people == found.now else ''}",
            f"{100 * one.late:.1f}%",
            words.share_between(one.interval) if one.interval else "–",
            "はい" if one.late <= found.sought.bound else "いいえ",
            f"{one.lead_days:.1f}日" if one.lead_days is not None else "–",
            f"{100 * one.load:.1f}%" if one.load is not None else "–",
        )
        for one in found.tried
    )
    labels = ("期限を過ぎた割合", "95%区間", "上限以下か", "手続時間", "忙しさ")
    columns = (Column("人数"), *(Column(label, "decimal") for label in labels))
    return Table("staff", "職員の数ごとの結果", columns, made)


def rows(found: Staffed) -> Rows:
    """Every number of people with its figures."""
    return [
        {
            "people": one.people,
            "late_share": one.late,
            "late_low": one.interval.low if one.interval else None,
            "late_high": one.interval.high if one.interval else None,
            "lead_days": one.lead_days,
            "load": one.load,
            "unfinished": one.unfinished,
        }
        for one in found.tried
    ]


def as_json(found: Staffed) -> str:
    """The answer and every number for programs."""
    best = found.fewest
    said = {
        "city": found.asked.city,
        "from": found.asked.first.isoformat(),
        "to": found.asked.last.isoformat(),
        "seed": found.asked.seed,
        "procedures": list(found.procedures),
        "post": found.sought.post,
        "bound": found.sought.bound,
        "now": found.now,
        "fewest": best.people if best else None,
        "sure": found.sure,
        "pairs": len(found.pairs),
        "tried": rows(found),
    }
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def summary(found: Staffed) -> str:
    """The search in a few lines."""
    head = f"{found.declared.municipality.label} {found.label} {found.asked.first}〜{found.asked.last}"
    curve = [f"  {one.people}人: {_share(one)}" for one in found.tried]
    return "\n".join([head, *curve, *(f"{one.topic}: {one.text}" for one in points(found))])
