"""What is run directly gives what the runtime gives, or leaves it to the runtime."""

from __future__ import annotations

import copy
import gc
import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from engine.conditions.evaluation import Run, runnable
from engine.conditions.expression import to_tree
from engine.conditions.operators import Unsure
from engine.conditions.runtime import Plain, Unreadable, is_error, untyped
from engine.conditions.signatures import Function
from tests.engine.conditions.random_texts import KINDS, Texts, values
from tests.engine.conditions.sketch import functions
from tests.engine.conditions.small import ROOTS, compiled, scope

FUNCTIONS = functions().all()
RUNTIME = Plain(ROOTS, FUNCTIONS)
MOSTLY = 0.2
LOSES_A_BIND = "No matching overloads found : _"
"""What the runtime says, wrongly, of `list.all(…) || cel.bind(…)`; a test below holds that it still does."""


def both(text: str) -> tuple[Run, Any] | None:
    """How a text is run here and there; None for one that the runtime will not read."""
    try:
        read = untyped(text)
        expression = RUNTIME.runnable(read)
    except (Unreadable, RuntimeError):
        return None
    tree, left_out = to_tree(read)
    assert not left_out
    return runnable(tree, FUNCTIONS), expression


def compared(luck: Random, rounds: int) -> Iterator[bool]:
    """Whether each random text was decided here, on random values; a different answer fails."""
    texts = Texts(luck)
    for number in range(rounds):
        made = both(text := texts.text(KINDS[number % len(KINDS)]))
        if made is None:
            continue
        for _ in range(4):
            roots = values(luck)
            yield _alike(text, made, roots)


def _alike(text: str, made: tuple[Run, Any], roots: dict[str, Any]) -> bool:
    run, expression = made
    before = copy.deepcopy(roots)
    try:
        ours = run(roots)
    except Unsure:
        return False
    finally:
        assert roots == before, text
    theirs = expression.eval(RUNTIME.activation(before))
    if is_error(theirs) and LOSES_A_BIND in str(theirs.value()) and "cel.bind" in text:
        return False
    assert not is_error(theirs), f"{text} on {before}: {ours!r}, not an error: {theirs.value()}"
    assert _exactly(ours) == _exactly(theirs.plain_value()), f"{text} on {before}"
    return True


def _exactly(value: object) -> str:
    """A value with its types: JSON tells true from 1 and 1 from 1.0."""
    return json.dumps(value)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.full)])
def test_random_texts_give_what_the_runtime_gives(seed: int) -> None:
    decided = list(compared(Random(seed), 500 if seed == 1 else 30_000))
    assert sum(decided) > MOSTLY * len(decided)


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("-7 / 2", -3),
        ("-7 % 2", -1),
        ("7 / -2", -3),
        ("1 == 1.0", True),
        ("true == dyn(1)", False),
        ("'𠮷'.size()", 1),
        ("'ｱ' < '𠮷'", True),
        ("[1, 2] + [3]", [1, 2, 3]),
        ("cel.bind(x, 2, cel.bind(x, x + 1, x) + x)", 5),
        ("[1, 2, 3].map(n, n > 1, n * n)", [4, 9]),
    ],
)
def test_what_is_plain_is_decided_here(text: str, gives: object) -> None:
    made = both(text)
    assert made is not None
    assert made[0]({}) == gives == made[1].eval(RUNTIME.activation({})).plain_value()


@pytest.mark.parametrize(
    "text",
    [
        "1 / 0",
        "9223372036854775807 + 1",
        "form.nothing",
        "null < 1",
        "!null",
        "[1][3]",
        "1.5 + 1",
        "string(1.5)",
        "form.agreed && (1 / 0 == 1)",
        "'a'.matches('a')",
        "add_days('2024-02-30', 1)",
    ],
)
def test_what_is_in_doubt_is_left_to_the_runtime(text: str) -> None:
    made = both(text)
    assert made is not None
    with pytest.raises(Unsure):
        made[0]({"form": {"agreed": True}})


def test_a_bind_beside_a_macro_is_decided_though_the_runtime_loses_it() -> None:
    made = both("[1, 2].all(n, n > 5) || cel.bind(x, true, x)")
    assert made is not None
    assert is_error(made[1].eval(RUNTIME.activation({})))
    assert made[0]({}) is True


def test_a_list_that_comes_out_is_nobody_elses() -> None:
    made = both("form.tags")
    assert made is not None
    given = {"form": {"tags": ["a"]}}
    made[0](given).append("b")
    assert given == {"form": {"tags": ["a"]}}


def test_evaluating_keeps_nothing() -> None:
    """The runtime would keep the arguments and the results of every host function it calls."""
    home, condition = compiled("add_days(form.moved_on, 3) == '2024-10-04' && sum(form.children.map(c, c.amount)) == 3")
    on = scope(home, form={"moved_on": "2024-10-01", "children": [{"amount": 3}]})
    for _ in range(10):
        assert condition.holds(on)
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(1_000):
        condition.holds(on)
    gc.collect()
    assert len(gc.get_objects()) - before < 100


def test_what_does_not_depend_on_a_loop_is_worked_out_once_in_an_evaluation() -> None:
    asked: list[str] = []

    def noted(day: str) -> str:
        asked.append(day)
        return day

    noting = Function("noted", (("day", "day"),), "date", noted)
    text = "[1, 2, 3].filter(n, noted(form.day) == '2024-10-01' && noted('2024-10-0' + string(n)) != noted(form.day))"
    run = runnable(to_tree(untyped(text))[0], [noting])
    for day, left in (("2024-10-01", [2, 3]), ("2024-10-02", [])):
        asked.clear()
        environment = {"form": {"day": day}}
        assert run(environment) == left
        assert asked.count(day) == (2 if left else 1)
        assert list(environment) == ["form"]
