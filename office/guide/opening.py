"""Cases of what the guide advises, each linked to those opened before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.clock import civil_day, to_seconds
from engine.commands import Receipt
from engine.opening import may_open
from office.asking import plain
from office.guide.advice import Advised
from office.session import Session


def open_cases(session: Session, found: Sequence[Advised], person: str | None = None) -> list[Receipt]:
    """The receipts of the new cases, in the order of the advice; what no applicant begins is left out.

    Every edition is looked at before the first case is opened. Each case is a command of its own; repeated under the
    same key, those that are there are answered again and the rest is opened.

    Raises:
        DefinitionError: a declaration has errors.
        Refusal: the actor may not open one of them.
    """
    filer = None if person is None else plain(person, "--for")
    receipts: list[Receipt] = []
    for procedure in list(openable(session, found)):
        key = f"{session.asked.key}:{procedure}" if session.asked.key else ""
        beside = [one.case_id for one in receipts]
        receipts.append(session.engine.open(procedure, session.actor, filer=filer, beside=beside, key=key))
    return receipts


def openable(session: Session, found: Sequence[Advised]) -> Iterator[str]:
    """The ids of the procedures that an applicant begins; the others the city begins itself."""
    today = civil_day(to_seconds(session.engine.ports.clock.now()))
    for one in found:
        if may_open(session.declared.catalogue.edition(one.procedure.id, today), "applicant"):
            yield one.procedure.id
