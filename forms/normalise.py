"""What was typed into what is stored, by the type of the field: only width, hyphens, kana and the calendar change.

Names stay exactly as typed: NFC alone would rewrite a thousand compatibility ideographs that are people's names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from forms.definition import FieldType
from forms.eras import read_day, read_month

_HYPHENS = "\\-‐‑‒–—―−－ー"
_SEPARATORS = re.compile(rf"[\s{_HYPHENS}]")
_PHONE_MARKS = re.compile(rf"[\s{_HYPHENS}().]")
_LONG_VOWEL = re.compile("(?<=[ァ-ヺー])[‐‑‒–—―−]")  # never the plain hyphen: タナカ-スミス is a name
_LINE_ENDS = re.compile(r"\r\n?")
SINGLE_LINE: frozenset[FieldType] = frozenset(
    {"name", "kana", "phone", "email", "postal_code", "bank_code", "branch_code", "account_number", "holder_kana"}
)


def normalise(kind: FieldType, value: object) -> object:
    """The value as it is stored for a field of that type; a value of another JSON type comes back unchanged.

    Raises:
        NotADay: a date or month that names no real day, or a day outside its era.
    """
    if isinstance(value, str) and kind in _OF_TEXT:
        return _OF_TEXT[kind](value)
    if kind in {"whole", "yen"} and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _wide(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _digits(text: str) -> str:
    return _SEPARATORS.sub("", _wide(text))


def _phone(text: str) -> str:
    return _PHONE_MARKS.sub("", _wide(text))


def _postal_code(text: str) -> str:
    return _digits(text).removeprefix("〒")


def _kana(text: str) -> str:
    import jaconv

    katakana: str = jaconv.hira2kata(_wide(text))
    return _LONG_VOWEL.sub("ー", katakana).strip()


def _holder_kana(text: str) -> str:
    return _kana(text).upper()


def _email(text: str) -> str:
    return _wide(text).strip()


def _plain_text(text: str) -> str:
    return _LINE_ENDS.sub("\n", text)


def _date(text: str) -> str:
    day = read_day(text)
    return text if day is None else day.isoformat()


def _month(text: str) -> str:
    return read_month(text) or text


_OF_TEXT: dict[FieldType, Callable[[str], str]] = {
    "text": _plain_text,
    "kana": _kana,
    "holder_kana": _holder_kana,
    "phone": _phone,
    "postal_code": _postal_code,
    "account_number": _digits,
    "bank_code": _digits,
    "branch_code": _digits,
    "my_number": _digits,
    "email": _email,
    "date": _date,
    "month": _month,
}
