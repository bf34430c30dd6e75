"""Answers with one planted defect each, for lessons and tests: the form must find it and nothing else."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from engine.errors import MadoguchiError
from forms.checking import at_pointer
from forms.form import Field, Rule, places
from forms.samples import Document, Sampler, same_place
from forms.validation import HIDDEN
from forms.visibility import records
from registers.check_digit import my_number_check_digit

UNKNOWN = "no_such_field"
_FAR_DAYS = ("1900-01-01", "2999-12-31")
_MALFORMED = ("!?", "漢字", "x", "--", "ｘｙ", "0", "あ！")


@dataclass(frozen=True)
class Broken:
    """Answers with one defect: where it is, and the code of the problem that the form has to name there."""

    document: Document
    pointer: str
    code: str


class Breaker:
    """Plants defects in answers that a sampler makes up."""

    def __init__(self, sampler: Sampler) -> None:
        self._sampler = sampler
        self._form = sampler.form

    def broken(self, seed: int) -> Broken:
        """One defect, of a kind and at a place that the seed chooses."""
        luck = Random(f"broken/{self._form.id}/{seed}")
        whole = self._sampler.sample(seed, full=True)
        defects = list(self._defects(whole, luck))
        codes = sorted({one.code for one in defects})
        luck.shuffle(codes)
        for code in codes:
            some = [one for one in defects if one.code == code]
            luck.shuffle(some)
            if (found := next(filter(self.is_found, some), None)) is not None:
                return found
        raise MadoguchiError(
            f"{self._form.id} の誤りの見本を作れませんでした。", f"no broken sample of {self._form.id} could be made"
        )

    def every_kind(self, seed: int) -> dict[str, Broken]:
        """One defect of each kind that can be planted in one sample, by code."""
        luck = Random(f"broken/{self._form.id}/{seed}")
        found: dict[str, Broken] = {}
        for one in self._defects(self._sampler.sample(seed, full=True), luck):
            if one.code not in found and self.is_found(one):
                found[one.code] = one
        return found

    def is_found(self, broken: Broken) -> bool:
        """Whether the form names this defect, and no other."""
        problems = self._sampler.checker.check(broken.document, at=self._sampler.today).problems
        return [(one.pointer, one.code) for one in problems] == [(broken.pointer, broken.code)]

    def _defects(self, whole: Document, luck: Random) -> Iterator[Broken]:
        """Every defect that may be planted, one at a time; whether the form finds just it is not yet known."""
        yield from self._of_fields(whole, luck)
        for rule in self._form.rules:
            yield from self._of_rule(whole, rule)

    def _of_fields(self, whole: Document, luck: Random) -> Iterator[Broken]:
        judge = self._form.conditions.on(whole, self._sampler.today)
        values = self._sampler.values(luck)
        for pointer, record, it, node in records(self._form, whole):
            if node.fields:
                yield _changed(whole, f"{pointer}/{UNKNOWN}", "additionalProperties", 1)
            for field in node.fields:
                at = f"{pointer}/{field.name}"
                if field.name in record:
                    yield _changed(whole, at, "required", None)
                    yield from (_changed(whole, at, code, to) for code, to in _wrong_values(field, record[field.name]))
                elif not judge.shows(field, it) and field.type not in {"block", "list", "attachment"}:
                    yield _changed(whole, at, HIDDEN, values.draw(field, pointer))

    def _of_rule(self, whole: Document, rule: Rule) -> Iterator[Broken]:
        """A rule is broken by emptying one of its fields or moving a day far away."""
        for pointer, _ in places(whole, rule.scope):
            fields = [same_place(pointer, one) for one in rule.fields]
            for at in fields:
                value = at_pointer(whole, at)
                tries = [None, *_FAR_DAYS] if isinstance(value, str) else [None]
                yield from (_changed(whole, at, f"rule.{rule.id}", to, fields[0]) for to in tries if value is not None)


def broken(sampler: Sampler, seed: int) -> Broken:
    """Answers with one planted defect, the same for the same seed; see `Breaker`."""
    return Breaker(sampler).broken(seed)


def _changed(whole: Document, at: str, code: str, to: object, shown_at: str = "") -> Broken:
    """The document with another value at one place, or without it for None."""
    document = copy.deepcopy(whole)
    above, _, name = at.rpartition("/")
    holder: Any = at_pointer(document, above)
    if to is None:
        holder.pop(name)
    else:
        holder[name] = to
    return Broken(document, shown_at or at, code)


def _wrong_values(field: Field, value: object) -> Iterator[tuple[str, object]]:
    """Wrong values of a field, each with the code of what is wrong with it."""
    yield "type", 7 if not isinstance(value, int) or isinstance(value, bool) else "七"
    yield from ((code, make(field.schema[code])) for code, make in _BY_KEYWORD.items() if code in field.schema)
    if "const" in field.schema:
        yield "const", not field.schema["const"]
    if isinstance(value, str):
        yield from _wrong_texts(field, value)
    if isinstance(value, list):
        yield "maxItems", [*value, *[copy.deepcopy(value[-1]) for _ in range(int(field.schema.get("maxItems", 0)))]]


def _wrong_texts(field: Field, value: str) -> Iterator[tuple[str, object]]:
    yield "character", f"{value}\u202e"
    yield "line_break", f"{value[:1]}\n{value[1:]}"
    if "pattern" in field.schema:
        yield from (("pattern", one) for one in (*_MALFORMED, value[:-1]) if one)
    if "maxLength" in field.schema and "enum" not in field.schema:
        yield "maxLength", (value * (int(field.schema["maxLength"]) // len(value) + 1))[: field.schema["maxLength"] + 1]
    if field.type == "my_number":
        yield "real_number", f"{value[:-1]}{my_number_check_digit(value[:-1])}"


_BY_KEYWORD: dict[str, Callable[[Any], object]] = {
    "enum": lambda _: "no_such_choice",
    "format": lambda _: "2025-02-30",
    "minimum": lambda least: least - 1,
    "maximum": lambda most: most + 1,
}
