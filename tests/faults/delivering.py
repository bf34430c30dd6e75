"""A program that delivers signals (`python -m tests.faults.delivering STORE KEYS`), one of several on one store.

It waits for a line of input, delivers until nothing waits any more, and says as JSON how often each case heard one.
With a third word it stops before every commit until somebody kills it.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from engine.boundary import Boundary, Kind
from engine.delivery import deliver_signals
from engine.store import Store
from tests.engine.desk import MONDAY
from tests.faults.worlds import LINKED, engine_of


class Hanging(Boundary):
    """Never lets a commit pass: the process has a signal in hand, and keeps it."""

    __slots__ = ()

    def cross(self, kind: Kind, what: str) -> None:
        """Say so before the first commit, and wait to be killed."""
        del what
        if kind == "commit":
            sys.stdout.write("has one\n")
            sys.stdout.flush()
            time.sleep(600)


def main(place: str, keys: str, *hangs: str) -> None:
    """One program of several."""
    boundary = Hanging() if hangs else Boundary()
    heard: Counter[int] = Counter()
    with Store.open(place, Path(keys), boundary=boundary, patience=60) as store:
        engine = engine_of(LINKED, store, MONDAY, boundary)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        while waits(store):
            heard.update(receipt.case_id for receipt in deliver_signals(engine, limit=2).receipts)
    json.dump(heard, sys.stdout)


def waits(store: Store) -> bool:
    """Whether some signal has not been heard."""
    with store.reading() as tx:
        return bool(tx.waiting_letters(1))


if __name__ == "__main__":
    main(*sys.argv[1:])
