"""A correction lists the fields that may be changed: all of them and no others; it is answered, or cancelled."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.office.door import Door

At = Callable[[str], Door]
FIELDS = "fields=bank_account.account_number,applicant.phone"
COUNTER = ("--as", "counter:c1")
ASK = ("case", "fire", "1", "request_correction", "--set", "items=口座と電話", *COUNTER)
ANSWER = ("case", "fire", "1", "answer", "--as", "applicant:p1")
NUMBER = ("--set", "bank_account.account_number=7654321")
PHONE = ("--set", "applicant.phone=029-111-2222")


@pytest.fixture
def asked(at: At) -> Door:
    """A case in which two fields have to be corrected."""
    door = at("submitted")
    door(*ASK, "--set", FIELDS)
    return door


def test_the_fields_that_may_be_changed_are_shown(asked: Door) -> None:
    shown = asked("case", "show", "1").stdout
    fields = "口座番号(bank_account.account_number)・日中連絡のつく電話番号(applicant.phone)"
    assert f"補正: 依頼済(applicant) 直せる欄: {fields}" in shown
    task = asked.json("case", "show", "1")["tasks"]["1"]
    assert (task["open"], task["correctable"]) == (True, ["bank_account.account_number", "applicant.phone"])


def test_what_was_listed_is_corrected_and_the_case_goes_on(asked: Door) -> None:
    assert "補正が済んだ → 形式審査" in asked(*ANSWER, *NUMBER, *PHONE).stdout
    assert asked.json("case", "show", "1")["tasks"]["1"]["state"] == "answered"


@pytest.mark.parametrize(
    ("given", "sentences"),
    [
        (NUMBER, ["/applicant/phone: 補正を求めた欄が、まだ直っていません"]),
        (
            (*NUMBER, *PHONE, "--set", "bank_account.branch_code=113"),
            ["/bank_account/branch_code: 補正を求めていない欄が変わっています"],
        ),
    ],
)
def test_nothing_else_is_changed_and_nothing_is_left(asked: Door, given: tuple[str, ...], sentences: list[str]) -> None:
    said = asked.refused(*ANSWER, *given)
    assert [one for one in sentences if one not in said] == []


@pytest.mark.parametrize(
    ("name", "hint"), [("applicant.fone", "applicant.phone"), ("children.0.name_kana", "children")]
)
def test_only_fields_of_the_form_are_listed(at: At, name: str, hint: str) -> None:
    said = at("submitted").refused(*ASK, "--set", f"fields={name}")
    assert f"申請書に「{name}」という欄はありません" in said
    assert hint in said


def test_a_list_of_the_form_is_corrected_as_a_whole(at: At) -> None:
    door = at("submitted")
    door(*ASK, "--set", "fields=children")
    assert "/applicant/phone: 補正を求めていない欄" in door.refused(*ANSWER, *PHONE)
    door(*ANSWER, "--set", "children.0.name_kana=タカハシ ヒナタ")


def test_without_a_list_any_field_may_be_changed(at: At) -> None:
    door = at("submitted")
    door(*ASK)
    door(*ANSWER, *PHONE)
    assert door.json("case", "show", "1")["state"] == "formal_review"


def test_the_counter_cancels_what_need_not_be_corrected_and_tells_so(asked: Door) -> None:
    assert "行います。「applicant」は行えません" in asked.refused("case", "fire", "1", "cancel", "--as", "applicant:p1")
    said = asked("case", "fire", "1", "cancel", *COUNTER).stdout
    assert "補正の求めを取り消す → 取消し" in said
    assert "補正が済んだ → 形式審査" in said
    assert "先にお願いした補正は、いりません" in asked("case", "notice", "1", *COUNTER).stdout
    assert "済ませています" in asked.refused(*ANSWER, *NUMBER, *PHONE)
    shown = asked.json("case", "show", "1")
    assert (shown["state"], shown["tasks"]["1"]["state"], shown["clocks"]["standard"]["state"]) == (
        "formal_review",
        "cancelled",
        "running",
    )
