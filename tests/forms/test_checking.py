"""A form says everything that is wrong at once, in its own order, with what to do; what is right comes back stored."""

from __future__ import annotations

import copy
import datetime as dt
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import AnswerProblem, DefinitionError, UnknownThing
from forms import Checker, Forms
from forms.checking import FictionalNumbers, FormChecker
from tests.forms.ours import FORMS
from tests.forms.small_forms import load_small, row, rule, write_pair

TODAY = dt.date(2025, 6, 2)
CLAIM = "child_allowance_claim"
CHECKER = Checker(FORMS, both=True)
TEXT: dict[str, Any] = {"type": "string", "maxLength": 20}


@pytest.fixture
def answers() -> dict[str, Any]:
    """The example of the form's author, accepted as it stands."""
    text = files("forms").joinpath("childcare", f"{CLAIM}.example.json").read_text("utf-8")
    return dict(json.loads(text))


def problems(document: object, **more: Any) -> tuple[AnswerProblem, ...]:  # noqa: ANN401
    return CHECKER.check(CLAIM, document, at=TODAY, **more).problems


def pairs(document: object, **more: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    return [(one.pointer, one.code) for one in problems(document, **more)]


@pytest.mark.parametrize("example", ["example", "example-apart"])
def test_the_authors_examples_are_accepted_as_they_stand(example: str) -> None:
    made = json.loads(files("forms").joinpath("childcare", f"{CLAIM}.{example}.json").read_text("utf-8"))
    before = copy.deepcopy(made)
    checked = CHECKER.check(CLAIM, made, at=TODAY)
    assert checked.problems == ()
    assert checked.answers == made == before


def test_what_was_typed_is_stored_in_one_form(answers: dict[str, Any]) -> None:
    answers["event_date"] = "令和４年５月１９日"
    answers["applicant"] |= {"phone": "０２９－２７３－０１１１", "name_kana": "ﾀｶﾊｼ ｹﾝﾀ", "name_kanji": "髙橋　𠮷郎辻󠄀"}
    stored = CHECKER.check(CLAIM, answers, at=TODAY).answers
    assert stored is not None
    assert stored["event_date"] == "2022-05-19"
    assert (stored["applicant"]["phone"], stored["applicant"]["name_kana"]) == ("0292730111", "タカハシ ケンタ")
    assert stored["applicant"]["name_kanji"].encode() == "髙橋　𠮷郎辻󠄀".encode()


def test_empty_answers_are_no_answers(answers: dict[str, Any]) -> None:
    given_too = {"elder_siblings": [], "jan1_address": "", "representative": {"name_kanji": "　", "address": {}}}
    checked = CHECKER.check(CLAIM, answers | given_too | {"safety_measures": None}, at=TODAY)
    assert checked.problems == ()
    assert checked.answers == {name: value for name, value in answers.items() if name != "safety_measures"}


def test_all_problems_come_at_once_in_the_order_of_the_steps(answers: dict[str, Any]) -> None:
    del answers["identity_check"]["channel"]
    answers["applicant"] |= {"name_kana": "漢字", "birth_date": "昭和64年1月8日"}
    answers["children"].append({"name_kanji": "𠮷田　葵"})
    answers["consent"]["truth_statement"] = False
    found = [pointer for pointer, _ in pairs(answers)]
    assert found[:2] == ["/identity_check/channel", "/applicant/name_kana"]
    assert (
        found.index("/applicant/birth_date") < found.index("/children/1/name_kana") < found.index("/children/1/custody")
    )
    assert found[-1] == "/consent/truth_statement"


def test_every_problem_has_a_label_and_three_sentences(answers: dict[str, Any]) -> None:
    answers["applicant"] = {"birth_date": "2025-02-30", "phone": 3}
    for one in problems(answers | {"marital_status": "x", "children": [{}, 7]}):
        assert one.label
        assert one.ja
        assert one.easy
        assert one.en


def test_nothing_at_all_asks_for_every_field_and_not_for_blocks() -> None:
    found = pairs({})
    assert ("/applicant/address/street", "required") in found
    assert ("/applicant", "required") not in found
    assert all(code == "required" for _, code in found)


def test_a_draft_may_be_unfinished_but_not_wrong() -> None:
    assert pairs({"claim_reason": "move_in"}, partial=True) == []
    assert pairs({"claim_reason": "moved"}, partial=True) == [("/claim_reason", "enum")]
    assert CHECKER.check(CLAIM, {"applicant": {"phone": "029-1"}}, at=TODAY, partial=True).answers is None


def test_a_hidden_field_must_not_be_answered(answers: dict[str, Any]) -> None:
    assert pairs(answers | {"previous_recipient_name": "山田"}) == [("/previous_recipient_name", "hidden")]


def test_nobody_is_told_to_delete_what_hangs_on_a_wrong_answer(answers: dict[str, Any]) -> None:
    assert "spouse" in answers
    assert pairs(answers | {"marital_status": "maried"}) == [("/marital_status", "enum")]


def test_a_condition_that_no_schema_can_say_is_held_all_the_same(answers: dict[str, Any]) -> None:
    answers["children"][0]["living"] = "abroad_study"
    del answers["pension_type"]
    found = pairs(answers)
    assert ("/pension_type", "required") in found
    assert ("/apart_statement", "required") in found


def test_a_rule_is_said_at_its_first_field_unless_that_is_wrong_already(answers: dict[str, Any]) -> None:
    assert pairs(answers | {"event_date": "2100-01-01"}) == [("/event_date", "rule.event_not_later")]
    assert pairs(answers | {"event_date": "2100-02-30"}) == [("/event_date", "format")]


def test_an_era_that_had_ended_is_said_instead_of_a_format(answers: dict[str, Any]) -> None:
    (found,) = problems(answers | {"event_date": "平成31年5月1日"})
    assert "平成31年4月30日まで" in found.ja
    assert (found.code, found.label) == ("format", "事由発生年月日")


def test_one_message_a_field_and_one_an_attachment(answers: dict[str, Any]) -> None:
    answers["applicant"]["name_kana"] = "漢字\u202e" * 100
    answers["bank_account"] = {
        "use_public_account": False,
        "passbook_copy": {"file_id": "?", "media_type": "x", "size": 0},
    }
    found = pairs(answers)
    assert [code for pointer, code in found if pointer == "/applicant/name_kana"] == ["character"]
    assert [code for pointer, code in found if pointer.startswith("/bank_account/passbook_copy")] == ["enum"]


def test_a_forbidden_character_is_found_without_a_decoder(answers: dict[str, Any]) -> None:
    answers["applicant"]["name_kanji"] = "山田\u202e花子"
    assert pairs(answers) == [("/applicant/name_kanji", "character")]


REAL, FICTIONAL = "123456789018", "123456789012"


@pytest.mark.parametrize(
    ("numbers", "number", "found"),
    [
        ("required", FICTIONAL, []),
        ("required", REAL, ["real_number"]),
        ("refused", REAL, []),
        ("refused", FICTIONAL, ["check_digit"]),
        ("any", REAL, []),
        ("any", FICTIONAL, []),
        ("any", "12345678901", ["pattern"]),
        ("required", "１２３４-５６７８-９０１８", ["real_number"]),
    ],
)
def test_a_practice_store_refuses_what_may_be_somebodys_number_and_a_live_one_what_is_nobodys(
    tmp_path: Path,
    numbers: FictionalNumbers,
    number: str,
    found: list[str],
) -> None:
    node = {"type": "string", "pattern": "^[0-9]{12}$", "maxLength": 12}
    form = load_small(tmp_path, {"my_number": node}, [row("my_number", "my_number", sensitivity="my_number")])
    checked = FormChecker(form, numbers).check({"my_number": number}, at=TODAY)
    assert [one.code for one in checked.problems] == found


def test_conditions_may_read_the_day_on_which_the_answers_are_given(tmp_path: Path) -> None:
    day = {"type": "string", "format": "date", "maxLength": 10}
    past = rule("past", "form.day == null || form.day <= today.day", ["day"])
    checker = FormChecker(load_small(tmp_path, {"day": day}, [row("day", "date")], rules=[past]))
    assert checker.check({"day": "2025-06-02"}, at=TODAY).problems == ()
    assert [one.code for one in checker.check({"day": "2025-06-03"}, at=TODAY).problems] == ["rule.past"]


def test_a_name_has_one_line_and_a_text_may_have_several(tmp_path: Path) -> None:
    checker = FormChecker(load_small(tmp_path, {"a": TEXT, "b": TEXT}, [row("a", "name"), row("b", "text")]))
    checked = checker.check({"a": "山田\n花子", "b": "1行目\r\n2行目"}, at=TODAY)
    assert [(one.pointer, one.code) for one in checked.problems] == [("/a", "line_break")]
    assert checker.check({"b": "1行目\r\n2行目"}, at=TODAY).answers == {"b": "1行目\n2行目"}


def test_an_unknown_form_and_a_wrong_definition_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownThing, match="child_allowance_claims はありません"):
        CHECKER.check("child_allowance_claims", {}, at=TODAY)
    write_pair(tmp_path / "field", "small", {"a": TEXT}, [row("b", "text")])
    with pytest.raises(DefinitionError) as raised:
        Checker(Forms([tmp_path])).check("small", {}, at=TODAY)
    assert {one.rule for one in raised.value.problems} == {"form-field"}


NAMES = ["applicant", "address", "children", "my_number", "event_date", "consent", "bank_account", "birth_date"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner, max_size=5),
    max_leaves=25,
)


@given(ANYTHING, st.booleans())
def test_no_document_raises_and_each_gives_answers_or_problems(document: object, partial: bool) -> None:  # noqa: FBT001
    checked = CHECKER.check(CLAIM, document, at=TODAY, partial=partial)
    assert (checked.answers is None) == bool(checked.problems)
    if checked.answers is not None:
        assert CHECKER.check(CLAIM, checked.answers, at=TODAY, partial=partial) == checked
