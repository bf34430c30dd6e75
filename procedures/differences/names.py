"""What the ids of one declaration are called, so that a value can be said."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from engine.definition import Procedure
from engine.definition.between import Message, Registration, Signal
from engine.definition.rows import Event, Input, Notice, Outcome, Role, State
from procedures.description import KINDS

_LONGEST = 60


Labelled = Input | Notice | Outcome | Registration | Signal | Message | Role | Event | State


class Names:
    """What the ids of one declaration are called, so that a value can be said."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure

    @cached_property
    def conditions(self) -> dict[str, str]:
        """The sentences of the named conditions."""
        return {row.id: row.says for row in self.procedure.conditions}

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        """The labels of each kind of id: the same id may name a state and a task."""
        p = self.procedure
        labelled: dict[str, tuple[Labelled, ...]] = {
            "states": p.states,
            "events": p.events,
            "roles": p.roles,
            "inputs": p.inputs,
            "notices": p.notices,
            "outcomes": p.outcomes,
            "registrations": p.registrations,
            "signals": p.signals,
            "messages": p.messages,
        }
        found = {kind: {row.id: row.label for row in rows} for kind, rows in labelled.items()}
        found["states"] |= {"@open": "終わる前のどこでも", "@undecided": "決裁の前のどこでも"}
        found["inputs"] |= {"form": "申請書"}
        found["timers"] = {row.id: row.says for row in p.timers}
        found["tasks"] = {kind: task.label for kind, task in p.tasks.items()}
        found["law"] = {row.id: f"{row.act}{row.article}" for row in p.law}
        return found

    def law(self, law: str | None) -> tuple[str, ...]:
        """The law of an id, as people cite it; empty without one."""
        return tuple(f"{row.act}{row.article}" for row in self.procedure.law if row.id == law)

    def said(self, key: str, value: Any, *, task: str | None = None) -> str:  # noqa: ANN401 - a value of TOML
        """A value as people name it: ids by their labels, a named condition by its sentence, a formula as it stands."""
        match value:
            case None | [] | {}:
                return "なし"
            case bool():
                return "はい" if value else "いいえ"
            case list():
                return "・".join(self.said(key, one, task=task) for one in value)
            case dict():
                return "・".join(f"{name}={one}" for name, one in value.items())
            case _:
                return self._word(key.rpartition(".")[2], str(value), task)

    def _word(self, key: str, word: str, task: str | None) -> str:
        if key in {"when", "passes", "cel", "reasons"} and word in self.conditions:
            return f"「{self.conditions[word]}」"
        if key == "kind":
            return KINDS.get(word, word)
        for kind in _REFERRING.get(key, ()):
            known = self._of_task(task) if task and kind in {"states", "events"} else {}
            if label := known.get(word) or self._labels[kind].get(word):
                return label
        return _short(word)

    def _of_task(self, task: str | None) -> Mapping[str, str]:
        declared = self.procedure.tasks.get(task or "")
        rows: tuple[Event | State, ...] = (*declared.events, *declared.states) if declared else ()
        return {row.id: row.label for row in rows}


# Which kinds of id a key may hold, the likeliest first.
_REFERRING: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("by", "opened_by", "drafter", "steps", "decider", "post", "notices_to"), ("roles",)),
    **dict.fromkeys(("from", "to", "states", "state", "pauses_in"), ("states",)),
    **dict.fromkeys(("starts", "satisfied_by", "event", "on_fail", "right"), ("events",)),
    **dict.fromkeys(("opens", "closes", "task"), ("tasks",)),
    **dict.fromkeys(("notice", "notices"), ("notices",)),
    **dict.fromkeys(("asks", "holds"), ("inputs",)),
    "stage": ("states", "tasks"),
    "proposes": ("outcomes",),
    **dict.fromkeys(("registers", "revises", "suspends", "resumes", "ends", "registration"), ("registrations",)),
    "sends": ("messages",),
    "after": ("timers",),
    "on": ("signals",),
    "law": ("law",),
}


def _short(text: str) -> str:
    """A text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
