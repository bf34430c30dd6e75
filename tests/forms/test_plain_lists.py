"""A list may hold plain values: choices that are ticked together, days, months; and figures may be yen or decimals."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from engine.shapes import Many, Scalar
from forms import Form
from forms.checking import FormChecker
from forms.samples import Sampler
from tests.forms.small_forms import load, load_small, row, write_pair

TODAY = dt.date(2022, 6, 1)
CARDS = {"type": "array", "items": {"type": "string", "enum": ["a", "b", "c"]}, "maxItems": 3, "uniqueItems": True}
MONTHS = {"type": "array", "items": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}, "maxItems": 24}
WORDS = {"ja": "見出し", "easy": "みだし", "en": "Label"}
CHOICES = [{"field": "cards", "id": one} | WORDS for one in "abc"]


@pytest.fixture
def form(tmp_path: Path) -> Form:
    properties = {"cards": CARDS, "months": MONTHS, "paid": {"type": "integer", "minimum": 0, "maximum": 9999}}
    properties |= {"share": {"type": "number", "minimum": 0, "maximum": 100}}
    rows = [row("cards", "list", items="choice"), row("months", "list", items="month")]
    rows += [row("paid", "yen"), row("share", "number")]
    rules = [{"id": "not_c", "says": "c", "cel": "!form.cards.exists(x, x == 'c')", "fields": ["cards"]} | WORDS]
    return load_small(tmp_path, properties, rows, required=["cards"], choices=CHOICES, rules=rules)


def wrong(form: Form, document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.pointer, one.code) for one in FormChecker(form, both=True).check(document, at=TODAY).problems]


def test_several_choices_are_accepted_and_a_strange_one_is_named_at_its_place(form: Form) -> None:
    assert wrong(form, {"cards": ["a", "b"]}) == []
    assert wrong(form, {"cards": ["a", "x"]}) == [("/cards/1", "enum")]
    assert wrong(form, {"cards": ["a", "a"]}) == [("/cards", "uniqueItems")]
    assert wrong(form, {"cards": []}) == [("/cards", "required")]


def test_what_is_said_of_one_item_counts_it(form: Form) -> None:
    (said,) = FormChecker(form).check({"cards": ["a", "x"]}, at=TODAY).problems
    assert said.ja == "「2番目のcardsの欄」は、選択肢から選んでください。"


def test_items_are_read_as_their_type_is_typed(form: Form) -> None:
    answers = FormChecker(form).check({"cards": ["a"], "months": ["令和4年5月", "2022-06"]}, at=TODAY).answers
    assert answers == {"cards": ["a"], "months": ["2022-05", "2022-06"]}


def test_a_condition_sees_the_items_and_their_choices(form: Form) -> None:
    assert form.shape.fields["cards"] == Many(Scalar("text", ("a", "b", "c")))
    assert wrong(form, {"cards": ["c"]}) == [("/cards", "rule.not_c")]


def test_yen_are_whole_and_decimals_are_not(form: Form) -> None:
    assert wrong(form, {"cards": ["a"], "paid": 1200, "share": 12.5}) == []
    assert wrong(form, {"cards": ["a"], "paid": 12.5}) == [("/paid", "type")]
    assert form.shape.fields["paid"] == Scalar("yen")


def test_samples_tick_some_choices_in_their_order(form: Form) -> None:
    made = [Sampler(form, today=TODAY).sample(seed, full=True) for seed in range(20)]
    assert all(one["cards"] == sorted(set(one["cards"])) for one in made)
    assert {len(one["cards"]) for one in made} > {1}


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        ("list", {}, "block か items"),
        ("list", {"items": "whole"}, "合いません"),
        ("text", {"items": "text"}, "type が list"),
    ],
)
def test_a_list_that_says_nothing_or_something_else_is_told(
    tmp_path: Path, kind: str, more: dict[str, Any], said: str
) -> None:
    properties = {"x": {"type": "array", "items": {"type": "string"}} if kind == "list" else {"type": "string"}}
    write_pair(tmp_path / "field", "small", properties, [row("x", kind, **more)])
    form, problems = load(tmp_path)
    assert form is None
    assert [said in one.ja for one in problems] == [True]
