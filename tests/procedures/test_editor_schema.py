"""The schemas for editors: our own files pass, planted mistakes do not, and every key is told in Japanese."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import main
from forms.validation import Validator
from procedures.editor_schema import KINDS, as_json, schema
from tests.house.layout import ROOT

CHILD = "procedures/childcare/child_allowance_claim.toml"
INTAKE = "procedures/fragments/intake.toml"
APPROVAL = "procedures/fragments/approval.toml"
ALLOWANCE = "procedures/fragments/child_allowance.toml"
CLAIM = "procedures/fragments/allowance_claim.toml"
AMOUNTS = "procedures/tables/child_allowance_monthly.toml"
CITY = "procedures/municipalities/hitachinaka.toml"
PLAN = "procedures/childcare/child_allowance_claim.simulation.toml"
FORM = "forms/childcare/child_allowance_claim.toml"
VALIDATORS = {kind: Validator(schema(kind)) for kind in KINDS}


def kind_of(path: str) -> str:
    """The kind of a file, by the rules of the editor's configuration."""
    rules = tomllib.loads((ROOT / ".taplo.toml").read_text("utf-8"))["rule"]
    found = [rule["schema"]["path"] for rule in rules if matches(path, rule["include"], rule.get("exclude", []))]
    assert len(found) == 1, path
    return str(Path(found[0]).name.removesuffix(".schema.json"))


def matches(path: str, include: list[str], exclude: list[str]) -> bool:
    patterns = [one for pattern in exclude for one in spelt(pattern)]
    return any(Path(path).match(one) for one in include) and not any(Path(path).match(one) for one in patterns)


def spelt(pattern: str) -> Iterator[str]:
    """A pattern with {a,b} as one pattern for each."""
    head, brace, rest = pattern.partition("{")
    inner, _, tail = rest.partition("}")
    yield from (f"{head}{one}{tail}" for one in inner.split(",")) if brace else (pattern,)


def failures(text: str, kind: str) -> list[str]:
    return [one.pointer for one in VALIDATORS[kind].failures(as_json(tomllib.loads(text)), both=True)]


OURS = sorted(
    path.relative_to(ROOT).as_posix() for room in ("procedures", "forms") for path in (ROOT / room).glob("*/*.toml")
)


@pytest.mark.parametrize("path", OURS)
def test_every_file_of_ours_passes_the_schema_of_its_kind(path: str) -> None:
    assert failures((ROOT / path).read_text("utf-8"), kind_of(path)) == []


def test_every_kind_has_files_of_ours() -> None:
    assert {kind_of(path) for path in OURS} == set(KINDS)


@pytest.mark.parametrize(
    ("path", "right", "wrong", "where"),
    [
        (CHILD, "number = 1\n", "", ""),
        (CHILD, "number = 1\n", "number = 0\n", "/number"),
        (CHILD, 'field = "childcare"', 'feild = "childcare"', ""),
        (CHILD, 'label = "保留", kind = "waiting_applicant"', 'label = "保留", kind = "waiting"', "/states/0/kind"),
        (CHILD, 'label = "保留", kind', 'labl = "保留", kind', "/states/0"),
        (CHILD, "until = 2022-06-01, about", 'until = "june", about', "/versions/0/until"),
        (CLAIM, 'law = "aplaw-6"\nstarts', 'lawful = "aplaw-6"\nstarts', "/clocks/standard"),
        (CLAIM, 'days = 30, unit = "calendar"', 'days = 30, unit = "days"', "/clocks/standard/limit/unit"),
        (ALLOWANCE, "suit_only_after = false", 'suit_only_after = "no"', "/appeal/suit_only_after"),
        (CHILD, 'to = "on_hold", auto = true', 'to = "on_hold"', "/events/2"),
        (CHILD, 'to = "on_hold", auto = true', 'to = "on_hold", auto = true, by = "clerk"', "/events/2"),
        (CHILD, 'override = true, from = "@reviewing"', 'from = "@reviewing"', "/events/0"),
        (INTAKE, 'id = "intake"', 'id = "intake"\nnumber = 1', ""),
        (INTAKE, 'label = "督促済", kind', 'lable = "督促済", kind', "/tasks/correction/states/1"),
        (APPROVAL, "many = true\nstates", 'many = "yes"\nstates', "/tasks/approval_step/many"),
        (AMOUNTS, "value = 15000, since = 2012-04-01", "value = 15000", "/rows/0"),
        (CITY, "staff = 1, assumption", "staff = 0, assumption", "/posts/0/staff"),
        (PLAN, "assumption = true", "assumption = false", "/assumption"),
        (FORM, 'type = "choice"', 'type = "choise"', "/fields/"),
    ],
)
def test_a_planted_mistake_is_found_at_its_place(path: str, right: str, wrong: str, where: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    assert right in text
    found = failures(text.replace(right, wrong, 1), kind_of(path))
    assert any(one.startswith(where) for one in found), found


@pytest.mark.parametrize("kind", KINDS)
def test_every_type_and_key_is_told_in_japanese_and_the_type_in_english(kind: str) -> None:
    found = schema(kind)
    for name, one in {kind: found, **found["$defs"]}.items():
        assert any(letter > "\u3000" for letter in one["description"].split("\n")[0]), name
        assert one["description"].count("\n") >= 1, name
        untold = [key for key, value in one["properties"].items() if "description" not in value]
        assert untold == [], name


@pytest.mark.parametrize("kind", KINDS)
def test_every_level_refuses_unknown_keys(kind: str) -> None:
    found = schema(kind)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert all(one["additionalProperties"] is False for one in (found, *found["$defs"].values()))


@pytest.mark.parametrize("kind", KINDS)
def test_examples_pass_the_type_they_stand_at(kind: str) -> None:
    found = schema(kind)
    shown = {name: one["examples"] for name, one in found["$defs"].items() if "examples" in one}
    assert shown
    for name, examples in shown.items():
        alone: dict[str, Any] = {"$ref": f"#/$defs/{name}", "$defs": found["$defs"]}
        assert [Validator(alone).failures(example) for example in examples] == [()], name


def test_the_words_have_no_key_that_no_type_has() -> None:
    words = tomllib.loads((ROOT / "procedures" / "editor_words.toml").read_text("utf-8"))
    keys: dict[str, set[str]] = {}
    for kind in KINDS:
        found = schema(kind)
        for name, one in {KINDS[kind].__name__: found, **found["$defs"]}.items():
            keys.setdefault(name, set()).update(one["properties"])
    assert set(words.pop("types")) == set(keys)
    assert set(words.pop("keys")) - set().union(*keys.values()) == set()
    assert {name: sorted(set(row) - keys[name]) for name, row in words.items() if set(row) - keys[name]} == {}


def test_the_command_prints_or_writes_it_and_names_the_kinds_it_has(tmp_path: Path) -> None:
    call = CliRunner().invoke
    printed = call(main, ["procedures", "schema", "--kind", "table"])
    written = call(main, ["procedures", "schema", "--kind", "table", "--out", str(tmp_path / "t.json")])
    assert (tmp_path / "t.json").read_text("utf-8") == printed.stdout
    assert "書きました" in written.stdout
    wrong = call(main, ["procedures", "schema", "--kind", "cities"])
    assert wrong.exit_code == 2
    assert "procedure・fragment・form・table・city・simulation・life_eventのどれか" in wrong.stderr
    nowhere = call(main, ["procedures", "schema", "--out", str(tmp_path / "no" / "t.json")])
    assert nowhere.exit_code == 1
    assert "読み書きできません" in nowhere.stderr
