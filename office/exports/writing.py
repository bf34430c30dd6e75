"""Exports as files, each written whole or not at all."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.errors import DefinitionError, UnknownThing
from engine.problems import nearest
from office.exports.happenings import History, histories
from office.exports.ocel import ocel
from office.exports.xes import xes
from office.session import Session
from procedures import description
from procedures.bpmn import Drawing, drawing
from procedures.diagram.writing import standing


class Written(NamedTuple):
    """What stands in a file."""

    cases: int
    events: int
    objects: int = 0


def xes_to(session: Session, procedure: str | None, out: Path) -> Written:
    """The log of a store as XES.

    Raises:
        UnknownThing: no procedure of that name.
    """
    counted = _Counted(_of(session, procedure))
    _write(out, (f"{line}\n" for line in xes(counted)))
    return Written(counted.cases, counted.events)


def ocel_to(session: Session, procedure: str | None, out: Path) -> Written:
    """The log of a store as OCEL 2.0.

    Raises:
        UnknownThing: no procedure of that name.
    """
    counted = _Counted(_of(session, procedure))
    log = ocel(counted)
    _write(out, [json.dumps(log, ensure_ascii=False, indent=1), "\n"])
    return Written(counted.cases, counted.events, len(log["objects"]))


def bpmn_to(procedure: str, folders: Sequence[Path], on: dt.date | None, out: Path) -> Drawing:
    """The declaration of a procedure as BPMN 2.0, as it stands on a day.

    Raises:
        UnknownThing: no procedure of that name, or no version of it on that day.
        DefinitionError: it does not load.
    """
    loaded = description.read(procedure, folders)
    if loaded.procedure is None:
        raise DefinitionError(loaded.errors)
    now, _ = standing(loaded.procedure, on)
    found = drawing(now)
    _write(out, [found.text])
    return found


class _Counted:
    """Histories that are counted while they go by."""

    def __init__(self, found: Iterable[History]) -> None:
        self._found = found
        self.cases = self.events = 0

    def __iter__(self) -> Iterator[History]:
        for history in self._found:
            self.cases += 1
            self.events += len(history.happenings)
            yield history


def _of(session: Session, procedure: str | None) -> Iterator[History]:
    known = [entry.id for entry in session.declared.library.list()]
    if procedure is not None and procedure not in known:
        ja = f"「{procedure}」という手続はありません。{nearest(procedure, known)}"
        raise UnknownThing(ja.strip(), f"no procedure {procedure!r}", procedure=procedure)
    return histories(session.engine, procedure)


def _write(path: Path, pieces: Iterable[str]) -> None:
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
