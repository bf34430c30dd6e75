"""Delivering signals: each one a command of its receiver, in one transaction with the mark that it was heard.

Any number of processes may deliver at once. A signal is taken within the transaction that delivers it, so one that a
stopped process had in hand is free again, and none is heard twice.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine import acts, archive, hearing, letters, links, opening, people, receipts
from engine.actors import SYSTEM
from engine.clock import civil_day, to_seconds
from engine.errors import DefinitionError, KeyReused, MadoguchiError, StoreError, UnknownThing
from engine.letters import Receiver, Sender
from engine.people import Person
from engine.receipts import Receipt
from engine.store import Conflict, Letter, Transaction
from engine.work import Work

if TYPE_CHECKING:
    from engine.commands import Engine

FIRST_WAIT = 60
LONGEST_WAIT = 24 * 60 * 60


class Taken(Exception):
    """Somebody else has the signal."""


@dataclass
class Delivered:
    """What came of delivering: the receipt of each receiver, and the signals that failed, with the reason."""

    receipts: list[Receipt] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)


def deliver_signals(engine: Engine, limit: int = 1000) -> Delivered:
    """Deliver what can be delivered now, and what is sent by that, until nothing is left or `limit` were tried.

    A signal whose receiver fails is tried again later, and holds back only those to the same case.

    Raises:
        StoreError: the store cannot serve; what was not delivered waits.
    """
    done = Delivered()
    while len(done.receipts) + len(done.failed) < limit:
        now = to_seconds(engine.ports.clock.now())
        with engine.store.reading() as tx:
            due = tx.due_letters(now, limit - len(done.receipts) - len(done.failed))
        heard = [_deliver_one(engine, number, done) for number in due]
        if not any(heard):
            break
    return done


def register_event(
    engine: Engine, number: str, event: str, person: Person, on: dt.date, facts: Mapping[str, object]
) -> tuple[list[tuple[int, str]], bool]:
    """Send what a register reports of a person to every open case and living registration that concerns him.

    Gives the cases with the signal for each. Said again under the same number it is not sent again; the answer is the
    same, with True.

    Raises:
        KeyReused: another event had that number.
    """
    try:
        return _told(engine, number, event, person, on.isoformat(), facts)
    except Conflict:  # the same event came from elsewhere at the same moment, and was first
        return _told(engine, number, event, person, on.isoformat(), facts)


def _told(
    engine: Engine, number: str, event: str, person: Person, on: str, facts: Mapping[str, object]
) -> tuple[list[tuple[int, str]], bool]:
    key = f"register|{number}"
    said = ("register", event, person.known_by(), on, dict(facts))
    fingerprint = receipts.fingerprint_of(key, said, engine.store.secret)
    with engine.store.transaction() as tx:
        earlier = tx.command(key)
        if earlier is not None:
            if earlier.fingerprint != fingerprint:
                ja = f"異動の番号「{number}」は、別の異動ですでに届いています。番号を確かめてください。"
                raise KeyReused(ja, f"the register event {number!r} was another one", number=number)
            return [(case_id, name) for case_id, name in json.loads(earlier.answer)], True
        now, told = to_seconds(engine.ports.clock.now()), list[tuple[int, str]]()
        for case_id, subject in people.cases_of(tx, person):
            procedure, signals = _signals(engine, tx, case_id, event, subject)
            for name, day in signals:
                here = {**facts, **({day: on} if day else {})}
                receiver = Receiver(procedure, case_id)
                letters.post(tx, now, Sender(None, 0, 0), receiver, letters.TELL, name, {"facts": here})
                told.append((case_id, name))
        tx.put_command(key, 0, fingerprint, json.dumps(told), now)
    engine.boundary.cross("acknowledge", f"register {number}")
    return told, False


def _deliver_one(engine: Engine, number: int, done: Delivered) -> bool:
    """Whether a signal was heard now; what became of it is noted in `done`."""
    try:
        done.receipts.append(engine.run(lambda tx: _heard(engine, tx, number)))
    except Taken:
        return False
    except MadoguchiError as error:
        if isinstance(error, StoreError) and "case" not in error.facts:
            raise  # the store itself cannot serve, so no other receiver could be reached either
        _note_failure(engine, number, error)
        done.failed.append((number, error.ja))
        return False
    return True


def _heard(engine: Engine, tx: Transaction, number: int) -> Work:
    letter = tx.take_letter(number)
    if letter is None:
        raise Taken
    content = letters.content_of(tx, letter)
    if letter.kind == letters.OPEN:
        return _opened(engine, tx, letter, content)
    work = engine.work_on(tx, letter.to_case or 0, SYSTEM, f"signal:{number}")
    acts.let_time_act(work)
    work.heard = letter
    trouble = hearing.hear(work, letter, content)
    tx.letter_delivered(number, work.whole.case.id, work.now, trouble)
    return work


def _opened(engine: Engine, tx: Transaction, letter: Letter, content: Mapping[str, Any]) -> Work:
    """The case that a signal opens, in the first state in which the system may open one.

    A shared case is opened by the first signal only: those behind it find it there.
    """
    round_about = hearing.went_round(letter)
    if round_about:
        work = engine.work_on(tx, letter.from_case or 0, SYSTEM, f"signal:{letter.id}")
        acts.take_note(work, letter.name)
        tx.letter_delivered(letter.id, None, work.now, round_about)
        tx.letters_behind_delivered(letter.id, work.now, round_about)
        return work
    about = content.get("about")
    there = links.shared(tx, letter.to_procedure, about) if about else None
    if there is None:
        work = _begun(engine, tx, letter, content)
    else:
        work = engine.work_on(tx, there, SYSTEM, f"signal:{letter.id}")
        work.heard = letter
        work.happened(letter.name, "signal", from_state=work.whole.case.state, to_state=work.whole.case.state)
    case_id = work.whole.case.id
    tx.open_link(letter.from_case or 0, letter.seq, content["link"], case_id)
    tx.letter_delivered(letter.id, case_id, work.now)
    tx.address_letters(letter.id, case_id)
    return work


def _begun(engine: Engine, tx: Transaction, letter: Letter, content: Mapping[str, Any]) -> Work:
    """A case just opened, with what came along; a shared one belongs to nobody.

    Raises:
        Conflict: elsewhere one about the same was opened at this moment.
    """
    today = civil_day(to_seconds(engine.ports.clock.now()))
    edition = engine.ports.definitions.edition(letter.to_procedure, today)
    sender = engine.work_on(tx, letter.from_case or 0).whole.case
    about = content.get("about")
    filer = None if about else sender.filer
    work = opening.open_case(engine.ports, tx, edition, SYSTEM, None, filer, f"signal:{letter.id}")
    # Opening waits for whoever opens a case elsewhere; only now is it sure that no such case was.
    if about and links.shared(tx, letter.to_procedure, about) is not None:
        raise Conflict("同じことについての案件が今まさに開かれました。", "a case about the same was just opened")
    work.heard = letter
    hearing.begin(work, letter, content)
    return work


def _note_failure(engine: Engine, number: int, error: MadoguchiError) -> None:
    """Say why a signal was not heard, and when it is tried again: after a minute, then twice as long each time."""
    now = to_seconds(engine.ports.clock.now())
    with engine.store.transaction() as tx:
        letter = tx.take_letter(number)
        if letter is not None:
            wait = min(FIRST_WAIT * 2**letter.tries, LONGEST_WAIT)
            tx.letter_failed(number, now + wait, error.ja)


def _signals(
    engine: Engine, tx: Transaction, case_id: int, event: str, subject: str
) -> tuple[str, list[tuple[str, str | None]]]:
    """The procedure of a case, and what a register's event is to it for one subject, with the fact that takes its day.

    What the procedure does not declare for this subject gets a name that it declares for no other: it is noted.
    """
    case = tx.case(case_id)
    if case is None:
        raise LookupError(f"a person concerns case {case_id}, which is not there")
    try:
        edition = archive.recalled(engine.ports.definitions, tx, case.procedure, case.edition)
        declared = [row for row in edition.procedure.signals if row.subject == subject]
    except (UnknownThing, DefinitionError):
        declared = []  # its own trouble, which it will say when the signal is delivered
    found = [(row.id, row.day) for row in declared if (row.event or row.id) == event]
    return case.procedure, found or [(f"{event}.{subject}", None)]
