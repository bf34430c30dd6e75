"""The tables of the report, once: the page shows them and the CSV files hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulation.report import figures, words
from simulation.report.charts import lead_bins
from simulation.report.flow import is_rework, passing_order
from simulation.results import ProcedureResults
from simulation.statistics import quantile

Form = Literal["text", "count", "signed", "decimal", "share"]
Cell = str | int | float | None
Row = tuple[Cell, ...]

PLACES = {"decimal": 1, "share": 4}


@dataclass(frozen=True)
class Column:
    """A heading with its unit, and how its cells are written.

    A share lies between 0 and 1. `bar` draws the numbers as bars too.
    """

    label: str
    form: Form = "text"
    bar: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under headings, the first column naming the row.

    `total` is a last row apart, `measured` true for what the run counted.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    measured: bool = True

    def bar(self, row: Row, place: int) -> float:
        """The length of a cell's bar in per cent of the longest in its column."""
        longest = max((_number(one[place]) for one in self.rows), default=0.0)
        return 100 * _number(row[place]) / longest if longest else 0.0


def _number(value: Cell) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def shown(value: Cell, form: Form) -> str:
    """A cell as the page shows it."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if form == "signed":
        return f"{value:+,.0f}".replace("-", "−") if value else "0"
    if form == "share":
        return words.percent(value, 1)
    return words.decimal(value) if form == "decimal" else f"{value:,.0f}"


def text_columns(*labels: str) -> tuple[Column, ...]:
    """Columns of words."""
    return tuple(Column(label) for label in labels)


def count_columns(*labels: str) -> tuple[Column, ...]:
    """Columns of whole numbers."""
    return tuple(Column(label, "count") for label in labels)


def arrivals(procedure: ProcedureResults) -> Table:
    """Cases opened and arrived by month and channel."""
    rows = tuple((words.month(row.month), row.channel_label, row.opened, row.arrived) for row in procedure.arrivals)
    total = ("合計", "", sum(row.opened for row in procedure.arrivals), procedure.arrived)
    columns = text_columns("月", "経路") + count_columns("始めた申請（件）", "届いた申請（件）")
    return Table("arrivals", "月別・経路別の申請", columns, rows, total)


def states(procedure: ProcedureResults) -> Table:
    """Every case by the state it is in at the end; the sum must be the number of cases opened."""
    rows = tuple(
        (state.label, "終わり" if state.at_rest else "途中", state.cases) for state in procedure.states if state.cases
    )
    columns = (*text_columns("状態", "区分"), *count_columns("案件（件）"))
    return Table("states", "案件の行き先（実行を終えた時点）", columns, rows, ("合計", "", procedure.accounted))


def lead_figures(procedure: ProcedureResults) -> Table:
    """Days from arrival to notice on three counts, with 95% intervals over the cases."""
    counts = [
        ("暦の日数", [lead.civil_days for lead in procedure.leads]),
        ("開庁日の日数", [lead.opening_days for lead in procedure.leads]),
    ]
    if procedure.limits:
        counts.append((f"{procedure.limits[0].label}の数え方", [lead.counted_days for lead in procedure.leads]))
    rows = tuple(_lead_row(label, found) for label, days in counts if (found := figures.lead_figures(days)))
    labels = (
        "数え方",
        "件数",
        "中央値（日）",
        "中央値の95%区間",
        "平均（日）",
        "平均の95%区間",
        "9割が収まる日数",
        "最長（日）",
    )
    forms: tuple[Form, ...] = ("text", "count", "count", "text", "decimal", "text", "count", "count")
    columns = tuple(Column(label, form) for label, form in zip(labels, forms, strict=True))
    return Table("lead_figures", "到達から通知までの日数", columns, rows)


def _lead_row(label: str, found: figures.LeadFigures) -> Row:
    median, mean = words.whole_between(found.median_interval, "日"), words.between(found.mean_interval, "日")
    return (label, found.count, found.median, median, found.mean, mean, found.ninety, found.longest)


def lead_distribution(procedure: ProcedureResults) -> Table:
    """The bars of the histogram in numbers."""
    limit = procedure.limits[0] if procedure.limits else None
    rows = tuple(
        (_stretch(one.bin.first, one.bin.last), one.bin.count, one.over)
        for one in lead_bins(procedure.leads, limit, 42)
    )
    total = ("合計", len(procedure.leads), sum(lead.breached for lead in procedure.leads))
    columns = (Column("日数"), *count_columns("案件（件）", "うち期限を過ぎた案件（件）"))
    return Table("lead_distribution", "到達から通知までの日数の分布", columns, rows, total)


def _stretch(first: int, last: int | None) -> str:
    if last is None:
        return f"{first}日以上"
    return f"{first}日" if first == last else f"{first}〜{last}日"


def leads(procedure: ProcedureResults) -> Table:
    """The days of every case, for recalculation."""
    rows = tuple(
        (lead.case, lead.civil_days, lead.opening_days, lead.counted_days, "はい" if lead.breached else "いいえ")
        for lead in procedure.leads
    )
    columns = (Column("案件"), *count_columns("暦の日数", "開庁日の日数", "期限の数え方の日数"), Column("期限を過ぎた"))
    return Table("leads", "案件ごとの到達から通知までの日数", columns, rows)


def limits(procedure: ProcedureResults) -> Table:
    """Clocks that started and that ran out, with Wilson's 95% interval of the share."""
    rows = []
    for limit in procedure.limits:
        found = figures.breaches([limit])
        length = f"{limit.days}{'開庁日' if limit.unit == 'opening' else '日'}{'（仮定）' if limit.assumption else ''}"
        share = found.breached / found.started if found.started else None
        kind = "法定" if limit.kind == "statutory" else "標準"
        interval = words.share_between(found.interval)
        rows.append((limit.label, kind, length, limit.ground, found.started, found.breached, share, interval))
    columns = (
        *text_columns("期限", "種類", "長さ", "根拠"),
        *count_columns("数え始めた（件）", "過ぎた（件）"),
        Column("過ぎた割合", "share"),
        Column("割合の95%区間"),
    )
    return Table("limits", "期限を過ぎた案件（終わっていない案件を含む）", columns, tuple(rows))


