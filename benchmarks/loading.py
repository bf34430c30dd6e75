"""How long procedures take from their files to editions that run: number 1, and all of them in four cities.

Compared: reading the file by the standard library's `tomllib` alone, with what is done beside it: fragments expanded,
every name followed, places kept for messages, typed rows; and with the edition, every condition compiled, typed against
the form and tried with nulls. Fair, because each turn begins with nothing kept but what Python itself keeps of modules.

All of them: the newest edition of each, and within the same run the part of the time that goes into parsing TOML and
into compiling conditions; what is beside them is ours. Processor time, for the machine may have other work.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from unittest.mock import patch

from benchmarks.life import NOON, PROCEDURE
from benchmarks.rounds import interleaved, seconds
from benchmarks.tables import table
from engine.conditions import Language
from office.office import definitions
from procedures.library import Library

CITIES = ("hitachinaka", "omitama", "kitaibaraki", "ryugasaki")


@dataclass
class Spent:
    """Seconds of the processor: for all of a load, and for parsing and compiling within it."""

    whole: float = 0.0
    parsing: float = 0.0
    compiling: float = 0.0

    @property
    def ratio(self) -> float:
        """How often parsing and compiling alone would fit into the load."""
        return self.whole / (self.parsing + self.compiling)


def report(rounds: int) -> str:
    """The table: milliseconds for each."""
    rivals = {
        "tomllib alone": lambda: seconds(_parse),
        "read, expanded, checked": lambda: seconds(lambda: Library().load(PROCEDURE)),
        "ready to run, forms included": lambda: seconds(_ready),
    }
    found = interleaved(rivals, rounds, "loading")
    rows = [[name, f"{1000 * figure:.1f}"] for name, figure in found.items()]
    first = table(f"Loading procedure 1 ({rounds} rounds, medians)", ["", "milliseconds"], rows)
    return f"{first}\n\n{_all_report(load(CITIES, Library().ids()))}"


def load(cities: Sequence[str], ids: Sequence[str]) -> Spent:
    """What loading the newest edition of some procedures takes, once for each of some cities."""
    spent = Spent()
    with _timed(tomllib, "loads", spent, "parsing"), _timed(Language, "compile", spent, "compiling"):
        begun = time.process_time()
        for city in cities:
            catalogue = definitions(city).catalogue
            for one in ids:
                catalogue.edition(one, catalogue.starts(catalogue.procedure(one))[-1])
        spent.whole = time.process_time() - begun
    return spent


@contextmanager
def _timed(owner: Any, name: str, spent: Spent, part: str) -> Iterator[None]:  # noqa: ANN401 - a module or a class
    """Within it, the time of every call of a function is added to a part."""
    real: Callable[..., object] = getattr(owner, name)

    def timed(*words: Any, **more: Any) -> object:  # noqa: ANN401 - whatever it takes
        begun = time.process_time()
        try:
            return real(*words, **more)
        finally:
            setattr(spent, part, getattr(spent, part) + time.process_time() - begun)

    with patch.object(owner, name, timed):
        yield


def _all_report(spent: Spent) -> str:
    rows = [
        ["whole", f"{spent.whole:.1f}"],
        ["parsing TOML within it", f"{spent.parsing:.1f}"],
        ["compiling conditions within it", f"{spent.compiling:.1f}"],
    ]
    title = f"Loading every procedure in {len(CITIES)} cities: {spent.ratio:.2f} times parsing and compiling alone"
    return table(title, ["", "seconds of the processor"], rows)


def _parse() -> object:
    return tomllib.loads((files("procedures") / "childcare" / f"{PROCEDURE}.toml").read_text("utf-8"))


def _ready() -> object:
    return definitions("hitachinaka").catalogue.edition(PROCEDURE, NOON.date())
