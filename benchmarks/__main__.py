"""`python -m benchmarks [NAME…] [--full] [--rounds N]`: measure, and print tables with units and what they ran on."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import (
    checks,
    clients,
    durable,
    exploring,
    kernel,
    loading,
    memory,
    million,
    postgres,
    spiff,
    starting,
    year,
)
from benchmarks.machine import notes
from benchmarks.rounds import tell
from engine.clock import JST
from office.office import definitions

FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench"
NAMES = (
    *("durable", "clients", "spiff", "million", "memory", "postgres"),
    *("year", "checks", "exploring", "loading", "starting", "kernel"),
)


def main(words: Sequence[str] | None = None) -> None:
    """Nothing; prints one table after another."""
    asked = _arguments(words)
    FOLDER.mkdir(parents=True, exist_ok=True)
    declared = definitions(year.CITY)
    tables: dict[str, Callable[[], str]] = {
        "durable": lambda: durable.report(declared, asked.rounds, FOLDER),
        "clients": lambda: clients.report(declared, min(asked.rounds, 9), FOLDER),
        "spiff": lambda: spiff.report(asked.rounds, FOLDER),
        "million": lambda: million.report(declared, min(asked.rounds, 20), FOLDER),
        "memory": lambda: memory.report(FOLDER),
        "postgres": lambda: postgres.report(declared, min(asked.rounds, 20)),
        "year": lambda: year.report(declared, full=asked.full, open_cases=2000),
        "checks": lambda: checks.report(declared.forms, asked.rounds),
        "exploring": lambda: exploring.report(declared, min(asked.rounds, 5)),
        "loading": lambda: loading.report(min(asked.rounds, 9)),
        "starting": lambda: starting.report(min(asked.rounds, 9)),
        "kernel": lambda: kernel.report(min(asked.rounds, 9)),
    }
    print(f"Measured on {dt.datetime.now(JST).date()}\n{notes()}")
    for name in asked.names or NAMES:
        text = tables[name]()
        tell("")
        print(f"\n{text}", flush=True)


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; all if none")
    parser.add_argument("--full", action="store_true", help="the whole fiscal year instead of its first quarter")
    parser.add_argument("--rounds", type=int, default=40, help="rounds, or cases, of each comparison (40)")
    asked = parser.parse_args(words)
    if unknown := [name for name in asked.names if name not in NAMES]:
        parser.error(f"there is no {unknown[0]!r}; there are {', '.join(NAMES)}")
    return asked


if __name__ == "__main__":
    main()