def visits(procedure: ProcedureResults) -> Table:
    """How often each state was entered, in passing order."""
    order = passing_order(procedure.states, procedure.moves)
    rows = tuple((state.label, state.visits, state.entered, state.visits - state.entered) for state in order)
    columns = (Column("状態"), *count_columns("入った回数（回）", "入った案件（件）", "うち2回目以後（回）"))
    return Table("visits", "状態ごとの通過", columns, rows)


def moves(procedure: ProcedureResults) -> Table:
    """Every way between states, going back marked."""
    order = passing_order(procedure.states, procedure.moves)
    labels = {state.id: state.label for state in procedure.states}
    rows = tuple(
        (
            labels.get(move.source, move.source),
            move.event,
            labels.get(move.target, move.target),
            "後戻り" if is_rework(order, move) else "",
            move.count,
        )
        for move in procedure.moves
    )
    columns = (*text_columns("もとの状態", "できごと", "次の状態", "後戻り"), *count_columns("回数（回）"))
    return Table("moves", "状態から状態への移動", columns, rows)


def outcomes(procedure: ProcedureResults) -> Table:
    """The last outcome of each case, and the cases without one."""
    rows: list[Row] = [
        (
            outcome.label,
            "処分" if outcome.disposition else "処分でない",
            outcome.count,
            _share(outcome.count, procedure.opened),
        )
        for outcome in procedure.outcomes
    ]
    without = procedure.opened - sum(outcome.count for outcome in procedure.outcomes)
    if without:
        rows.append(("結果が出ていない", "–", without, _share(without, procedure.opened)))
    columns = (*text_columns("結果", "性質"), *count_columns("案件（件）"), Column("割合", "share"))
    total = ("合計", "", procedure.opened, _share(procedure.opened, procedure.opened))
    return Table("outcomes", "結果", columns, tuple(rows), total)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def exchanges(procedure: ProcedureResults) -> Table:
    """Corrections and inquiries: asked, answered, closed unanswered, still waiting."""
    rows = tuple((one.label, one.asked, one.answered, one.unanswered, one.waiting) for one in procedure.exchanges)
    columns = (
        Column("種類"),
        *count_columns("求めた（回）", "答えがあった（回）", "答えがなかった（回）", "待っている（回）"),
    )
    return Table("exchanges", "補正と照会", columns, rows)


def errors(procedure: ProcedureResults) -> Table:
    """Mistakes put into applications, and what became of them."""
    rows = tuple(
        (one.label, one.planted, one.noticed, one.undecided, one.slipped, _share(one.slipped, one.planted))
        for one in procedure.errors
    )
    sums = [
        sum(getattr(one, name) for one in procedure.errors) for name in ("planted", "noticed", "undecided", "slipped")
    ]
    total = ("合計", *sums, _share(sums[3], sums[0]))
    counts = count_columns("入れた（件）", "気づいた（件）", "決定に至らない（件）", "見逃した（件）")
    columns = (Column("書き誤り"), *counts, Column("見逃した割合", "share"))
    return Table("errors", "申請にわざと入れた書き誤り", columns, rows, total if rows else None)


def steps(procedure: ProcedureResults) -> Table:
    """Staff work and queueing by step."""
    rows = tuple(
        (
            step.label,
            step.post,
            step.count,
            step.repeats,
            step.work_seconds / 3600,
            step.work_seconds / 60 / step.count if step.count else None,
            step.waiting_seconds / 86_400 / step.count if step.count else None,
        )
        for step in procedure.steps
    )
    count, repeats = sum(step.count for step in procedure.steps), sum(step.repeats for step in procedure.steps)
    total = ("合計", "", count, repeats, figures.work_seconds([procedure]) / 3600, None, None)
    columns = (
        *text_columns("作業", "担う職"),
        *count_columns("回数（回）", "うちやり直し（回）"),
        Column("作業時間（時間）", "decimal", bar=True),
        *(Column(label, "decimal") for label in ("1回あたり（分）", "順番待ち（日・1回の平均）")),
    )
    return Table("steps", "作業ごとの職員の時間と順番待ち", columns, rows, total if rows else None)


def waits(procedure: ProcedureResults) -> Table:
    """Waiting for somebody outside the office."""
    rows = tuple(
        (
            wait.label,
            len(wait.days),
            quantile(wait.days, 0.5) if wait.days else None,
            quantile(wait.days, 0.9) if wait.days else None,
            max(wait.days, default=None),
        )
        for wait in procedure.waits
    )
    columns = (Column("待つ相手"), *count_columns("回数（回）", "中央値（日）", "9割が収まる日数", "最長（日）"))
    return Table("waits", "庁外を待った日数（暦の日数）", columns, rows)


def payments(procedure: ProcedureResults) -> Table:
    """Payments made and those that came back."""
    paid = procedure.payments
    rows = (("支払", paid.made, paid.yen, paid.bounced),) if paid.made or paid.bounced else ()
    columns = (Column("区分"), *count_columns("支払った（件）", "支払った額（円）", "戻ってきた振込（件）"))
    return Table("payments", "支払", columns, rows)
