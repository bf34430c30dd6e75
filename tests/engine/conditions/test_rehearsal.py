"""The trials run what the proof cannot see."""

from __future__ import annotations

import pytest

from tests.engine.conditions.small import problems, rules


@pytest.mark.parametrize(
    ("cel", "ja"),
    [
        ("form.children[0].living == 'apart'", "一覧が空のとき計算できません。"),
        ("params.hold_days / params.hold_days == 1", "0 で割ることがあります。"),
        ("form.name != null && int(form.name) == 3", "ふつうの値でも計算できないことがあります。"),
        ("form.name != null && form.name.matches('[')", "ふつうの値でも計算できないことがあります。"),
        (
            "register.nintei.days * 2 == 3 || register.list.exists(x, x == 1)",
            "「register.list」が空のとき「exists」を計算できません。",
        ),
    ],
)
def test_what_could_not_be_worked_out_for_somebody_does_not_load(cel: str, ja: str) -> None:
    assert [one.ja for one in problems(cel)] == [ja]


@pytest.mark.parametrize(
    "cel",
    [
        "size(form.children) > 0 && form.children[0].living == 'apart'",
        "case.days != 0 && 10 / case.days == 2",
        "form.kind == 'hospital' && form.weeks != null && form.weeks > 20",
        "table('allowance', form.moved_on, 'u3') == 15000",
        "form.weeks != null && form.moved_on != null && table('allowance', form.moved_on, 'u3') > form.weeks",
        "form.moved_on != null && string(table('names', form.moved_on, 'x')).startsWith('x')",
    ],
)
def test_a_guard_is_enough(cel: str) -> None:
    assert rules(cel) == []


def test_a_wrong_word_is_told_without_trying() -> None:
    assert rules("form.kind == 'hom' && form.children[0].living == 'apart'") == ["C008"]
