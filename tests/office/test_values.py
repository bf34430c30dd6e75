"""Words of a command line become values of the kind that is declared."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadAnswers, UnknownThing
from engine.shapes import Many, Record, Scalar
from office.asking import Misused, instant, plain
from office.values import given_document, pairs, placed, read_file, results, value

FORM = Record(
    {
        "code": Scalar("text"),
        "whole": Scalar("whole"),
        "paid": Scalar("yes_no"),
        "person": Record({"name": Scalar("text")}),
        "children": Many(Record({"age": Scalar("whole"), "living": Scalar("text")})),
    }
)


@pytest.mark.parametrize(
    ("kind", "word", "wanted"),
    [
        ("yes_no", "yes", True),
        ("yes_no", "FALSE", False),
        ("yes_no", "いいえ", False),
        ("yen", "15000", 15000),
        ("number", "2.5", 2.5),
        ("number", "-3", -3),
        ("text", "0123", "0123"),
        ("text", "yes", "yes"),
        ("date", "2022-06-01", "2022-06-01"),
        ("month", "2022-06", "2022-06"),
        (None, "yes", True),
        (None, "12", 12),
        (None, "012", "012"),
        (None, "2022-06-01", "2022-06-01"),
        (None, "髙橋", "髙橋"),
        ("yen", "", None),
    ],
)
def test_a_word_becomes_the_value_its_kind_says(kind: str | None, word: str, wanted: object) -> None:
    found = value(kind, word)
    assert (found, type(found)) == (wanted, type(wanted))


@pytest.mark.parametrize(
    ("kind", "word"), [("yen", "much"), ("yes_no", "maybe"), ("number", "nan"), ("number", "9" * 5000)]
)
def test_a_word_that_is_no_such_value_stays_text_for_the_check_of_answers(kind: str, word: str) -> None:
    assert value(kind, word) == word


@given(st.text(max_size=40))
def test_text_is_never_changed(word: str) -> None:
    assert value("text", word) == (word or None)


def test_names_lead_inside_records_and_lists() -> None:
    words = {"person.name": "髙橋", "children.0.age": "3", "children.1.living": "apart", "code": "7", "other": "7"}
    assert placed(FORM, words) == {
        "person": {"name": "髙橋"},
        "children": [{"age": 3}, {"living": "apart"}],
        "code": "7",
        "other": 7,
    }


def test_values_are_put_over_a_document_that_stays_as_it_is() -> None:
    before = {"children": [{"age": 3, "living": "with"}], "paid": True}
    after = placed(FORM, {"children.0.living": "apart", "paid": "no"}, before)
    assert after == {"children": [{"age": 3, "living": "apart"}], "paid": False}
    assert before == {"children": [{"age": 3, "living": "with"}], "paid": True}


@pytest.mark.parametrize("name", ["children.x.age", "children.2.age", "children.-1.age"])
def test_a_place_that_a_list_does_not_have_is_wrong_usage(name: str) -> None:
    with pytest.raises(Misused) as refused:
        placed(FORM, {name: "1"}, {"children": [{}]})
    assert "0から1まで" in refused.value.ja


@pytest.mark.parametrize("words", [["amount"], ["=3"], ["a=1", "a=1"]])
def test_a_word_is_a_name_and_a_value_once(words: list[str]) -> None:
    with pytest.raises(Misused):
        pairs(words)


def test_a_value_may_hold_the_sign() -> None:
    assert pairs(["reason=a=b", "empty="]) == {"reason": "a=b", "empty": ""}


def test_checks_have_passed_or_failed() -> None:
    assert results(["identity=passed", "custody=不可"]) == {"identity": True, "custody": False}
    with pytest.raises(Misused):
        results(["identity=true"])


def test_answers_come_as_json_or_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text('{"amount": 1}', "utf-8")
    assert given_document(f"@{tmp_path}/answers.json") == given_document('{"amount": 1}') == {"amount": 1}
    assert given_document(None) is None


@pytest.mark.parametrize("text", ["", "[]", "1", "{", '{"a": "\x00"}'])
def test_what_is_no_json_object_is_refused(text: str) -> None:
    with pytest.raises(BadAnswers):
        given_document(text)


@pytest.mark.parametrize("name", ["missing.json", ".", "a\0b", "x" * 5000])
def test_a_file_that_cannot_be_read_is_named(name: str) -> None:
    with pytest.raises(UnknownThing) as refused:
        read_file(Path(name))
    assert "を読めません" in refused.value.ja


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2022-06-01", "2022-06-01T00:00:00+09:00"),
        ("2022-06-01T09:00", "2022-06-01T09:00:00+09:00"),
        ("2022-06-01T09:00+09:00", "2022-06-01T09:00:00+09:00"),
        ("2022-06-01T00:00Z", "2022-06-01T00:00:00+00:00"),
    ],
)
def test_an_instant_without_an_offset_is_japanese_time(text: str, iso: str) -> None:
    assert instant(text).isoformat() == iso


@pytest.mark.parametrize("text", ["", "tomorrow", "2022-13-01", "2022-06-01T25:00", "0001-01-01", "9999-12-31"])
def test_what_is_no_instant_is_wrong_usage(text: str) -> None:
    with pytest.raises(Misused):
        instant(text)


def test_a_name_is_printable_and_not_too_long() -> None:
    assert plain("髙橋 k-1", "--for") == "髙橋 k-1"
    for text in ("a\nb", "\x1b[31m", "\u202e", "k" * 201):
        with pytest.raises(Misused):
            plain(text, "--for")
