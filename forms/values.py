"""One made-up value for one field, hanging together with the others of its record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

from forms.definition import FieldType
from forms.form import Field
from forms.household import Household
from forms.patterns import TooRich, example
from forms.validation import matches

_DAYS_A_YEAR = 365.25
_GROWN_UP = (20, 60)
_LATELY = (1, 60)
_PHRASES = ("事情により別に記す", "変わりなし", "詳しくは窓口で申し出る", "本人から聞き取り")
_ORGANISATIONS = {
    "employer": ("那珂川製作所", "はまぎく商店", "ひばり運送", "なでしこ会"),
    "school": ("つくし大学", "ひたち海浜専門学校", "みなと学院大学"),
    "municipality": ("茨城県水戸市", "千葉県柏市", "東京都北区", "福島県いわき市"),
}


class Values:
    """Draws values by a field's type, its schema, its name and the form's hints.

    Args:
        today: the day on which the sample is filled in; ages and days count back from it.
    """

    def __init__(self, luck: Random, household: Household, today: dt.date) -> None:
        self._luck = luck
        self._household = household
        self._today = today
        people = household.fiction
        self._makers: dict[FieldType, Callable[[Field, str], object]] = {
            "text": self._text,
            "name": self._name,
            "kana": self._kana,
            "holder_kana": self._kana,
            "date": self._date,
            "month": lambda field, record: self._date(field, record)[:7],
            "yes_no": lambda _field, _record: luck.choice([True, False]),
            "whole": lambda field, _record: self._whole(field.schema),
            "yen": lambda field, _record: self._whole(field.schema),
            "number": lambda field, _record: float(self._whole(field.schema)),
            "email": self._email,
            "phone": lambda _field, _record: people.phone(),
            "my_number": lambda _field, _record: people.my_number(),
            "postal_code": lambda _field, record: household.street(record)[0],
            "bank_code": lambda _field, record: household.branch(record).bank_code,
            "branch_code": lambda _field, record: household.branch(record).branch_code,
            "account_number": lambda field, _record: self._of_pattern(field.schema.get("pattern", "[0-9]{7}")),
        }

    def draw(self, field: Field, record: str) -> object:
        """A value for a field that is no record and no list, in the record at a pointer."""
        if values := next((hint.values for hint in field.samples if hint.values), None):
            return self._luck.choice(values)
        if "const" in field.schema:
            return field.schema["const"]
        if "enum" in field.schema:
            return self._luck.choice(field.schema["enum"])
        made = self._makers[field.type](field, record)
        return self._within(field, made) if isinstance(made, str) else made

    def from_schema(self, schema: dict[str, object]) -> object:
        """A value for something that has a schema but no field of its own: the inside of an attachment."""
        if isinstance(choices := schema.get("enum"), list):
            return self._luck.choice(choices)
        if schema.get("type") == "integer":
            return self._whole(schema)
        return self._of_pattern(str(schema.get("pattern", "[a-z]{8}")))

    def _within(self, field: Field, text: str) -> str:
        """The text if the pattern takes it, else one of the pattern's own; never longer than allowed."""
        pattern = field.schema.get("pattern")
        if isinstance(pattern, str) and not matches(pattern, text):
            text = self._of_pattern(pattern)
        return text[: field.schema.get("maxLength")]

    def _of_pattern(self, pattern: str) -> str:
        try:
            return example(pattern, self._luck)
        except TooRich:
            return ""

    def _text(self, field: Field, record: str) -> str:
        place = self._household.fiction.place
        if field.name in {"prefecture", "city"}:
            return str(getattr(place, field.name))
        if field.name in {"bank_name", "branch_name"}:
            return str(getattr(self._household.branch(record), field.name))
        if field.name == "street":
            return self._household.street(record)[1]
        if field.name == "building":
            return f"コーポ潮騒{self._luck.randint(101, 305)}"
        if "address" in field.name:
            return f"{place.prefecture}{place.city}{self._household.fiction.street()[1]}"
        known = next((names for word, names in _ORGANISATIONS.items() if word in field.name), _PHRASES)
        return self._luck.choice(known)

    def _name(self, field: Field, record: str) -> str:
        person = self._household.person(record, field.name)
        return {"family": person.family.kanji, "given": person.given.kanji}.get(_part(field), person.kanji)

    def _kana(self, field: Field, record: str) -> str:
        person = self._household.person(record, field.name)
        return {"family": person.family.kana, "given": person.given.kana}.get(_part(field), person.kana)

    def _date(self, field: Field, _record: str) -> str:
        days = next((hint.days_ago for hint in field.samples if hint.days_ago), None)
        years = next((hint.years_ago for hint in field.samples if hint.years_ago), None)
        if days is None and years is None and "birth" in field.name:
            years = _GROWN_UP
        if days is None:
            days = (int(years[0] * _DAYS_A_YEAR), int(years[1] * _DAYS_A_YEAR)) if years else _LATELY
        return (self._today - dt.timedelta(days=self._luck.randint(*days))).isoformat()

    def _whole(self, schema: dict[str, object]) -> int:
        least = int(str(schema.get("minimum", 0)))
        return self._luck.randint(least, int(str(schema.get("maximum", least + 100))))

    def _email(self, field: Field, record: str) -> str:
        latin = self._household.person(record, field.name).given.latin.lower() or "hanako"
        return f"{latin}{self._luck.randint(1, 99)}@example.jp"


def _part(field: Field) -> str:
    return "family" if "family" in field.name else "given" if "given" in field.name else ""
