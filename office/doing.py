"""What the words of a case command do: the engine's command they stand for, with values of the declared kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine.commands import Receipt
from engine.errors import NotPossibleNow
from engine.shapes import Kind, Record, Scalar, Shape
from office import values
from office.asking import plain
from office.session import Session

if TYPE_CHECKING:
    from engine.work import Work


def open_case(
    session: Session, procedure: str, person: str | None, state: str | None, about: int | None = None
) -> Receipt:
    """The receipt of a new case; whoever names no actor is the applicant."""
    filer = None if person is None else plain(person, "--for")
    return session.engine.open(procedure, session.actor, state=state, filer=filer, about=about, key=_key(session))


def submit(session: Session, case_id: int, document: dict[str, Any]) -> Receipt:
    """The receipt of handing in the form: of the event that asks for it from where cases begin.

    Raises:
        NotPossibleNow: the procedure has no such event.
    """
    with session.engine.reading(case_id) as work:
        event = _submitting(work)
    return session.engine.fire(case_id, event, session.actor, document, key=_key(session))


def fire(
    session: Session,
    case_id: int,
    event: str,
    *,
    task: int | None = None,
    answers: str | None = None,
    words: Sequence[str] = (),
    expect: int | None = None,
) -> Receipt:
    """The receipt of an event.

    Args:
        answers: JSON, or "@" and a file.
        words: name=value, put over those answers; over the answers given last when the event asks for the form again.
    """
    document = values.given_document(answers)
    if words:
        with session.engine.reading(case_id) as work:
            asks = _asked_by(work, event, task)
            last = work.answers("form") if asks == "form" and document is None else document
            document = values.placed(_shape(work, asks), values.pairs(words), last)
    return session.engine.fire(case_id, event, session.actor, document, task=task, expect=expect, key=_key(session))


def look(session: Session, case_id: int, words: Sequence[str]) -> Receipt:
    """The receipt of checks looked at, as name=passed or name=failed."""
    return session.engine.look(case_id, session.actor, values.results(words), key=_key(session))


def establish(session: Session, case_id: int, words: Sequence[str]) -> Receipt:
    """The receipt of facts established, as name=value; an empty value takes one back."""
    return session.engine.establish(case_id, session.actor, _facts(session, case_id, words), key=_key(session))


def signal(session: Session, case_id: int, name: str, words: Sequence[str]) -> Receipt:
    """The receipt of what a register reports."""
    return session.engine.signal(case_id, name, _facts(session, case_id, words), key=_key(session))


def _key(session: Session) -> str:
    return plain(session.asked.key, "--key")


def _submitting(work: Work) -> str:
    """The event that asks for the form where cases begin; of several, the one that leaves from here."""
    begins = {state.id for state in work.edition.initial()}
    machine = work.edition.machine
    asking = [e for e in machine.events.values() if e.asks == "form" and begins & set(machine.sources(e.id))]
    here = [e for e in asking if work.whole.case.state in machine.sources(e.id)]
    if not asking:
        title = work.edition.procedure.title
        raise NotPossibleNow(
            f"「{title}」には申請書を出す操作がありません。procedures show {work.edition.id} で見られます。",
            f"{work.edition.id} has no event that asks for the form where cases begin",
        )
    return (here or asking)[0].id


def _asked_by(work: Work, event: str, task: int | None) -> str | None:
    """The form or small form that an event asks for; None where it asks for nothing or nobody knows it."""
    numbered = work.whole.tasks.get(task or 0)
    kinds = [numbered.kind] if numbered else list(work.edition.tasks)
    machines = ([] if numbered else [work.edition.machine]) + [work.edition.tasks[kind] for kind in kinds]
    return next((m.events[event].asks for m in machines if event in m.events), None)


def _shape(work: Work, asks: str | None) -> Shape | None:
    """The shape of what is asked for."""
    if asks is None:
        return None
    given: Record = work.edition.shape["given"]
    return work.edition.shape["form"] if asks == "form" else given.fields.get(asks)


def _facts(session: Session, case_id: int, words: Sequence[str]) -> Mapping[str, object]:
    """The facts of some words, each by its declared kind; a name that nobody declared is the engine's to refuse."""
    found = values.pairs(words)
    with session.engine.reading(case_id) as work:
        declared: Record = work.edition.shape["facts"]
    return {name: values.value(_kind(declared.fields.get(name)), word) for name, word in found.items()}


def _kind(shape: Shape | None) -> Kind | None:
    return shape.kind if isinstance(shape, Scalar) else None
