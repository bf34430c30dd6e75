"""Writes what documents can take from the program: commands, diagrams, schemas, what commands print.

And the profiles of the cities whose sheet of figures stands beside them.

A console block begins with ```console; a line `$ …` in it is a command, run by the shell's rules of quoting, one after
another in one folder for the whole page. `python -m tests.docs.writing` writes the pages; the tests hold them to it.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

import click
from click.testing import CliRunner

from checker.catalogue import families, rules
from checker.explaining import explained
from cli import main as door
from procedures import editor_schema
from procedures.cities import founding, sheets
from procedures.cities.questions import questions
from procedures.description import read
from procedures.diagram.writing import diagram
from procedures.files import our_folder
from procedures.library import Library
from tests.docs.coverage_page import coverage_page
from tests.docs.procedure_pages import pages
from tests.house.layout import ROOT
from tests.once import read_once

DOCS = ROOT / "docs"
COMMANDS = DOCS / "reference" / "commands.md"
COVERAGE = DOCS / "reference" / "coverage.md"
PLAYED = {
    DOCS / "tutorial" / "add-a-procedure.md": (DOCS / "tutorial" / "story_hour",),
    DOCS / "tutorial" / "first-simulation.md": (),
    DOCS / "tutorial" / "ten-mistakes.md": (DOCS / "tutorial" / "mistakes",),
    DOCS / "how-to" / "set-up-an-editor.md": (),
    DOCS / "how-to" / "check-in-ci.md": (DOCS / "how-to" / "check-in-ci",),
    DOCS / "how-to" / "prefill-a-form.md": (),
    DOCS / "how-to" / "calibrate.md": (DOCS / "how-to" / "calibrate",),
    DOCS / "how-to" / "supply-a-city.md": (DOCS / "how-to" / "supply-a-city",),
}
"""The pages whose consoles are run, with the folders that stand beside them then."""
PROCEDURES = DOCS / "reference" / "procedures"
SCHEMAS = DOCS / "reference" / "schemas"
RULES = DOCS / "reference" / "rules.md"
_RULES_HEAD = """\
# Rules of `madoguchi check`

Written by `tests/docs/writing.py` from `checker/catalogue/`. `madoguchi check --explain RULE` prints one of them.
Codes of the loaders (D101, C010, M008, …) are in [problems.md](problems.md); what a rule here also finds goes by the
rule's id. Letters that those codes use are not used here: contradictions are K, limits are L.
"""
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_HEAD = """\
# Commands

Written by `tests/docs/writing.py` from the help of the commands themselves.
Exit codes: 0 done, 1 refused or something found, 2 wrong usage.
"""


def commands_page() -> str:
    """The reference of all commands: the help of each, as the program prints it."""
    caller = CliRunner(env={"COLUMNS": "80"})
    parts = [_HEAD]
    for words in _all_commands(door, ()):
        help_ = caller.invoke(door, [*words, "--help"]).stdout
        parts.append(f"## `{' '.join(('madoguchi', *words))}`\n\n```text\n{help_}```\n")
    return "\n".join(parts)


def diagrams() -> dict[Path, str]:
    """The diagram of every procedure by its newest version, by the file it stands in."""
    ids = [entry.id for entry in Library().list()]
    return {PROCEDURES / f"{one}.svg": diagram(read(one, ()), None, "svg") for one in ids}


def procedure_pages() -> dict[Path, str]:
    """The page of every procedure and the list of them, by the file it stands in."""
    return {PROCEDURES / f"{name}.md": text for name, text in pages().items()}


def schemas() -> dict[Path, str]:
    """The schema of every kind of declaration, by the file it stands in."""
    return {SCHEMAS / f"{kind}.schema.json": editor_schema.text(kind) for kind in editor_schema.KINDS}


def profiles() -> dict[Path, str]:
    """The profile of every city that has a sheet beside it, by its file: what `city new` writes from the sheet."""
    followed = founding.model(founding.USUAL_MODEL, ())
    titles = founding.titles((), followed)
    found = {}
    for sheet in sorted((our_folder() / "municipalities").glob("*.csv")):
        told = sheets.read(sheet, questions(followed))
        found[sheet.with_suffix(".toml")] = founding.profile_text(sheet.stem, told, followed, titles, sheet.name)
    return found


def rules_page() -> str:
    """The reference of the rules of `madoguchi check`, from their catalogue."""
    parts = [_RULES_HEAD]
    for letter, (ja, en) in families().items():
        parts.append(f"## {letter}: {ja} ({en})\n")
        for rule in (one for one in rules().values() if one.family == letter):
            parts.append(f"### {rule.id} {rule.ja}\n\n{rule.en} · {rule.severity}\n")
            parts.append(f"```text\n{explained(rule.id)}\n```\n")
    return "\n".join(parts)


def played(page: Path) -> str:
    """A page with what its commands print now."""
    with tempfile.TemporaryDirectory() as folder:
        for beside in PLAYED[page]:
            shutil.copytree(beside, Path(folder, beside.name))
        return _BLOCK.sub(lambda block: f"```console\n{_session(block[1], Path(folder))}```", page.read_text("utf-8"))


def _session(block: str, folder: Path) -> str:
    lines = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{line}\n{_run(shlex.split(line[2:], comments=True), folder)}" for line in lines)


def _run(words: list[str], folder: Path) -> str:
    """What a command says on both streams, by this tree's own program; a page never shows a mistake of the program."""
    if words[0] != "madoguchi":
        raise SystemExit(f"a document may only run madoguchi, not {words[0]}")
    with chdir(folder), read_once():
        said = CliRunner(env={"COLUMNS": "80"}).invoke(door, words[1:]).output
    if "プログラムの誤り" in said:
        raise SystemExit(f"{shlex.join(words)}: {said}")
    return said.replace(str(folder.resolve()) + "/", "")


def _all_commands(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield words
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _all_commands(below, (*words, name))


def main() -> None:
    """Nothing; every page is written anew."""
    written: dict[Path, Callable[[], str]] = {COMMANDS: commands_page, RULES: rules_page, COVERAGE: coverage_page}
    written |= {page: lambda page=page: played(page) for page in PLAYED}  # type: ignore[misc]
    for folder in (PROCEDURES, SCHEMAS):
        folder.mkdir(exist_ok=True)
    made = diagrams() | schemas() | procedure_pages() | profiles()
    written |= {file: lambda text=text: text for file, text in made.items()}  # type: ignore[misc]
    for page, text in written.items():
        page.write_text(text(), encoding="utf-8")
        sys.stdout.write(f"{page.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
