"""The check digit of a My Number, by its law's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.check_digit import is_my_number, is_twelve_digits, my_number_check_digit

ELEVEN = st.text("0123456789", min_size=11, max_size=11)


@pytest.mark.parametrize(("eleven", "digit"), [("12345678901", 8), ("00000000000", 0)])
def test_known_numbers(eleven: str, digit: int) -> None:
    assert my_number_check_digit(eleven) == digit


@given(ELEVEN)
def test_exactly_one_last_digit_is_right(eleven: str) -> None:
    assert sum(is_my_number(f"{eleven}{digit}") for digit in range(10)) == 1


@given(ELEVEN, st.integers(0, 10), st.integers(1, 9))
def test_a_changed_digit_is_noticed_unless_the_remainder_hides_it(eleven: str, place: int, by: int) -> None:
    changed = eleven[:place] + str((int(eleven[place]) + by) % 10) + eleven[place + 1 :]
    same = my_number_check_digit(changed) == my_number_check_digit(eleven)
    assert not same or my_number_check_digit(eleven) == 0


@given(ELEVEN)
def test_the_sum_of_the_law_is_the_sum_computed(eleven: str) -> None:
    weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
    rest = sum(weight * int(digit) for weight, digit in zip(weights, eleven, strict=True)) % 11
    assert my_number_check_digit(eleven) == (0 if rest <= 1 else 11 - rest)


@pytest.mark.parametrize(
    "text", ["", "12345678901", "1234567890123", "１２３４５６７８９０１８", "12345678901a", "²" * 12]
)
def test_anything_but_twelve_plain_digits_is_no_number(text: str) -> None:
    assert not is_twelve_digits(text)
    assert not is_my_number(text)
