"""What is stored as it was written is seen without reading it the long way, and never where that would change it."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest

from forms import Form
from forms.breaking import Breaker
from forms.checking import Checker, at_pointer
from forms.intake import Intake
from forms.samples import Sampler
from forms.standing import standing
from forms.validation import Validator
from tests.forms.ours import FORMS

TODAY = dt.date(2025, 6, 2)
FEW = ("child_allowance_claim", "care_certification", "high_cost_care_refund")
some_or_every = pytest.mark.parametrize(
    "form_id", [one if one in FEW else pytest.param(one, marks=pytest.mark.full) for one in FORMS.ids()]
)
ODD: list[Any] = [
    *("", "　", " x", "０１２", "ﾔﾏﾀﾞ", "やまだ", "R4.5.16", "0000-01-01", "2025-02-30", "x\ny", "x\r\ny"),
    *("x\u200by", "\ud842", None, [], {}, [""], [{}], {"": ""}, ("x",), 3.0, 10**20, True, dt.date(2025, 6, 2)),
]


def sampler(form_id: str) -> Sampler:
    form, problems = FORMS.load(form_id)
    assert form is not None, problems
    return Sampler(form, today=TODAY)


def places(tree: object, at: str = "") -> list[str]:
    """The pointers of everything in a document."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [at, *(one for step, value in inside for one in places(value, f"{at}/{step}"))]


def changed(document: dict[str, Any], pointer: str, value: object) -> dict[str, Any]:
    made = copy.deepcopy(document)
    above, _, name = pointer.rpartition("/")
    holder: Any = at_pointer(made, above)
    holder[int(name) if isinstance(holder, list) else name] = value
    return made


class Judged:
    """What the schema, the short way and the long way say of documents of one form."""

    def __init__(self, form: Form) -> None:
        self._stands, self._accepts, self._take = standing(form), Validator(form.schema).accepts, Intake(form).take

    def stands(self, document: dict[str, Any]) -> bool:
        try:
            return self._accepts(document) and self._stands[""](document)
        except ValueError:
            return False

    def is_left_as_it_is(self, document: dict[str, Any]) -> bool:
        tree, problems = self._take(document)
        return repr(tree) == repr(document) and not problems


@some_or_every
def test_what_stands_is_what_the_long_way_leaves_as_it_is(form_id: str) -> None:
    maker = sampler(form_id)
    judged, whole = Judged(maker.form), maker.sample(3, full=True)
    odd = [changed(whole, pointer, value) for pointer in places(whole)[1:] for value in ODD]
    broken = [one.document for one in Breaker(maker).every_kind(3).values()]
    for document in (whole, *odd, *broken):
        assert not judged.stands(document) or judged.is_left_as_it_is(document), document


@some_or_every
def test_the_short_way_says_what_the_long_way_says(form_id: str) -> None:
    maker = sampler(form_id)
    short, long = Checker(FORMS), Checker(FORMS, both=True)
    whole = maker.sample(3, full=True)
    wrong = [changed(whole, one, ODD[n % len(ODD)]) for n, one in enumerate(places(whole)[1:])]
    twice = [changed(one, places(one)[-n % len(places(one))], ODD[-n % len(ODD)]) for n, one in enumerate(wrong, 2)]
    broken = [one.document for one in Breaker(maker).every_kind(3).values()]
    for document in (*wrong, *twice, *broken):
        before = copy.deepcopy(document)
        assert repr(short.check(form_id, document, at=TODAY)) == repr(long.check(form_id, document, at=TODAY))
        assert repr(document) == repr(before)


@some_or_every
def test_samples_stand_and_come_back_themselves(form_id: str) -> None:
    maker = sampler(form_id)
    checker, stands = Checker(FORMS), standing(maker.form)
    for seed in range(4):
        document = maker.sample(seed, full=seed % 2 == 0)
        assert stands[""](document)
        assert checker.check(form_id, document, at=TODAY).answers is document
