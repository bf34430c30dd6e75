"""What a search for the weightiest assumption found: its page, its numbers and its summary."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from simulation.comparison.datasets import Rows, as_csv
from simulation.report import tornado, words
from simulation.report.page import environment, ranked
from simulation.swings import Figure, Ranking

REPORT, NUMBERS, SHEET = "sensitivity.html", "sensitivity.json", "sensitivity.csv"
TOLD = 10
"""Assumptions that the summary names."""


def write(found: Ranking, out: Path) -> Path:
    """The path of the page, written with the numbers beside it."""
    (out / SHEET).write_text(as_csv(rows(found)), encoding="utf-8-sig", newline="")
    (out / NUMBERS).write_text(as_json(found), encoding="utf-8")
    (out / REPORT).write_text(render(found), encoding="utf-8")
    return out / REPORT


def render(found: Ranking) -> str:
    """The search as one HTML document, without any address, clock time or path."""
    first, last = (dt.date.fromisoformat(one) for one in (found.first, found.last))
    return (
        environment()
        .get_template("sensitivity.html.j2")
        .render(
            found=found,
            basis=tornado.basis(found),
            period=f"{words.day(first)}から{words.day(last)}まで",
            points=points(found),
            swings=ranked(found),
        )
    )


def points(found: Ranking) -> list[tuple[str, str]]:
    """The search in plain sentences."""
    answers = [
        f"{one.label} {tornado.told(one, one.figure.value, sign=bool(found.scenario))}"
        + (f"(95%区間 {tornado.between(one, one.figure)})" if found.scenario and one.figure.low is not None else "")
        for one in found.answers
    ]
    weak = sum(not one.ends[found.by].sure for one in found.swings)
    sure = f"{len(found.swings)}の仮定のうち{weak}は、動かしても運の幅の中です。" if found.pairs > 1 else ""
    luck = "1組だけなので、区間がありません。--pairs を増やしてください。" if found.pairs == 1 else ""
    return [
        ("いまの答え", "、".join(answers)),
        ("いちばん効く仮定", tornado.sentence(found)),
        ("確かさ", f"どの仮定も、同じ申請者・同じくじで{found.pairs}組を動かしました。{sure}{luck}"),
    ]


def rows(found: Ranking) -> Rows:
    """Every assumption with what it does to every answer."""
    return [
        {
            "rank": number,
            "id": one.id,
            "label": one.label,
            "answer": answer.id,
            "unit": answer.unit,
            "answer_now": answer.figure.value,
            "lowered": one.lowered,
            **_ends("lowered", one.ends[answer.id].lowered),
            "raised": one.raised,
            **_ends("raised", one.ends[answer.id].raised),
            "confidence": one.confidence,
            "source": one.source,
        }
        for answer in found.answers
        for number, one in enumerate(found.ranked(answer.id), 1)
    ]


def _ends(name: str, figure: Figure | None) -> dict[str, float | None]:
    known = (figure.value, figure.low, figure.high) if figure else (None, None, None)
    return dict(zip((f"{name}_change", f"{name}_low", f"{name}_high"), known, strict=True))


def as_json(found: Ranking) -> str:
    """Everything for programs; a report takes it in with `--sensitivity`."""
    return found.model_dump_json(indent=1) + "\n"


def summary(found: Ranking) -> str:
    """The search in a few lines."""
    head = f"{found.city_label} {found.scenario or '現状'} ({tornado.basis(found)})"
    answer = found.asked
    lines = []
    moving = [one for one in found.ranked() if one.ends[answer.id].swing]
    for number, one in enumerate(moving[:TOLD], 1):
        ends = one.ends[answer.id]
        moves = [
            f"{which} で {tornado.told(answer, figure.value)}"
            for which, figure in ((one.lowered, ends.lowered), (one.raised, ends.raised))
            if figure is not None
        ]
        lines.append(f"{number:>3}. {one.label}: {'、'.join(moves)}{'(運の幅の中)' if ends.lucky else ''}")
    return "\n".join([head, *(f"{topic}: {text}" for topic, text in points(found)), *lines])
