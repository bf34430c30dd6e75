"""Width, hyphens, kana and the calendar change on the way in; names and other text do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definition import FieldType
from forms.eras import NotADay
from forms.normalise import normalise

KINDS: tuple[FieldType, ...] = FieldType.__args__  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("kana", "たかはし", "タカハシ"),
        ("kana", "ﾀｶﾊｼ ｹﾝﾀﾞ", "タカハシ ケンダ"),
        ("kana", "すずき　いちろう", "スズキ イチロウ"),
        ("kana", "か\u3099", "ガ"),
        ("kana", "ｼﾞｮｰ―ﾝｽﾞ", "ジョーーンズ"),
        ("kana", "タナカ-スミス", "タナカ-スミス"),
        ("kana", "Ｓｍｉｔｈ", "Smith"),
        ("holder_kana", "ｶ)ﾔﾏﾀﾞ abc", "カ)ヤマダ ABC"),
        ("phone", "０２９－２７３－０１１１", "0292730111"),
        ("phone", "(029) 273-0111", "0292730111"),
        ("phone", "090ー1234ー5678", "09012345678"),
        ("phone", "+81 90 1234 5678", "+819012345678"),
        ("postal_code", "〒312-8501", "3128501"),
        ("postal_code", "３１２−８５０１", "3128501"),
        ("my_number", "１２３４ ５６７８ ９０１８", "123456789018"),
        ("my_number", "1234-5678-9018", "123456789018"),
        ("bank_code", "０１３０", "0130"),
        ("branch_code", " 001 ", "001"),
        ("account_number", "１２３-４５６７", "1234567"),
        ("email", "ｈａｎａｋｏ＠example.jp ", "hanako@example.jp"),
        ("date", "令和4年5月20日", "2022-05-20"),
        ("date", "Ｒ４．５．２０", "2022-05-20"),
        ("date", "2022/5/20", "2022-05-20"),
        ("month", "令和元年10月", "2019-10"),
        ("text", "1行目\r\n2行目", "1行目\n2行目"),
    ],
)
def test_what_is_typed_becomes_what_is_stored(kind: FieldType, typed: str, stored: str) -> None:
    assert normalise(kind, typed) == stored


@pytest.mark.parametrize("name", ["髙橋", "𠮷田", "辻󠄀", "塚本", "福", "山田　太郎 ", "か\u3099", "Ａｎｎａ", "ｳｴｽﾞﾘｰ"])
def test_a_name_stays_exactly_as_typed(name: str) -> None:
    assert normalise("name", name) == name


def test_a_day_outside_its_era_is_not_guessed_at() -> None:
    with pytest.raises(NotADay):
        normalise("date", "昭和64年1月8日")


@pytest.mark.parametrize(("kind", "value"), [("date", "あした"), ("phone", 5), ("my_number", None), ("whole", "5")])
def test_what_is_not_understood_comes_back_unchanged(kind: FieldType, value: object) -> None:
    assert normalise(kind, value) == value


def test_a_whole_number_written_with_a_point_is_whole() -> None:
    assert str(normalise("whole", 3.0)) == "3"
    assert normalise("whole", 3.5) == 3.5


@given(st.sampled_from(KINDS), st.text() | st.integers() | st.floats(allow_nan=False) | st.none() | st.booleans())
def test_what_is_stored_is_not_changed_again(kind: FieldType, value: object) -> None:
    try:
        stored = normalise(kind, value)
    except NotADay:
        return
    assert normalise(kind, stored) == stored
