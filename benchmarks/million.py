"""The same command in a store of 1,000 cases and in one of 1,000,000.

Compared: a paid case of procedure 1, the inboxes of a counter and of a decider (the first 20 lines), an hour in which
nothing is due, in two stores that differ in nothing but their size. Fair, because both are made by copying the same 20
cases in SQL (`benchmarks.crowding`), in the proportions of `MIX`, on one disk at `synchronous=FULL`, and take turns.
Of twenty cases ten are drafts, four wait at the counter, four are assessed, one waits for its decider and one is paid;
so the large inboxes have 200,000 and 50,000 lines. The target is at most 1.3 times the cost of a command.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from benchmarks.crowding import crowd
from benchmarks.life import NOON, answers, life, office
from benchmarks.rounds import interleaved, seconds, tell
from benchmarks.tables import table
from engine.clock import SimulatedClock
from engine.commands import Engine
from engine.store import Store
from office.office import Definitions, engine_for

TARGET = 1.3
MIX = (15, 8, *(4,) * 4, *(2,) * 4, *(1,) * 10)
"""How many commands of a case's life each of the cases has behind it that are copied."""

SMALL, LARGE = 1_000, 1_000_000
LINES = 20


def made(declared: Definitions, place: Path, cases: int) -> float:
    """A store of so many cases, its notices sent; gives the seconds it took to copy them."""
    engine, document = office(declared, place, "OFF"), answers()
    for commands in MIX:
        for _, command in islice(life(engine, document), commands):
            command()
    engine.deliver(lambda *_: None)
    engine.store.close()
    tell(f"copying {len(MIX)} cases to {cases:,}")
    return seconds(lambda: crowd(place, cases))


def acts(engine: Engine) -> dict[str, Callable[[], float]]:
    """What is measured in a store, each giving the seconds of one."""

    def case() -> float:
        taken = [seconds(command) for _, command in life(engine, answers())]
        return sum(taken) / len(taken)

    return {
        "a command, mean of a paid case": case,
        "inbox of the counter": lambda: seconds(lambda: engine.inbox(["counter"], limit=LINES)),
        "inbox of the decider": lambda: seconds(lambda: engine.inbox(["decider"], "section_chief", limit=LINES)),
        "tick, nothing due": lambda: seconds(engine.tick),
        "deliver, notices of a case": lambda: seconds(lambda: engine.deliver(lambda *_: None)),
    }


def report(declared: Definitions, rounds: int, folder: Path, large: int = LARGE) -> str:
    """The table: milliseconds in each store, and the ratio."""
    with tempfile.TemporaryDirectory(dir=folder) as here:
        places = {cases: Path(here, f"{cases}.db") for cases in (SMALL, large)}
        copying = {cases: made(declared, place, cases) for cases, place in places.items()}
        weight = places[large].stat().st_size / 1e9
        with Store.open(places[SMALL]) as few, Store.open(places[large]) as many:
            engines = [engine_for(declared, store, SimulatedClock(NOON)) for store in (few, many)]
            rivals = {
                (name, cases): act
                for cases, engine in zip(places, engines, strict=True)
                for name, act in acts(engine).items()
            }
            found = interleaved(rivals, rounds, f"{large:,} cases")
    pairs = {name: (found[name, SMALL], found[name, large]) for name, _ in rivals}
    rows = [[name, f"{1000 * a:.2f}", f"{1000 * b:.2f}", f"{b / a:.2f}"] for name, (a, b) in pairs.items()]
    few_ms, many_ms = next(iter(pairs.values()))
    ratio = many_ms / few_ms
    verdict = f"{'Met' if ratio <= TARGET else 'Not met'}: {ratio:.2f}."
    return table(
        f"{large:,} stored cases against {SMALL:,} (medians of {rounds} rounds, milliseconds)",
        ["", f"{SMALL:,}", f"{large:,}", "ratio"],
        rows,
        [
            f"Target: a command costs at most {TARGET} times as much in the large store. {verdict}",
            f"The large store is {weight:.1f} GB; its cases were copied in {copying[large]:.0f} s.",
        ],
    )
