"""The report's tables as CSV files that Excel opens in Japanese and never takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from simulation.report import city_tables, hours, phases, tables
from simulation.report.tables import PLACES, Cell, Column, Form, Table
from simulation.results import ProcedureResults, Results

FORMULA = "=+-@\t\r\n＝＋－＠"
"""First letters that a spreadsheet may run; full-width ones are narrowed by some of them."""

BY_PROCEDURE: tuple[Callable[[ProcedureResults], Table], ...] = (
    tables.arrivals,
    tables.states,
    tables.lead_figures,
    tables.leads,
    tables.limits,
    tables.visits,
    tables.moves,
    tables.outcomes,
    tables.exchanges,
    tables.errors,
    tables.steps,
    tables.waits,
    phases.phases,
    tables.payments,
)
OF_THE_RUN: tuple[Callable[[Results], Table], ...] = (
    city_tables.overview,
    city_tables.post_months,
    city_tables.post_days,
    hours.post_hours,
    city_tables.assumptions,
    city_tables.findings,
    city_tables.definitions,
    city_tables.run,
)


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula.

    `unguarded` takes it off.
    """
    return f"'{text}" if _risky(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _risky(cell) else cell


def _risky(text: str) -> bool:
    """Whether it begins like a formula, apostrophes before it apart: those must survive the way back."""
    return text.lstrip("'")[:1] in tuple(FORMULA)


def write_csv(results: Results, folder: Path) -> list[Path]:
    """The files written, one for each table, UTF-8 with a byte order mark; the folder must exist.

    Raises:
        OSError: a file cannot be written.
    """
    written = []
    for table in every_table(results):
        path = folder / f"{table.id}.csv"
        path.write_text(as_csv(table), encoding="utf-8-sig", newline="")
        written.append(path)
    return written


def every_table(results: Results) -> list[Table]:
    """The tables of the report; those of a procedure have all procedures in one, the id in front."""
    found = [_joined(make, results) for make in BY_PROCEDURE if results.procedures]
    found += [make(results) for make in OF_THE_RUN]
    if results.schedule is not None:
        found += [city_tables.schedule_rows(results.schedule), city_tables.schedule_totals(results.schedule)]
    return found


def _joined(make: Callable[[ProcedureResults], Table], results: Results) -> Table:
    parts = [(procedure.definition.id, make(procedure)) for procedure in results.procedures]
    first = parts[0][1]
    rows = tuple((name, *row) for name, table in parts for row in table.rows)
    return replace(first, columns=(Column("手続ID"), *first.columns), rows=rows, total=None)


def as_csv(table: Table) -> str:
    """The table as CSV text without its total row, so that a sum over a column is right."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([guarded(column.label) for column in table.columns])
    for row in table.rows:
        writer.writerow([_cell(value, column.form) for value, column in zip(row, table.columns, strict=True)])
    return buffer.getvalue()


def _cell(value: Cell, form: Form) -> str:
    """A number as a number, a missing one as nothing, words guarded."""
    if value is None:
        return ""
    if isinstance(value, str):
        # A lone surrogate has no UTF-8 form.
        return guarded(value.encode("utf-8", "replace").decode("utf-8"))
    return str(round(value, PLACES[form])) if form in PLACES else str(round(value))
