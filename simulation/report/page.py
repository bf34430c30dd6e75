"""The HTML page of a run: one file that asks for nothing else, the same bytes for the same results."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from procedures.letters import plain
from simulation.report import (
    charts,
    city_tables,
    figures,
    flow,
    hours,
    phases,
    queues,
    summary,
    tables,
    tiles,
    tornado,
    words,
)
from simulation.report.tables import Table
from simulation.results import ProcedureResults, Results
from simulation.swings import Answer, Ranking


@dataclass(frozen=True)
class ProcedureView:
    """What the page shows of one procedure."""

    key: str
    results: ProcedureResults
    arrivals_chart: Markup
    lead_chart: Markup
    flow_chart: Markup
    tables: dict[str, Table]


@dataclass(frozen=True)
class HeatRow:
    """One row of the heat map.

    A month or a day of the week, one load for each post; `after` where no application came any more.
    """

    label: str
    after: bool
    loads: tuple[figures.Load, ...]


@dataclass(frozen=True)
class Ranked:
    """What a page shows of which assumptions move the answers."""

    basis: str
    sentence: str
    drawings: tuple[tuple[Answer, Markup], ...]
    tables: tuple[Table, ...]
    unmoved: str
    sources: tuple[str, ...]


def ranked(found: Ranking) -> Ranked:
    """The ranking of assumptions as drawings and tables, the answer it was asked by first."""
    shown = tuple(tornado.drawings(found))
    every = tuple(tornado.table(found, answer.id) for answer, _ in shown)
    return Ranked(
        tornado.basis(found),
        tornado.sentence(found),
        shown,
        every,
        words.listed(tornado.unmoved(found)),
        tuple(tornado.sources(found)),
    )


def environment() -> Environment:
    """What makes pages of templates: everything escaped, nothing left out in silence."""
    made = Environment(
        loader=PackageLoader("simulation.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_plain,
    )
    made.filters.update(
        count=words.count,
        day=words.day,
        hours=words.hours,
        cell=tables.shown,
        share=words.whole_percent,
    )
    return made


def render(results: Results, ranking: Ranking | None = None) -> str:
    """The report as one HTML document, without any address, clock time or path.

    Args:
        ranking: which assumptions move the answer, where that was looked for.
    """
    views = [_view(number, procedure) for number, procedure in enumerate(results.procedures, 1)]
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            results=results,
            title=f"{results.city} {words.period(results)} 手続シミュレーション報告書",
            period=words.period(results),
            basis=words.basis(results),
            points=summary.points(results),
            tiles=tiles.tiles(results),
            views=views,
            queue_chart=charts.both(partial(_queues, results)),
            hour_maps=charts.both(lambda width: hours.hour_maps(results.posts, f"hours-{width}", width)),
            heat_months=[_month_row(results, month) for month in figures.months(results)],
            heat_weekdays=[_weekday_row(results, n) for n in figures.weekdays(results)],
            run_tables=_run_tables(results),
            periods=figures.period_counts(results.schedule) if results.schedule else [],
            modelled=sum(row.modelled for row in results.schedule.rows) if results.schedule else 0,
            swings=ranked(ranking) if ranking else None,
            marks=[city_tables.mark(one) for one in results.assumptions],
        )
    )


def _plain(value: object) -> object:
    """Whatever the template prints, without letters that hide or reorder text.

    Markup made by the charts is clean already.
    """
    return plain(value) if type(value) is str else value


def _view(number: int, procedure: ProcedureResults) -> ProcedureView:
    limit = procedure.limits[0] if procedure.limits else None
    key = f"p{number}"
    return ProcedureView(
        key=key,
        results=procedure,
        arrivals_chart=charts.both(lambda width: charts.arrivals(procedure.arrivals, f"{key}-arrivals-{width}", width)),
        lead_chart=charts.both(lambda width: charts.lead_times(procedure.leads, limit, f"{key}-lead-{width}", width)),
        flow_chart=charts.both(
            lambda width: flow.flow(procedure.states, procedure.moves, f"{key}-flow-{width}", width)
        ),
        tables={table.id: table for table in _procedure_tables(procedure)},
    )


def _procedure_tables(procedure: ProcedureResults) -> list[Table]:
    makers = (
        tables.arrivals,
        tables.states,
        tables.lead_figures,
        tables.lead_distribution,
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
    return [make(procedure) for make in makers]


def _run_tables(results: Results) -> dict[str, Table]:
    makers = (
        city_tables.overview,
        city_tables.post_months,
        city_tables.assumptions,
        city_tables.findings,
        city_tables.definitions,
        city_tables.run,
    )
    made = [make(results) for make in makers]
    if results.schedule is not None:
        made += [city_tables.schedule_rows(results.schedule), city_tables.schedule_totals(results.schedule)]
    return {table.id: table for table in made}


def _queues(results: Results, width: int) -> Markup:
    days = [day.day for post in results.posts for day in post.days]
    last = max([results.run_until, results.last_day, *days])
    first = min([results.first_day, *days])
    return queues.queues(results.posts, first, last, results.last_day, f"queues-{width}", width)


def _month_row(results: Results, month: str) -> HeatRow:
    after = month > results.last_day.isoformat()[:7]
    return HeatRow(words.month(month), after, tuple(figures.month_load(post, month) for post in results.posts))


def _weekday_row(results: Results, weekday: int) -> HeatRow:
    loads = tuple(figures.weekday_load(post, weekday, results) for post in results.posts)
    return HeatRow(f"{words.WEEKDAYS[weekday]}曜日", after=False, loads=loads)
