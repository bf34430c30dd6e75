"""Histories as an object-centric event log (OCEL 2.0, JSON): cases, tasks, notices and shared things as objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from engine.clock import from_seconds
from office.exports.happenings import Happening, History

Json = dict[str, Any]
_SHORT = 16
_CASE = ("procedure", "municipality", "state", "nature", "outcome")
_EVENT = ("label", "role", "resource", "lifecycle", "from_state", "to_state")


def ocel(histories: Iterable[History]) -> Json:
    """The log. Events stand in order of time; attributes of a case are as it is at the end."""
    known = list(histories)
    shared = frozenset[str]().union(*(history.shares for history in known))
    events = sorted(
        (
            (one.at, one.case_id, one.seq, _event(history, one, shared))
            for history in known
            for one in history.happenings
        ),
        key=lambda row: row[:3],
    )
    objects = list(_objects(known, shared))
    return {
        "objectTypes": list(_types(objects, {"case": _CASE, "notice": ("code",)}, ("kind",))),
        "eventTypes": list(_types([event for *_, event in events], {}, _EVENT)),
        "objects": objects,
        "events": [event for *_, event in events],
    }


def _types(rows: Iterable[Json], known: dict[str, tuple[str, ...]], usual: tuple[str, ...]) -> Iterator[Json]:
    for name in sorted({row["type"] for row in rows}):
        attributes = known.get(name, usual)
        yield {"name": name, "attributes": [{"name": one, "type": "string"} for one in attributes]}


def _objects(known: Iterable[History], shared: frozenset[str]) -> Iterator[Json]:
    """Each case with its tasks, its notices and the things it shares with others; each thing once."""
    things: set[str] = set()
    for history in known:
        case, begun = history.case, _time(history.happenings[0].at)
        ended = _time(history.happenings[-1].at)
        said = {name: getattr(case, name) for name in _CASE}
        attributes = [{"name": key, "time": ended, "value": value} for key, value in said.items() if value is not None]
        to = [(f"case:{other}", kind) for other, kind in history.links]
        to += [(f"task:{case.id}/{number}", "task") for number in sorted(history.tasks)]
        to += [(_thing(history, name), "about") for name in history.things if name in shared]
        yield _object(f"case:{case.id}", "case", attributes, to)
        for number, kind in sorted(history.tasks.items()):
            yield _object(f"task:{case.id}/{number}", "task", [{"name": "kind", "time": begun, "value": kind}], [])
        for one in history.happenings:
            for place, code in enumerate(one.notices, 1):
                said_ = [{"name": "code", "time": _time(one.at), "value": code}]
                yield _object(f"notice:{case.id}/{one.seq}/{place}", "notice", said_, [])
        for name in history.things:
            if name in shared and (thing := _thing(history, name)) not in things:
                things.add(thing)
                yield _object(thing, name, [{"name": "kind", "time": begun, "value": name}], [])


def _object(identity: str, kind: str, attributes: list[Json], to: list[tuple[str, str]]) -> Json:
    relations = [{"objectId": other, "qualifier": qualifier} for other, qualifier in to]
    return {"id": identity, "type": kind, "attributes": attributes, "relationships": relations}


def _event(history: History, one: Happening, shared: frozenset[str]) -> Json:
    said = (one.label, one.role, one.resource, one.lifecycle, one.source, one.target)
    to = [(f"case:{one.case_id}", "case")]
    to += [(f"task:{one.case_id}/{one.task}", "task")] if one.task else []
    to += [(f"notice:{one.case_id}/{one.seq}/{place}", "issues") for place in range(1, len(one.notices) + 1)]
    to += [(_thing(history, name), "about") for name in history.things if name in shared]
    number = f"/{one.task}" if one.lifecycle == "schedule" else ""
    return {
        "id": f"event:{one.case_id}/{one.seq}{number}",
        "type": one.name if one.lifecycle == "complete" else f"{one.name} {one.lifecycle}",
        "time": _time(one.at),
        "attributes": [{"name": key, "value": value} for key, value in zip(_EVENT, said, strict=True) if value],
        "relationships": [{"objectId": other, "qualifier": qualifier} for other, qualifier in to],
    }


def _thing(history: History, name: str) -> str:
    return f"{name}:{history.things[name][:_SHORT]}"


def _time(at: int) -> str:
    return from_seconds(at).isoformat()
