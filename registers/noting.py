"""Look-ups in the registers go to the same log as whatever else is shown of a person."""

from __future__ import annotations

from collections.abc import Callable

from engine import readings
from engine.store import Store
from registers.port import LookUp

NO_CASE = 0
"""The case of a look-up that was made outside any."""


def in_log(store: Store, case_id: int = NO_CASE) -> Callable[[LookUp], None]:
    """What notes a look-up in the log of readings, under the case for which it is made.

    Noting raises StoreError when it could not be noted, so that nothing is read.
    """

    def note(look_up: LookUp) -> None:
        readings.note(store, case_id, look_up.viewer, look_up.purpose, look_up.shown, look_up.at)

    return note
