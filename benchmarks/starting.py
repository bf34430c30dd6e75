"""How long `madoguchi --help` takes beside a bare click group of as many commands, each in a process of its own.

Fair, because both start the same interpreter and print a page of help; processor time, for the machine may have other
work.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from benchmarks.rounds import interleaved
from benchmarks.tables import table
from cli import ROOMS

ROOT = Path(__file__).resolve().parent.parent
_BARE = """\
import click
group = click.Group("bare", help="A bare group.")
for name in {names!r}:
    group.add_command(click.Command(name, help="A command."))
group(["--help"])
"""


def report(rounds: int) -> str:
    """The table: milliseconds for each, and how often the bare one fits."""
    found = helps(rounds)
    rows = [[name, f"{1000 * figure:.0f}"] for name, figure in found.items()]
    title = f"Asking for help ({rounds} rounds, medians): {ratio(found):.2f} times a bare click group"
    return table(title, ["", "milliseconds of the processor"], rows)


def helps(rounds: int) -> dict[str, float]:
    """Seconds of the processor for the help of ours, and of the bare group."""
    rivals = {"madoguchi --help": ["-m", "madoguchi", "--help"], "bare": ["-c", _BARE.format(names=list(ROOMS))]}
    turns = {name: (lambda words=words: _seconds(words)) for name, words in rivals.items()}
    return interleaved(turns, rounds, "starting")


def ratio(found: dict[str, float]) -> float:
    """How often the bare group fits into ours."""
    return found["madoguchi --help"] / found["bare"]


def _seconds(words: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
