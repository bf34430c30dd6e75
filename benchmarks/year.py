"""A period of a city's work in memory, and what an open case weighs.

There is no rival: this is the main job itself, every command through the real engine on a virtual clock.
Cases and commands a second are those of the period that was run. A shorter period than the fiscal year is said to be
one, and its projection to a year is marked as a projection by days.
An open case is weighed as the growth of the process while cases are opened and submitted in a store in memory, divided
by their number: SQLite's pages and Python's objects together.
"""

from __future__ import annotations

import datetime as dt
from itertools import islice
from multiprocessing import get_context

from benchmarks.life import answers, life, office
from benchmarks.machine import resident_bytes
from benchmarks.rounds import seconds, tell
from benchmarks.tables import table
from engine.commands import Engine
from office.office import Definitions, definitions
from simulation.results import Results
from simulation.year import simulate

CITY = "hitachinaka"
FIRST = dt.date(2022, 4, 1)
YEAR_END = dt.date(2023, 3, 31)
QUARTER_END = dt.date(2022, 6, 30)
DAYS_OF_YEAR = 365
WARM = 200
"""Cases before the weighing: what is made once is made with them."""


def report(declared: Definitions, *, full: bool, open_cases: int) -> str:
    """The table: cases and commands a second, and bytes an open case."""
    weight = weighed(open_cases)
    last = YEAR_END if full else QUARTER_END
    runs: list[Results] = []
    taken = seconds(lambda: runs.append(_run(declared, last)))
    results, days = runs[0], (last - FIRST).days + 1
    cases = sum(one.opened for one in results.procedures)
    rows = [
        ["period", f"{FIRST} to {last}"],
        ["cases", f"{cases:,}"],
        ["commands", f"{results.commands:,}"],
        ["seconds", f"{taken:.1f}"],
        ["cases a second", f"{cases / taken:,.0f}"],
        ["commands a second", f"{results.commands / taken:,.0f}"],
        ["KiB an open case", "not measured on this system" if weight is None else f"{weight / 1024:.1f}"],
    ]
    if not full:
        rows.append(["a year, projected by days, s", f"{taken * DAYS_OF_YEAR / days:.0f}"])
    notes = [f"Open cases weighed: {open_cases:,}, each submitted and under review."]
    return table("A period of procedure 1 in Hitachinaka, in memory, as-is, seed 1", ["", "figure"], rows, notes)


def weighed(cases: int) -> float | None:
    """Bytes an open case, in a fresh process, for one that has freed memory grows late.

    None where the system does not tell a process its size.
    """
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_weigh, (cases,))


def _weigh(cases: int) -> float | None:
    engine = office(definitions(CITY), ":memory:")
    _submit(engine, WARM)
    before = resident_bytes()
    _submit(engine, cases)
    after = resident_bytes()
    engine.store.close()
    return None if before is None or after is None else (after - before) / cases


def _submit(engine: Engine, cases: int) -> None:
    document = answers()
    for number in range(cases):
        if number % 100 == 0:
            tell(f"open cases: {number} of {cases}")
        for _, command in islice(life(engine, document), 2):
            command()


def _run(declared: Definitions, last: dt.date) -> Results:
    def said(day: dt.date) -> None:
        tell(f"simulated: {day}")

    return simulate(declared, first=FIRST, last=last, scenario="as-is", seed=1, progress=said)
