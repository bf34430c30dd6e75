"""Four engines and a writer with a bug each, such as engines have had: the harness must find every one of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from engine.commands import Engine, Receipt
from engine.conditions import Condition, Scope
from engine.store import Transaction
from engine.work import Work
from engine.writer import Asked
from tests.engine.gathering import Gathering

Body = Callable[[Transaction], Work]


def hand(kind: type[Engine]) -> Callable[[Engine], Engine]:
    """Puts an engine of another kind in the place of ours, over the same store and ports."""
    return lambda engine: kind(engine.store, engine.ports, engine.boundary)


class AcknowledgesFirst(Engine):
    """Tells the client that it is done before it is."""

    def _once(self, key: str, fingerprint: str, body: Body) -> Receipt:
        def told_too_early(tx: Transaction) -> Work:
            work = body(tx)
            self.boundary.cross("acknowledge", "too early")
            return work

        return super()._once(key, fingerprint, told_too_early)


class _Later(Engine):
    """Commits the state in one transaction, and what stands in `late` in another one after it."""

    late: tuple[str, ...] = ()

    def _once(self, key: str, fingerprint: str, body: Body) -> Receipt:
        kept: list[tuple[str, list[Any]]] = []
        with pytest.MonkeyPatch.context() as patch:
            for name in self.late:
                patch.setattr(Transaction, name, _keeping(name, kept))
            receipt = super()._once(key, fingerprint, body)
        with self.store.transaction() as tx:
            for name, rows in kept:
                getattr(tx, name)(rows)
        return receipt


class TwoTransactions(_Later):
    """Commits the state first, then its log and its outbox."""

    late = ("append_log", "add_outbox")


class NoticesAfterCommit(_Later):
    """Writes its notices when all else is committed."""

    late = ("add_outbox",)


class AnswersFirst(Gathering):
    """Answers everybody when the parts are done, before the commit of all."""

    def _commit(self, group: list[Asked[Any]]) -> None:
        untold = list(group)
        try:
            with self._store.transaction() as tx:
                for asked in group:
                    asked.run(tx)
                while untold:
                    untold.pop(0).tell()
                time.sleep(0.01)  # in which they hear it
        except BaseException as error:  # noqa: BLE001 - it is told to those who have heard nothing yet
            for asked in untold:
                asked.fail(error)
                asked.tell()


def errors_hold(patch: pytest.MonkeyPatch) -> None:
    """Conditions that cannot be looked into are taken as true, as an error's value is by whoever looks no closer."""

    def holds(self: Condition, scope: Scope) -> bool:
        found = self.value(scope)
        return found.kind == "error" or found.value is True

    patch.setattr(Condition, "holds", holds)


def _keeping(name: str, kept: list[tuple[str, list[Any]]]) -> Callable[[Transaction, Iterable[Any]], None]:
    def keep(_self: Transaction, rows: Iterable[Any]) -> None:
        kept.append((name, list(rows)))

    return keep
