"""All declared procedures of a city in one run: shared people, every case accounted for, cases that tell each other."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from engine.actors import Actor
from engine.clock import JST, SimulatedClock
from engine.errors import DefinitionError, UnknownThing
from engine.store import Store
from engine.verify import verify_everything
from office.office import definitions, engine_for
from simulation.means import Search
from simulation.preparing import ids_of, modelled, own_plan, staff_of
from simulation.preparing import simulated_of as prepared
from simulation.ways import Ways
from simulation.year import simulate
from tests.simulation.conftest import FIRST

if TYPE_CHECKING:
    from pathlib import Path

    from office.office import Definitions
    from simulation.results import Results

DAYS = (FIRST, FIRST + dt.timedelta(days=1))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the cases of the run are kept."""
    return tmp_path_factory.mktemp("city") / "run.db"


@pytest.fixture(scope="module")
def city(declared: Definitions, kept: Path) -> Results:
    """Two days of April, everything that is declared."""
    return simulate(declared, first=DAYS[0], last=DAYS[1], scenario="as-is", seed=1, keep=kept)


def test_what_a_simulated_run_leaves_is_what_its_logs_tell(city: Results, kept: Path) -> None:
    with Store.open(str(kept), practice=True) as store, store.reading() as tx:
        assert len(tx.cases()) >= sum(one.opened for one in city.procedures) > 20
        assert verify_everything(tx) == []


def test_every_procedure_runs_that_a_law_has_in_the_period(city: Results, declared: Definitions) -> None:
    catalogue = declared.catalogue
    every = [catalogue.procedure(entry.id) for entry in declared.library.list()]
    in_law = [one.id for one in every if one.has_version(FIRST) and not one.reviews]
    assert len(in_law) > 20
    assert [one.definition.id for one in city.procedures] == in_law


def test_a_procedure_whose_law_begins_within_the_period_has_applications_from_that_day(declared: Definitions) -> None:
    name, start = _begins_late(declared)
    days = (start - dt.timedelta(days=20), start + dt.timedelta(days=20))
    (found,) = simulate(declared, first=days[0], last=days[1], scenario="as-is", seed=1, only=[name]).procedures
    assert found.opened > 0
    assert {row.month for row in found.arrivals if row.opened} == {f"{start:%Y-%m}"}


def _begins_late(declared: Definitions) -> tuple[str, dt.date]:
    """A procedure of the city, and the first day of the first law it has."""
    whole = [declared.catalogue.procedure(entry.id) for entry in declared.library.list()]
    late = [(one.id, one.versions[0].from_) for one in whole if one.versions and not one.has_version(FIRST)]
    return late[0]


def test_every_case_of_every_procedure_is_accounted_for(city: Results) -> None:
    assert sum(one.opened for one in city.procedures) > 20
    for one in city.procedures:
        assert one.accounted == one.opened


def test_who_had_to_correct_something_was_waited_for(city: Results, declared: Definitions) -> None:
    """An interview that an applicant is asked to is no correction."""
    for one in city.procedures:
        states = declared.catalogue.procedure(one.definition.id).states
        waiting = {state.id for state in states if state.kind == "waiting_applicant"}
        assert sum(row.corrected for row in one.channels) <= sum(row.entered for row in one.states if row.id in waiting)


def test_a_procedure_beside_others_has_the_applications_it_has_alone(city: Results, declared: Definitions) -> None:
    alone = simulate(declared, first=DAYS[0], last=DAYS[1], scenario="as-is", seed=1, only=["pregnancy_notice"])
    (here,) = [one for one in city.procedures if one.definition.id == "pregnancy_notice"]
    assert alone.procedures[0].arrivals == here.arrivals


def test_the_people_of_a_department_serve_all_its_procedures(declared: Definitions) -> None:
    claims, unpaid = (prepared(declared, name) for name in ("child_allowance_claim", "child_allowance_unpaid"))
    staff = staff_of(declared, {"child_allowance_claim": claims, "child_allowance_unpaid": unpaid}, 1)
    assert set(claims.roles) == set(unpaid.roles) == set(staff.people)


def test_what_applicants_registered_is_changed_by_those_who_registered_it(
    declared: Definitions, tmp_path: Path
) -> None:
    pair = ["school_fee_offer", "school_fee_change"]
    first, last = dt.date(2022, 4, 1), dt.date(2022, 4, 14)
    simulate(declared, first=first, last=last, scenario="as-is", seed=2, only=pair, keep=tmp_path / "pair.db")
    with Store.open(tmp_path / "pair.db") as store, store.reading() as tx:
        told = [row for case in tx.cases(procedure="school_fee_offer") for row in tx.log(case.id)]
        assert any(row.event in {"change_by_p9", "stop_by_p9"} for row in told)


def test_procedures_are_named_by_id_or_number(declared: Definitions) -> None:
    assert modelled(declared, ids_of(declared, ["15", "donation_offer"]), DAYS) == [
        "donation_offer",
        "pregnancy_notice",
    ]
    with pytest.raises(UnknownThing, match="donation_ofer"):
        modelled(declared, ["donation_ofer"], DAYS)


def test_a_plan_that_names_what_is_not_declared_is_told_before_the_run(tmp_path: Path) -> None:
    folder = tmp_path / "procedures" / "childcare"
    folder.mkdir(parents=True)
    ours = definitions().library.path("donation_offer")
    assert ours is not None
    (folder / ours.name).write_bytes(ours.read_bytes())
    (folder / "donation_offer.simulation.toml").write_text(
        'assumption = true\nsource = "x"\nnoticing = [{ role = "clark", share = 1 }]\n'
        'chooses = [{ at = "formal_review", shares = { pass = 0.5 } }]\n',
        encoding="utf-8",
    )
    with pytest.raises(DefinitionError) as told:
        prepared(definitions("hitachinaka", [tmp_path]), "donation_offer")
    assert {problem.rule for problem in told.value.problems} == {"S002", "S003"}


def test_our_plans_name_only_what_their_procedures_declare(declared: Definitions) -> None:
    planned = [entry.id for entry in declared.library.list() if own_plan(declared, entry.id) is not None]
    assert len(planned) > 10
    assert all(prepared(declared, name).plan.arrivals is not None for name in planned)


def test_a_fact_nobody_plans_is_what_lets_the_case_go_on(declared: Definitions) -> None:
    search, day = Search(), dt.datetime(2022, 4, 4, 10, tzinfo=JST)
    with Store.open(":memory:", practice=True) as store:
        engine = engine_for(declared, store, SimulatedClock(day))
        case = engine.open("pregnancy_notice", Actor("applicant", "a1")).case_id
        with engine.reading(case) as work:
            assert search.facts_for(work, "resident", {}) == {"resident_here": True}
            assert search.facts_for(work, "resident", {"resident_here": False}) is None
            assert work.judged("checks", "resident", "passes") is not True


def test_the_ways_of_a_notice_lead_to_its_acceptance_and_only_then_give_up(declared: Definitions) -> None:
    ways = Ways(declared.catalogue.edition("pregnancy_notice", FIRST))
    place = ways.at("formal_review")
    assert [event.id for event in place.onward] == ["pass"]
    assert [event.id for event in place.giving_up] == ["return_misdirected"]
    assert next(event.id for event in ways.outside("unbooked", "interview")) == "walk_in"
