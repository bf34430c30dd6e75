"""Named conditions are put in where they are read, and nowhere else."""

from __future__ import annotations

import pytest

from tests.engine.conditions.small import holds, named, rules

OTHERS = [
    named("kind", "form.kind == 'home'"),
    named("short", "kind ? size(form.tags) < 2 : size(form.tags) < 4"),
    named("weeks", "form.weeks == 3 || kind"),
]


@pytest.mark.parametrize(
    ("cel", "expected"),
    [
        ("kind", True),
        ("!kind", False),
        ("form.kind == 'home'", True),
        ("'kind' == 'kind' && form.name == 'kind'", True),
        ("form.children.exists(c, kind && c.living == 'apart')", True),
        ("[1].exists(x, short && weeks)", True),
        ("kind == short && (weeks || !kind)", True),
    ],
)
def test_a_name_means_its_condition(cel: str, expected: object) -> None:
    form = {"kind": "home", "name": "kind", "weeks": 5, "tags": ["a"], "children": [{"living": "apart"}]}
    assert holds(cel, OTHERS, form=form) is expected


def test_brackets_are_never_needed_around_a_name() -> None:
    others = [named("either", "form.weeks == 1 || form.weeks == 2"), named("rules.sum", "form.weeks + 1", "number")]
    assert not holds("either && form.kind == 'home'", others, form={"weeks": 1})
    assert holds("rules.sum * 2 == 4", others, form={"weeks": 1})


def test_a_long_chain_of_names_runs() -> None:
    chain = [named("n0", "form.weeks == 3")] + [named(f"n{i}", f"!(n{i - 1})") for i in range(1, 20)]
    assert rules("n18", others=chain) == []
    assert holds("n18 && !n19", chain, form={"weeks": 3})
