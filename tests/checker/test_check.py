"""`madoguchi check` over folders, files and allowances, for people and for programs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from checker.allowing import in_comments
from checker.checking import check
from checker.scope import scope_of
from checker.source import Source
from cli import main
from tests.checker.conftest import DAY, Checked
from tests.house.layout import ROOT

STORY = ROOT / "docs" / "tutorial" / "story_hour"
WRONG = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:x",
  "type": "string",
  "maxLength": 7,
  "pattern": "^\\\\d{7}$"
}
"""


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, words)])


@pytest.fixture
def story(tmp_path: Path) -> Path:
    return shutil.copytree(STORY, tmp_path / "story_hour")


def test_a_folder_laid_over_ours_is_checked_alone(story: Path) -> None:
    said = run(story, "--json")
    assert said.exit_code == 0, said.output
    assert {Path(one["file"]).name for one in json.loads(said.stdout)["findings"]} <= {"story_hour.toml"}


def test_a_slip_in_a_procedure_is_told_with_its_line_and_a_caret(story: Path) -> None:
    path = story / "procedures" / "childcare" / "story_hour.toml"
    path.write_text(path.read_text("utf-8").replace("kind =", "knid =", 1), "utf-8")
    said = run(path)
    assert said.exit_code == 1
    assert "[D010]" in said.stdout
    assert "| " in said.stdout
    assert said.stdout.count("^") >= 1


def test_a_life_event_that_leads_nowhere_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "procedures" / "life_events" / "birth.toml"
    path.parent.mkdir(parents=True)
    text = (ROOT / "procedures" / "life_events" / "birth.toml").read_text("utf-8")
    path.write_text(text.replace('to = "school_fee_offer"', 'to = "school_fee_offr"'), "utf-8")
    said = run(path)
    assert said.exit_code == 1
    assert "school_fee_offr" in said.stdout


def test_a_slip_in_a_form_is_told_once_under_the_id_of_its_rule(story: Path) -> None:
    path = story / "forms" / "childcare" / "story_hour.schema.json"
    path.write_text(path.read_text("utf-8").replace('"string"', '"sting"', 1), "utf-8")
    found = json.loads(run(path, "--json").stdout)["findings"]
    assert [one["rule"] for one in found].count("B1") == 1
    assert "form-schema" not in {one["rule"] for one in found}


def test_safe_mends_are_taken_and_the_rest_is_left(tmp_path: Path) -> None:
    path = tmp_path / "zip.json"
    path.write_text(WRONG, "utf-8")
    said = run(path, "--fix")
    assert said.exit_code == 0, said.output
    assert '"^[0-9]{7}$"' in path.read_text("utf-8")
    assert path.read_text("utf-8") == WRONG.replace("\\\\d", "[0-9]")


def test_a_finding_is_sarif_with_its_place_and_its_mend(tmp_path: Path) -> None:
    path = tmp_path / "zip.json"
    path.write_text(WRONG, "utf-8")
    log = json.loads(run(path, "--format", "sarif").stdout)
    (result,) = log["runs"][0]["results"]
    assert (log["version"], result["ruleId"], result["level"]) == ("2.1.0", "B7", "warning")
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 6, "startColumn": 3}
    assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]["startLine"] == 6


def test_junit_has_a_case_per_file_and_fails_those_with_errors(tmp_path: Path) -> None:
    path = tmp_path / "open.json"
    path.write_text('{"type": "object"}', "utf-8")
    suite = ET.fromstring(run(path, "--format", "junit").stdout)  # noqa: S314 - our own text
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert "[L1]" in (suite.find("testcase/failure").text or "")  # type: ignore[union-attr]


def test_warnings_fail_only_when_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "zip.json"
    path.write_text(WRONG, "utf-8")
    assert run(path).exit_code == 0
    assert run(path, "--strict").exit_code == 1


def test_an_allowance_with_a_reason_holds_until_its_last_day(checked: Checked) -> None:
    row = {"rule": "L4", "reason": "桁に決まりがない", "until": "2026-04-01"}
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:x", "type": "integer"}
    report = checked(json.dumps({**schema, "x-lint-allow": [row]}))
    assert (report.findings, [one.rule for one in report.allowed]) == ([], ["L4"])
    late = checked(json.dumps({**schema, "x-lint-allow": [row | {"until": "2026-03-31"}]}))
    assert [one.rule for one in late.findings] == ["A7", "L4"]


def test_an_allowance_in_a_comment_holds_for_its_line(story: Path) -> None:
    path = story / "procedures" / "childcare" / "story_hour.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("\n", "\n# lint-allow D006\n", 1), "utf-8")
    assert [one.rule for one in check(scope_of([path]), DAY).findings if one.rule == "A7"] == ["A7"]


def test_a_comment_above_a_row_allows_the_whole_row_and_nothing_after_it() -> None:
    lines = ["# lint-allow A5 until 2027-03-31: why", "  { id = 'a',", "    ja = 'b' },", "  { id = 'c' },"]
    (found,) = in_comments(Source("one.toml", "\n".join(lines)))
    assert (found.first, found.last) == (1, 3)
