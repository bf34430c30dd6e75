"""`madoguchi procedures diagram`: a file or the screen, a day, two forms, and what it answers to a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main

CHILD = "child_allowance_claim"


def run(*words: str, code: int = 0) -> Result:
    found = CliRunner().invoke(main, ["procedures", "diagram", *words])
    assert found.exit_code == code, found.output
    assert "Traceback" not in found.output
    return found


def test_it_is_written_to_the_screen_or_to_a_file_the_same(tmp_path: Path) -> None:
    out = tmp_path / "図.svg"
    shown = run(CHILD).stdout
    assert run(CHILD, "--out", str(out)).stdout == f"{out} に書きました。\n"
    assert out.read_text("utf-8") == shown
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize(
    ("day", "said"), [((), "版 cah-2024-10"), (("--as-of", "2022-06-01"), "版 cah-2022-06(2022-06-01から")]
)
def test_it_draws_the_newest_version_or_that_of_a_day(day: tuple[str, ...], said: str) -> None:
    assert said in run(CHILD, *day).stdout
    assert said in run(CHILD, *day, "--format", "mermaid").stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("child_allowance_clame",), 1, "child_allowance_claim のことですか"),
        ((CHILD, "--format", "png"), 2, "svg・mermaidのどれか"),
        ((CHILD, "--as-of", "2001-01-01"), 1, "2012-04-01から"),
        ((CHILD, "--as-of", "きょう"), 2, "2022-06-01 のような日付"),
        ((CHILD, "--out", "no_such_folder/a.svg"), 1, "no_such_folder/a.svg"),
        ((CHILD, "--out", "."), 1, "読み書きできません"),
        ((CHILD, "--definitions", "no_such_folder"), 1, "no_such_folder"),
    ],
)
def test_a_mistake_is_answered_with_what_would_be_right(words: tuple[str, ...], code: int, said: str) -> None:
    found = run(*words, code=code)
    assert said in found.stderr
    assert found.stdout == ""


def test_a_definition_with_errors_is_refused_with_all_of_them(tmp_path: Path) -> None:
    folder = tmp_path / "childcare"
    folder.mkdir()
    text = CliRunner().invoke(main, ["procedures", "show", CHILD, "--expanded"]).stdout
    wrong = text.replace('to = "decided"', 'to = "decidad"', 1).replace('kind = "deciding"', 'kind = "decideing"', 1)
    (folder / f"{CHILD}.toml").write_text(wrong, "utf-8")
    found = run(CHILD, "--definitions", str(tmp_path), "--out", str(tmp_path / "a.svg"), code=1)
    assert "decideing" in found.stderr
    assert not (tmp_path / "a.svg").exists()


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    folder.mkdir()
    (folder / "inside").write_text("x", "utf-8")
    assert str(folder) in run(CHILD, "--out", str(folder), code=1).stderr
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
