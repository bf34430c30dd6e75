"""What is left of texts, of yes and no, and of the values of an enumeration, once some facts are known."""

from __future__ import annotations

from random import Random
from typing import Any

from forms import numbers
from forms.expressions import Unreadable
from forms.facts import Facts, key_of
from forms.languages import Exhausted, Wanted, text_for
from forms.validation import matches

_FEW = 30
# What a format lets through at the most, and a part of it that is certain.
_AT_MOST = {"date": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "email": "@"}
_USUAL = ("", "a", "A", "1", "ア", "あ", "山田", "abc", "1234567", "2000-01-01", "hanako@example.jp")
_CERTAIN = {
    "date": "^(19[5-9][0-9]|20[0-2][0-9])-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$",
    "email": "^[a-z][a-z0-9]{0,9}@example[.]jp$",
}


def kind_of(value: object) -> str:
    """The kind of a JSON value: a whole number is an integer however it is written."""
    if isinstance(value, float):
        return "integer" if value.is_integer() else "fraction"
    names = {bool: "boolean", int: "integer", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")


def allowed(facts: Facts, kind: str) -> list[Any]:
    """The values of an enumeration that fit, as far as can be seen from outside."""
    excluded = {key_of(one) for one in facts.excluded}
    values = [one for one in facts.allowed or () if kind_of(one) == kind and key_of(one) not in excluded]
    if kind == "string":
        return [one for one in values if _fits(facts, one)]
    return [one for one in values if numbers.fits(facts, one)] if kind in {"integer", "fraction"} else values


def simple(facts: Facts, kind: str) -> list[Any]:
    """Null, or yes and no, without what is excluded."""
    excluded = {key_of(one) for one in facts.excluded}
    return [one for one in ([None] if kind == "null" else [True, False]) if key_of(one) not in excluded]


def may_be_text(facts: Facts) -> bool:
    """False where no text fits, for sure."""
    try:
        return text_for(_wanted(facts, _AT_MOST)) is not None
    except (Unreadable, Exhausted):
        return True


def texts(facts: Facts, luck: Random | None) -> list[str]:
    """Texts that fit, if any was found."""
    try:
        found = text_for(_wanted(facts, _CERTAIN), luck)
    except (Unreadable, Exhausted):
        found = None
    return [one for one in _USUAL if _fits(facts, one)] if found is None else [found]


def _wanted(facts: Facts, formats: dict[str, str]) -> Wanted:
    excluded = [one for one in facts.excluded if isinstance(one, str)][:_FEW]
    accepted = [*facts.accepted, *(formats[one] for one in facts.formats if one in formats)]
    refused = [*facts.refused, *(f"^{_literally(one)}$" for one in excluded)]
    return Wanted(tuple(accepted), tuple(refused), facts.least_length, facts.most_length)


def _fits(facts: Facts, text: str) -> bool:
    if len(text) < facts.least_length or (facts.most_length is not None and len(text) > facts.most_length):
        return False
    accepted = [*facts.accepted, *(_AT_MOST[one] for one in facts.formats if one in _AT_MOST)]
    excluded = any(one == text for one in facts.excluded)
    return (
        not excluded
        and all(matches(one, text) for one in accepted)
        and not any(matches(one, text) for one in facts.refused)
    )


def _literally(text: str) -> str:
    return "".join(f"\\{one}" if one in r"\^$.*+?()[]{}|/-" else one for one in text)
