"""The one writer of a server: commands that wait are committed together, and each is answered after the commit."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar

from engine.errors import StoreError
from engine.store import Store, Transaction

MOST = 64
"""How many commands are committed together at most, so that the first of them need not wait for ever."""

T = TypeVar("T")
Act = Callable[[Transaction], T]
Waiting = tuple[Future[Any], Act[Any]]


class Writer:
    """Runs the acts of many threads in a thread of its own, in one transaction as many as are waiting.

    Each act is a part of the transaction that can be given up alone. Nobody hears anything before the commit, not even
    that he was refused: what he was refused for may be another act of the same transaction. It never waits for more
    to come; while the disk is at work they come by themselves.
    """

    def __init__(self, store: Store, *, most: int = MOST) -> None:
        self._store = store
        self._most = most
        self._queue: deque[Waiting] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="writer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many acts wait to be begun."""
        return len(self._queue)

    def committed(self, act: Act[T]) -> T:
        """What an act gives, once it is committed. A caller who is interrupted takes back what has not begun.

        Raises:
            StoreError: the transaction could not be begun or committed, and nothing of it was kept; or the writer is
                closed. What the act itself raises comes out as well, and nothing of the act was kept.
        """
        self._store.refuse_second_transaction()
        answer: Future[T] = Future()
        with self._changed:
            if self._closed:
                raise _closing()
            self._queue.append((answer, act))
            self._changed.notify()
        try:
            return answer.result()
        finally:
            answer.cancel()

    def close(self) -> None:
        """Finish what was accepted, and accept nothing more."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _serve(self) -> None:
        """Commit group after group, until the writer is closed and nobody waits any more."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._queue or self._closed)
                if not self._queue:
                    return
            if group := self._take(self._most):
                self._commit(group)

    def _take(self, most: int) -> list[Waiting]:
        taken = [self._queue.popleft() for _ in range(min(most, len(self._queue)))]
        return [one for one in taken if one[0].set_running_or_notify_cancel()]

    def _commit(self, group: list[Waiting]) -> None:
        """Run a group and all that join it meanwhile, and answer each of them."""
        answers: list[Callable[[], None]] = []
        try:
            with self._store.transaction() as tx:
                for answer, act in group:
                    answers.append(tried(tx, answer, act))
                    if len(answers) == len(group):
                        group += self._take(self._most - len(group))
        except BaseException as error:  # noqa: BLE001 - whatever it is, those who wait must hear of it
            answers = [partial(answer.set_exception, _for_one(error)) for answer, _ in group]
        for tell in answers:
            tell()


def tried(tx: Transaction, answer: Future[Any], act: Act[Any]) -> Callable[[], None]:
    """What to tell after the commit of an act that was run as a part of the transaction.

    Raises:
        StoreError: the part could not be given up, so the whole transaction has to be.
    """
    part = tx.begin_part()
    try:
        given = act(part)
    except Exception as error:  # noqa: BLE001 - it is told to the one who asked
        try:
            part.give_up_part()
        except StoreError as lost:
            raise (error if isinstance(error, StoreError) else lost) from None
        return partial(answer.set_exception, error)
    part.keep_part()
    return partial(answer.set_result, given)


def _for_one(error: BaseException) -> BaseException:
    """The same error for one of several, for an error keeps the trace of the thread that raises it."""
    if not isinstance(error, StoreError):
        return error
    own = type(error)(error.ja, error.en, **error.facts)
    own.__cause__ = error
    return own


def _closing() -> StoreError:
    return StoreError(
        "受付を終了しているため、この操作はできません。何も保存されていません。しばらくしてから、もう一度お試しください。",
        "the service is shutting down and takes no more commands; nothing was kept; try again a little later",
    )
