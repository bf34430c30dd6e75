"""Noting who is shown a person's values: before they are shown, in a transaction that touches no case."""

from __future__ import annotations

from collections.abc import Mapping

from engine.actors import Actor
from engine.shapes import Sensitivity
from engine.store import Conflict, Store

Values = Mapping[str, Sensitivity]
"""What is shown: the name of each value, and how sensitive it is."""

_MOST_TRIES = 50  # every try that fails is one that another program made


def note(store: Store, case_id: int, viewer: Actor, purpose: str, shown: Values, at: int) -> None:
    """Note that somebody is shown values of a case; nothing when there are none.

    Args:
        purpose: what they are shown for, in a word or two, such as the name of the command.
        at: epoch seconds.

    Raises:
        StoreError: it could not be noted, so nothing may be shown.
    """
    for attempt in range(_MOST_TRIES if shown else 0):
        try:
            with store.transaction() as tx:
                tx.add_reading(case_id, (viewer.post, viewer.person), purpose, dict(shown), at)
        except Conflict:  # another program noted a reading in the same moment
            if attempt == _MOST_TRIES - 1:
                raise
        else:
            return
