"""The check digit of an individual number (マイナンバー, 個人番号).

Source: 番号法の規定による通知カード及び個人番号カード並びに情報提供ネットワークシステムによる特定個人情報の
提供等に関する命令 (平成26年総務省令第85号) 5条.
"""

from __future__ import annotations

from operator import mul

LENGTH = 12
# From left to right: P11 to P1 with their weights, Qn = n + 1 (n ≤ 6) or n − 5 (n ≥ 7).
_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_OF_ZEROES = ord("0") * sum(_WEIGHTS)  # what the codes of the digits add, each being so much more than its digit


def my_number_check_digit(first_eleven: str) -> int:
    """The twelfth digit that belongs to eleven digits.

    With P1..P11 counted from the right and Qn = n + 1 (n ≤ 6) or n − 5 (n ≥ 7): 11 − (ΣPnQn mod 11), and 0 where that
    remainder is 0 or 1.
    """
    remainder = (sum(map(mul, first_eleven.encode("ascii"), _WEIGHTS)) - _OF_ZEROES) % 11
    return 0 if remainder <= 1 else 11 - remainder


def is_my_number(text: str) -> bool:
    """Whether twelve ASCII digits carry the right check digit."""
    return is_twelve_digits(text) and my_number_check_digit(text[:-1]) == int(text[-1])


def is_twelve_digits(text: str) -> bool:
    """Whether the text has the outer form of a number: twelve of 0–9."""
    return len(text) == LENGTH and text.isascii() and text.isdecimal()
