"""Every rule finds its bad example and not its good one, and says why in two languages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import catalogue
from checker.catalogue import Rule, aliases, families, rule, rules
from checker.checking import check
from checker.scope import scope_of
from cli import main
from engine.errors import UnknownThing
from procedures.codes import CODES
from tests.checker.conftest import DAY, Checked

EXAMPLE = Path(catalogue.__file__).parent / "example"
OF_FOLDERS = [one for one in rules().values() if one.subject != "schema"]
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


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("good") / "example")


def test_the_example_folder_is_good(example: Path) -> None:
    assert check(scope_of([example]), DAY).findings == []


@pytest.mark.parametrize("one", OF_FOLDERS, ids=lambda one: one.id)
def test_a_rule_finds_what_was_changed_in_the_example_folder(one: Rule, tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLE, tmp_path / "example")
    assert not isinstance(one.bad, str)
    for change in one.bad:
        path = folder / change.file
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8") if path.exists() else ""
        assert change.old in text, f"{one.id}: {change.old!r} is not in {change.file}"
        path.write_text(text.replace(change.old, change.new) if change.old else change.new, "utf-8")
    former = scope_of([EXAMPLE]) if one.subject == "versions" else None
    found = check(scope_of([folder]), DAY, former).findings
    assert one.id in {finding.rule for finding in found}, [(finding.rule, finding.ja) for finding in found]
    assert {finding.severity for finding in found if finding.rule == one.id} == {one.severity}


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
