"""Every how-to page is worked through, command by command, and the screen says what the page says.

In a console block a line that begins with `$ ` is a command (a backslash continues it), the lines after it are what is
shown. `…` stands for what varies within a line, and alone on its line for any lines. What is marked 断られます must be
refused. `for n in $(seq 2 9); do …; done` is a command for every number, in which `$n` and `$((n - 1))` stand for it.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from engine.state import CaseState
from engine.store import Store
from office import session
from office.office import Definitions, definitions
from tests.docs.pages import blocks
from tests.docs.writing import PLAYED
from tests.house.layout import ROOT
from tests.once import read_once

HOW_TO = ROOT / "docs" / "how-to"
EXAMPLE = Path("forms") / "childcare" / "child_allowance_claim.example.json"
CARE = Path("forms") / "long_term_care" / "care_certification.example.json"
REVIEW = Path("forms") / "review" / "administrative_review.example.json"
CERTIFICATION = Path("forms") / "childcare" / "childcare_certification.example.json"
PAGES = {
    HOW_TO / "work-a-case.md": {EXAMPLE: ROOT / EXAMPLE},
    HOW_TO / "guide-a-life-event.md": {},
    HOW_TO / "papers-by-linkage.md": {EXAMPLE: ROOT / EXAMPLE},
    HOW_TO / "check-identity.md": {Path("check-identity"): HOW_TO / "check-identity"},
    HOW_TO / "approve.md": {Path("park_use"): HOW_TO / "park_use"},
    HOW_TO / "keep-a-store.md": {EXAMPLE: ROOT / EXAMPLE},
    HOW_TO / "export-gif.md": {EXAMPLE: ROOT / EXAMPLE},
    HOW_TO / "export-a-log.md": {EXAMPLE: ROOT / EXAMPLE},
    HOW_TO / "seal-the-log.md": {EXAMPLE: ROOT / EXAMPLE},
    HOW_TO / "appeal.md": {EXAMPLE: ROOT / EXAMPLE, REVIEW: ROOT / REVIEW},
    HOW_TO / "revoke.md": {CERTIFICATION: ROOT / CERTIFICATION},
    HOW_TO / "move-away.md": {CARE: ROOT / CARE},
    HOW_TO / "who-may.md": {EXAMPLE: ROOT / EXAMPLE},
    HOW_TO / "tell-a-register-event.md": {EXAMPLE: ROOT / EXAMPLE},
    HOW_TO / "extend-a-deadline.md": {
        Path("extend-a-deadline"): HOW_TO / "extend-a-deadline",
        CARE: ROOT / CARE,
    },
    HOW_TO / "survey-a-building.md": {Path("twenty-households"): HOW_TO / "twenty-households"},
    HOW_TO / "tell-of-a-delay.md": {CARE: ROOT / CARE},
    HOW_TO / "remind-a-doctor.md": {CARE: ROOT / CARE},
    HOW_TO / "survey-again.md": {CARE: ROOT / CARE},
    HOW_TO / "when-a-claimant-dies.md": {
        CARE: ROOT / CARE,
        Path("when-a-claimant-dies"): HOW_TO / "when-a-claimant-dies",
    },
    HOW_TO / "across-a-reform.md": {
        Path("across-a-reform"): HOW_TO / "across-a-reform",
        Path("story_hour"): ROOT / "docs" / "tutorial" / "story_hour",
    },
}
"""The pages, each with what stands where its reader works."""
LOOP = re.compile(r"for n in \$\(seq (\d+) (\d+)\); do (madoguchi .*); done$")
LESS = re.compile(r"\$\(\(n - (\d+)\)\)")
ON_SERVER = HOW_TO / "use-postgresql.md"  # worked through in `test_how_to_postgres`
COMPARED = (HOW_TO / "compare.md", HOW_TO / "surge.md")  # worked through in `test_compare_page`
SHOWN = HOW_TO / "hitachinaka-2022.md"  # held to a small run in `test_hitachinaka_page`


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


@dataclass(frozen=True)
class Worked:
    """A page that was worked through: in which folder, and what went otherwise than it says."""

    page: Path
    folder: Path
    otherwise: list[str]

    def cases(self) -> list[CaseState]:
        """The cases in its store in the end."""
        (place,) = self.folder.glob("*.db")
        with Store.open(str(place), practice=True) as store, store.reading() as tx:
            return tx.cases()


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Worked]:
    """Gives a page worked through; each is worked once."""
    return cache(lambda page: _work(page, tmp_path_factory.mktemp(page.stem)))


def _work(page: Path, folder: Path) -> Worked:
    for name, source in PAGES[page].items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    environment: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        patched.setattr(session, "definitions", _read_once())
        return Worked(page, folder, [said for shown in commands(page) for said in said_otherwise(shown, environment)])


def _read_once() -> Callable[..., Definitions]:
    """What gives the definitions of a command; ours are the same for all commands of a page, and are read once."""
    kept: dict[object, Definitions] = {}

    def declared(city: str | None = None, folders: Sequence[Path] = ()) -> Definitions:
        if folders:
            return definitions(city, folders)
        return kept.setdefault(city, kept.get(city) or definitions(city))

    return declared


def said_otherwise(shown: Shown, environment: dict[str, str]) -> Iterator[str]:
    """What a command says, if the page says something else."""
    if loop := LOOP.match(shown.command):
        said = [_say(_counted(loop[3], number), environment) for number in range(int(loop[1]), int(loop[2]) + 1)]
        yield from _compared(shown, max(code for code, _ in said), "\n".join(text for _, text in said))
        return
    name, *words = shlex.split(shown.command, comments=True)
    if name == "export":
        pairs = (word.partition("=") for word in words)
        environment.update({key: value for key, _, value in pairs if key != "PATH"})
        return
    if name == "cp":
        shutil.copy(*words)
        return
    yield from _compared(shown, *_say(shown.command, environment))


def _counted(command: str, number: int) -> str:
    """The command of a loop for one number."""
    return LESS.sub(lambda less: str(number - int(less[1])), command).replace("$n", str(number))


def _say(command: str, environment: dict[str, str]) -> tuple[int, str]:
    """How a command ends and what it shows."""
    _, *words = shlex.split(command, comments=True)
    with read_once():
        found = CliRunner().invoke(main, words, env=environment)
    return found.exit_code, found.output.rstrip()


def _compared(shown: Shown, code: int, output: str) -> Iterator[str]:
    if bool(code) != shown.refused or not re.fullmatch(pattern(shown.lines), output + "\n"):
        yield f"$ {shown.command}  (exit {code})\n{output}"


Work = Callable[[Path], Worked]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


@each_page
def test_every_command_of_the_page_shows_what_the_page_says(page: Path, worked: Work) -> None:
    assert worked(page).otherwise == [], "\n".join(worked(page).otherwise)


def test_the_page_takes_a_case_to_each_outcome_a_late_one_and_a_withdrawal_included(worked: Work) -> None:
    cases = worked(HOW_TO / "work-a-case.md").cases()
    assert [(case.state, case.outcome, case.closed) for case in cases] == [
        ("granted", "approved", True),
        ("rejected", "rejected", True),
        ("withdrawn", "withdrawn", True),
        ("returned", "returned", True),
        ("formal_review", None, False),
    ]


def test_the_page_across_a_reform_ends_with_cases_under_four_editions(worked: Work) -> None:
    cases = worked(HOW_TO / "across-a-reform.md").cases()
    assert [(case.procedure, case.state) for case in cases] == [
        ("child_allowance_claim", "deciding"),
        ("child_allowance_claim", "deciding"),
        ("story_hour", "checking"),
        ("story_hour", "noted"),
    ]
    assert len({case.edition for case in cases}) == 4


def test_the_page_about_a_building_has_one_survey_for_twenty_households(worked: Work) -> None:
    survey, *homes = worked(HOW_TO / "survey-a-building.md").cases()
    assert (survey.procedure, survey.state) == ("building_survey", "graded")
    assert [home.procedure for home in homes] == ["disaster_damage_certificate"] * 20
    assert [home.state for home in homes] == ["issued", *["judged"] * 19]


def test_the_page_on_approval_decides_two_cases_for_somebody_and_leaves_no_duty_open(worked: Work) -> None:
    cases = worked(HOW_TO / "approve.md").cases()
    assert [case.state for case in cases] == ["decided", "decided", "deciding"]
    drafts = [case.memo["drafts"] for case in cases]
    assert [one["1"]["decided"].get("for") for one in drafts[:2]] == ["section_chief", None]
    assert [drafts[2][number].get("same_as") for number in "123"] == [None, 1, None]


def test_every_how_to_page_is_worked() -> None:
    elsewhere = [ON_SERVER, *COMPARED, SHOWN, *(page for page in PLAYED if page.parent == HOW_TO)]
    assert sorted(HOW_TO.glob("*.md")) == sorted([*PAGES, *elsewhere])


@each_page
def test_the_page_is_worked_on_a_practice_store_and_shows_refusals(page: Path) -> None:
    found = list(commands(page))
    assert sum("--practice" in shown.command for shown in found) == 1
    assert sum(shown.refused for shown in found) >= 2
    assert all(shown.lines for shown in found if shown.command.startswith("madoguchi"))


def test_a_line_that_the_screen_does_not_show_is_noticed() -> None:
    assert re.fullmatch(pattern(["案件1  …", "…", "終わり"]), "案件1  手続\n何か\n終わり\n")
    assert not re.fullmatch(pattern(["案件2  …"]), "案件1  手続\n")
    assert not re.fullmatch(pattern(["案件1"]), "案件1\n次\n")
