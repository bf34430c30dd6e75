"""A program of rivals (`python -m tests.faults.racing PLACE KEYS COUNT NAME`).

For each line of input, which is the number of a case, COUNT persons decide that case at once, and it says as a line of
JSON what each of them was told.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

from engine.actors import Actor
from engine.commands import Engine
from engine.errors import MadoguchiError
from engine.store import Store
from tests.faults.loaded import town
from tests.faults.rivals import Told, together


def decided_by(engine: Engine, case_id: int, person: str) -> Told:
    """What somebody of the deciding post is told when he decides."""
    try:
        engine.fire(case_id, "decide", Actor("section_chief", person))
    except MadoguchiError as error:
        return Told(person, error.code, error.facts.get("by"), error.facts.get("at"))
    return Told(person)


def main(place: str, keys: str, count: str, name: str) -> None:
    """One program of several, until its input ends."""
    with Store.open(place, Path(keys), patience=60) as store:
        engine = town(store)
        for line in sys.stdin:
            told = together([partial(decided_by, engine, int(line), f"{name}-{n}") for n in range(int(count))])
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
