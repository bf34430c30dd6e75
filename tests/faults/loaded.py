"""A program under load (`python -m tests.faults.loaded PLACE KEYS NAME HOW`), to be killed at any moment.

Its clients open and submit one case after the other, each command under a key of its own, and it writes every key to
its output as soon as that command was acknowledged.
"""

from __future__ import annotations

import itertools
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from engine.actors import Actor
from engine.boundary import Boundary
from engine.commands import Engine
from engine.store import Store
from engine.writer import Writer
from tests.engine.desk import MONDAY
from tests.engine.journeys import PERMIT
from tests.faults.worlds import SMALLTOWN, engine_of

CLIENTS = 3


def client(engine: Engine, name: str, heard: Callable[[str], None], again: Callable[[], bool]) -> None:
    """One client, who goes on for as long as he may."""
    citizen = Actor("applicant", name)
    for number in itertools.count():
        if not again():
            return
        case_id = engine.open("permit", citizen, key=f"{name}-{number}").case_id
        heard(f"{name}-{number}")
        engine.fire(case_id, "submit", citizen, PERMIT, key=f"{name}-{number} submitted")
        heard(f"{name}-{number} submitted")


def town(store: Store, writer: Writer | None = None) -> Engine:
    """The small town's engine over a store."""
    return engine_of(SMALLTOWN, store, MONDAY, Boundary(), writer)


def main(place: str, keys: str, name: str, how: str) -> None:
    """Work until killed, through one writer if that is how."""
    with Store.open(place, Path(keys), patience=60) as store:
        engine = town(store, Writer(store) if how == "through one writer" else None)

        def heard(key: str) -> None:
            os.write(sys.stdout.fileno(), f"{key}\n".encode())  # one write, which a kill does not tear

        work = [(engine, f"{name}-{n}", heard, lambda: True) for n in range(CLIENTS)]
        threads = [threading.Thread(target=client, args=each) for each in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
