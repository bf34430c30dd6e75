"""A form may change what a block asks, for itself alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from engine.problems import Problem
from forms import Form
from forms.checking import FormChecker
from tests.forms.small_forms import load, row, write_pair

PERSON = {
    "name": {"type": "string", "minLength": 1, "maxLength": 20},
    "number": {"type": "string", "pattern": "^[0-9]{3}$", "maxLength": 3},
    "kind": {"type": "string", "enum": ["a", "b", "c"]},
    "agrees": {"type": "boolean"},
    "home": {"$ref": "urn:madoguchi:block:home"},
}
PERSON_ROWS = [
    row("name", "name"),
    row("number", "text", required_when="it.kind == 'a'"),
    row("kind", "choice"),
    row("agrees", "yes_no"),
    row("home", "block", block="home"),
]
USE = {"$ref": "urn:madoguchi:block:person"}
TODAY = dt.date(2022, 6, 1)
SOMEBODY: dict[str, Any] = {"name": "髙橋", "kind": "b", "agrees": False, "home": {"street": "一丁目"}}


def form_with(folder: Path, *changes: dict[str, Any]) -> tuple[Form | None, list[Problem]]:
    """A form that uses the block person twice, once in a list, and changes it so."""
    home = {"street": {"type": "string", "maxLength": 40}, "country": {"type": "string", "maxLength": 2}}
    write_pair(folder / "blocks", "home", home, [row("street", "text"), row("country", "text")], required=["street"])
    write_pair(folder / "blocks", "person", PERSON, PERSON_ROWS, required=["name", "kind", "agrees", "home"])
    properties = {"one": USE, "others": {"type": "array", "items": USE, "maxItems": 3}}
    rows = [row("one", "block", block="person"), row("others", "list", block="person")]
    write_pair(folder / "field", "small", properties, rows, required=["one"], changes=changes)
    return load(folder)


def loaded(folder: Path, *changes: dict[str, Any]) -> Form:
    form, problems = form_with(folder, *changes)
    assert form is not None, [one.text() for one in problems]
    return form


def wrong(form: Form, document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.pointer, one.code) for one in FormChecker(form, both=True).check(document, at=TODAY).problems]


def test_a_field_left_out_is_neither_asked_nor_accepted(tmp_path: Path) -> None:
    form = loaded(tmp_path, {"field": "one.number", "omit": True})
    assert "one.number" not in [field.path for field in form.fields]
    assert wrong(form, {"one": SOMEBODY}) == []
    assert wrong(form, {"one": SOMEBODY | {"number": "123"}}) == [("/one/number", "additionalProperties")]


def test_another_use_of_the_block_stays_as_it_was(tmp_path: Path) -> None:
    form = loaded(tmp_path, {"field": "one.number", "omit": True})
    assert wrong(form, {"one": SOMEBODY, "others": [SOMEBODY | {"kind": "a", "number": "123"}]}) == []
    assert wrong(form, {"one": SOMEBODY, "others": [SOMEBODY | {"kind": "a"}]}) == [("/others/0/number", "required")]


def test_only_some_choices_may_stay(tmp_path: Path) -> None:
    form = loaded(tmp_path, {"field": "one.kind", "only": ["a", "b"]})
    kind = next(field for field in form.fields if field.path == "one.kind")
    assert [choice.id for choice in kind.choices] == ["a", "b"]
    assert wrong(form, {"one": SOMEBODY | {"kind": "c"}}) == [("/one/kind", "enum")]


def test_a_yes_or_no_may_have_one_answer_only_and_says_which(tmp_path: Path) -> None:
    form = loaded(tmp_path, {"field": "one.agrees", "only": [False]})
    assert wrong(form, {"one": SOMEBODY}) == []
    said = FormChecker(form).check({"one": SOMEBODY | {"agrees": True}}, at=TODAY).problems
    assert [one.ja for one in said] == ["「oneの欄のagreesの欄」は、この手続では「いいえ」だけです。"]


def test_a_field_inside_a_list_is_asked_for_or_no_longer(tmp_path: Path) -> None:
    form = loaded(tmp_path, {"field": "others.number", "required": True}, {"field": "one.number", "required": False})
    document = {"one": SOMEBODY | {"kind": "a"}, "others": [SOMEBODY]}
    assert wrong(form, document) == [("/others/0/number", "required")]


def test_a_condition_takes_the_place_of_the_blocks(tmp_path: Path) -> None:
    form = loaded(tmp_path, {"field": "one.number", "required_when": "it.agrees == true"})
    assert wrong(form, {"one": SOMEBODY | {"kind": "a"}}) == []
    assert wrong(form, {"one": SOMEBODY | {"agrees": True}}) == [("/one/number", "required")]


def test_a_label_is_the_forms_own(tmp_path: Path) -> None:
    form = loaded(tmp_path, {"field": "one.name", "ja": "届出人の氏名", "easy": "なまえ", "en": "Name"})
    labels = {field.path: field.label.ja for field in form.fields}
    assert (labels["one.name"], labels["others.name"]) == ("届出人の氏名", "nameの欄")


def test_a_block_inside_a_block_is_reached(tmp_path: Path) -> None:
    form = loaded(tmp_path, {"field": "one.home.country", "omit": True})
    assert "one.home.country" not in [field.path for field in form.fields]
    assert "others.home.country" in [field.path for field in form.fields]


def test_a_block_that_is_no_longer_used_is_gone(tmp_path: Path) -> None:
    changes = [{"field": "one.number", "omit": True}, {"field": "others.number", "omit": True}]
    assert sorted(loaded(tmp_path, *changes).schema["$defs"]) == ["home", "small.one", "small.others"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"field": "one.nubmer", "omit": True}, "nubmer はありません"),
        ({"field": "one", "ja": "人", "easy": "ひと", "en": "One"}, "fields の行"),
        ({"field": "one.number", "required_when": "it.knid == 'a'"}, "knid"),
        ({"field": "one.number", "omitted": True}, "omitted"),
    ],
)
def test_a_change_that_cannot_be_is_told_with_its_place(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    form, problems = form_with(tmp_path, change)
    assert form is None
    found = next(one for one in problems if said in one.ja)
    assert (Path(found.file).name, found.line > 1, found.path[:2]) == ("small.toml", True, ("changes", change["field"]))
