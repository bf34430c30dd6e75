"""Answers are judged before anything is kept; what changed must be looked at again."""

import pytest

from engine.answers import check_input, wrong
from engine.definition.rows import FieldType, Input
from engine.errors import BadAnswers, NotPossibleNow
from tests.engine.desk import Desk
from tests.engine.journeys import PERMIT, correcting, looked_at, looking, submitted
from tests.engine.made_up.shelf import declared

REMARK = next(row for row in declared("permit").inputs if row.id == "remark")


def codes(refused: pytest.ExceptionInfo[BadAnswers]) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.code) for problem in refused.value.problems]


def test_all_that_is_wrong_with_a_form_is_said_at_once_and_nothing_is_kept(desk: Desk) -> None:
    case = desk.open("permit")
    bad = {"kind": "old", "size": "big", "colour": "red", "places": [{"street": 3}]}
    with pytest.raises(BadAnswers, match="直していただく所が5個あります") as refused:
        case.fire("submit", "applicant:p1", bad)
    assert codes(refused) == [
        ("/colour", "unknown"),
        ("/kind", "type"),
        ("/size", "type"),
        ("/places/0/street", "type"),
        ("/start_on", "required"),
    ]
    assert (case.events(), case.whole.case.arrived_at) == (["open"], None)
    with desk.store.reading() as tx:
        assert tx.values(case.id) == []


def test_a_form_that_is_asked_for_cannot_be_left_out(desk: Desk) -> None:
    with pytest.raises(BadAnswers):
        desk.open("permit").fire("submit", "applicant:p1")


def test_answers_to_an_event_that_asks_for_nothing_are_refused(desk: Desk) -> None:
    with pytest.raises(BadAnswers) as refused:
        looked_at(desk).fire("waive", "clerk:k1", {"because": "x"})
    assert refused.value.problems[0].ja == "「手数料を免除する」に「because」という欄はありません。"


def test_a_small_form_says_all_that_is_wrong_at_once() -> None:
    with pytest.raises(BadAnswers) as refused:
        check_input(declared("permit").inputs[0], {"when": "2022-06-01"})
    assert codes(refused) == [("/when", "unknown"), ("/items", "required")]


def test_a_wrong_answer_to_a_small_form_is_said_with_its_place(desk: Desk) -> None:
    case = submitted(desk)
    with pytest.raises(BadAnswers) as refused:
        case.fire("note", "clerk:k1", {"seen_on": "昨日", "count": "三"})
    assert codes(refused) == [("/seen_on", "type"), ("/count", "type")]
    assert "メモ" in refused.value.problems[0].ja


def test_an_event_may_ask_for_a_whole_form_besides_the_main_one(desk: Desk) -> None:
    case = looking(desk)
    with pytest.raises(BadAnswers) as refused:
        case.fire("name_owner", "applicant:p1", {"nam": "木村"})
    assert codes(refused) == [("/nam", "unknown")]
    with pytest.raises(NotPossibleNow):
        case.fire("name_owner", "applicant:p1", {})
    case.fire("name_owner", "applicant:p1", {"name": "木村", "my_number": "987654321098"})
    assert case.ask(lambda work: work.answers("owner")) == {"name": "木村", "my_number": "987654321098"}
    assert set(case.whole.case.memo["digests"]["owner.1"]) == {"general", "my_number"}


def test_empty_answers_of_a_small_form_count_as_not_given() -> None:
    assert check_input(REMARK, {"text": "", "count": None, "urgent": False}) == {"urgent": False}


