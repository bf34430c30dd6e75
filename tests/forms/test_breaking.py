"""A planted defect is found at its place under its code, and nothing else is."""

from __future__ import annotations

import datetime as dt

import pytest

from forms import Checker
from forms.breaking import Breaker, broken
from forms.samples import Sampler
from tests.forms.ours import FORMS

TODAY = dt.date(2025, 6, 2)
OF_DAYS = {"required", "type", "additionalProperties"}  # of a small form that asks for nothing but days
OF_ONE_LINE = {"name", "kana"}
ALWAYS = OF_DAYS | {"enum", "pattern", "maxLength", "character", "line_break"}


def sampler(form_id: str = "child_allowance_claim") -> Sampler:
    found, problems = FORMS.load(form_id)
    assert found is not None, problems
    return Sampler(found, today=TODAY)


@pytest.mark.parametrize("seeds", [6, pytest.param(40, marks=pytest.mark.full)])
@pytest.mark.parametrize("form_id", FORMS.ids())
def test_each_broken_sample_gives_its_promised_code_and_both_validators_agree(form_id: str, seeds: int) -> None:
    checker, maker = Checker(FORMS, both=True), sampler(form_id)
    for seed in range(seeds):
        one = broken(maker, seed)
        problems = checker.check(form_id, one.document, at=TODAY).problems
        assert [(found.pointer, found.code) for found in problems] == [(one.pointer, one.code)]
        assert problems[0].ja
        assert problems[0].label


@pytest.mark.parametrize("form_id", FORMS.ids())
def test_every_usual_kind_of_defect_can_be_planted(form_id: str) -> None:
    maker = sampler(form_id)
    kinds = {code for seed in range(4) for code in Breaker(maker).every_kind(seed)}
    asked = {kind for row in maker.form.fields for kind in (row.type, row.items)}
    usual = ALWAYS if asked & OF_ONE_LINE else ALWAYS - {"line_break"}
    assert kinds >= (OF_DAYS if all("date" in (row.type, row.items) for row in maker.form.fields) else usual)


def test_special_kinds_are_planted_in_a_form_that_has_them() -> None:
    breaker = Breaker(sampler())
    kinds = {code for seed in range(8) for code in breaker.every_kind(seed)}
    assert kinds >= {
        "hidden",
        "const",
        "format",
        "maxItems",
        "real_number",
        "rule.event_not_later",
        "rule.account_known",
    }


def test_the_same_seed_breaks_the_same_thing() -> None:
    assert broken(sampler(), 5) == broken(sampler(), 5)
