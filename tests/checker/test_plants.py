"""Mistakes planted in our procedures are found by the rules that are meant to find them: the mutation score."""

from __future__ import annotations

import sys
from collections import Counter
from random import Random

import pytest

from tests.checker.bench import Bench
from tests.checker.planted_rows import OPERATORS
from tests.checker.plants import Plant, frozen, plants

FROZEN = "aa9eef79f1ad3603"
LEAST = 0.98


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


@pytest.fixture(scope="module")
def planted(bench: Bench) -> list[Plant]:
    return list(plants(OPERATORS, {name: source.data for name, source in bench.files.items()}))


def test_no_operator_is_without_a_place(planted: list[Plant]) -> None:
    assert {one.number for one in planted} == set(range(len(OPERATORS)))
    assert len(planted) > 2000


def test_a_sample_of_the_mistakes_is_found(bench: Bench, planted: list[Plant]) -> None:
    quick = [one for one in planted if one.operator.phase != "edition"]
    assert [one.name for one in Random(20261120).sample(quick, 25) if not bench.is_found(one)] == []


@pytest.mark.full
def test_nearly_all_mistakes_are_found(bench: Bench, planted: list[Plant]) -> None:
    assert frozen(planted) == FROZEN, "the declarations or the operators changed: measure again"
    family = Counter[str]()
    lost: list[str] = []
    for one in planted:
        letter = min(one.operator.rules)[0]
        family[f"{letter} planted"] += 1
        if bench.is_found(one):
            family[f"{letter} found"] += 1
        else:
            lost.append(one.name)
    sys.stdout.write(f"{dict(sorted(family.items()))}\n" + "".join(f"{name}\n" for name in lost))
    assert len(lost) <= (1 - LEAST) * len(planted), lost
