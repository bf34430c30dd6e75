"""Patterns that take exponential time are told with a text on which they do, and others are left alone."""

from __future__ import annotations

import re

import pytest

from checker.rules.backtracking import slow_text


@pytest.mark.parametrize(
    "pattern",
    [
        "^(a+)+$",
        "^(a*)*$",
        "^(a|[ab])*$",
        "^([a-z]+[0-9]?)+$",
        "^(([0-9]+)*-?)*$",
        "^(?:(?:x{1,9}){1,9})$",
        "^(ab|a|b)*$",
    ],
)
def test_what_can_be_read_in_many_ways_is_told_with_a_text(pattern: str) -> None:
    text = slow_text(pattern)
    assert text is not None
    assert not re.search(pattern, text[-9:])  # the end of it cannot match; the whole would take too long to ask
    assert len(text) > 20


@pytest.mark.parametrize(
    "pattern",
    [
        "^[0-9]{7}$",
        "^(0[0-9]{9,10}|[+][1-9][0-9]{6,14})$",
        "^[!-?A-~]+@[0-9A-Za-z-]+([.][0-9A-Za-z-]+)+$",
        "^(a+b)*a*$",
        "^[ァ-ヺー・A-Za-zＡ-Ｚａ-ｚ.　 -]+$",
        "^([0-9]{1,4}-){1,3}[0-9]{1,4}$",
        '^(?:[^"]|"")*$',
        "^a*b*c*$",
    ],
)
def test_what_is_read_in_one_way_is_left_alone(pattern: str) -> None:
    assert slow_text(pattern) is None
