"""Whatever is wrong with answers to any form: a citizen is told what to do, in Japanese and in やさしい日本語."""

from __future__ import annotations

import copy
import datetime as dt
import functools
import re
from collections.abc import Iterator
from typing import Any

import pytest

from engine.errors import AnswerProblem, BadAnswers
from forms import Form
from forms.breaking import Breaker
from forms.checking import at_pointer
from forms.coverage import near_misses
from forms.decoding import MAX_BYTES, decode
from forms.definition import FieldType
from forms.form import Field, places
from forms.messages import reachable
from forms.samples import Document, Sampler
from forms.validation import Validator
from tests.forms.ours import FORMS

TODAY = dt.date(2025, 6, 2)
every_form = pytest.mark.parametrize("form_id", FORMS.ids())
some_or_all = pytest.mark.parametrize("share", [0.02, pytest.param(1.0, marks=pytest.mark.full)])
TECHNICAL = re.compile(r"\^|\\|\[|pattern|schema|null|JSON|不正|無効|エラー")
FAR_TOO_MUCH = 2_000
ANYWHERE = {"additionalProperties", "character"}  # said of no certain field; a made-up text may hold any character
ERAS = ("平成31年5月1日", "令和元年4月30日", "昭和64年1月8日", "令和7年2月29日", "R7.13.1", "2025-02-30")
WRONG: dict[FieldType, tuple[str, ...]] = {
    "date": (*ERAS, "きのう", "20250501"),
    "month": ("平成31年13月", "2025年", "20255"),
    "kana": ("山田", "ヤマダ☆"),
    "holder_kana": ("山田", "ヤマダ☆"),
    "phone": ("110", "三三三", "０２９"),
    "postal_code": ("１２３", "312-85011", "三一二八五〇一"),
    "bank_code": ("１２", "01300"),
    "branch_code": ("１", "0010"),
    "account_number": ("一二三", "123456789"),
    "my_number": ("１２３４", "1234567890123"),
    "email": ("hanako", "hanako＠", "花子@@example.jp"),
    "whole": ("三", "1.5"),
    "yen": ("千円", "12,000"),
}
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


def form(form_id: str) -> Form:
    found, problems = FORMS.load(form_id)
    assert found is not None, problems
    return found


@functools.cache
def sampler(form_id: str) -> Sampler:
    return Sampler(form(form_id), today=TODAY)


@functools.cache
def known(form_id: str) -> frozenset[tuple[str, str]]:
    return frozenset((field.pointer, keyword) for field, keyword in reachable(form(form_id)))


def said(form_id: str, document: object) -> tuple[AnswerProblem, ...]:
    """What is said of wrong answers, which are not stored; each sentence is one for a citizen."""
    checked = sampler(form_id).checker.check(document, at=TODAY)
    assert (checked.answers is None) == bool(checked.problems)
    for one in checked.problems:
        for words in (one.ja, one.easy):
            assert words.endswith(("。", "。れい: 2025-05-01")) or "れい" in words, words
            assert "{" not in words, words
            assert not TECHNICAL.search(re.sub("「[^」]*」", "", words)), words
    return checked.problems


def filled(form_id: str) -> Document:
    return sampler(form_id).sample(3, full=True)


def changed(document: Document, pointer: str, value: object) -> Document:
    made = copy.deepcopy(document)
    above, _, name = pointer.rpartition("/")
    holder: Any = at_pointer(made, above)
    holder[int(name) if isinstance(holder, list) else name] = value
    return made


def answered(form_id: str) -> Iterator[tuple[str, Field, object]]:
    """Every field that the sample answers, and where."""
    whole = filled(form_id)
    for field in form(form_id).fields:
        yield from ((pointer, field, value) for pointer, value in places(whole, field.pointer))


@every_form
@some_or_all
def test_each_keyword_that_fails_is_said(form_id: str, share: float) -> None:
    validator = Validator(form(form_id).schema)
    for miss in near_misses(form(form_id).schema, share=share):
        problems = said(form_id, miss.document)
        if not problems:  # blank answers are none, and need not be given
            stored = sampler(form_id).checker.check(miss.document, at=TODAY).answers
            assert validator.accepts(stored), miss.keyword
        for one in problems:
            field = form(form_id).field_at(one.pointer)
            anywhere = one.code.startswith("rule.") or one.code in ANYWHERE or one.pointer == ""
            assert anywhere or (field is not None and (field.pointer, one.code) in known(form_id)), one


@every_form
def test_one_mistake_of_each_kind_is_the_one_thing_said(form_id: str) -> None:
    for code, broken in Breaker(sampler(form_id)).every_kind(3).items():
        assert [one.code for one in said(form_id, broken.document)] == [code]


@every_form
def test_a_wrong_width_and_an_era_that_was_not_are_said_at_their_field(form_id: str) -> None:
    whole = filled(form_id)
    for pointer, field, _ in answered(form_id):
        for wrong in WRONG.get(field.type, ()):
            assert pointer in {one.pointer for one in said(form_id, changed(whole, pointer, wrong))}, (pointer, wrong)


@every_form
def test_digits_are_taken_in_any_width(form_id: str) -> None:
    whole = filled(form_id)
    numbers = {"phone", "postal_code", "bank_code", "branch_code", "account_number", "my_number", "date", "month"}
    for pointer, field, value in answered(form_id):
        if field.type in numbers:
            typed = changed(whole, pointer, str(value).translate(WIDE))
            checked = sampler(form_id).checker.check(typed, at=TODAY)
            assert checked.answers == whole, (pointer, checked.problems)


@every_form
def test_far_too_much_is_said_at_its_field_and_does_not_hold_anybody_up(form_id: str) -> None:
    whole = filled(form_id)
    for pointer, _, value in answered(form_id):
        more = value * FAR_TOO_MUCH if isinstance(value, str | list) else 10**15
        if not isinstance(value, bool | dict):
            assert pointer in {one.pointer for one in said(form_id, changed(whole, pointer, more))}, pointer


@every_form
def test_nothing_and_anything_else_are_answered_with_sentences(form_id: str) -> None:
    anything: list[object] = [{}, {"": ""}, {name: [[]] for name in form(form_id).schema["properties"]}, [], None, 7]
    assert all(said(form_id, document) for document in anything)


def test_more_bytes_than_anybody_types_are_not_even_read() -> None:
    with pytest.raises(BadAnswers):
        decode(b'{"note": "' + b"x" * MAX_BYTES + b'"}')
