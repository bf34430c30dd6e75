"""A boundary that counts what crosses it and stops before a chosen crossing, as a crash would."""

from __future__ import annotations

from engine.boundary import Boundary, Kind


class Stopped(BaseException):
    """What a crash looks like from inside: nobody catches it on the way out."""


class Gate(Boundary):
    """Lets everything pass until it is told where to stop."""

    __slots__ = ("_kind", "_stop", "crossed")

    def __init__(self) -> None:
        self.crossed: list[tuple[Kind, str]] = []
        self._stop: int | None = None
        self._kind: Kind | None = None

    def cross(self, kind: Kind, what: str) -> None:
        """Note the crossing, or stop before it."""
        if self._stop == len(self.crossed) or self._kind == kind:
            self.go_on()
            raise Stopped(f"{kind} {what}")
        self.crossed.append((kind, what))

    def stop_before(self, crossing: int) -> None:
        """Stop once, before the crossing of that number from now (0 is the next one)."""
        self._stop = len(self.crossed) + crossing

    def stop_before_next(self, kind: Kind) -> None:
        """Stop once, before the next crossing of a kind."""
        self._kind = kind

    def go_on(self) -> None:
        """Do not stop any more."""
        self._stop = self._kind = None
