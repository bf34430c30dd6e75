"""One command at work on one case: the state it changes, the effects it records and the values it keeps.

Everything that changes passes `do`, which records the effect and applies it through the reducer in the same breath.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Protocol

from engine import fold
from engine.actors import SYSTEM, Actor
from engine.clock import civil_day, to_seconds
from engine.compartments import join, split
from engine.conditions import Condition, Scope
from engine.definition.rows import State
from engine.edition import Edition
from engine.ports import Ports
from engine.scope import Reader
from engine.shapes import Record
from engine.state import LogRow, Notified, TaskState, Whole
from engine.store import Transaction, canonical, row_hash


class Recorded(Protocol):
    """A row for a table of its own, written with the case."""

    def write(self, tx: Transaction) -> None:
        """Write the row inside the command's transaction."""
        ...


class Work:
    """A case in the hands of one command. Nothing is written before `write`."""

    def __init__(self, ports: Ports, tx: Transaction, whole: Whole, edition: Edition, actor: Actor, key: str) -> None:
        self.ports = ports
        self.tx = tx
        self.whole = whole
        self.edition = edition
        self.actor = actor
        self.key = key
        self.now = to_seconds(ports.clock.now())
        self.rows: list[LogRow] = []
        self.outbox: list[Notified] = []
        self.recorded: list[Recorded] = []
        self.asks: str | None = None
        self.asked: dict[str, Any] = {}
        self.staged: dict[str, Any] = {}
        self._stored: dict[str, Any] | None = None
        self._effects: list[fold.Effect] = []
        self._before = whole.case.version
        self._timers_before = set(whole.timers)
        self._scopes: dict[int, Scope] = {}

    @property
    def today(self) -> dt.date:
        """The Japanese civil day of the command."""
        return civil_day(self.now)

    @property
    def case_state(self) -> State:
        """The declared row of the case's present state."""
        return self.edition.state(self.whole.case.state)

    def do(self, *effect: Any) -> None:  # noqa: ANN401 - an effect is a JSON list
        """Record an effect and apply it."""
        record = list(effect)
        fold.apply(self.whole, record, self.now)
        self._effects.append(record)
        self._scopes.clear()

    def begun(self, effect: fold.Effect) -> None:
        """Record the effect that opened the case."""
        self._effects.append(effect)

    def happened(self, event: str, kind: str, *, task: int = 0, from_state: str = "", to_state: str = "") -> None:
        """Close one event: its effects become a row of the log, chained to the row before."""
        case = self.whole.case
        seq = case.version + 1
        actor = self.actor if kind in {"event", "command"} else SYSTEM
        given = (case.id, seq, self.now, event, kind, task, actor.person, actor.post, from_state, to_state)
        given += (case.edition, canonical(self._effects), self.key if not self.rows else "", case.head)
        row = LogRow(*given, hash=row_hash(given))
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
        sealed = self.tx.seal(self.whole.case.id, field, json.dumps(value, ensure_ascii=False))
        self.staged[field] = (value, sealed)
        self._scopes.clear()
        return sealed.digest

    def read(self, field: str) -> object:
        """A kept value, or None when there is none or it was destroyed."""
        if field in self.staged:
            return self.staged[field][0]
        if self._stored is None:
            self._stored = dict(self.tx.values(self.whole.case.id))
        sealed = self._stored.get(field)
        return None if sealed is None else json.loads(self.tx.unseal(self.whole.case.id, field, sealed))

    def keep_document(self, name: str, shape: Record, document: dict[str, Any]) -> dict[str, str]:
        """Keep answers in one envelope per sensitivity; gives the digest of each."""
        general, parts = split(shape, document)
        digests = {"general": self.keep(name, general)}
        for sensitivity, values in parts.items():
            digests[sensitivity] = self.keep(f"{name}.{sensitivity}", values)
        return digests

    def document(self, name: str) -> dict[str, Any]:
        """Answers put together again from their envelopes."""
        general = self.read(name)
        if not isinstance(general, dict):
            return {}
        parts = {s: self.read(f"{name}.{s}") for s in ("my_number", "special_care")}
        return join(general, {s: v for s, v in parts.items() if isinstance(v, dict)})

    def answers(self, input_id: str) -> dict[str, Any]:
        """The latest answers to an input form ("form" is the main one); empty when never given."""
        number = self.whole.case.memo.get("given", {}).get(input_id)
        return self.document(f"{input_id}.{number}") if number else {}

    # ---- conditions ---------------------------------------------------------------------------------------------

    def scope(self, task: TaskState | None = None) -> Scope:
        """What conditions see now, with the answers of this command and, inside a task, the task itself."""
        number = task.number if task else 0
        if number not in self._scopes:
            self._scopes[number] = Scope(self.edition.language, Reader(self, task).roots())
        return self._scopes[number]

    def holds(self, *path: str, task: TaskState | None = None) -> bool:
        """Whether the condition at a path holds; a path without a condition always does. An error never holds."""
        condition = self.edition.condition(*path)
        if condition is None:
            return True
        stored = self.whole.case.memo.get("results", {}).get("form", {}).get("/".join(path))
        return bool(stored) if stored is not None else condition.holds(self.scope(task))

    def value(self, *path: str) -> object:
        """The value of the text at a path; None when it is null or an error."""
        condition = self.edition.condition(*path)
        found = condition.value(self.scope()) if condition else None
        return found.value if found and found.kind == "value" else None

    def remember_results(self) -> None:
        """Run the yes-or-no conditions that read only the form, and store what they gave."""
        scope = self.scope()
        found = {"/".join(path): c.holds(scope) for path, c in self.edition.conditions.items() if _storable(c)}
        self.do("memo", "results", "form", found)

    # ---- writing ------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write everything of the command inside its transaction.

        Raises:
            Conflict: another command changed the case in between.
        """
        whole, tx = self.whole, self.tx
        tx.save(whole, self._before, dropped=sorted(self._timers_before - set(whole.timers)))
        tx.append_log(self.rows)
        for field, (_value, sealed) in self.staged.items():
            tx.put_value(whole.case.id, field, sealed, self.now)
        if self.outbox:
            tx.add_outbox(self.outbox)
        for row in self.recorded:
            row.write(tx)


def _storable(condition: Condition) -> bool:
    """Whether a result may stand in the log: a yes or no is no personal value, a date would be."""
    return condition.only_form and condition.source.type == "yes_no"
