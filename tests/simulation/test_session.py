"""The simulate command: a report and a summary, and bad input refused in a sentence with nothing left behind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from cli import main as command

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

CLAIMS = ["--city", "hitachinaka", "--procedure", "1"]
WEEK = ["--from", "2022-04-01", "--to", "2022-04-03"]


def simulate(*words: str) -> Result:
    """What `madoguchi simulate` says to these words."""
    return CliRunner().invoke(command, ["simulate", *words])


def test_it_ends_with_the_path_of_the_report(tmp_path: Path) -> None:
    said = simulate(*CLAIMS, *WEEK, "--out", str(tmp_path / "out"))
    assert said.exit_code == 0, said.output
    assert said.output.rstrip().endswith(str(tmp_path / "out" / "report.html"))
    assert "合計" in said.output
    assert (tmp_path / "out" / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_program_gets_totals_as_json(tmp_path: Path) -> None:
    said = simulate(*CLAIMS, *WEEK, "--out", str(tmp_path), "--json")
    totals = json.loads(said.stdout)
    (states,) = totals["states"].values()
    assert sum(states.values()) == sum(totals["cases"].values())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--city", "hitachinka", *WEEK], "hitachinaka"),
        (["--city", "hitachinaka", "--procedure", "donation_ofer", *WEEK], "donation_offer"),
        (["--city", "hitachinaka", "--from", "2022-04-02", "--to", "2022-04-01"], "終わりは始まり以後"),
        (["--city", "hitachinaka", "--from", "2022-04-01", "--to", "2052-04-01"], "10年まで"),
    ],
    ids=["city", "procedure", "backwards", "too long"],
)
def test_bad_input_is_a_sentence(tmp_path: Path, words: list[str], sentence: str) -> None:
    said = simulate(*words, "--out", str(tmp_path / "out"))
    assert said.exit_code == 1
    assert sentence in said.output
    assert "Traceback" not in said.output
    assert not (tmp_path / "out").exists()


def test_a_day_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    said = simulate("--city", "hitachinaka", "--from", "2022-02-30", "--to", "2022-03-01", "--out", str(tmp_path))
    assert said.exit_code == 2
    assert "Traceback" not in said.output


def test_cases_are_never_kept_over_another_file(tmp_path: Path) -> None:
    keep = tmp_path / "kept.db"
    keep.write_bytes(b"something else")
    said = simulate("--city", "hitachinaka", *WEEK, "--out", str(tmp_path / "out"), "--keep", str(keep))
    assert said.exit_code == 1
    assert keep.read_bytes() == b"something else"
