"""Lives led from their beginning to their end by one engine, which dies once on the way: the long way round."""

from __future__ import annotations

from typing import Any

from engine.boundary import Boundary
from engine.clock import SimulatedClock
from engine.commands import Engine
from engine.errors import MadoguchiError
from engine.store import Store
from tests.faults.contents import Contents
from tests.faults.disks import Disk
from tests.faults.life import Life, Sent
from tests.faults.stopping import Crash, Stopping
from tests.faults.worlds import engine_of


def led(life: Life, disk: Disk, start: Any, crossing: int) -> tuple[Contents, Sent, int]:  # noqa: ANN401 - an image
    """What the store holds and what was sent at the end of a life in which the process died before one crossing.

    The last number says how many crossings there were before the death, or in the whole life when there was none.
    """
    disk.lay(start)
    boundary, sent = Stopping(crossing, disk.die), Sent()
    number = _lived(life, disk, boundary, sent, 0)
    if number < len(life.steps):
        disk.bury()
        _lived(life, disk, Stopping(), sent, number)
    return disk.holds(), sent, boundary.crossed


def live(life: Life, store: Store) -> None:
    """Lead a life on a store, with nothing in its way."""
    engine = engine_of(life.world, store, life.steps[0].at, Boundary())
    for number in range(len(life.steps)):
        _say(engine, life, number, {})


def _lived(life: Life, disk: Disk, boundary: Stopping, sent: Sent, first: int) -> int:
    """Lead a life from a command on; gives the command that has still to be given when the process dies."""
    with disk.opened(boundary) as store:
        engine = engine_of(life.world, store, life.steps[first].at, boundary)
        for number in range(first, len(life.steps)):
            heard = boundary.acknowledged
            try:
                _say(engine, life, number, sent)
            except Crash:
                return number + (boundary.acknowledged > heard)
    return len(life.steps)


def _say(engine: Engine, life: Life, number: int, sent: Sent) -> None:
    step = life.steps[number]
    assert isinstance(engine.ports.clock, SimulatedClock)
    engine.ports.clock.set(step.at)
    try:
        step.say(engine, f"key {number}", sent)
    except MadoguchiError as error:
        if error.code != step.refused:
            raise