GOOD: dict[FieldType, list[object]] = {
    "text": ["メモ", "改行\nと\tタブ", "髙橋 𠮷田", "あ" * 2000],
    "date": ["2022-06-01", "2024-02-29"],
    "month": ["2022-06"],
    "yes_no": [True, False],
    "number": [0, -3, 2.5, 10**11],
    "yen": [0, 15000],
    "file": ["F-1"],
}
BAD: dict[FieldType, list[object]] = {
    "text": ["あ" * 2001, "a\0b", "\ud800", 3, ["x"], "\x1b[31m"],
    "date": ["2022-6-1", "2023-02-29", "20220601", "2022-W23-1", 20220601, "2022-06-01T00:00", ""],
    "month": ["2022-13", "2022-06-01", 202206, "2022-6"],
    "yes_no": ["true", 1, 0],
    "number": ["3", True, float("nan"), float("inf"), 10**12],
    "yen": [-1, 1.0, True, "100", 10**12],
    "file": [1, "x" * 2001],
}


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in GOOD.items() for value in values])
def test_an_answer_of_its_type_is_taken(kind: FieldType, value: object) -> None:
    assert wrong(kind, value) is None


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in BAD.items() for value in values])
def test_an_answer_of_another_type_is_refused_in_both_languages(kind: FieldType, value: object) -> None:
    said = wrong(kind, value)
    assert said is not None
    assert said[0].endswith("。")
    assert said[1].startswith("must be")


def test_a_choice_is_one_of_those_declared() -> None:
    assert wrong(("a", "b"), "a") is None
    assert wrong(("a", "b"), "c") == ("a・bのどれかにしてください。", "must be one of a, b")
    assert wrong(("a", "b"), ["a"]) is not None


def test_a_choice_that_has_words_is_told_with_them() -> None:
    row = Input(id="way", label="行き方", fields={"to": ("a", "b")}, labels={"to": "行き先", "to.a": "市役所"})
    assert check_input(row, {"to": "a"}) == {"to": "a"}
    with pytest.raises(BadAnswers) as refused:
        check_input(row, {"to": "c"})
    assert "「行き先」はa(市役所)・b(b)のどれか" in refused.value.problems[0].ja


def test_each_submission_is_kept_and_the_latest_is_read(desk: Desk) -> None:
    case = correcting(desk)
    case.fire("answer", "applicant:p1", PERMIT | {"plan": "plan-2"})
    assert case.whole.case.memo["given"]["form"] == 2
    assert case.ask(lambda work: work.answers("form")["plan"]) == "plan-2"
    assert case.ask(lambda work: work.document("form.1")["plan"]) == "plan-1"


def test_a_check_is_open_again_when_what_it_reads_has_changed(desk: Desk) -> None:
    case = looked_at(desk)
    case.fire("request_correction", "clerk:k1", {"items": "図面"})
    case.fire("answer", "applicant:p1", PERMIT | {"plan": "plan-2"})
    assert sorted(case.whole.case.memo["checks"]) == ["width"]


def test_a_check_stays_when_other_answers_have_changed(desk: Desk) -> None:
    case = looked_at(desk)
    case.fire("request_correction", "clerk:k1", {"items": "広さ"})
    case.fire("answer", "applicant:p1", PERMIT | {"size": 7})
    assert sorted(case.whole.case.memo["checks"]) == ["papers", "width"]


def test_a_check_that_reads_a_list_is_open_again_when_an_element_has_changed(desk: Desk) -> None:
    case = looked_at(desk)
    case.fire("request_correction", "clerk:k1", {"items": "幅"})
    case.fire("answer", "applicant:p1", PERMIT | {"places": [{"street": "本町", "width": 1.0}]})
    assert sorted(case.whole.case.memo["checks"]) == ["papers"]


def test_what_is_decided_by_the_form_is_decided_anew_by_a_correction(desk: Desk) -> None:
    case = submitted(desk, size=15)
    assert case.ask(lambda work: work.holds("checks", "size", "passes")) is False
    case.fire("request_correction", "clerk:k1", {"items": "広さ"})
    case.fire("answer", "applicant:p1", PERMIT | {"size": 5, "urgent": True})
    assert case.ask(lambda work: work.holds("checks", "size", "passes")) is True
    assert case.whole.case.priority == 1


def test_answers_that_a_refused_event_brought_are_not_kept(desk: Desk) -> None:
    case = submitted(desk)
    with pytest.raises(Exception, match="はできません"):
        case.fire("propose", "clerk:k1", {"amount": 3000})
    assert "proposal" not in case.whole.case.memo["given"]
    with desk.store.reading() as tx:
        assert not [value for value in tx.values(case.id) if value.field.startswith("proposal")]
