"""A declaration on one day, compiled once."""

import datetime as dt

import pytest

from engine.calendar import OpeningCalendar
from engine.conditions import Functions
from engine.definition import Procedure
from engine.edition import build
from engine.errors import DefinitionError
from engine.problems import Problem
from tests.engine.made_up.shelf import FORMS, TOWN, FewFigures, changed, compiled, declared, shelf

OLD, NEW = dt.date(2022, 6, 6), dt.date(2023, 4, 1)


def problems(procedure: Procedure) -> list[Problem]:
    functions = Functions(OpeningCalendar(), FewFigures())
    return build(procedure, OLD, municipality=TOWN, forms=FORMS, form_hash="f", functions=functions)[1]


def test_the_rows_of_the_day_are_in_it() -> None:
    old, new = compiled(declared("permit"), OLD), compiled(declared("permit"), NEW)
    assert [row.cel for row in old.procedure.conditions if row.id == "small_enough"] == [
        "form.size != null && form.size <= 10"
    ]
    assert [row.cel for row in new.procedure.conditions if row.id == "small_enough"] == [
        "form.size != null && form.size <= 20"
    ]
    assert old.hash != new.hash


def test_the_same_rows_on_another_day_are_the_same_edition() -> None:
    assert compiled(declared("permit"), OLD).hash == compiled(declared("permit"), dt.date(2022, 12, 1)).hash


def test_open_states_are_all_but_beginnings_and_ends() -> None:
    groups = compiled(declared("permit"), OLD).groups
    assert groups["open"] == ("arrived", "review", "correction", "deciding", "decided", "told")
    assert groups["undecided"] == ("arrived", "review", "correction", "deciding")


def test_a_set_of_states_is_spelt_out_in_the_machine() -> None:
    edition = compiled(declared("grove"), OLD)
    assert edition.machine.sources("fall") == ("looking", "weighing", "kept")
    assert edition.machine.sources("abandon") == ("arrived", "looking", "weighing")


def test_a_case_may_begin_in_every_initial_state() -> None:
    assert [state.id for state in compiled(declared("grove"), OLD).initial()] == ["draft", "noticed", "due"]


def test_an_end_without_a_decision_has_its_outcome_when_only_one_ends_there() -> None:
    edition = compiled(declared("permit"), OLD)
    outcome = edition.outcome_at("withdrawn")
    assert outcome is not None
    assert outcome.id == "withdrawn"
    assert edition.outcome_at("review") is None


def test_conditions_are_found_by_the_ids_that_lead_to_them() -> None:
    edition = compiled(declared("permit"), OLD)
    assert edition.condition("events", "propose", "when") is not None
    assert edition.condition("tasks", "step", "events", "reach", "when") is not None
    assert edition.condition("approval", "main", "levels", "dear", "when") is not None
    assert edition.condition("events", "note", "when") is None


def test_every_problem_of_its_conditions_is_said_at_once() -> None:
    rows = [row.model_dump(by_alias=True, exclude_defaults=True) for row in declared("permit").conditions]
    wrong = {"partial": "form.sise > 3", "dear": "given.proposal.amount >", "refusable": "checks.widht.failed == true"}
    whole = changed(
        "permit", conditions=[row | ({"cel": wrong[row["id"]]} if row["id"] in wrong else {}) for row in rows]
    )
    found = problems(whole.procedures["permit"])
    assert {problem.path[:2] for problem in found} == {("conditions", name) for name in wrong}
    with pytest.raises(DefinitionError, match="定義に3件の誤りがあります"):
        whole.edition("permit", OLD)


def test_a_condition_that_reads_what_its_event_never_asks_is_a_problem() -> None:
    rows = [row.model_dump(by_alias=True, exclude_defaults=True) for row in declared("permit").events]
    other = [row | ({"when": "asked.amount == 3"} if row["id"] in {"note", "waive"} else {}) for row in rows]
    found = problems(changed("permit", events=other).procedures["permit"])
    assert [(problem.rule, problem.path) for problem in found] == [
        ("D120", ("events", "note", "when")),
        ("D120", ("events", "waive", "when")),
    ]


def test_the_rows_are_indexed_by_id() -> None:
    edition = compiled(declared("permit"), OLD)
    assert edition.citizens == {"applicant", "representative"}
    assert edition.stages == {"review": ("papers", "width", "size")}
    assert set(edition.facts) == {"fee", "width", "measured_on"}
    assert set(edition.timers) == {"delivery", "reminder", "correction_due"}
    assert edition.checks["size"].passes == "small_enough"


@pytest.mark.parametrize("name", ["badge", "permit", "grove", "loop"])
def test_every_made_up_declaration_compiles_on_every_day_on_which_it_changes(name: str) -> None:
    for day in declared(name).changes() or (OLD,):
        assert shelf().edition(name, day).id == name
