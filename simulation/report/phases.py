"""The table that splits the days of cases whose work runs side by side."""

from __future__ import annotations

from simulation.report.tables import Column, Table, count_columns
from simulation.results import ProcedureResults
from simulation.statistics import quantile


def phases(procedure: ProcedureResults) -> Table:
    """What the days from arrival to notice were spent on, where work ran side by side."""
    rows = tuple(
        (
            one.label,
            len(one.seconds),
            sum(one.seconds) / len(one.seconds) / 86_400,
            quantile(one.seconds, 0.5) / 86_400,
            quantile(one.seconds, 0.9) / 86_400,
        )
        for one in procedure.phases
        if one.seconds
    )
    columns = (
        Column("何に"),
        *count_columns("案件（件）"),
        Column("平均（日）", "decimal", bar=True),
        *(Column(label, "decimal") for label in ("中央値（日）", "9割が収まる日数")),
    )
    return Table("phases", "到達から通知までの日数の内訳（並んで進む作業は重なる）", columns, rows)
