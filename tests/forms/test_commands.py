"""`madoguchi forms` shows, makes up and checks, for people and for programs, and never shows a traceback."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len
from rich.console import Console

from engine.clock import JST, SimulatedClock
from forms import Form, Forms
from forms.commands import group
from forms.display import show_form, show_rows
from tests.forms.small_forms import row, write_pair

CLAIM = "child_allowance_claim"
CLOCK = SimulatedClock(dt.datetime(2025, 6, 2, 9, tzinfo=JST))


def run(*arguments: str, given: str | bytes | None = None, clock: object = CLOCK) -> Result:
    return CliRunner().invoke(group, list(arguments), input=given, obj=clock)


def claim() -> Form:
    form, _ = Forms().load(CLAIM)
    assert form is not None
    return form


def test_the_list_names_every_form_with_its_problems(tmp_path: Path) -> None:
    write_pair(tmp_path / "forms" / "field", "small", {"a": {"type": "string"}}, [row("b", "text")])
    listed = run("list", "--definitions", str(tmp_path))
    assert listed.exit_code == 0
    assert "児童手当等の受給資格" in listed.output
    rows = {
        one["id"]: one["problems"] for one in json.loads(run("list", "--definitions", str(tmp_path), "--json").output)
    }
    assert rows[CLAIM] == 0
    assert rows["small"] > 0


def test_a_form_is_shown_step_by_step_in_each_language() -> None:
    for lang, title in (("ja", "1. 提出の方法"), ("easy", "1. だしかた"), ("en", "1. How you submit")):
        shown = run("show", CLAIM, "--lang", lang)
        assert shown.exit_code == 0
        assert title in shown.output
    assert "  必須  請求者氏名(氏名)  applicant.name_kanji" in run("show", CLAIM).output


def test_no_line_of_a_shown_form_is_wider_than_80_columns() -> None:
    for lang in ("ja", "easy", "en"):
        assert max(cell_len(line) for line in run("show", CLAIM, "--lang", lang).output.splitlines()) <= 80


def test_a_terminal_gets_a_table_that_folds() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=40)
    show_rows(console, ["名前", "題名"], [["x", "とても長い題名" * 5]])
    show_form(console, claim(), "ja")
    assert isinstance(console.file, io.StringIO)
    assert "…" not in console.file.getvalue()


def test_a_program_gets_the_schema_or_the_fields() -> None:
    assert json.loads(run("show", CLAIM, "--schema").output) == claim().schema
    facts = json.loads(run("show", CLAIM, "--json").output)
    assert facts["fields"][1]["pointer"] == "/identity_check/channel"
    assert facts["behaviour_hash"] == claim().behaviour_hash


def test_a_sample_is_accepted_and_the_same_every_time(tmp_path: Path) -> None:
    made = run("sample", CLAIM, "--seed", "5")
    assert made.output == run("sample", CLAIM, "--seed", "5").output
    (tmp_path / "answers.json").write_text(made.output, "utf-8")
    checked = run("validate", CLAIM, str(tmp_path / "answers.json"))
    assert (checked.exit_code, checked.output) == (0, "直していただく所はありません。\n")
    assert run("validate", CLAIM, "-", given=made.output).exit_code == 0


def test_a_planted_defect_is_said_apart_and_found_again() -> None:
    made = run("sample", CLAIM, "--seed", "5", "--broken")
    assert "植えた誤り: /" in made.stderr
    facts = json.loads(run("sample", CLAIM, "--seed", "5", "--broken", "--json").stdout)
    assert json.loads(made.stdout) == facts["document"]
    checked = run("validate", CLAIM, "-", "--json", given=made.stdout)
    assert checked.exit_code == 1
    assert [(one["pointer"], one["code"]) for one in json.loads(checked.output)] == [(facts["pointer"], facts["code"])]


def test_findings_are_sentences_with_their_places_and_a_count() -> None:
    checked = run("validate", CLAIM, "-", given='{"claim_reason": "x"}')
    assert checked.exit_code == 1
    assert "「請求の事由」は、選択肢から選んでください。\n    /claim_reason  [enum]\n" in checked.output
    assert "個あります。" in checked.output
    assert (
        "Choose one of the options" in run("validate", CLAIM, "-", "--lang", "en", given='{"claim_reason": "x"}').output
    )


def test_a_draft_may_be_unfinished() -> None:
    assert run("validate", CLAIM, "-", "--partial", given="{}").exit_code == 0


@pytest.mark.parametrize("given", [b"", b"[1]", b'{"a":1,"a":2}', b"\xff", b'{"a": NaN}', b"[" * 99_999])
def test_hostile_files_are_findings(given: bytes) -> None:
    checked = run("validate", CLAIM, "-", given=given)
    assert checked.exit_code == 1
    assert "Traceback" not in checked.output
    assert checked.output.count("。") >= 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["show"],
        ["show", "child_allowance_claims"],
        ["validate", CLAIM, "no/such/file.json"],
        ["validate", CLAIM],
        ["sample", CLAIM, "--place", "tokyo"],
        ["sample", CLAIM, "--at", "令和7年"],
        ["show", CLAIM, "--lang", "fr"],
        ["shwo"],
    ],
)
def test_wrong_usage_is_told_and_exits_with_2(arguments: list[str]) -> None:
    told = run(*arguments)
    assert told.exit_code == 2
    assert "Error:" in told.output


def test_an_unknown_form_comes_with_the_nearest_one() -> None:
    assert "child_allowance_claim のことですか" in run("show", "child_allowance_claims").output


def test_without_a_clock_the_day_must_be_said() -> None:
    assert run("validate", CLAIM, "-", given="{}", clock=None).exit_code == 2
    assert run("validate", CLAIM, "-", "--at", "2025-06-02", given="{}", clock=None).exit_code == 1


def test_a_form_that_does_not_load_says_why_with_its_place(tmp_path: Path) -> None:
    write_pair(tmp_path / "field", "small", {"a": {"type": "string"}}, [row("b", "text")])
    shown = run("show", "small", "--definitions", str(tmp_path))
    assert shown.exit_code == 1
    assert "small.toml:" in shown.output


@pytest.mark.parametrize("command", ["list", "show", "sample", "validate"])
def test_every_command_has_help_in_japanese(command: str) -> None:
    helped = run(command, "--help")
    assert helped.exit_code == 0
    assert "。" in helped.output
