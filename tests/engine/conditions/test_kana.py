"""When two kana names are one name."""

import pytest

from engine.conditions.kana import same_kana


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("ヤマダ タロウ", "ヤマダ　タロウ"),
        ("ヤマダタロウ", "ﾔﾏﾀﾞ ﾀﾛｳ"),
        ("キヨウコ", "キョウコ"),
        ("やまだ", "ヤマダ"),
        ("アン・マリー", "アンマリ－"),
        ("サトー", "サト-"),
    ],
)
def test_the_same_name(a: str, b: str) -> None:
    assert same_kana(a, b)
    assert same_kana(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [("カトウ", "ガトウ"), ("ヤマダ", "ヤマタ"), ("", ""), (" ", "・"), ("サトウ", "サトー")]
)
def test_another_name(a: str, b: str) -> None:
    assert not same_kana(a, b)
