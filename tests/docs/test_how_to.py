"""The how-to pages are worked through, command by command, and the screen says what they say.

In a console block a line that begins with `$ ` is a command (a backslash continues it), the lines after it are what is
shown. `…` stands for what varies within a line, and alone on its line for any lines. What is marked 断られます must be
refused.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from engine.store import Store
from tests.docs.pages import blocks
from tests.house.layout import ROOT

HOW_TO = ROOT / "docs" / "how-to"
PAGE = HOW_TO / "work-a-case.md"
SEALING = HOW_TO / "seal-the-log.md"
EXAMPLE = Path("forms") / "childcare" / "child_allowance_claim.example.json"
STORE = "renshu.db"


@dataclass
class Shown:
    """A command of the page with the lines that are shown after it."""

    command: str
    lines: list[str] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether the page says that the command is refused."""
        return "断られます" in self.command


def commands(page: Path) -> Iterator[Shown]:
    """Every command of a page, in order."""
    for block in blocks(page, "console"):
        found: list[Shown] = []
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(Shown(line[2:]))
            elif found[-1].command.endswith("\\"):
                found[-1].command = found[-1].command[:-1] + line.strip()
            else:
                found[-1].lines.append(line)
        yield from found


def pattern(lines: list[str]) -> str:
    """What the shown lines allow."""
    parts = [r"(?:.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in lines]
    return "".join(parts)


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder in which the whole page was worked through, and what went otherwise than it says."""
    folder = tmp_path_factory.mktemp("work-a-case")
    return folder, work_through(PAGE, folder)


def work_through(page: Path, folder: Path) -> list[str]:
    """What goes otherwise than a page says when it is worked through in a folder."""
    (folder / EXAMPLE).parent.mkdir(parents=True)
    shutil.copy(ROOT / EXAMPLE, folder / EXAMPLE)
    environment: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        return [said for shown in commands(page) for said in _otherwise(shown, environment)]


def _otherwise(shown: Shown, environment: dict[str, str]) -> Iterator[str]:
    name, *words = shlex.split(shown.command, comments=True)
    if name == "export":
        pairs = (word.partition("=") for word in words)
        environment.update({key: value for key, _, value in pairs if key != "PATH"})
        return
    if name == "cp":
        shutil.copy(*words)
        return
    found = CliRunner().invoke(main, words, env=environment)
    if bool(found.exit_code) != shown.refused or not re.fullmatch(pattern(shown.lines), found.output.rstrip() + "\n"):
        yield f"$ {shown.command}  (exit {found.exit_code})\n{found.output}"


def test_every_command_of_the_page_shows_what_the_page_says(worked: tuple[Path, list[str]]) -> None:
    _, otherwise = worked
    assert otherwise == [], "\n".join(otherwise)


def test_every_command_about_seals_shows_what_its_page_says(tmp_path: Path) -> None:
    otherwise = work_through(SEALING, tmp_path)
    assert otherwise == [], "\n".join(otherwise)


def test_the_page_takes_a_case_to_each_outcome_a_late_one_and_a_withdrawal_included(
    worked: tuple[Path, list[str]],
) -> None:
    with Store.open(str(worked[0] / STORE), practice=True) as store, store.reading() as tx:
        ends = [(case.state, case.outcome, case.closed) for case in tx.cases()]
    assert ends == [
        ("granted", "approved", True),
        ("rejected", "rejected", True),
        ("withdrawn", "withdrawn", True),
        ("returned", "returned", True),
        ("formal_review", None, False),
    ]


def test_the_page_is_worked_on_a_practice_store_and_shows_refusals() -> None:
    found = list(commands(PAGE))
    assert sum("--practice" in shown.command for shown in found) == 1
    assert sum(shown.refused for shown in found) >= 5
    assert all(shown.lines for shown in found if shown.command.startswith("madoguchi"))


def test_a_line_that_the_screen_does_not_show_is_noticed() -> None:
    assert re.fullmatch(pattern(["案件1  …", "…", "終わり"]), "案件1  手続\n何か\n終わり\n")
    assert not re.fullmatch(pattern(["案件2  …"]), "案件1  手続\n")
    assert not re.fullmatch(pattern(["案件1"]), "案件1\n次\n")
