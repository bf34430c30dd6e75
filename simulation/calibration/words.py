"""What is said of a fit, a prediction and a check: the figures side by side, and what the days are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from procedures.columns import columns
from simulation.calibration.figures import Figures
from simulation.calibration.lead import Knobs, Told
from simulation.calibration.periods import Periods
from simulation.calibration.running import Measured
from simulation.statistics import Interval

NEAR_DAYS, NEAR_SHARE = 0.5, 0.01
"""How far a total and a share may be off and still count as met."""


def of_fit(figures: Figures, periods: Periods, knobs: Knobs, light: Told, found: Measured) -> list[str]:
    """A fit: the figures, the light model, the engine; the fitted values; what the days are made of."""
    rows = list(_rows(figures, periods, light, found))
    return [
        *_head(figures, "に合わせました。"),
        *_table(["", "数字", "軽い模型", "本物のエンジン", "95%の幅"], rows),
        _cases(found),
        *_knobs(periods, knobs),
        *_parts(found),
        *_missed(figures, found.told, "本物のエンジンでは"),
    ]


def of_prediction(figures: Figures, periods: Periods, knobs: Knobs, light: Told) -> list[str]:
    """A prediction: the figures and the light model, nothing fitted anew."""
    rows = [row[:3] for row in _rows(figures, periods, light, None)]
    return [
        *_head(figures, "を、合わせ直さずに予測しました。"),
        *_table(["", "数字", "予測(軽い模型)"], rows),
        *_knobs(periods, knobs),
        *_unreached(periods, figures, knobs, light),
        *_missed(figures, light, "この予測では"),
    ]


def of_check(figures: Figures, periods: Periods, found: Measured) -> list[str]:
    """A run of the real engine beside the figures."""
    rows = [(a, b, d, e) for a, b, _, d, e in _rows(figures, periods, found.told, found)]
    return [
        *_head(figures, "と比べました。"),
        *_table(["", "数字", "本物のエンジン", "95%の幅"], rows),
        _cases(found),
        *_parts(found),
        *_missed(figures, found.told, "本物のエンジンでは"),
    ]


Row = tuple[str, str, str, str, str]


def _head(figures: Figures, what: str) -> list[str]:
    return [f"{figures.label} {figures.year}{what}", f"出典: {figures.source}"]


def _cases(found: Measured) -> str:
    return f"本物のエンジンの数字は、期間の終わりまで進んだ{found.cases:,}件のものです。"


def _rows(figures: Figures, periods: Periods, light: Told, found: Measured | None) -> Iterator[Row]:
    run = found.told if found else light
    for place, name in enumerate(periods.ids):
        label, mean = f"{periods.labels[name]} 平均", figures.means[name]
        yield label, f"{mean:.1f}日", f"{light.means[place]:.1f}日", f"{run.means[place]:.1f}日", ""
    width = _days(found.total) if found else ""
    total = f"{figures.total:.1f}日" if figures.total is not None else "-"
    yield f"{periods.label} 平均", total, f"{light.total:.1f}日", f"{run.total:.1f}日", width
    width = _shares(found.within) if found else ""
    within = f"{figures.within:.1%}" if figures.within is not None else "-"
    yield f"{figures.days}日以内の割合", within, f"{light.within:.1%}", f"{run.within:.1%}", width


def _days(interval: Interval | None) -> str:
    return f"{interval.low:.1f}〜{interval.high:.1f}日" if interval else ""


def _shares(interval: Interval | None) -> str:
    return f"{interval.low:.1%}〜{interval.high:.1%}" if interval else ""


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return ["", *columns(headings, rows, terminal=False).splitlines(), ""]


def _knobs(periods: Periods, knobs: Knobs) -> list[str]:
    stretches = "、".join(
        f"{branch.label} {stretch:.2f}倍" for branch, stretch in zip(periods.branches, knobs.branches, strict=True)
    )
    return [
        f"合わせた値(仮定): 待ちのばらつき(対数正規の標準偏差) {knobs.spread:.3f}、庁内の日数 {knobs.office:.2f}日",
        f"平均から決まる値: 待ちの長さ {stretches}、{periods.after.wait.label} 中央値{knobs.turn:.1f}日",
    ]


def _parts(found: Measured) -> list[str]:
    """What the mean of the engine's cases is made of; the intervals' caveat."""
    rows = [(label, f"{days:5.1f}日", f"{days / found.told.total:4.0%}") for _, label, days in found.parts]
    head = f"{found.told.total:.1f}日の内わけ(本物のエンジンの平均)"
    caveat = "幅は案件どうしを独立とみたもので、同じ職員・会議を使う分だけ、本当はもう少し広くなります。"
    return ["", *columns([head, "", ""], rows, terminal=False).splitlines(), caveat]


def _missed(figures: Figures, told: Told, whose: str) -> list[str]:
    """What was not met, in words."""
    found = []
    if figures.total is not None and abs(told.total - figures.total) > NEAR_DAYS:
        found.append(f"{whose}、全体の平均が数字と{told.total - figures.total:+.1f}日違います。")
    if figures.within is not None and abs(told.within - figures.within) > NEAR_SHARE:
        by = (told.within - figures.within) * 100
        found.append(f"{whose}、{figures.days}日以内の割合が数字と{by:+.1f}ポイント違います。")
    return found


def _unreached(periods: Periods, figures: Figures, knobs: Knobs, light: Told) -> list[str]:
    """The means that no wait can bring about: the office's own days and the sittings take longer."""
    stretches = dict(zip(periods.ids, (*knobs.branches, knobs.turn), strict=True))
    told = dict(zip(periods.ids, light.means, strict=True))
    return [
        f"{periods.labels[name]}の平均{figures.means[name]:g}日には届きません。待ちがなくても{told[name]:.1f}日かかります。"
        for name, stretch in stretches.items()
        if stretch <= 0 or told[name] - figures.means[name] > NEAR_DAYS
    ]
