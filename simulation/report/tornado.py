"""The ranking of assumptions as a drawing and a table: bars from what the answer is now to what it would be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from procedures.letters import shortened
from simulation.report import charts
from simulation.report.axes import PHONE
from simulation.report.svg import Drawing
from simulation.report.tables import Column, Table
from simulation.swings import SURENESS, Answer, Ends, Figure, Id, Ranking, Swing

ROW, BAR, LETTERS = 40, 12, 12
MOST_DRAWN = 12
"""Bars of a drawing; the table has all."""


def told(answer: Answer, number: float, *, sign: bool = True) -> str:
    """A figure of an answer with its unit; of a share in points where it is a change."""
    shown = f"{100 * number if answer.share else number:{'+' if sign else ''},.1f}".replace("-", "−")
    if sign and not round(100 * number if answer.share else number, 1):
        return "0"
    if answer.share:
        return f"{shown}{'ポイント' if sign else '%'}"
    return f"{shown}{answer.unit}"


def between(answer: Answer, figure: Figure) -> str:
    """The interval of a change, or a dash."""
    if figure.low is None or figure.high is None:
        return "–"
    times = 100 if answer.share else 1
    low, high = (f"{times * end:+,.1f}".replace("-", "−") for end in (figure.low, figure.high))
    return f"{low}〜{high}"


def drawings(ranking: Ranking) -> list[tuple[Answer, Markup]]:
    """The drawing of each answer, with what it is about; the one that the order goes by first."""
    answers = sorted(ranking.answers, key=lambda one: one.id != ranking.by)
    return [(one, charts.both(partial(tornado, one, ranking.ranked(one.id)))) for one in answers]


def tornado(answer: Answer, swings: Sequence[Swing], width: int) -> Markup:
    """For each assumption a bar to what lowering it does, one to what raising it does, each with its interval."""
    shown = [one for one in swings[:MOST_DRAWN] if one.ends[answer.id].swing]
    if not shown:
        return Markup()
    phone = width < PHONE
    drawing = Drawing(width, ROW * len(shown) + 40)
    left, right = (12, width - 12) if phone else (270, width - 12)
    reach = max(_reach(figure) for one in shown for figure in one.ends[answer.id].both) or 1.0
    middle, scale = (left + right) / 2, (right - left) / 2 / reach
    for number, one in enumerate(shown):
        top = ROW * number + 24
        label = shortened(one.label, width - 16 if phone else 258, LETTERS)
        drawing.text(0, top - 4 if phone else top + 12, label, "label")
        ends = one.ends[answer.id]
        for place, figure, kind in ((top, ends.lowered, "shade-2"), (top + BAR, ends.raised, "bar")):
            if figure is not None:
                _bar(drawing, middle, scale, place, figure, kind)
    bottom = ROW * len(shown) + 16
    drawing.line(middle, 12, middle, bottom, "base")
    for edge, anchor in ((-reach, "start"), (reach, "end")):
        drawing.text(middle + edge * scale, bottom + 16, told(answer, edge), "tick", anchor)
    drawing.text(middle, bottom + 16, told(answer, answer.figure.value, sign=False), "median-label", "middle")
    words = "、".join(f"{one.label} {_largest(answer, one.ends[answer.id])}" for one in shown)
    return drawing.markup(f"swing-{answer.id}-{width}", f"仮定ごとに動く{answer.label}", words)


def _bar(drawing: Drawing, middle: float, scale: float, top: float, figure: Figure, kind: str) -> None:
    ends = sorted((middle, middle + figure.value * scale))
    drawing.box(ends[0], top, max(ends[1] - ends[0], 1), BAR - 2, kind)
    if figure.low is not None and figure.high is not None:
        height = top + (BAR - 2) / 2
        drawing.line(middle + figure.low * scale, height, middle + figure.high * scale, height, "median")


def _reach(figure: Figure) -> float:
    return max(abs(end) for end in (figure.value, figure.low, figure.high) if end is not None)


def _largest(answer: Answer, ends: Ends) -> str:
    return told(answer, max((one.value for one in ends.both), key=abs, default=0.0))


def table(ranking: Ranking, by: Id) -> Table:
    """The assumptions that move an answer at all, in order, with what lowering and raising each does."""
    answer = next(one for one in ranking.answers if one.id == by)
    rows, noted = [], sources(ranking)
    for number, one in enumerate((row for row in ranking.ranked(by) if row.ends[by].swing), 1):
        ends = one.ends[by]
        cells = (_cell(answer, which, figure) for which, figure in _pair(one, ends))
        reading = "動かす" if ends.sure else "運の幅の中" if ends.lucky else "区間なし"
        ground = f"注{noted.index(one.source) + 1}（確からしさ {SURENESS[one.confidence]}）"
        rows.append((f"{number}. {one.label}", *cells, reading, ground))
    columns = (
        Column("仮定"),
        *(Column(label, "decimal") for label in ("下げると（95%区間）", "上げると（95%区間）")),
        *(Column(label) for label in ("読み方", "根拠")),
    )
    return Table(f"sensitivity_{by}", f"仮定を一つずつ動かしたときの、{answer.label}の変化", columns, tuple(rows))


def sources(ranking: Ranking) -> list[str]:
    """Where the assumptions come from, each source once; a table names them by their place here."""
    return list(dict.fromkeys(one.source for one in ranking.swings))


def unmoved(ranking: Ranking) -> list[str]:
    """The assumptions that moved no answer."""
    return [one.label for one in ranking.swings if not any(ends.swing for ends in one.ends.values())]


def _pair(one: Swing, ends: Ends) -> tuple[tuple[str, Figure | None], tuple[str, Figure | None]]:
    return (one.lowered, ends.lowered), (one.raised, ends.raised)


def _cell(answer: Answer, which: str, figure: Figure | None) -> str:
    if figure is None:
        return "–"
    return f"{which}で {told(answer, figure.value)}（{between(answer, figure)}）"


def basis(ranking: Ranking) -> str:
    """What the figures rest on."""
    return f"{ranking.first}〜{ranking.last}・{ranking.pairs}組・{ranking.runs}回の実行"


def sentence(ranking: Ranking) -> str:
    """Which assumption moves the answer most, in plain words."""
    answer = ranking.asked
    first = next(iter(ranking.ranked()), None)
    if first is None or not first.ends[answer.id].swing:
        return f"どの仮定を動かしても、{answer.label}は変わりませんでした。"
    ends = first.ends[answer.id]
    parts = [
        f"{which}で{told(answer, figure.value)}"
        + (f"(95%区間 {interval})" if (interval := between(answer, figure)) != "–" else "")
        for which, figure in _pair(first, ends)
        if figure is not None
    ]
    sure = "" if not ends.lucky else "ただし運の幅の中で、動くとは言い切れません。"
    return f"{answer.label}をいちばん動かすのは「{first.label}」で、{'、'.join(parts)}です。{sure}"
