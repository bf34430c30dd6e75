"""Nothing that the facts name of a procedure is lost: each name has one of ours, or a reason why there is none."""

from __future__ import annotations

import pytest

from engine.definition import Procedure
from tests.docs.procedure_pages import library
from tests.procedures.facts import PARTS, Facts, all_facts, unknown

each = pytest.mark.parametrize("facts", all_facts(), ids=lambda facts: facts.procedure)


def declared(procedure_id: str) -> Procedure:
    found, _ = library().load(procedure_id)
    assert found is not None
    return found


def test_every_procedure_has_its_facts() -> None:
    assert {facts.procedure for facts in all_facts()} == set(library().ids()) - {
        "building_survey",
        "administrative_review",
    }
    assert {part: sum(facts.parts[part].printed for facts in all_facts()) for part in PARTS} == {
        "fields": 1741,
        "attachments": 134,
        "checks": 209,
        "outcomes": 132,
        "errors": 123,
    }


@each
def test_no_name_of_the_facts_is_missing_or_comes_twice(facts: Facts) -> None:
    for name, part in facts.parts.items():
        assert not set(part.ours) & set(part.left_out), name
        assert len(part.ours) + len(part.left_out) == part.printed, name


@each
def test_what_stands_for_a_name_is_declared(facts: Facts) -> None:
    others = {"building_survey": declared("building_survey")}
    procedure = declared(facts.procedure)
    for name, part in facts.parts.items():
        assert [ours for ours in part.ours.values() if unknown(procedure, name, ours, others)] == [], name


@each
def test_outcomes_and_checks_are_whole_and_nineteen_of_twenty_fields(facts: Facts) -> None:
    fields = facts.parts["fields"]
    assert facts.parts["outcomes"].left_out == facts.parts["checks"].left_out == {}
    assert len(fields.ours) >= 0.95 * fields.printed


def test_a_name_that_nobody_declared_is_noticed() -> None:
    procedure = declared("pregnancy_notice")
    assert not unknown(procedure, "fields", "applicant.name_kanji", {})
    for name in ("applicant.nickname", "facts.nothing", "given.nothing.day", "case.nothing"):
        assert unknown(procedure, "fields", name, {}), name
    assert unknown(procedure, "checks", "nothing", {})
