"""The key figures at the head of the report."""

from __future__ import annotations

from dataclasses import dataclass, replace

from simulation.report import figures, words
from simulation.results import Results

MEDIAN, NINETY = "通知までの日数（中央値）", "9割の案件が収まる日数"


@dataclass(frozen=True)
class Tile:
    """One key figure: what it is, the figure, its unit, and a line that explains it."""

    label: str
    figure: str
    unit: str
    note: str


def tiles(results: Results) -> list[Tile]:
    """Six key figures of the whole run."""
    arrived = sum(procedure.arrived for procedure in results.procedures)
    opened = sum(procedure.opened for procedure in results.procedures)
    unfinished = sum(procedure.unfinished for procedure in results.procedures)
    work = figures.work_seconds(results.procedures)
    paid = sum(procedure.payments.made for procedure in results.procedures)
    yen = sum(procedure.payments.yen for procedure in results.procedures)
    each = f"申請1件あたり{work / 60 / arrived:,.0f}分" if arrived else words.NONE
    return [
        Tile(
            "届いた申請",
            f"{arrived:,}",
            "件",
            f"始めた申請は{words.count(opened)}、終わっていない案件は{words.count(unfinished)}",
        ),
        *_day_tiles(results),
        Tile("職員の作業", f"{work / 3600:,.0f}", "時間", each),
        Tile("支払", f"{paid:,}", "件", f"合わせて{words.count(yen, '円')}"),
    ]


def _day_tiles(results: Results) -> list[Tile]:
    found = figures.lead_figures([lead.civil_days for lead in figures.all_leads(results)])
    limits = figures.breaches(figures.main_limits(results))
    late = Tile("期限を過ぎた案件", f"{limits.breached:,}", "件", words.NONE)
    if limits.started:
        interval = words.share_between(limits.interval)
        late = replace(late, note=f"{words.percent(limits.breached, limits.started)}（95%区間 {interval}）")
    if found is None:
        none = "通知まで進んだ案件はありません"
        return [Tile(MEDIAN, "–", "", none), Tile(NINETY, "–", "", none), late]
    median = words.whole_between(found.median_interval, "日")
    return [
        Tile(MEDIAN, str(found.median), "日", f"95%区間 {median}"),
        Tile(NINETY, str(found.ninety), "日", f"最長は{found.longest}日"),
        late,
    ]
