"""Who may use the store now: one writer of this process at a time, and no transaction inside another."""

from __future__ import annotations

import threading

from engine.store.failures import busy


class Turns:
    """Lets threads wait in a row here instead of trying the database's lock again and again."""

    def __init__(self, place: str, patience: float) -> None:
        self._place = place
        self._patience = patience
        self._lock = threading.Lock()
        self._thread = threading.local()

    def refuse_second(self) -> None:
        """Nothing, when this thread is in no transaction.

        Raises:
            RuntimeError: it is in one already, whose changes a second one would not see.
        """
        if getattr(self._thread, "inside", False):
            raise RuntimeError("a transaction is open in this thread; use it instead of a second one")

    def begin(self, *, alone: bool) -> None:
        """Let this thread have its turn, until `end`; `alone` keeps other threads that ask for the same outside.

        Raises:
            StoreError: another thread has kept its turn for too long.
            RuntimeError: this thread is in a transaction already.
        """
        self.refuse_second()
        if alone and not self._lock.acquire(timeout=self._patience):
            raise busy(self._place)
        self._thread.inside = True

    def end(self, *, alone: bool) -> None:
        """Let others have their turn; said of a turn as `begin` was."""
        self._thread.inside = False
        if alone:
            self._lock.release()
