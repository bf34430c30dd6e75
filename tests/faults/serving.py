"""A server as a program (`python -m tests.faults.serving PLACE KEYS CLIENTS CASES NAME`): clients and their one writer.

It waits for a line of input, lets every client open and submit so many cases, and says as JSON which case each key got.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

from engine.actors import Actor
from engine.commands import Engine
from engine.store import Store
from engine.writer import Writer
from tests.engine.journeys import PERMIT
from tests.faults.loaded import town
from tests.faults.rivals import Told, together


def client(engine: Engine, cases: int, name: str, opened: dict[str, int]) -> Told:
    """One client, who opens and submits his cases one after the other; `opened` is told each case by its key."""
    citizen = Actor("applicant", name)
    for key in (f"{name}-{number}" for number in range(cases)):
        opened[key] = engine.open("permit", citizen, key=key).case_id
        engine.fire(opened[key], "submit", citizen, PERMIT, key=f"{key} submitted")
    return Told(name)


def main(place: str, keys: str, clients: str, cases: str, name: str) -> None:
    """One program of several."""
    opened: dict[str, int] = {}
    with Store.open(place, Path(keys), patience=60) as store, Writer(store) as writer:
        engine = town(store, writer)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        together([partial(client, engine, int(cases), f"{name}-{n}", opened) for n in range(int(clients))])
    json.dump(opened, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
