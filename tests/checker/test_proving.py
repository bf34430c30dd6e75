"""Proofs over every valid answer: what they show is so, what they cannot decide is counted, and the same each time."""

from __future__ import annotations

import json
import shutil
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from checker import catalogue
from checker.catalogue import rule
from checker.checking import Report, check
from checker.proving.budget import OutOfSteps, Steps
from checker.proving.regions import regions
from checker.proving.solving import choices
from checker.proving.terms import Uses, interned, plain, uses, value
from checker.scope import scope_of
from cli import main
from engine.conditions import parse
from engine.conditions.tree import Call, Ident, Literal, Node
from engine.shapes import Scalar
from tests.checker.conftest import DAY

EXAMPLE = Path(catalogue.__file__).parent / "example"
PROCEDURE = "procedures/childcare/library_card.toml"
ABLE: dict[str, list[Any]] = {"a": [1, 2, 3, None], "b": [True, False, None], "c": ["x", "y"]}
LEAVES = st.sampled_from(["a < 2", "a >= 2", "a == null", "b == true", "b != true", "c == 'x'", "c in ['x', 'y']"])


def laid(folder: Path, *changes: tuple[str, str]) -> Path:
    """The example folder with changes in its procedure."""
    found = shutil.copytree(EXAMPLE, folder / "example")
    text = (found / PROCEDURE).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (found / PROCEDURE).write_text(text, "utf-8")
    return found


def changes_of(name: str) -> list[tuple[str, str]]:
    """What makes the bad example of a rule."""
    return [(one.old, one.new) for one in rule(name).bad if not isinstance(one, str)]


@pytest.fixture
def hole(tmp_path: Path) -> Path:
    """The example with no way on for somebody who lives elsewhere."""
    return laid(tmp_path, *changes_of("P3"))


def found_by(report: Report, name: str) -> list[str]:
    return [one.witness for one in report.findings if one.rule == name]


def test_a_hole_is_shown_by_the_answer_that_falls_into_it(hole: Path) -> None:
    assert found_by(check(scope_of([hole]), DAY), "P3") == ["カードの種類 = 市の外に住む人(visitor)"]


def test_a_hole_that_the_form_closes_is_none(hole: Path) -> None:
    schema = hole / "forms" / "childcare" / "library_card.schema.json"
    schema.write_text(schema.read_text("utf-8").replace('["adult", "child", "visitor"]', '["adult", "child"]'), "utf-8")
    page = schema.with_name("library_card.toml")
    lines = page.read_text("utf-8").splitlines(keepends=True)
    page.write_text("".join(line for line in lines if '"visitor"' not in line), "utf-8")
    assert check(scope_of([hole]), DAY).findings == []


def test_a_hole_that_waiting_closes_is_none(tmp_path: Path) -> None:
    old = "tasks.card.state == 'printed'"
    waits = laid(tmp_path, (old, f"{old} && (form.kind == 'adult' || case.days_in_state >= 3)"))
    assert found_by(check(scope_of([waits]), DAY), "P3") == []


def test_an_overlap_through_a_list_of_answers_needs_a_document_that_the_form_accepts(tmp_path: Path) -> None:
    report = check(scope_of([laid(tmp_path, *changes_of("P24"))]), DAY)
    (shown,) = found_by(report, "P24")
    assert shown.startswith("カードの種類 = ")
    assert "visitor" not in shown


def test_a_proof_beyond_its_budget_is_counted_and_nothing_is_said(hole: Path) -> None:
    report = check(scope_of([hole]), DAY, budget=1)
    assert found_by(report, "P3") == []
    assert report.proofs.undecided > 0


def test_the_budget_and_what_was_decided_are_printed_the_same_each_time(hole: Path) -> None:
    words = ["check", str(hole), "--proof-budget", "5000"]
    first, second = (CliRunner().invoke(main, words).stdout for _ in range(2))
    assert first == second
    assert "(限度は一件5,000手)" in first
    told = json.loads(CliRunner().invoke(main, [*words, "--json"]).stdout)["proofs"]
    assert told["budget"] == 5000
    assert told["asked"] == told["decided"] + told["undecided"] > 0
    assert "5,000 steps each" in CliRunner().invoke(main, [*words, "--lang", "en"]).stdout


def test_a_budget_of_nothing_is_refused() -> None:
    said = CliRunner().invoke(main, ["check", "--proof-budget", "0"])
    assert said.exit_code == 2
    assert "Traceback" not in said.output


def trees() -> st.SearchStrategy[str]:
    def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        pairs = st.builds(lambda one, sign, two: f"({one}) {sign} ({two})", inner, st.sampled_from(["&&", "||"]), inner)
        return pairs | st.builds(lambda one: f"!({one})", inner)

    return st.recursive(LEAVES, joined, max_leaves=6)


@given(trees())
def test_the_search_finds_a_choice_exactly_where_counting_through_finds_one(text: str) -> None:
    tree = interned(plain(parse(text)), lambda node: node.name if isinstance(node, Ident) else "?")
    found = next(choices(tree, lambda name: ABLE[name], Steps(10_000)), None)
    counted = [dict(zip(ABLE, one, strict=True)) for one in product(ABLE["a"], ABLE["b"], ABLE["c"])]
    assert (found is not None) == any(value(tree, one, []) is True for one in counted)
    assert found is None or value(tree, found, []) is True


def test_a_search_stops_after_its_steps() -> None:
    tree: Node = Literal(False)  # noqa: FBT003 - a value
    for name in "abcdefgh":
        tree = Call("||", (tree, Call("&&", (Ident(name), Call("!", (Ident(name),))))))
    with pytest.raises(OutOfSteps):
        list(choices(tree, lambda _: [True, False], Steps(20)))


def test_regions_lie_at_between_and_beside_the_constants() -> None:
    (term,) = (one for one in uses(plain(parse("n < 3 || n >= 10"))))
    assert regions(term, Uses({3, 10}, ordered=True), Scalar("whole"), null=True) == [2, 3, 4, 10, 11, None]
    days = regions(term, Uses({"2024-02-28"}, ordered=True), Scalar("date"), null=False)
    assert {"2024-02-27", "2024-02-28", "2024-02-29"} <= set(days)
