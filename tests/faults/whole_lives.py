"""Lives led from their beginning to their end by one engine, which dies once on the way: the long way round."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from engine.boundary import Boundary
from engine.clock import SimulatedClock
from engine.commands import Engine
from engine.errors import MadoguchiError
from engine.store import Store
from tests.faults.contents import Contents, contents
from tests.faults.life import Life, Sent
from tests.faults.points import RING, die, opened
from tests.faults.stopping import Crash, Stopping
from tests.faults.worlds import engine_of


def led(life: Life, folder: Path, crossing: int) -> tuple[Contents, Sent, int]:
    """What the store holds and what was sent at the end of a life in which the process died before one crossing.

    The last number says how many crossings there were before the death, or in the whole life when there was none.
    """
    empty, place, image = (folder / name for name in ("0.db", "long.db", "long image.db"))
    shutil.copyfile(empty, place)
    boundary, sent, number = Stopping(crossing, partial(die, place, image)), Sent(), 0
    place, number = _lived(life, place, boundary, sent, number)
    if number < len(life.steps):
        place, _ = _lived(life, image, Stopping(), sent, number)
    return contents(place, RING), sent, boundary.crossed


def live(life: Life, store: Store) -> None:
    """Lead a life on a store, with nothing in its way."""
    engine = engine_of(life.world, store, life.steps[0].at, Boundary())
    for number in range(len(life.steps)):
        _say(engine, life, number, {})


def _lived(life: Life, place: Path, boundary: Stopping, sent: Sent, first: int) -> tuple[Path, int]:
    """Lead a life from a command on; gives the command that has still to be given when the process dies."""
    with opened(place, boundary) as store:
        engine = engine_of(life.world, store, life.steps[first].at, boundary)
        for number in range(first, len(life.steps)):
            heard = boundary.acknowledged
            try:
                _say(engine, life, number, sent)
            except Crash:
                return place, number + (boundary.acknowledged > heard)
    return place, len(life.steps)


def _say(engine: Engine, life: Life, number: int, sent: Sent) -> None:
    step = life.steps[number]
    assert isinstance(engine.ports.clock, SimulatedClock)
    engine.ports.clock.set(step.at)
    try:
        step.say(engine, f"key {number}", sent)
    except MadoguchiError as error:
        if error.code != step.refused:
            raise
