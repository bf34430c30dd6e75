"""What the registers know stands in the form: for the right person, never over an answer, nothing the form refuses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import UnknownThing
from forms import Form
from forms.checking import FormChecker
from forms.prefilling import Prefilled, prefill
from registers.port import vocabulary
from registers.synthetic import SyntheticRegisters
from tests.forms.ours import FORMS
from tests.registers.cities import TODAY, city

REGISTERS = SyntheticRegisters(city())
PEOPLE = list(city().residents())
PARENT = next(one for one in PEOPLE if REGISTERS.read(one.number, ["child_allowance.recipient_no"], one.number))
CERTIFIED = next(one for one in PEOPLE if REGISTERS.read(one.number, ["nintei.level"], one.number))
APOSTROPHE = "O'BRIEN"


def form(form_id: str) -> Form:
    found, problems = FORMS.load(form_id)
    assert found is not None, problems
    return found


def filled(form_id: str, person: int, given: dict[str, Any] | None = None) -> Prefilled:
    return prefill(form(form_id), REGISTERS, person, at=TODAY, given=given)


@pytest.mark.parametrize("form_id", FORMS.ids())
@settings(max_examples=6)
@given(st.sampled_from(PEOPLE))
def test_a_form_accepts_what_it_was_prefilled_with(form_id: str, one: Any) -> None:  # noqa: ANN401
    found = filled(form_id, one.number)
    assert FormChecker(form(form_id)).check(found.answers, at=TODAY, partial=True).problems == ()
    fields = form(form_id).by_pointer
    assert all(one.key in vocabulary() for one in found.filled)
    assert not any(field.type == "my_number" for field in fields.values() if field.prefill)


@pytest.mark.parametrize("form_id", FORMS.ids())
def test_what_a_form_refuses_is_a_value_it_does_not_offer_or_a_name_it_cannot_take(form_id: str) -> None:
    for one in PEOPLE[:40]:
        for source, problem in filled(form_id, one.number).refused:
            assert problem.code in {"enum", "const", "minimum", "maximum"} or APOSTROPHE in one.kanji, (source, problem)


def test_a_parent_finds_the_own_name_the_spouse_and_the_children() -> None:
    found = filled("child_allowance_claim", PARENT.number).answers
    children = [city().resident(one) for one in REGISTERS.people(PARENT.number, "children")]
    assert found["applicant"]["name_kanji"] == PARENT.kanji
    assert found["applicant"]["address"]["city"] == "ひたちなか市"
    assert [one["name_kanji"] for one in found["children"]] == [one.kanji for one in children]
    assert {one["relation"] for one in found["children"]} == {"child"}
    spouse = REGISTERS.people(PARENT.number, "spouse")
    assert [found["spouse"]["name_kanji"]] == [city().resident(one).kanji for one in spouse]
    assert "representative" not in found


def test_what_is_asked_only_under_an_answer_comes_with_that_answer() -> None:
    alone = next(one for one in PEOPLE if REGISTERS.read(one.number, ["juki.marital_status"], one.number) == {})
    assert "spouse" not in filled("child_allowance_claim", alone.number).answers
    moved = {"change_kinds": ["name"]}
    assert "new_name" not in filled("name_address_change", PARENT.number).answers
    assert filled("name_address_change", PARENT.number, moved).answers["new_name"] == PARENT.kanji


def test_an_answer_that_is_there_stays() -> None:
    given = {"applicant": {"name_kanji": "別の名前"}, "children": [{"name_kanji": "この子"}]}
    found = filled("child_allowance_claim", PARENT.number, given)
    assert found.answers["applicant"]["name_kanji"] == "別の名前"
    assert found.answers["applicant"]["birth_date"] == PARENT.birth_date.isoformat()
    assert found.answers["children"] == [{"name_kanji": "この子"}]
    assert given == {"applicant": {"name_kanji": "別の名前"}, "children": [{"name_kanji": "この子"}]}
    assert not any(one.pointer == "/applicant/name_kanji" for one in found.filled)


def test_every_answer_says_from_which_register_and_about_whom() -> None:
    found = filled("care_certification_renewal", CERTIFIED.number)
    sources = {one.pointer: (one.key, one.person) for one in found.filled}
    assert sources["/current/level"] == ("nintei.level", CERTIFIED.number)
    assert found.answers["current"]["level"] in {"support1", "support2", "care1", "care2", "care3", "care4", "care5"}


def test_the_members_of_a_household_are_told_by_their_relation_to_its_head() -> None:
    wife = next(one for one in PEOPLE if one.relation == "spouse" and one.died_on is None)
    found = filled("disaster_damage_certificate", wife.number, {"request_kind": "new"}).answers
    assert found["head"]["name_kanji"] == city().household_of(wife.number).living[0].kanji
    assert found["members"][0]["relation"] == "spouse"


def test_a_claim_of_a_child_tells_of_the_recipient_who_died() -> None:
    child = next(one for one in PEOPLE if one.relation == "child" and REGISTERS.people(one.number, "former_recipient"))
    dead = city().resident(REGISTERS.people(child.number, "former_recipient")[0])
    found = filled("child_allowance_unpaid", child.number).answers
    assert (found["deceased_name"], found["claimant"]["name_kanji"]) == (dead.kanji, child.kanji)
    assert found["death_date"] == dead.died_on.isoformat()  # type: ignore[union-attr]


def test_nobody_is_prefilled_for_nobody() -> None:
    with pytest.raises(UnknownThing, match="住民番号 9 の人はいません"):
        filled("child_allowance_claim", 9)
