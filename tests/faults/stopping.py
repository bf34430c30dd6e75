"""A boundary that counts what crosses it and, once, strikes just before a chosen crossing."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import NoReturn

from engine.boundary import Boundary, Kind
from engine.errors import StoreError

Strike = Callable[[], None]
"""What happens just before a crossing; it need not raise, when what it breaks will show by itself."""


class Crash(BaseException):
    """The process is gone: what this raises through is not there any more, so nothing it does counts."""


class Stopping(Boundary):
    """Lets everything pass, but for the crossing at which it strikes. `acknowledged` counts what clients have heard."""

    __slots__ = ("_one_by_one", "_place", "_strike", "acknowledged", "crossed", "struck")

    def __init__(self, place: int | None = None, strike: Strike | None = None) -> None:
        self._place = place
        self._strike = strike
        self._one_by_one = Lock()
        self.crossed = 0
        self.acknowledged = 0
        self.struck = False

    def cross(self, kind: Kind, what: str) -> None:
        """Count the crossing, or strike before it; only once, so that whoever comes again can pass."""
        del what
        with self._one_by_one:
            if self._place == self.crossed and self._strike is not None and not self.struck:
                self.struck = True
                self._strike()
            self.crossed += 1
            self.acknowledged += kind == "acknowledge"


class Watching(Stopping):
    """Lets everything pass, and has somebody look just before each crossing."""

    __slots__ = ("_look",)

    def __init__(self, look: Callable[[], None]) -> None:
        super().__init__()
        self._look = look

    def cross(self, kind: Kind, what: str) -> None:
        """Look, and count the crossing."""
        self._look()
        super().cross(kind, what)


def disk_error() -> NoReturn:
    """What a store raises when its disk fails."""
    raise StoreError("ディスクの誤りです。", "disk I/O error")
