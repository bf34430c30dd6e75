"""How long procedure 1 takes from its files to an edition that runs.

Compared: reading the file by the standard library's `tomllib` alone, with what is done beside it: fragments expanded,
every name followed, places kept for messages, typed rows; and with the edition, every condition compiled, typed against
the form and tried with nulls. Fair, because each turn begins with nothing kept but what Python itself keeps of modules.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files

from benchmarks.life import NOON, PROCEDURE
from benchmarks.rounds import interleaved, seconds
from benchmarks.tables import table
from office.office import definitions
from procedures.library import Library


def report(rounds: int) -> str:
    """The table: milliseconds for each."""
    rivals = {
        "tomllib alone": lambda: seconds(_parse),
        "read, expanded, checked": lambda: seconds(lambda: Library().load(PROCEDURE)),
        "ready to run, forms included": lambda: seconds(_ready),
    }
    found = interleaved(rivals, rounds, "loading")
    rows = [[name, f"{1000 * figure:.1f}"] for name, figure in found.items()]
    return table(f"Loading procedure 1 ({rounds} rounds, medians)", ["", "milliseconds"], rows)


def _parse() -> object:
    return tomllib.loads((files("procedures") / "childcare" / f"{PROCEDURE}.toml").read_text("utf-8"))


def _ready() -> object:
    return definitions("hitachinaka").catalogue.edition(PROCEDURE, NOON.date())
