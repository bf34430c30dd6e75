"""Cases as the last commands left them, so that the next command on one of them need not read it again.

A kept case is what the store holds as long as the store names the same version and the same last hash of its log: the
state is the fold of the log, and the hash covers all of it. Whoever takes a case has it alone; it comes back after the
commit, and never where there was none. What is kept are states, digests and results of conditions, no personal value.
"""

from __future__ import annotations

import threading

from engine.state import Whole

CASES = 256
EVENTS = 16_384
"""The most that is kept: so many cases, and so many events of their logs together, for a case grows with its log."""


class Kept:
    """The cases of the last commands of one engine, those used longest ago dropped first; for any number of threads."""

    def __init__(self, cases: int = CASES, events: int = EVENTS) -> None:
        self._cases, self._events = cases, events
        self._held: dict[int, Whole] = {}
        self._together = 0
        self._lock = threading.Lock()

    def take(self, case_id: int) -> Whole | None:
        """A case as it was left, which is kept no longer; None when it is not here."""
        with self._lock:
            found = self._held.pop(case_id, None)
            if found is not None:
                self._together -= found.case.version
            return found

    def put(self, whole: Whole) -> None:
        """Keep a case as a command has left it, once that is committed."""
        with self._lock:
            former = self._held.pop(whole.case.id, None)
            self._held[whole.case.id] = whole
            self._together += whole.case.version - (former.case.version if former else 0)
            while len(self._held) > self._cases or self._together > self._events:
                oldest = next(iter(self._held))
                self._together -= self._held.pop(oldest).case.version

    def all(self) -> list[Whole]:
        """Every case that is kept, the one used longest ago first."""
        with self._lock:
            return [*self._held.values()]
