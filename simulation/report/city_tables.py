"""Tables about the whole run: posts, the city's schedule, what was assumed, what ran."""

from __future__ import annotations

from simulation.inputs import Assumption, Schedule
from simulation.report import figures, words
from simulation.report.tables import Cell, Column, Row, Table, count_columns, text_columns
from simulation.results import Results
from simulation.statistics import quantile

CONFIDENCE = {"high": "高い", "medium": "ふつう", "low": "低い"}
SEVERITY = {"error": "誤り", "warning": "注意", "info": "参考"}


def overview(results: Results) -> Table:
    """One row for each procedure: cases, days, limit, work."""
    rows: list[Row] = []
    for one in results.procedures:
        found = figures.lead_figures([lead.civil_days for lead in one.leads])
        limits = figures.breaches(one.limits[:1])
        share = limits.breached / limits.started if limits.started else None
        days: tuple[Cell, ...] = (found.count, found.median, found.ninety) if found else (0, None, None)
        work = figures.work_seconds([one]) / 3600
        title = f"{one.definition.number}. {one.definition.title}"
        line = one.limits[0] if one.limits else None
        unit = "開庁日" if line is not None and line.unit == "opening" else "日"
        law = f"{line.days}{unit}{'（仮定）' if line.assumption else ''}" if line is not None else "–"
        rows.append((title, law, one.opened, one.arrived, *days, limits.breached, share, work))
    columns = (
        *text_columns("手続", "期限"),
        *count_columns(
            "始めた（件）", "届いた（件）", "通知した（件）", "日数の中央値", "9割が収まる日数", "期限を過ぎた（件）"
        ),
        Column("過ぎた割合", "share"),
        Column("職員の作業（時間）", "decimal"),
    )
    return Table("procedures", "手続ごとの主な数字", columns, tuple(rows))


def post_months(results: Results) -> Table:
    """Work and queue of each post in each month."""
    rows: list[Row] = []
    for post in results.posts:
        for month in figures.months(results):
            days = [day for day in post.days if day.day.isoformat().startswith(month)]
            if not days:
                continue
            found = figures.load(days)
            usual, longest = quantile([day.queue_median for day in days], 0.5), max(day.queue_max for day in days)
            share = found.share if found.available else None
            rows.append(
                (post.label, words.month(month), found.worked / 3600, found.available / 3600, share, usual, longest)
            )
    columns = (
        *text_columns("職", "月"),
        *(Column(label, "decimal") for label in ("働いた（時間）", "いた（時間）")),
        Column("忙しさ", "share"),
        *count_columns("列の中央値（件）", "列の最大（件）"),
    )
    return Table("post_months", "職ごと・月ごとの仕事と列", columns, tuple(rows))


def post_days(results: Results) -> Table:
    """Every opening day of every post, for recalculation."""
    rows = tuple(
        (post.label, one.day.isoformat(), one.worked_seconds, one.available_seconds, one.queue_median, one.queue_max)
        for post in results.posts
        for one in post.days
    )
    columns = (
        *text_columns("職", "日"),
        *count_columns("働いた（秒）", "いた（秒）", "列の中央値（件）", "列の最大（件）"),
    )
    return Table("post_days", "職ごと・日ごとの仕事と列", columns, rows)


def schedule_rows(schedule: Schedule) -> Table:
    """The city's schedule as printed, and which procedures ran here."""
    rows = tuple(
        (
            str(row.number),
            row.title,
            row.department,
            row.period,
            "モデル化した" if row.modelled else "まだモデル化していません",
            row.note,
        )
        for row in schedule.rows
    )
    columns = text_columns("番号", "手続", "所管課", "予定（印刷のまま）", "この報告書での扱い", "注")
    return Table("schedule", schedule.title, columns, rows, measured=False)


def schedule_totals(schedule: Schedule) -> Table:
    """Rows counted by period beside the printed totals."""
    counted = figures.period_counts(schedule)
    rows = tuple(
        (row.period, row.counted, row.printed, None if row.printed is None else row.counted - row.printed)
        for row in counted
    )
    printed = [row.printed for row in counted if row.printed is not None]
    total = ("合計", len(schedule.rows), sum(printed) if printed else None, None)
    columns = (Column("予定の時期"), *count_columns("行を数えた数", "印刷された合計"), Column("差", "signed"))
    return Table("schedule_totals", "行を数えた数と、印刷された合計", columns, rows, total, measured=False)


def mark(one: Assumption) -> str:
    """How an input is labelled: an assumption, one to be checked, or what a source states."""
    if not one.assumption:
        return "出典あり・要確認" if one.confidence == "low" else "出典あり"
    return "仮定・要確認" if one.confidence == "low" else "仮定"


def assumptions(results: Results) -> Table:
    """Inputs of the run, each labelled."""
    rows = tuple(
        (one.label, one.value, one.unit, mark(one), CONFIDENCE[one.confidence], one.source)
        for one in results.assumptions
    )
    columns = text_columns("項目", "値", "単位", "扱い", "確からしさ", "根拠")
    return Table("assumptions", "入力に使った値", columns, rows, measured=False)


def findings(results: Results) -> Table:
    """What a reader must know about the input."""
    rows = tuple((SEVERITY[one.severity], one.text, one.rule) for one in results.findings)
    return Table("findings", "入力について見つかったこと", text_columns("区分", "内容", "規則"), rows, measured=False)


def definitions(results: Results) -> Table:
    """Which declarations the cases ran under, by their content."""
    rows = tuple(
        (one.definition.title, one.definition.id, words.listed(list(one.definition.versions)), one.definition.behaviour)
        for one in results.procedures
    )
    return Table(
        "definitions",
        "使った手続の定義",
        text_columns("手続", "ID", "版", "定義の指紋（ハッシュ）"),
        rows,
        measured=False,
    )


def run(results: Results) -> Table:
    """What repeats the run, and how large it was."""
    rows = (
        ("市", f"{results.city}（{results.city_id}）"),
        ("申請の期間", f"{words.day(results.first_day)}〜{words.day(results.last_day)}"),
        ("動かした最後の日", words.day(results.run_until)),
        ("想定", f"{results.scenario_label}（{results.scenario}）"),
        ("乱数の種", str(results.seed)),
        ("受け付けられた操作", words.count(results.commands, "回")),
        ("断られた操作", words.count(results.refused, "回")),
        ("記録されたできごと", words.count(results.events)),
    )
    return Table("run", "実行の記録", text_columns("項目", "値"), rows, measured=False)
