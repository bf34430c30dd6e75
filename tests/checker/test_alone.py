"""A schema without a page beside it is asked what a page would say, of fields known by their names or titles."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.checker.conftest import Checked

NAME = {"name": {"type": "string", "title": "氏名", "maxLength": 60}}
KANA = {"kana": {"type": "string", "title": "フリガナ", "maxLength": 90, "pattern": "^[ァ-ヺー・A-Za-z　 -]+$"}}
BORN = {"birth_date": {"type": "string", "format": "date", "title": "生年月日"}}


def _form(properties: dict[str, Any]) -> str:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:x", "type": "object"}
    return json.dumps({**head, "additionalProperties": False, "properties": properties}, ensure_ascii=False)


def _text(title: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    return {"type": "string", "title": title, **more}


@pytest.mark.parametrize(
    ("rule", "properties"),
    [
        ("G1", NAME | BORN),
        ("G2", {"kana": _text("フリガナ", maxLength=90, pattern="^[ア-ン]+$")}),
        ("G3", {"name": _text("氏名", maxLength=60, pattern="^[一-龠]+$")} | KANA),
        ("G4", {"birth_date": _text("生年月日", maxLength=10)}),
        ("G7", {"postal_code": _text("郵便番号", maxLength=8, pattern="^[0-9]{3}-[0-9]{4}$")}),
        ("G8", {"phone": _text("電話番号", maxLength=13, pattern="^[0-9]{3}-[0-9]{4}-[0-9]{4}$")}),
        ("G15", {"name": _text("氏名", maxLength=4)} | KANA),
        ("H9", {"stamp": {"type": "boolean", "title": "押印"}}),
        ("H11", {"agreed": {"type": "boolean", "title": "同意する", "default": True}}),
        ("F5", {"a": _text("住所", maxLength=99), "b": _text("住所", maxLength=99)}),
        ("F15", NAME | {"note": {"type": "string", "maxLength": 99}}),
    ],
)
def test_a_field_is_known_by_how_it_is_called(rule: str, properties: dict[str, Any], checked: Checked) -> None:
    assert [one.rule for one in checked(_form(properties)).findings] == [rule]


def test_a_form_that_real_people_can_fill_in_has_no_findings(checked: Checked) -> None:
    assert checked(_form(NAME | KANA | BORN)).findings == []
