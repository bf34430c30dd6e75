"""The one writer of a server: commands that wait are committed together, and each is answered after the commit."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from engine.errors import StoreError
from engine.store import Store, Transaction

MOST = 64
"""How many commands are committed together at most, so that the first of them need not wait for ever."""

T = TypeVar("T")


class Asked(Generic[T]):
    """An act somebody waits for.

    Its lock is a bare one, which the writer only ever releases: a signal can strike the one who waits anywhere, and
    leaves nothing locked behind that the writer would wait for.
    """

    def __init__(self, act: Callable[[Transaction], T]) -> None:
        self._act = act
        self._given: T
        self._error: BaseException | None = None
        self._answered = threading.Lock()
        self._answered.acquire()
        self.taken_back = False

    def answer(self) -> T:
        """What the act gave, once it is told; or what it raised."""
        self._answered.acquire()
        if self._error is not None:
            raise self._error
        return self._given

    def run(self, tx: Transaction) -> None:
        """Do the act as a part of the transaction that is given up when it raises.

        Raises:
            StoreError: the part could not be given up, so the whole transaction has to be.
        """
        if self.taken_back:
            return
        part = tx.begin_part()
        try:
            self._given = self._act(part)
        except Exception as error:  # noqa: BLE001 - it is told to the one who asked
            self._error = error
            try:
                part.give_up_part()
            except StoreError as lost:
                raise (error if isinstance(error, StoreError) else lost) from None
        else:
            part.keep_part()

    def fail(self, error: BaseException) -> None:
        """Whatever came of the act, the whole transaction was given up for this reason."""
        self._error = error
        if isinstance(
            error, StoreError
        ):  # one for each, because an error keeps the trace of the thread it is raised in
            self._error = type(error)(error.ja, error.en, **error.facts)
            self._error.__cause__ = error

    def tell(self) -> None:
        """Let the one who waits have his answer."""
        self._answered.release()


class Writer:
    """Runs the acts of many threads in a thread of its own, in one transaction as many as are waiting.

    Each act is a part of the transaction that can be given up alone. Nobody hears anything before the commit, not even
    that he was refused: what he was refused for may be another act of the same transaction. It never waits for more
    to come; while the disk is at work they come by themselves.
    """

    def __init__(self, store: Store, *, most: int = MOST) -> None:
        self._store = store
        self._most = most
        self._queue: SimpleQueue[Asked[Any] | None] = SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="writer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many lie before the writer and are not at work yet."""
        return self._queue.qsize()

    def committed(self, act: Callable[[Transaction], T]) -> T:
        """What an act gives, once it is committed. A caller who is interrupted takes back what has not begun.

        Raises:
            StoreError: the transaction could not be begun or committed, and nothing of it was kept; or the writer is
                closed. What the act itself raises comes out as well, and nothing of the act was kept.
        """
        self._store.refuse_second_transaction()
        if self._closed:
            raise _closing()
        asked = Asked(act)
        try:
            self._queue.put(asked)
            if not self._thread.is_alive():  # closed since we looked
                raise _closing()
            return asked.answer()
        finally:
            asked.taken_back = True

    def close(self) -> None:
        """Finish what was accepted, and accept nothing more."""
        self._closed = True
        self._queue.put(None)  # so that it wakes up
        self._thread.join()
        for late in self._take(self.waiting):
            late.fail(_closing())
            late.tell()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _serve(self) -> None:
        """Commit group after group, until the writer is closed and nobody waits any more."""
        while not (self._closed and self._queue.empty()):
            first = self._queue.get()
            if first is not None:
                self._commit([first, *self._take(self._most - 1)])

    def _take(self, most: int) -> list[Asked[Any]]:
        """Those who wait, at most so many."""
        taken = [self._queue.get() for _ in range(min(most, self._queue.qsize()))]
        return [asked for asked in taken if asked is not None]

    def _commit(self, group: list[Asked[Any]]) -> None:
        """Run a group and all that join it meanwhile, and answer each of them."""
        try:
            with self._store.transaction() as tx:
                for number, asked in enumerate(group, 1):
                    asked.run(tx)
                    if number == len(group):
                        group += self._take(self._most - number)
        except BaseException as error:  # noqa: BLE001 - whatever it is, those who wait must hear of it
            for asked in group:
                asked.fail(error)
        for asked in group:
            asked.tell()


def _closing() -> StoreError:
    return StoreError(
        "受付を終了しているため、この操作はできません。何も保存されていません。しばらくしてから、もう一度お試しください。",
        "the service is shutting down and takes no more commands; nothing was kept; try again a little later",
    )
