"""Every rule finds its bad example and not its good one, and says why in two languages."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from checker.catalogue import Rule, aliases, families, rule, rules
from cli import main
from engine.errors import UnknownThing
from procedures.codes import CODES
from tests.checker.conftest import Checked

OF_SCHEMAS = [one for one in rules().values() if one.subject == "schema"]


@pytest.mark.parametrize("one", OF_SCHEMAS, ids=lambda one: one.id)
def test_a_rule_finds_its_bad_example(one: Rule, checked: Checked) -> None:
    assert isinstance(one.bad, str)
    found = [finding for finding in checked(one.bad).findings if finding.rule == one.id]
    assert found, f"{one.id} does not find {one.bad}"
    assert all(
        (finding.severity == one.severity and finding.ja.endswith(("。", "」"))) or finding.ja for finding in found
    )


@pytest.mark.parametrize("one", OF_SCHEMAS, ids=lambda one: one.id)
def test_a_rule_does_not_find_its_good_example(one: Rule, checked: Checked) -> None:
    assert one.good
    assert [finding for finding in checked(one.good).findings if finding.rule == one.id] == []


def test_every_rule_belongs_to_a_family_and_no_two_stand_for_one_code() -> None:
    assert {one.family for one in rules().values()} == set(families())
    codes = [code for one in rules().values() for code in one.known_as]
    assert len(codes) == len(set(codes)) == len(aliases())
    assert {code for code in codes if code.startswith("D")} <= set(CODES)


def test_a_rule_is_explained_with_its_examples() -> None:
    said = CliRunner().invoke(main, ["check", "--explain", "b7"])
    assert said.exit_code == 0
    assert "全角の数字も通します" in said.stdout
    assert r"^\\d{7}$" in said.stdout


def test_a_rule_that_is_not_there_is_said_with_the_nearest() -> None:
    with pytest.raises(UnknownThing, match="決まりはありません"):
        rule("Z9")
    assert CliRunner().invoke(main, ["check", "--explain", "Z9"]).exit_code == 1
