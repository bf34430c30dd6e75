"""Mistakes planted in our schemas are found by the rules that are meant to find them: the mutation score."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests.checker.mutants import Mutant, frozen, mutants

FROZEN = "e66dd20c9aa3bb97"
LEAST = 0.98


@pytest.fixture(scope="module")
def planted() -> list[Mutant]:
    return list(mutants())


def test_every_rule_about_schemas_has_three_mutants_or_more(planted: list[Mutant]) -> None:
    counted = Counter(one.rule for one in planted)
    assert sum(counted.values()) > 2000
    assert min(counted.values()) >= 3


def test_a_sample_of_the_mutants_is_found(planted: list[Mutant]) -> None:
    sample = Random(20261120).sample(planted, 60)
    assert [one.name for one in sample if not one.is_found()] == []


@pytest.mark.full
def test_the_set_of_mutants_is_the_one_that_was_measured(planted: list[Mutant]) -> None:
    assert frozen(planted) == FROZEN, "the schemas changed: measure again and write docs/explanation/measured.md anew"


@pytest.mark.full
def test_nearly_all_mutants_are_found(planted: list[Mutant]) -> None:
    survivors = [one.name for one in planted if not one.is_found()]
    assert len(survivors) <= (1 - LEAST) * len(planted), survivors
