"""A surge under several answers: its page, its numbers by day and its summary."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from pathlib import Path

from simulation.comparison.datasets import Rows, as_csv
from simulation.comparison.saying import Point
from simulation.comparison.surging import Day, Outcome, Surged
from simulation.report import charts, words
from simulation.report.day_lines import day_lines
from simulation.report.page import environment
from simulation.report.tables import Column, Row, Table
from simulation.swings import Figure

REPORT, NUMBERS, SHEET, OTHERS = "surge.html", "surge.json", "surge_days.csv", "surge_others.csv"
WEEK = 7


def write(found: Surged, out: Path) -> Path:
    """The path of the page, written with the numbers beside it."""
    (out / SHEET).write_text(as_csv(days(found)), encoding="utf-8-sig", newline="")
    (out / OTHERS).write_text(as_csv(others(found)), encoding="utf-8-sig", newline="")
    (out / NUMBERS).write_text(as_json(found), encoding="utf-8")
    (out / REPORT).write_text(render(found), encoding="utf-8")
    return out / REPORT


def render(found: Surged) -> str:
    """The answers side by side as one HTML document, without any address, clock time or path."""
    limit = found.declared.catalogue.procedure(found.surge.procedure).clocks
    name = next((clock.label for clock in limit.values()), "期限")
    lines = {
        key: [(one.staffing.label, [getattr(day, key).value for day in one.days]) for one in found.outcomes]
        for key in ("open", "late")
    }
    first = found.asked.first
    backlog = charts.both(partial(day_lines, lines["open"], first, "終わっていない申請（件）", "surge-open"))
    late = charts.both(partial(day_lines, lines["late"], first, f"{name}を過ぎた申請（件、その日まで）", "surge-late"))
    return (
        environment()
        .get_template("surge.html.j2")
        .render(
            found=found,
            city=found.declared.municipality.label,
            basis=f"{len(found.pairs)}回ずつの試行",
            period=f"{words.day(first)}から{words.day(found.asked.last)}まで",
            points=points(found),
            backlog=backlog,
            late=late,
            limit=name,
            answers=_answers(found),
            weeks=_weeks(found),
            rest=_rest(found),
            assumed=_assumed(found),
        )
    )


def points(found: Surged) -> list[Point]:
    """The answers in plain sentences."""
    total, most = sum(found.surge.daily), max(found.surge.daily)
    title = found.titles[found.surge.procedure]
    said = [Point("想定", f"「{found.surge.label}」では、{title}に{total:,}件(多い日は{most:,}件)が届きます。")]
    said += [Point(one.staffing.label, _told(one)) for one in found.outcomes]
    luck = "区間は運による幅だけで、仮定の誤りは含みません。"
    return [*said, Point("確かさ", f"どの答えも、同じ申請者・同じくじで{len(found.pairs)}回ずつ動かしました。{luck}")]


def _told(one: Outcome) -> str:
    worst, last = one.worst, one.days[-1]
    end = (
        f"{words.day(one.cleared)}に、ほぼ片付きます"
        if one.cleared
        else f"{words.day(last.day)}になっても{_figure(last.open, '件')}が残ります"
    )
    late = f"期限を過ぎる割合は{_share(one.late_share)}です。" if one.late_share else ""
    return f"終わっていない申請は{words.day(worst.day)}に{_figure(worst.open, '件')}まで増え、{end}。{late}"


def _figure(figure: Figure | None, unit: str, places: int = 0) -> str:
    if figure is None:
        return "–"
    shown = f"{figure.value:,.{places}f}{unit}"
    if figure.low is None or figure.high is None:
        return shown
    return f"{shown}（{max(0.0, figure.low):,.{places}f}〜{figure.high:,.{places}f}）"


def _share(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    shown = f"{100 * figure.value:.1f}%"
    if figure.low is None or figure.high is None:
        return shown
    return f"{shown}（{100 * max(0.0, figure.low):.1f}〜{100 * min(1.0, figure.high):.1f}%）"


def _columns(first: str, *rest: str) -> tuple[Column, ...]:
    return (Column(first), *(Column(label, "decimal") for label in rest))


def _answers(found: Surged) -> Table:
    rows = tuple(
        (
            one.staffing.label,
            _figure(one.most_open, "件"),
            words.day(one.cleared) if one.cleared else "期間のうちに片付かない",
            _share(one.late_share),
            _figure(one.lead_days, "日", 1),
        )
        for one in found.outcomes
    )
    labels = ("いちばん多い残り", "ほぼ片付く日", "期限を過ぎた割合", "到達から通知まで")
    return Table("answers", "だれが働くかの答えごとの結果（かっこは95%区間）", _columns("答え", *labels), rows)


def _weeks(found: Surged) -> Table:
    """Every seventh day of every answer; the CSV has all days."""
    at = range(0, len(found.outcomes[0].days), WEEK)
    rows: tuple[Row, ...] = tuple(
        (
            words.day(found.outcomes[0].days[n].day),
            *(
                cell
                for one in found.outcomes
                for cell in (_figure(one.days[n].open, "件"), _figure(one.days[n].late, "件"))
            ),
        )
        for n in at
    )
    labels = [f"{one.staffing.label}: {what}" for one in found.outcomes for what in ("残り", "期限を過ぎた")]
    return Table("weeks", "一週ごとの残りと、期限を過ぎた申請（かっこは95%区間）", _columns("日", *labels), rows)


def _rest(found: Surged) -> Table:
    """What the other procedures feel of it."""
    rows: tuple[Row, ...] = tuple(
        (
            title,
            one.staffing.label,
            _figure(one.rest[name].get("lead_days"), "日", 1),
            _share(one.rest[name].get("late_share")),
        )
        for name, title in found.titles.items()
        if name != found.surge.procedure
        for one in found.outcomes
    )
    columns = (Column("手続"), Column("答え"), *_columns("", "手続時間", "期限を過ぎた割合")[1:])
    return Table("rest", "ほかの手続への影響（かっこは95%区間）", columns, rows)


def _assumed(found: Surged) -> Table:
    """The surge and everybody who helps, each an assumption with its ground."""
    surge = found.surge
    rows: list[Row] = [
        ("申請", f"{sum(surge.daily):,}件、多い日 {max(surge.daily):,}件、{len(surge.daily)}日間", surge.source)
    ]
    for one in found.outcomes:
        for row in one.staffing.support:
            who = f"{row.lent_by} から" if row.lent_by else "ほかの市町村から"
            when = f"{row.from_day}日後から{row.until_day}日後まで"
            rows.append((one.staffing.label, f"{row.department}/{row.post} に {who}{row.staff}人({when})", "同じ"))
    return Table(
        "assumed",
        "この想定の値",
        tuple(Column(label) for label in ("何の", "値（すべて仮定）", "根拠")),
        tuple(rows),
        measured=False,
    )


def days(found: Surged) -> Rows:
    """Every day of every answer."""
    return [
        {"answer": one.staffing.id, "label": one.staffing.label, "day": day.day.isoformat(), **_numbers(day)}
        for one in found.outcomes
        for day in one.days
    ]


def _numbers(day: Day) -> dict[str, float | None]:
    parts = {"arrived": day.arrived, "open": day.open, "late": day.late}
    return {name: value for key, one in parts.items() for name, value in _ends(key, one).items()}


def _ends(key: str, figure: Figure | None) -> dict[str, float | None]:
    known = (figure.value, figure.low, figure.high) if figure else (None, None, None)
    return dict(zip((key, f"{key}_low", f"{key}_high"), known, strict=True))


def others(found: Surged) -> Rows:
    """What every procedure does under every answer, the surge's own too."""
    rows = []
    for one in found.outcomes:
        own = {"lead_days": one.lead_days, "late_share": one.late_share}
        for name in found.procedures:
            figures = own if name == found.surge.procedure else one.rest[name]
            told = {k: v for key in own for k, v in _ends(key, figures.get(key)).items()}
            rows.append({"answer": one.staffing.id, "procedure": name, **told})
    return rows


def as_json(found: Surged) -> str:
    """The answers and every number for programs."""
    said = {
        "city": found.asked.city,
        "from": found.asked.first.isoformat(),
        "to": found.asked.last.isoformat(),
        "seed": found.asked.seed,
        "surge": found.surge.label,
        "procedures": list(found.procedures),
        "pairs": len(found.pairs),
        "answers": [
            {
                "id": one.staffing.id,
                "label": one.staffing.label,
                "most_open": one.most_open.value,
                "most_open_on": one.worst.day.isoformat(),
                "cleared_on": _iso(one.cleared),
                "late_share": one.late_share.value if one.late_share else None,
            }
            for one in found.outcomes
        ],
        "days": days(found),
        "others": others(found),
    }
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def summary(found: Surged) -> str:
    """The answers in a few lines."""
    city = found.declared.municipality.label
    head = f"{city} {found.surge.label} {found.asked.first}〜{found.asked.last} ({len(found.pairs)}回ずつ)"
    return "\n".join([head, *(f"{one.topic}: {one.text}" for one in points(found))])
