"""Histories as an XES log (IEEE 1849): a trace for each case, an event for each happening."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from engine.clock import from_seconds
from office.exports.happenings import Happening, History

EXTENSIONS = (("Concept", "concept"), ("Time", "time"), ("Lifecycle", "lifecycle"), ("Organizational", "org"))


def xes(histories: Iterable[History]) -> Iterator[str]:
    """The lines of the log."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">'
    for name, prefix in EXTENSIONS:
        yield f'  <extension name="{name}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>'
    yield '  <global scope="trace">'
    yield '    <string key="concept:name" value=""/>'
    yield "  </global>"
    yield '  <global scope="event">'
    yield '    <string key="concept:name" value=""/>'
    yield '    <date key="time:timestamp" value="1970-01-01T00:00:00.000+09:00"/>'
    yield '    <string key="lifecycle:transition" value="complete"/>'
    yield "  </global>"
    yield '  <classifier name="Activity" keys="concept:name lifecycle:transition"/>'
    yield '  <string key="lifecycle:model" value="standard"/>'
    for history in histories:
        yield from _trace(history)
    yield "</log>"


def _trace(history: History) -> Iterator[str]:
    case = history.case
    yield "  <trace>"
    yield _string(4, "concept:name", str(case.id))
    yield _string(4, "procedure", case.procedure)
    yield f'    <int key="procedure_number" value="{history.number}"/>'
    yield _string(4, "municipality", case.municipality)
    yield _string(4, "state", case.state)
    for key, value in (("nature", case.nature), ("outcome", case.outcome)):
        if value is not None:
            yield _string(4, key, value)
    for one in history.happenings:
        yield from _event(one)
    yield "  </trace>"


def _event(one: Happening) -> Iterator[str]:
    yield "    <event>"
    yield _string(6, "concept:name", one.name)
    yield _string(6, "lifecycle:transition", one.lifecycle)
    yield f'      <date key="time:timestamp" value="{from_seconds(one.at).isoformat(timespec="milliseconds")}"/>'
    yield _string(6, "org:role", one.role)
    if one.resource:
        yield _string(6, "org:resource", one.resource)
    yield _string(6, "label", one.label)
    if one.task:
        yield f'      <int key="task" value="{one.task}"/>'
        yield _string(6, "task_kind", one.kind)
    if one.target and one.target != one.source:
        yield _string(6, "from_state", one.source)
        yield _string(6, "to_state", one.target)
    yield "    </event>"


def _string(depth: int, key: str, value: str) -> str:
    return f'{" " * depth}<string key="{key}" value={quoteattr(value)}/>'
