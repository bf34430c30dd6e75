"""Which dotted paths a text reads."""

from __future__ import annotations

import pytest

from engine.conditions import parse
from engine.conditions.places import Sight, reads
from engine.shapes import Scalar
from tests.engine.conditions.sketch import functions
from tests.engine.conditions.small import ROOTS

SIGHT = Sight(ROOTS, {"late": Scalar("yes_no")}, {one.name: one for one in functions().all()})


@pytest.mark.parametrize(
    ("cel", "expected"),
    [
        ("form.kind == 'home'", ["form.kind"]),
        ("form.return.reason == null && late", ["form.return.reason"]),
        ("size(form.children) > 1", ["form.children"]),
        ("form.children.exists(c, c.living == 'apart')", ["form.children", "form.children[].living"]),
        ("form.children[case.days].living == 'apart'", ["case.days", "form.children", "form.children[].living"]),
        ("form.tags[0] == 'x'", ["form.tags", "form.tags[]"]),
        ("form.tags.exists(t, t == 'x')", ["form.tags", "form.tags[]"]),
        (
            "form.children.filter(c, c.amount == 1).map(k, k.name).exists(n, n == 'x')",
            ["form.children", "form.children[].amount", "form.children[].name"],
        ),
        (
            "form.children.filter(c, c.amount == 1)[0].name == 'x'",
            ["form.children", "form.children[].amount", "form.children[].name"],
        ),
        ("cel.bind(w, form.weeks, w == 3)", ["form.weeks"]),
        ("register.nintei.level == 'x'", ["register.nintei.level"]),
        ("add_days(form.moved_on, form.weeks) == null", ["form.moved_on", "form.weeks"]),
        ("form.return == null", ["form.return"]),
        ("true", []),
    ],
)
def test_a_text_reads_whole_chains(cel: str, expected: list[str]) -> None:
    assert sorted({path for path, _ in reads(parse(cel), SIGHT)}) == expected
