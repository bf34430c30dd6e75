"""Whatever is changed in a form is told field by field, as what its two hashes say it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from forms.form import Form
from forms.loader import Forms
from procedures.differences.fields import form_differences
from procedures.differences.found import Difference
from tests.office.door import MADE_UP

SCHEMA, PAGE = "plaza_use.schema.json", "plaza_use.toml"
PURPOSE = '{ id = "purpose", type = "text", ja = "目的", easy = "なにに つかうか", en = "Purpose" }'
SAMPLES = [
    (SCHEMA, '"maxLength": 100', '"maxLength": 80', "behaviour", "欄「目的」(purpose)の文字数の上限: 100 → 80"),
    (SCHEMA, '"maxLength": 100', '"maxLength": 100, "minLength": 2', "behaviour", "文字数の下限: なし → 2"),
    (SCHEMA, '["day"]', '["day", "purpose"]', "behaviour", "欄「目的」(purpose)の必ず答えるか: いいえ → はい"),
    (PAGE, 'type = "text"', 'type = "text", when = "form.day != null"', "behaviour", "の出る条件: なし → form.day"),
    (
        PAGE,
        'type = "text"',
        'type = "text", sensitivity = "special_care"',
        "behaviour",
        "の扱いの注意: general → special",
    ),
    (PAGE, 'ja = "目的"', 'ja = "使う目的"', "wording", "欄「使う目的」(purpose)の名が変わります: 目的 → 使う目的"),
    (PAGE, 'ja = "広場の使用の届出"', 'ja = "広場使用届"', "wording", "申請書の手引き"),
    (SCHEMA, '"required": ["day"]', '"required": ["day"], "minProperties": 1', "behaviour", "検査のしかた"),
]


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Form]:
    """The form after some edits of its files; the made-up one without any."""

    def edit(*edits: tuple[str, str, str]) -> Form:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        shutil.copytree(MADE_UP / "forms", folder)
        for name, old, new in edits:
            path = folder / "childcare" / name
            text = path.read_text("utf-8")
            assert text.count(old) == 1, old
            path.write_text(text.replace(old, new), "utf-8")
        form, problems = Forms([folder]).load("plaza_use")
        assert problems == []
        assert form is not None
        return form

    return edit


def touched(found: list[Difference]) -> set[str]:
    return {one.touches for one in found}


@pytest.mark.parametrize(("name", "old", "new", "touches", "said"), SAMPLES, ids=[sample[4] for sample in SAMPLES])
def test_a_change_is_told_as_what_it_is(
    edited: Callable[..., Form], name: str, old: str, new: str, touches: str, said: str
) -> None:
    before, after = edited(), edited((name, old, new))
    found = form_differences(before, after)
    assert [said in one.ja for one in found] == [True]
    assert touched(found) == {touches}
    assert (before.behaviour_hash != after.behaviour_hash) == (touches == "behaviour")


def test_a_field_that_comes_or_goes_is_one_difference(edited: Callable[..., Form]) -> None:
    row = '{ id = "tel", type = "text", ja = "電話", easy = "でんわ", en = "Phone" },\n  '
    more = edited(
        (PAGE, PURPOSE, row + PURPOSE),
        (PAGE, '["day", "purpose"]', '["day", "tel", "purpose"]'),
        (SCHEMA, '"purpose":', '"tel": {"type": "string", "maxLength": 20}, "purpose":'),
    )
    came, *_ = form_differences(edited(), more)
    assert (came.kind, came.ja) == ("added", "欄「電話」(tel)が加わります(任意の欄)。")
    assert form_differences(more, edited())[0].kind == "removed"


def test_the_order_of_asking_is_told(edited: Callable[..., Form]) -> None:
    turned = edited((PAGE, '["day", "purpose"]', '["purpose", "day"]'))
    assert [one.ja for one in form_differences(edited(), turned) if one.kind == "order"] == ["欄の順が変わります。"]


def test_a_form_does_not_differ_from_itself(edited: Callable[..., Form]) -> None:
    assert form_differences(edited(), edited()) == []
    assert form_differences(None, edited()) == []
