"""The engine's commands. One command is one transaction: all of it is stored, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from engine import acts, archive, desks, destruction, links, migrating, opening, outbox, receipts
from engine.actors import SYSTEM, Actor
from engine.boundary import Boundary
from engine.clock import civil_day, to_seconds
from engine.edition import Edition
from engine.errors import MadoguchiError, Overtaken, Refusal, UnknownThing
from engine.explain import overtaken_since
from engine.fold import RIPE
from engine.kept import Kept
from engine.migrating import Rehearsed, target_of
from engine.moves import settle
from engine.options import Option, options
from engine.ports import Ports
from engine.receipts import Receipt
from engine.store import Conflict, OpenItem, Store, Transaction
from engine.store import Edition as Stored
from engine.work import Work
from engine.writer import Writer

__all__ = ["Engine", "Receipt"]

MOST_TRIES = 5


class Engine:
    """Runs any declared procedure over one store. It reads no clock and knows no procedure: all is given.

    Without a writer each thread commits its own command, one after the other; with one, those that wait together.
    """

    def __init__(
        self, store: Store, ports: Ports, boundary: Boundary | None = None, writer: Writer | None = None
    ) -> None:
        self.store = store
        self._writer = writer or store
        self.ports = ports
        self.boundary = boundary or Boundary()
        self.kept = Kept()
        self._defined: set[str] = set()

    def open(
        self,
        procedure: str,
        actor: Actor,
        *,
        state: str | None = None,
        filer: str | None = None,
        about: int | None = None,
        beside: Sequence[int] = (),
        key: str = "",
    ) -> Receipt:
        """Open a case in an initial state, for the actor or for the `filer` on whose behalf he acts.

        Args:
            about: the case that this one is about, as an appeal is.
            beside: cases of the same person that were opened for the same event of life.

        Raises:
            Refusal: no such procedure, this actor may not open it there, or no link leads to the case it is about.
            DefinitionError: the declaration has errors.
        """

        def body(tx: Transaction) -> Work:
            edition = self.ports.definitions.edition(procedure, civil_day(to_seconds(self.ports.clock.now())))
            work = opening.open_case(self.ports, tx, edition, actor, state, filer, key)
            links.at_opening(work, about, beside)
            return work

        related = (*([about] if about else []), *([list(beside)] if beside else []))
        return self._run(key, ("open", procedure, actor, state, filer, *related), body)

    def fire(
        self,
        case_id: int,
        event: str,
        actor: Actor,
        answers: dict[str, Any] | None = None,
        *,
        task: int | None = None,
        expect: int | None = None,
        key: str = "",
    ) -> Receipt:
        """Let an event of the case, or of one of its tasks, happen.

        Args:
            answers: what the event asks for.
            task: the number of the task; needed only when several open tasks know the event.
            expect: the version the actor has seen; a newer one means somebody was first.

        Raises:
            Refusal: it may not happen now, not by this actor, or with these answers.
        """
        said = ("fire", case_id, event, actor, answers, task)
        return self._on(case_id, actor, key, said, lambda work: acts.fire(work, event, answers, task), expect)

    def look(self, case_id: int, actor: Actor, results: Mapping[str, bool], *, key: str = "") -> Receipt:
        """Record what a person found in the checks of the present stage: True passed, False failed."""
        said = ("look", case_id, actor, dict(results))
        return self._on(case_id, actor, key, said, lambda work: acts.look(work, results))

    def establish(self, case_id: int, actor: Actor, facts: Mapping[str, object], *, key: str = "") -> Receipt:
        """Record facts that a clerk or a register established; None takes one back."""
        said = ("establish", case_id, actor, dict(facts))
        return self._on(case_id, actor, key, said, lambda work: acts.establish(work, facts))

    def destroy(self, case_id: int, actor: Actor, fields: Sequence[str], reason: str, *, key: str = "") -> Receipt:
        """Destroy values of a case for good, and record it; `destruction.destroy` says which may go, and by whom."""
        said = ("destroy", case_id, actor, list(fields), reason)
        return self._on(case_id, actor, key, said, lambda work: destruction.destroy(work, fields, reason))

    def signal(self, case_id: int, signal: str, facts: Mapping[str, object] | None = None, *, key: str = "") -> Receipt:
        """Tell the case what a register reports; what no row answers is noted."""
        given = dict(facts or {})
        return self._on(
            case_id, SYSTEM, key, ("signal", case_id, signal, given), lambda work: acts.signal(work, signal, given)
        )

    def migrate(
        self, case_id: int, actor: Actor, on: dt.date | None = None, *, expect: int | None = None, key: str = ""
    ) -> Receipt:
        """Move a running case into the edition of a day; without a day, into the one its own answers call for.

        A case that stands there already is left as it is.

        Raises:
            UnknownThing: no such case, or no edition on that day.
            DefinitionError: the declaration to move into has errors.
            Refusal: the actor holds no post of the office, or the case has no place there (`engine.migrating`).
        """
        said = ("migrate", case_id, actor, None if on is None else on.isoformat())
        return self._on(case_id, actor, key, said, lambda work: migrating.migrate(work, target_of(work, on)), expect)

    def rehearse(self, case_id: int, on: dt.date | None = None) -> Rehearsed:
        """What `migrate` would do to a case; nothing is kept."""
        with self.reading(case_id) as work:
            return migrating.rehearse(work, target_of(work, on))

    def tick(self, *, limit: int = 1000) -> list[Receipt]:
        """Let time act: fire every timer that is due, case by case, each case in a transaction of its own.

        Raises:
            MadoguchiError: a case could not go on; the first such error, after every other case had its turn.
        """
        now = to_seconds(self.ports.clock.now())
        with self.store.reading() as tx:
            due = tx.due_timers(now, limit)
        done: list[Receipt] = []
        stuck: list[MadoguchiError] = []
        for case_id in dict.fromkeys(timer.case_id for timer in due):
            try:
                done.append(self._on(case_id, SYSTEM, "", ("tick", case_id), _only_time))
            except MadoguchiError as error:
                stuck.append(error)
        if stuck:
            raise stuck[0]
        return done

    def next_due(self) -> int | None:
        """The instant of the earliest timer, in epoch seconds; None when nothing waits for its hour."""
        with self.store.reading() as tx:
            due = tx.next_due()
        return None if due == RIPE else due

    def deliver(self, send: Callable[[int, int, int, str, str], None], *, limit: int = 1000) -> int:
        """Send what the outbox holds; gives the number sent.

        `send` gets case, seq, ordinal, recipient and text. It may get the same notice twice after a crash, never none:
        the first three together are its key.

        Raises:
            NotPossibleNow: the text of some was destroyed; after the others were sent.
        """
        return outbox.deliver(self.store, self.boundary, self.ports, send, limit)

    @contextmanager
    def reading(self, case_id: int, actor: Actor = SYSTEM) -> Iterator[Work]:
        """A case in hand for reading; what is done to it is not kept."""
        with self.store.reading() as tx:
            yield self.work_on(tx, case_id, actor)

    def options(self, case_id: int, actor: Actor) -> list[Option]:
        """The events open to an actor on a case now."""
        with self.reading(case_id, actor) as work:
            return options(work)

    def inbox(self, roles: Sequence[str], post: str | None = None, *, limit: int = 1000) -> list[OpenItem]:
        """What lies on the desks of some roles, most urgent and longest waiting first; a step only at its own post.

        While a decider is absent, his steps lie with the post that stands in for him, too.
        """
        return desks.inbox(self, roles, post, limit)

    def work_on(self, tx: Transaction, case_id: int, actor: Actor = SYSTEM, key: str = "") -> Work:
        """A case in hand, under the edition it is pinned to.

        Raises:
            UnknownThing: there is no such case.
        """
        whole = tx.whole(case_id, self.kept.take(case_id) if tx.writing else None)
        if whole is None:
            raise UnknownThing(f"案件{case_id}はありません。", f"there is no case {case_id}", case=case_id)
        edition = archive.recalled(self.ports.definitions, tx, whole.case.procedure, whole.case.edition)
        return Work(self.ports, tx, whole, edition, actor, key)

    def run(self, body: Callable[[Transaction], Work]) -> Receipt:
        """The receipt of a command that no person gave and that has no key."""
        return self._run("", (), body)

    def _on(
        self,
        case_id: int,
        actor: Actor,
        key: str,
        said: tuple[object, ...],
        act: Callable[[Work], None],
        expect: int | None = None,
    ) -> Receipt:
        def body(tx: Transaction) -> Work:
            work = self.work_on(tx, case_id, actor, key)
            if expect is not None and expect != work.whole.case.version:
                raise overtaken_since(work, expect)
            acts.let_time_act(work)
            act(work)
            return work

        return self._run(key, said, body)

    def _run(self, key: str, said: tuple[object, ...], body: Callable[[Transaction], Work]) -> Receipt:
        """Run a command to its acknowledgement; a repeated key answers the same and acts once."""
        receipts.refuse_unwritable(key, said)
        fingerprint = receipts.fingerprint_of(key, said, self.store.secret)
        for attempt in range(MOST_TRIES):
            try:
                receipt = self._once(key, fingerprint, body)
            except Conflict as conflict:
                if attempt == MOST_TRIES - 1:
                    ja = "同じ案件に別の操作が続いたので、受け付けられませんでした。もう一度お試しください。"
                    raise Overtaken(ja, "the case kept changing; try again") from conflict
                continue
            except Refusal:
                earlier = self._answered(key, fingerprint)
                if earlier is None:
                    raise
                receipt = earlier
            self.boundary.cross("acknowledge", f"case {receipt.case_id}")
            return receipt
        raise AssertionError

    def _once(self, key: str, fingerprint: str, body: Callable[[Transaction], Work]) -> Receipt:
        def act(tx: Transaction) -> tuple[Receipt, Work | None]:
            earlier = tx.command(key) if key else None
            if earlier is not None:
                return receipts.read_again(earlier, key, fingerprint), None
            work = body(tx)
            settle(work)
            work.write()
            self._define(tx, work.edition)
            receipt = receipts.receipt_of(work)
            if key:
                tx.put_command(key, receipt.case_id, fingerprint, receipts.write(receipt), receipt.at)
            return receipt, work

        receipt, work = self._writer.committed(act)
        if work is not None:
            self._defined.add(work.edition.hash)
            self.kept.put(work.whole)
        return receipt

    def _answered(self, key: str, fingerprint: str) -> Receipt | None:
        """The answer that the same command got elsewhere while this one waited, and was then too late."""
        if not key:
            return None
        with self.store.reading() as tx:
            earlier = tx.command(key)
        return earlier and receipts.read_again(earlier, key, fingerprint)

    def _define(self, tx: Transaction, edition: Edition) -> None:
        """Keep the definition itself, once, under its hash: what a case was run by can always be read again."""
        if edition.hash not in self._defined:
            kept = (edition.hash, edition.id, edition.wording, edition.on.isoformat(), None, archive.write(edition))
            tx.put_definition(Stored(*kept))


def _only_time(_work: Work) -> None:
    """Nothing besides what is due."""
