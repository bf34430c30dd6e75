"""One walk over a document gives what reading it strictly and then normalising field by field gives."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import Form
from forms.decoding import MAX_DEPTH, examine
from forms.eras import NotADay
from forms.intake import Intake, is_nothing
from forms.normalise import normalise
from tests.forms.ours import FORMS

CLAIM, _ = FORMS.load("child_allowance_claim")
assert CLAIM is not None
INTAKE = Intake(CLAIM)


def slowly(form: Form, document: object) -> Any:  # noqa: ANN401
    """The same in two walks, without anything prepared."""
    return _record(form, examine(document)[0], "")


def _record(form: Form, record: dict[str, Any], pattern: str) -> dict[str, Any]:
    read = {name: _value(form, value, f"{pattern}/{name}") for name, value in record.items()}
    fields = form.by_pointer
    return {name: one for name, one in read.items() if f"{pattern}/{name}" not in fields or not is_nothing(one)}


def _value(form: Form, value: object, pattern: str) -> object:
    field = form.by_pointer.get(pattern)
    if isinstance(value, dict):
        return _record(form, value, pattern)
    if isinstance(value, list):
        return [_value(form, one, f"{pattern}/*") for one in value]
    if field is None or is_nothing(value):
        return value
    try:
        return normalise(field.type, value)
    except NotADay:
        return value


PEOPLE = (
    "山田　花子",
    "ﾀｶﾊｼ",
    "やまだ",
    "ヤマダ ハナコ",
    "ヤマダ\nハナコ",
    "0292730111",
    "０２９−２７３",
    "a@b.jp",
    "ａ@b.jp",
)
DAYS = ("2022-05-19", "2022-02-30", "0000-01-01", "2022-05", "0000-05", "R4.5.19", "平成31年5月1日")
TEXTS = st.sampled_from([*PEOPLE, *DAYS, "", " ", "　", "birth", "x\u202e", "\ud800", "〒312-8501", "1\r\n2", "\0"])
ODD = st.sampled_from([None, True, False, 0, 7, 2**60, 1.5, 3.0, float("nan"), 1e300, b"x", (), 10**400])
NAMES = [*sorted({field.name for field in CLAIM.fields}), "", "x\u202e", "a/b"]
ANSWERS = st.recursive(
    TEXTS | ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | st.just(3), inner, max_size=6),
    max_leaves=30,
)


@given(st.dictionaries(st.sampled_from(NAMES), ANSWERS, max_size=8))
def test_any_document_is_read_as_in_two_walks(document: dict[str, Any]) -> None:
    before = copy.deepcopy(document)
    assert CLAIM is not None
    assert repr(INTAKE.take(document).tree) == repr(slowly(CLAIM, document))
    assert repr(document) == repr(before)


def test_what_is_found_is_named_at_its_place() -> None:
    found = INTAKE.take({"children": [{}, {"birth_date": "昭和64年1月8日", "name_kanji": "山\n田", "note": "\u202e"}]})
    assert [(one.pointer, one.code) for one in found.problems] == [
        ("/children/1/birth_date", "format"),
        ("/children/1/name_kanji", "line_break"),
        ("/children/1/note", "character"),
    ]
    assert found.problems[0].label == "2番目の児童生年月日"


@pytest.mark.parametrize("at", ["event_date", "applicant", "children", "nothing_of_ours"])
def test_depth_is_counted_from_the_outside(at: str) -> None:
    deep: object = "x"
    for _ in range(MAX_DEPTH):
        deep = [deep]
    assert [one.code for one in INTAKE.take({at: deep}).problems] == ["depth"]
    assert isinstance(deep, list)
    assert INTAKE.take({at: deep[0]}).problems == []
