"""Rivals: many commands on one case at the same moment, from the threads of one program and from several programs.

Started as a program (`python -m tests.faults.rivals FILE COUNT NAME`) it is one of several: it waits for a line of
input, lets COUNT persons decide, and says what each of them was told, as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from engine.actors import Actor
from engine.boundary import Boundary
from engine.clock import JST
from engine.commands import Engine
from engine.errors import MadoguchiError
from engine.store import Store
from tests.faults.life import CASE
from tests.faults.worlds import engine_of

CITY = "hitachinaka"
NOON = dt.datetime(2022, 6, 7, 12, 0, tzinfo=JST)


class Told(NamedTuple):
    """What one of the rivals was told: nothing when he won, else the code of the error, who came first, and when."""

    person: str
    code: str = ""
    by: object = None
    at: object = None


def engine_on(store: Store) -> Engine:
    """The city's engine over a store, at noon."""
    return engine_of(CITY, store, NOON, Boundary())


def decided_by(engine: Engine, person: str) -> Told:
    """What somebody of the deciding post is told when he decides."""
    try:
        engine.fire(CASE, "decide", Actor("section_chief", person))
    except MadoguchiError as error:
        return Told(person, error.code, error.facts.get("by"), error.facts.get("at"))
    return Told(person)


def together(commands: Sequence[Callable[[], Told]]) -> list[Told]:
    """What each was told; all start together."""
    told: list[Told] = []
    start = threading.Barrier(len(commands))

    def run(command: Callable[[], Told]) -> None:
        start.wait()
        told.append(command())

    threads = [threading.Thread(target=run, args=(command,)) for command in commands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def main(place: str, count: str, name: str) -> None:
    """One program of several."""
    with Store.open(place, patience=60) as store:
        engine = engine_on(store)
        engine.options(CASE, Actor("section_chief", name))  # so that the declarations are read before the start
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        json.dump(together([partial(decided_by, engine, f"{name}-{n}") for n in range(int(count))]), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
