"""The commands of a comparison: wrong usage is told as that, and nothing is left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from cli import main as command

if TYPE_CHECKING:
    from pathlib import Path

DAYS = ["--city", "hitachinaka", "--from", "2022-04-01", "--to", "2022-04-02", "--procedure", "21"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["compare", *DAYS, "--scenario", "online", "--until-halfwidth", "narrow"], 2, "割合として読めません"),
        (["compare", *DAYS, "--scenario", "online", "--until-halfwidth", "0%"], 2, "0より大きく"),
        (["compare", *DAYS], 2, "--scenario"),
        (["compare", *DAYS, "--scenario", "onlin"], 1, "online のことですか"),
        (["compare", *DAYS, "--scenario", "online", "--pairs", "0"], 1, "1から1000まで"),
        (["staff", *DAYS, "--breach", "120%"], 2, "100%以下"),
        (["staff", *DAYS, "--post", "care_insurance/countr"], 1, "care_insurance/counter のことですか"),
        (["staff", *DAYS, "--post", "care_insurance/counter", "--workers", "0"], 2, "--workers"),
    ],
    ids=["word", "nothing", "none", "misspelt", "no pairs", "all", "post", "workers"],
)
def test_what_cannot_be_asked_is_a_sentence(words: list[str], code: int, said: str, tmp_path: Path) -> None:
    found = CliRunner().invoke(command, [*words, "--out", str(tmp_path / "out")])
    assert found.exit_code == code, found.output
    assert said in found.output
    assert "Traceback" not in found.output
    assert not (tmp_path / "out").exists()
