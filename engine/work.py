"""One command at work on one case: the state it changes, the effects it records and the values it keeps.

Everything that changes passes `do`, which records the effect and applies it through the reducer in the same breath.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any
from weakref import proxy

from pydantic_core import from_json

from engine import fold
from engine.absences import Away
from engine.actors import SYSTEM, Actor
from engine.clock import civil_day, to_seconds
from engine.compartments import join, split
from engine.conditions import Scope
from engine.definition.rows import State
from engine.destruction import lacking
from engine.edition import Edition
from engine.ports import Ports
from engine.scope import changed_by, roots_of, seen
from engine.shapes import Record
from engine.state import LogRow, Notified, TaskState, Whole
from engine.store import Conflict, Envelope, Letter, Linked, Registered, Transaction, chained
from engine.store.canonical import canonical, canonical_bytes

COMMANDED = frozenset({"event", "command", "signal"})  # kinds of events that are what a command asked for

_NOT_STORED = object()
_CASE = frozenset({"case"})
_TASKS = frozenset({"tasks", "task"})


class Work:
    """A case in the hands of one command. Nothing is written before `write`."""

    def __init__(self, ports: Ports, tx: Transaction, whole: Whole, edition: Edition, actor: Actor, key: str) -> None:
        self.ports = ports
        self.tx = tx
        self.whole = whole
        self.edition = edition
        self.actor = actor
        self.key = key
        self.happens_at(to_seconds(ports.clock.now()))
        self.rows: list[LogRow] = []
        self.outbox: list[Notified] = []
        self.registered: list[Registered] = []
        self.linked: list[Linked] = []
        self.letters: list[Letter] = []
        self.heard: Letter | None = None  # the signal that this command delivers
        self.turn: int | None = None
        self.destroyed: list[str] = []
        self.asks: str | None = None
        self.asked: dict[str, Any] = {}
        self._values: dict[str, Any] = {}
        self._sealed: dict[str, Envelope] = {}
        self._envelopes: dict[str, Envelope] | None = None
        self._documents: dict[str, dict[str, Any]] = {}
        self._effects: list[fold.Effect] = []
        self._before = whole.case.version
        self._timers_before = set(whole.timers)
        self._touched: dict[str, set[Any]] = {"task": set(), "clock": set(), "timer": set()}
        self._scope: Scope | None = None
        self._task_scopes: dict[int, Scope] = {}
        self._away: Away | None = None

    def happens_at(self, now: int) -> None:
        """Set the one instant of the whole command, and with it its Japanese civil day."""
        self.now = now
        self.today: dt.date = civil_day(now)

    def turns(self, turn: int | None) -> None:
        """Say how often the timer has run out of which the next event comes; None for one of no timer."""
        if turn != self.turn:
            self.turn = turn
            self.look_anew(_CASE)

    def move_to(self, edition: Edition) -> None:
        """Go on under another edition."""
        self.edition = edition
        self._scope = None
        self._task_scopes.clear()

    @property
    def case_state(self) -> State:
        """The declared row of the case's present state."""
        return self.edition.state(self.whole.case.state)

    def do(self, *effect: Any) -> None:  # noqa: ANN401 - an effect is a JSON list
        """Record an effect and apply it."""
        record = list(effect)
        fold.apply(self.whole, record, self.now)
        self._effects.append(record)
        kind = fold.CONCERNS[record[0]]
        if kind == "timer":
            self._touched[kind].add((record[1], record[2]))
        elif kind in self._touched:
            self._touched[kind].add(record[1])
        if self._scope is not None:
            self.look_anew(changed_by(record, self.edition.judging))

    def look_anew(self, roots: frozenset[str]) -> None:
        """Let conditions see these roots as they are now; `do` says so itself of what an effect changes."""
        if self._scope is not None:
            self._scope.forget(roots)
            self._task_scopes.clear()

    def arrive(self) -> None:
        """The case arrives: now, or on the date that came with it from the case in whose place it was opened."""
        since = self.whole.case.memo.get("carried", {}).get("arrived_at")
        self.do("arrived", *([] if since is None else [since]))

    def begun(self, effect: fold.Effect) -> None:
        """Record the effect that opened the case."""
        self._effects.append(effect)

    def happened(self, event: str, kind: str, *, task: int = 0, from_state: str = "", to_state: str = "") -> None:
        """Close one event: its effects become a row of the log, chained to the row before."""
        case = self.whole.case
        seq = case.version + 1
        who = self.actor if kind in COMMANDED else SYSTEM
        effects = canonical(self._effects)
        key = "" if kind not in COMMANDED or any(row.key for row in self.rows) else self.key
        at = (case.id, seq, self.now, event, kind, task)
        row = chained(case.head, (*at, who.person, who.post, from_state, to_state, case.edition, effects, key))
        self.rows.append(row)
        self._effects = []
        case.version, case.head = seq, row.hash

    @property
    def next_seq(self) -> int:
        """The sequence number the event under way will have."""
        return self.whole.case.version + 1

    # ---- values -------------------------------------------------------------------------------------------------

    def keep(self, field: str, value: object) -> str:
        """Keep a personal value in its own envelope; gives the digest that may stand in the log."""
        self._values[field] = value
        envelope = self.tx.envelope(self.whole.case.id, field, canonical_bytes(value), self.now)
        self._sealed[field] = envelope
        if field in self.whole.case.memo.get("destroyed", {}):
            self.do("memo", "destroyed", field, None)
        return envelope.digest

    def read(self, field: str) -> object:
        """A kept value, or None when there is none or it was destroyed."""
        if field not in self._values:
            if self._envelopes is None:
                self._envelopes = self.tx.envelopes(self.whole.case.id)
            envelope = self._envelopes.get(field)
            plain = None if envelope is None else self.tx.opened(envelope)
            self._values[field] = None if plain is None else from_json(plain)
        return self._values[field]

    def keep_document(self, name: str, shape: Record, document: dict[str, Any]) -> dict[str, str]:
        """Keep answers in one envelope per sensitivity; gives the digest of each."""
        general, parts = split(shape, document)
        digests = {"general": self.keep(name, general)}
        for sensitivity, values in parts.items():
            digests[sensitivity] = self.keep(f"{name}.{sensitivity}", values)
        self._documents.pop(name, None)
        return digests

    def document(self, name: str) -> dict[str, Any]:
        """Answers put together again from their envelopes; to be read only, for it is put together once."""
        if name not in self._documents:
            general = self.read(name)
            envelopes = self.whole.case.memo.get("digests", {}).get(name, {})
            parts = {kind: self.read(f"{name}.{kind}") for kind in envelopes if kind != "general"}
            kept = {kind: values for kind, values in parts.items() if isinstance(values, dict)}
            self._documents[name] = join(general, kept) if isinstance(general, dict) else {}
        return self._documents[name]

    def answers(self, input_id: str) -> dict[str, Any]:
        """The latest answers to an input form ("form" is the main one); empty when never given."""
        number = self.whole.case.memo.get("given", {}).get(input_id)
        return self.document(f"{input_id}.{number}") if number else {}

    # ---- who is there ---------------------------------------------------------------------------------------------

    @property
    def away(self) -> Away:
        """The absences and vacancies in force now."""
        return self.look_who_is_there()

    def look_who_is_there(self) -> Away:
        """The same, looked up once; after that conditions see it on the tasks."""
        if self._away is None:
            self._away = Away(self.tx.absences(self.now, self.now + 1), self.ports.municipality)
            if self._away:
                self.look_anew(_TASKS)
        return self._away

    def is_absent(self, task: TaskState) -> bool:
        """Whether the holder of a task's post is away; nobody is, as long as no condition has asked."""
        return bool(self._away) and self.away.is_absent(task.post, self.edition.procedure.department)

    # ---- conditions ---------------------------------------------------------------------------------------------

    def scope(self, task: TaskState | None = None) -> Scope:
        """What conditions see now, with the answers of this command and, inside a task, the task itself."""
        if self._scope is None:
            # By a proxy, or the two would hold each other, and with them the answers, until the collector comes round.
            self._scope = Scope(self.edition.language, roots_of(proxy(self)))
        if task is None:
            return self._scope
        if task.number not in self._task_scopes:
            self._task_scopes[task.number] = self._scope.with_(task=seen(self, task))
        return self._task_scopes[task.number]

    def holds(self, *path: str, task: TaskState | None = None) -> bool:
        """Whether the condition at a path holds; a path without a condition always does. An error never holds."""
        condition = self.edition.conditions.get(path)
        if condition is None:
            return True
        if path in self.edition.storable:
            stored = self._stored(path)
            if stored is not _NOT_STORED:
                return stored is True
        if path in self.edition.ask_who_is_there:
            self.look_who_is_there()
        if lacking(self, condition.reads):
            return False
        return condition.holds(self.scope(task if "task" in condition.roots else None))

    def judged(self, *path: str) -> bool | None:
        """What the yes-or-no text at a path gives; None when it is null or an error."""
        stored = self._stored(path)
        found = self.value(*path) if stored is _NOT_STORED else stored
        return found if isinstance(found, bool) else None

    def _stored(self, path: tuple[str, ...]) -> object:
        results = self.whole.case.memo.get("results", {}).get("known", {})
        return results.get(self.edition.storable.get(path), _NOT_STORED)

    def value(self, *path: str) -> object:
        """The value of the text at a path; None when it is null or an error, or would need what was destroyed."""
        condition = self.edition.condition(*path)
        found = condition.value(self.scope()) if condition and not lacking(self, condition.reads) else None
        return found.value if found and found.kind == "value" else None

    def remember_results(self, changed: Collection[str] | None = None) -> None:
        """Run the yes-or-no conditions that only answers and facts decide, and store what they gave.

        Args:
            changed: the paths of what has changed, as conditions read them: the results of those that read nothing of
                it stay as they are stored, as do those that would need what was destroyed. Anything may have changed,
                where nothing is said.
        """
        known = self.whole.case.memo.get("results", {}).get("known", {})
        found = {}
        for path, name in self.edition.storable.items():
            condition = self.edition.conditions[path]
            stays = changed is not None and condition.reads.isdisjoint(changed)
            if name in known and (stays or lacking(self, condition.reads)):
                found[name] = known[name]
            else:
                given = condition.value(self.scope())
                found[name] = given.value if given.kind == "value" else None
        if found != known:
            self.do("memo", "results", "known", found)

    # ---- writing ------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write everything of the command inside its transaction.

        Raises:
            Conflict: another command changed the case in between.
        """
        whole, tx = self.whole, self.tx
        if not tx.update_case(whole.case, self._before):
            raise Conflict(f"案件{whole.case.id}が先に変わりました。", f"case {whole.case.id} changed first")
        if self._touched["task"]:
            tx.put_tasks(whole.tasks[n] for n in sorted(self._touched["task"]))
        if self._touched["clock"]:
            tx.put_clocks(whole.clocks[n] for n in sorted(self._touched["clock"]))
        if timers := self._touched["timer"]:
            tx.put_timers(whole.timers[n] for n in sorted(timers & whole.timers.keys()))
            gone = sorted((timers & self._timers_before) - whole.timers.keys())
            tx.drop_timers((whole.case.id, *key) for key in gone)
        tx.put_envelopes(list(self._sealed.values()))
        if self.destroyed:
            tx.destroy(whole.case.id, self.destroyed, self.now)
        tx.append_log(self.rows)
        tx.add_outbox(self.outbox)
