"""Commands that are committed together because a test says so, not because threads were lucky."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from engine.store import Store
from engine.writer import MOST, Asked, Writer


class Gathering(Writer):
    """A writer that begins no transaction before as many acts have come as it is told to gather.

    `held` says that it has taken the first of them and waits for the others.
    """

    def __init__(self, store: Store, *, most: int = MOST) -> None:
        self.gather = 0
        self.held = False
        super().__init__(store, most=most)

    def _take(self, most: int) -> list[Asked[Any]]:
        self.held = True
        until(lambda: self.waiting + 1 >= self.gather)
        self.gather, self.held = 0, False
        return super()._take(most)


def until(condition: Callable[[], bool]) -> None:
    """Nothing, as soon as a condition holds; half a minute is too late."""
    last = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < last, "it never came to that"
        time.sleep(0.0005)


def together(writer: Gathering, commands: Sequence[Callable[[], object]]) -> list[object]:
    """What each command gave or raised; they are given in this order, and committed in one transaction."""
    found: list[object] = [None] * len(commands)

    def run(place: int) -> None:
        try:
            found[place] = commands[place]()
        except BaseException as error:  # noqa: BLE001 - it is what the test wants to look at
            found[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(commands))]
    writer.gather = len(commands)
    for place, thread in enumerate(threads):
        thread.start()
        until(partial(_has_come, writer, place, thread))
    for thread in threads:
        thread.join()
    return found


def _has_come(writer: Gathering, place: int, thread: threading.Thread) -> bool:
    return (writer.held and writer.waiting >= place) or not thread.is_alive()
