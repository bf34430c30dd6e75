"""A schema by itself against its earlier text, decided by documents that were right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli import main

HEAD = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:card", "type": "object"}
ZIP = {"type": "string", "title": "番号", "pattern": "^[0-9]{3,7}$", "maxLength": 7}
KIND = {"enum": ["adult", "child"], "title": "種類"}
AGE = {"type": "integer", "title": "年齢", "minimum": 0, "maximum": 120}


def _schema(required: tuple[str, ...] = ("kind",), **properties: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    fields = {"number": ZIP, "kind": KIND, "age": AGE, **properties}
    left = {name: one for name, one in fields.items() if one is not None}
    return {**HEAD, "additionalProperties": False, "required": list(required), "properties": left}


def _against(folder: Path, new: object, old: object) -> Result:
    for name, schema in (("new.json", new), ("old.json", old)):
        (folder / name).write_text(json.dumps(schema, ensure_ascii=False), "utf-8")
    return CliRunner().invoke(main, ["check", str(folder / "new.json"), "--former", str(folder / "old.json"), "--json"])


@pytest.mark.parametrize(
    ("rule", "new"),
    [
        ("V1", _schema(age=None)),
        ("V2", _schema(age={"type": "string", "title": "年齢", "maxLength": 3})),
        ("V3", _schema(("kind", "number"))),
        ("V4", _schema(kind={"enum": ["adult"], "title": "種類"})),
        ("V5", _schema(age=AGE | {"maximum": 100})),
        ("V5", _schema(number=ZIP | {"pattern": "^[0-9]{7}$"})),
    ],
)
def test_what_was_right_and_is_refused_is_told_with_the_document(rule: str, new: object, tmp_path: Path) -> None:
    said = _against(tmp_path, new, _schema())
    assert said.exit_code == 1, said.output
    (found,) = [one for one in json.loads(said.stdout)["findings"] if one["rule"].startswith("V")]
    assert found["rule"] == rule
    assert json.loads(found["witness"])["kind"] in {"adult", "child"}
    assert found["line"] >= 1


@pytest.mark.parametrize(
    "new",
    [
        _schema(),
        _schema(age=AGE | {"maximum": 130}),
        _schema(age=AGE | {"exclusiveMaximum": 121}),
        _schema(kind={"enum": ["child", "adult", "visitor"], "title": "だれの"}),
        _schema(number=ZIP | {"pattern": "^[0-9][0-9]{2,6}$"}),
        _schema(("kind",), note={"type": "string", "title": "備考", "maxLength": 9}),
    ],
)
def test_what_no_document_can_feel_is_not_told(new: object, tmp_path: Path) -> None:
    said = _against(tmp_path, new, _schema())
    assert [one["rule"] for one in json.loads(said.stdout)["findings"] if one["rule"].startswith("V")] == []


@pytest.mark.parametrize(
    "wrong",
    [
        _schema(age={"$ref": "https://example.jp/age.json"}),
        _schema(age={"$ref": "#/$defs/nobody"}),
        _schema(age={"type": "sting"}),
        _schema(age={"type": "string", "pattern": "["}),
        {**HEAD, "$ref": "#"},
    ],
)
def test_a_schema_that_is_wrong_is_told_for_itself_and_held_against_nothing(wrong: object, tmp_path: Path) -> None:
    for new, old in ((wrong, _schema()), (_schema(), wrong)):
        said = _against(tmp_path, new, old)
        assert {one["rule"][0] for one in json.loads(said.stdout)["findings"]} <= set("ABFKL")


def test_an_earlier_text_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "new.json").write_text(json.dumps(_schema()), "utf-8")
    (tmp_path / "old.json").write_bytes("郵便".encode("shift_jis"))
    said = CliRunner().invoke(main, ["check", str(tmp_path / "new.json"), "--former", str(tmp_path / "old.json")])
    assert said.exit_code == 1
    assert "[A2]" in said.stdout
