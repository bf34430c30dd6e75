"""One city's period from declaration to results: the only place that puts a run together."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from engine.clock import JST, SimulatedClock
from engine.commands import Engine
from engine.definition import Procedure
from engine.edition import Edition
from engine.municipality import Municipality
from engine.state import LogRow
from engine.store import Store
from engine.work import Work
from office.office import Definitions, engine_for
from procedures.plan import Plan
from procedures.plan_rows import Scenario
from simulation.assumptions import assumptions_of, findings_of, schedule_of
from simulation.calibration.fitted import Fitted, all_laid_over
from simulation.measure import History, Measured
from simulation.people import key_of
from simulation.plausible import require_plausible
from simulation.post_hours import post_hours
from simulation.preparing import modelled, population, post_labels, reinforce, simulated_of, staff_of
from simulation.queues import post_days
from simulation.results import Post as PostResults
from simulation.results import Results
from simulation.run import Run
from simulation.settings import LONGEST, Change, Settings, Simulated
from simulation.surge import Surge

LABELS = {"as-is": "現状(as-is)", "to-be": "改善後(to-be)"}
NOT_MODELLED = (
    "代決・後閲は、この版では動かしていません。不在の人の決裁は、その人が来るまで待ちます。",
    "ここに載せた手続のほかの仕事(電話、会議、まだ定義のない手続など)は、職員の時間をとりません。",
    "公簿の中身は申請ごとに想定の割合で作ったもので、住民基本台帳や税の実データではありません。",
    "想定に割合のない公簿の事実は、手続が先へ進む値とみなしました。そのため、結果は実際より良く出ます。",
)


def simulate(  # noqa: PLR0913 - what a run is made of
    declared: Definitions,
    *,
    first: dt.date,
    last: dt.date,
    scenario: Scenario,
    seed: int,
    keep: Path | None = None,
    only: Sequence[str] = (),
    surge: Surge | None = None,
    fitted: Fitted | None = None,
    seen: Callable[[Store], None] = lambda _store: None,
    change: Change | None = None,
    worked: int = LONGEST,
    progress: Callable[[dt.date], None] = lambda _day: None,
) -> Results:
    """The results of a period of a city's work, run case by case through the real engine.

    Args:
        keep: where to keep the cases as a practice store; in memory when not given.
        only: the procedures to run, by id; every declared one where none is named.
        surge: applications besides the usual ones, and those who help.
        fitted: assumptions that replace those of the plans.
        seen: is given the store of the cases when all is over.
        change: what is otherwise than declared in the city, the assumptions and the staff.
        worked: for how many days cases are worked after the period.

    Raises:
        UnknownThing: one of them is not declared, or nobody holds a post that is to be helped.
        DefinitionError: what was fitted names what a procedure does not declare.
        StoreError: the store to keep cannot be made.
        DefinitionError: figures that no run could end with.
    """
    clock = SimulatedClock(dt.datetime.combine(first, dt.time(0), JST))
    if change is not None:
        declared = replace(declared, municipality=change.of_city(declared.municipality))
    with Store.open(keep or ":memory:", practice=True) as store:
        engine = engine_for(declared, store, clock)
        city = declared.municipality
        simulated = {name: simulated_of(declared, name) for name in modelled(declared, only, (first, last))}
        simulated = all_laid_over(fitted, simulated)
        if surge is not None and surge.procedure in simulated:
            flooded = simulated[surge.procedure]
            simulated[surge.procedure] = replace(flooded, plan=surge.over(flooded.plan))
        if change is not None:
            simulated = {name: replace(one, plan=change.of_plan(name, one.plan)) for name, one in simulated.items()}
        require_plausible(city, simulated, first, last, population(city))
        staff = staff_of(declared, simulated, seed)
        reinforce(staff, surge, first, simulated)
        if change is not None:
            change.of_staff(staff, first)
        settings = Settings(first, last, scenario, seed, population(city), surge, worked)
        run = Run(engine, clock, staff, simulated, settings)
        run.run(lambda day: progress(min(day, last)))
        seen(store)
        return _results(declared, engine, run)


def _results(declared: Definitions, engine: Engine, run: Run) -> Results:
    labels = post_labels(declared.municipality, run.staff.posts)
    measured = {name: _measured(declared, one, labels) for name, one in run.simulated.items()}
    editions: dict[str, dict[str, Edition]] = {name: {} for name in measured}
    events = commands = 0
    with engine.store.reading() as tx:
        for application in run.records.applications:
            whole = tx.whole(application.case_id)
            if whole is None:
                continue
            log = tx.log(application.case_id)
            events += len(log)
            commands += sum(row.kind in {"event", "command"} for row in log)
            kinds = {number: task.kind for number, task in whole.tasks.items()}
            one = measured[application.procedure]
            paid = _paid(engine.work_on(tx, application.case_id), one.plan, log, kinds)
            one.histories.append(History(whole.case, log, whole.clocks, application, kinds, paid))
            edition = engine.ports.definitions.pinned(whole.case.procedure, whole.case.edition)
            editions[application.procedure][edition.hash] = edition
    for name, one in measured.items():
        one.behaviour = tuple(sorted(editions[name]))
        one.versions = _versions(one.procedure, list(editions[name].values()))
    city, settings = declared.municipality, run.settings
    last_day = run.ended
    return Results(
        city_id=city.id,
        city=city.label,
        first_day=settings.first,
        last_day=settings.last,
        run_until=last_day,
        seed=settings.seed,
        scenario=settings.scenario,
        scenario_label=LABELS[settings.scenario],
        procedures=tuple(one.results(run.records) for one in measured.values()),
        posts=_post_results(city, run, last_day),
        schedule=schedule_of(city, {one.procedure.number for one in measured.values()}),
        assumptions=assumptions_of(city, list(run.simulated.values()), settings.scenario, settings.surge),
        findings=findings_of(declared.findings),
        not_modelled=NOT_MODELLED,
        commands=commands,
        refused=run.records.refused,
        events=events,
    )


def _measured(declared: Definitions, one: Simulated, posts: Mapping[str, str]) -> Measured:
    return Measured(one.procedure, one.plan, declared.calendar, (), (), posts)


def _versions(procedure: Procedure, editions: Sequence[Edition]) -> tuple[str, ...]:
    """The labels of the versions of the law that cases ran under."""
    found = [
        f"{version.id}({version.about})" if version.about else version.id
        for version in procedure.versions
        if any(version.holds(e.on) for e in editions)
    ]
    return tuple(found)


def _paid(work: Work, plan: Plan, log: Sequence[LogRow], kinds: Mapping[int, str]) -> int:
    """The yen of a payment that arrived; nothing while it has not."""
    rows = plan.payment_days
    if rows is None or not any(row.event == rows.paid and kinds.get(row.task) == rows.task for row in log):
        return 0
    input_id, _, name = rows.amount.partition(".")
    amount = work.answers(input_id).get(name)
    return amount if isinstance(amount, int) else 0


def _post_results(city: Municipality, run: Run, last_day: dt.date) -> tuple[PostResults, ...]:
    labels = post_labels(city, run.staff.posts)
    return tuple(
        PostResults(
            key_of(post),
            labels[key_of(post)],
            run.staff.holders(key_of(post), run.settings.first, run.settings.last),
            post_days(run.staff, run.records, key_of(post), run.settings.first, last_day),
            post_hours(run.staff, run.records, key_of(post), run.settings.first, run.settings.last),
        )
        for post in run.staff.posts
    )


def as_json(results: Results) -> str:
    """A few totals for programs; the report has the rest."""
    return json.dumps(
        {
            "city": results.city_id,
            "from": results.first_day.isoformat(),
            "to": results.last_day.isoformat(),
            "seed": results.seed,
            "cases": {p.definition.id: p.opened for p in results.procedures},
            "states": {p.definition.id: {s.id: s.cases for s in p.states} for p in results.procedures},
            "commands": results.commands,
            "events": results.events,
        },
        ensure_ascii=False,
        sort_keys=True,
    )
