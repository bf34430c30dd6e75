"""The worlds a life can be led in: a city with its real procedures, or the small town of the engine's tests."""

from __future__ import annotations

import datetime as dt
from functools import cache

from engine.boundary import Boundary
from engine.clock import SimulatedClock
from engine.commands import Engine
from engine.ports import Definitions, Ports
from engine.store import Store
from engine.writer import Writer
from office.office import Definitions as Declared
from office.office import definitions, engine_for
from tests.engine.desk import PlainWriter, ShapeChecker
from tests.engine.made_up.shelf import CALENDAR, TOWN, linked, shelf

SMALLTOWN = "small town"
LINKED = "small town, linked"


@cache
def city(name: str) -> Declared:
    """The declarations as a city sees them, read once."""
    return definitions(name)


def definitions_of(world: str) -> Definitions:
    """Where the editions of a world come from."""
    shelves = {SMALLTOWN: shelf, LINKED: linked}
    return shelves[world]() if world in shelves else city(world).catalogue


def engine_of(world: str, store: Store, now: dt.datetime, boundary: Boundary, writer: Writer | None = None) -> Engine:
    """A newly started engine of a world, with nothing in its memory but the declarations."""
    clock = SimulatedClock(now)
    if world in {SMALLTOWN, LINKED}:
        return Engine(
            store, Ports(definitions_of(world), TOWN, CALENDAR, clock, ShapeChecker(), PlainWriter()), boundary, writer
        )
    return engine_for(city(world), store, clock, boundary=boundary, writer=writer)
