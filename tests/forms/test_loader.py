"""Forms are found by being there, assembled from blocks, and refused with every problem at its line and column."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from engine.problems import Problem
from engine.shapes import Many, Record, Scalar
from forms import Form, Forms
from forms.validation import schema_problems
from tests.forms.bad_forms import BAD, BLOCK, TEXT, Bad
from tests.forms.small_forms import load, load_small, row, write_pair


def claim() -> Form:
    form, problems = Forms().load("child_allowance_claim")
    assert form is not None, problems
    return form


def small_problems(folder: Path, properties: dict[str, Any], rows: list[dict[str, Any]], **more: Any) -> list[Problem]:  # noqa: ANN401
    write_pair(folder / "field", "small", properties, rows, **more)
    form, problems = load(folder)
    assert form is None
    return problems


@pytest.mark.parametrize("form_id", Forms().ids())
def test_every_form_loads_with_a_schema_that_needs_nothing_else(form_id: str) -> None:
    form, problems = Forms().load(form_id)
    assert problems == []
    assert form is not None
    assert schema_problems(form.schema) == []
    assert "urn:madoguchi:block" not in json.dumps(form.schema)


def test_the_shape_carries_choices_and_sensitivity() -> None:
    shape = claim().shape
    assert shape.fields["claim_reason"] == Scalar("text", tuple(claim().schema["properties"]["claim_reason"]["enum"]))
    children = shape.fields["children"]
    assert isinstance(children, Many)
    assert isinstance(children.item, Record)
    assert children.item.fields["my_number"] == Scalar("text", (), "my_number")
    assert children.item.fields["birth_date"] == Scalar("date")
    assert shape.fields["safety_measures"] == Scalar("yes_no", (), "special_care")


def test_fields_come_in_the_order_of_the_steps_with_their_blocks_inside() -> None:
    pointers = [field.pointer for field in claim().fields]
    assert pointers.index("/identity_check/channel") < pointers.index("/claim_reason") < pointers.index("/applicant")
    assert (
        pointers.index("/children") < pointers.index("/children/*/address/street") < pointers.index("/apart_statement")
    )
    assert claim().by_pointer["/children/*/address/street"].path == "children.address.street"


def test_words_do_not_change_what_a_form_does_and_rules_do(tmp_path: Path) -> None:
    rows = [row("a", "text"), row("b", "text")]
    first = load_small(tmp_path / "1", {"a": TEXT, "b": TEXT}, rows)
    renamed = load_small(tmp_path / "2", {"a": TEXT, "b": TEXT}, [rows[0] | {"ja": "別の見出し"}, rows[1]])
    tighter = load_small(tmp_path / "3", {"a": TEXT, "b": TEXT}, [rows[0], rows[1] | {"when": "form.a != null"}])
    assert first.behaviour_hash == renamed.behaviour_hash != tighter.behaviour_hash
    assert renamed.wording_hash != first.wording_hash == tighter.wording_hash


def test_a_later_folder_hides_an_earlier_one_also_for_blocks(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder, size in ((ours, 20), (theirs, 30)):
        write_pair(folder / "blocks", "person", {"name": TEXT | {"maxLength": size}}, [row("name", "name")])
    write_pair(ours / "field", "small", {"who": {"$ref": BLOCK}}, [row("who", "block", block="person")])
    form, problems = Forms([ours, theirs]).load("small")
    assert form is not None, problems
    assert form.schema["$defs"]["person"]["properties"]["name"]["maxLength"] == 30
    assert Forms([ours, theirs]).ids() == ["small"]


def test_a_condition_of_a_block_reads_its_own_record_and_the_form(tmp_path: Path) -> None:
    inner = [row("name", "name"), row("age", "whole", required_when="it.name == form.a")]
    write_pair(tmp_path / "blocks", "person", {"name": TEXT, "age": {"type": "integer"}}, inner)
    people = {"type": "array", "items": {"$ref": BLOCK}, "maxItems": 3}
    form = load_small(
        tmp_path, {"a": TEXT, "people": people}, [row("a", "text"), row("people", "list", block="person")]
    )
    document = {"a": "x", "people": [{"name": "y"}, {"name": "x"}]}
    judge = form.conditions.on(document, dt.date(2025, 6, 2))
    age = form.by_pointer["/people/*/age"]
    assert [judge.needs(age, one) for one in document["people"]] == [False, True]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.about)
def test_what_is_wrong_is_named_at_its_line(tmp_path: Path, bad: Bad) -> None:
    problems = small_problems(tmp_path, bad.properties, bad.rows, **bad.more)
    named = [one for one in problems if ".".join(one.path) == bad.path and one.rule == bad.rule]
    assert named, [one.text() for one in problems]
    line = Path(named[0].file).read_text("utf-8").splitlines()[named[0].line - 1]
    assert line[named[0].column - 1 :].startswith(bad.begins)
    assert named[0].ja
    assert named[0].en


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    write_pair(tmp_path / "blocks", "person", {"name": TEXT}, [row("nane", "name")])
    rows = [row("who", "block", block="person"), row("a", "whole")]
    problems = small_problems(tmp_path, {"who": {"$ref": BLOCK}, "a": TEXT}, rows)
    assert {Path(one.file).name for one in problems} == {"person.toml", "person.schema.json", "small.toml"}
    assert any("name のことですか" in one.hint for one in problems)


def test_a_condition_is_named_at_the_character(tmp_path: Path) -> None:
    problems = small_problems(tmp_path, {"a": TEXT}, [row("a", "text", when="form.a == null || form.bb == null")])
    line = Path(problems[0].file).read_text("utf-8").splitlines()[problems[0].line - 1]
    assert line[problems[0].column - 1 :].startswith((".bb", "bb", "form.bb"))


@pytest.mark.parametrize(
    ("suffix", "text", "where"),
    [
        (".schema.json", '{\n  "a": 1,\n  "a": 2\n}', (2, 3)),
        (".schema.json", "{\n", (1, 1)),
        (".schema.json", "[]", (1, 1)),
        (".toml", 'id = "small"\nid = "small"\n', (2, 1)),
        (".toml", "fields = [\n  { id = 1 \n", (2, 1)),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_a_place(
    tmp_path: Path, suffix: str, text: str, where: tuple[int, int]
) -> None:
    write_pair(tmp_path / "field", "small", {"a": TEXT}, [row("a", "text")])
    (tmp_path / "field" / f"small{suffix}").write_text(text, "utf-8")
    form, problems = load(tmp_path)
    assert form is None
    found = next(one for one in problems if one.file.endswith(suffix))
    assert found.rule == "form-file"
    assert found.line == where[0] or suffix == ".toml"


def test_a_missing_page_or_form_is_said(tmp_path: Path) -> None:
    write_pair(tmp_path / "field", "small", {"a": TEXT}, [row("a", "text")])
    (tmp_path / "field" / "small.toml").unlink()
    assert [one.rule for one in load(tmp_path)[1]] == ["form-file"]
    assert [one.hint for one in load(tmp_path, "smal")[1]] == ["small のことですか"]


def test_a_file_names_itself_and_its_dialect(tmp_path: Path) -> None:
    write_pair(tmp_path / "field", "small", {"a": TEXT}, [row("a", "text")])
    page, schema = tmp_path / "field" / "small.toml", tmp_path / "field" / "small.schema.json"
    page.write_text(page.read_text("utf-8").replace('"small"', '"other"'), "utf-8")
    schema.write_text(schema.read_text("utf-8").replace("2020-12", "2019-09"), "utf-8")
    assert [one.rule for one in load(tmp_path)[1]] == ["form-dialect", "form-id"]
    page.write_bytes("名".encode("shift_jis"))
    assert [one.rule for one in load(tmp_path)[1] if one.file.endswith(".toml")] == ["form-file"]
