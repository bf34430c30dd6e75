"""Notices: written and stored as shown, and put into the outbox in the transaction that decided them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.ports import NoticeOrder
from engine.state import Notified

if TYPE_CHECKING:
    from engine.work import Work


def issue(work: Work) -> None:
    """Send the notice of the outcome that was decided."""
    outcome = work.edition.outcomes.get(work.whole.case.outcome or "")
    if outcome and outcome.notice:
        notify(work, outcome.notice, ("applicant",))


def notify(work: Work, notice: str, recipients: tuple[str, ...] = ("applicant",)) -> None:
    """Put a notice into the outbox, its text stored as it will be shown."""
    case = work.whole.case
    drafted = work.edition.outcomes.get(case.memo.get("proposal", {}).get("outcome", ""))
    reasons = work.answers(case.memo["proposal"].get("asked", "")) if drafted else {}
    order = NoticeOrder(
        edition=work.edition,
        municipality=work.ports.municipality,
        notice=notice,
        case_id=case.id,
        on=work.today,
        numbers=dict(case.memo.get("numbers", {})),
        answers=dict(work.asked),
        outcome=case.outcome,
        reasons=reasons,
        form=work.answers("form"),
    )
    text = work.ports.writer.write(order)
    for recipient in recipients:
        ordinal = 1 + sum(1 for row in work.outbox if row.seq == work.next_seq)
        digest = work.keep(f"notice.{work.next_seq}.{ordinal}", text)
        work.do("notice", ordinal, notice, recipient, digest)
        work.outbox.append(Notified(case.id, work.next_seq, ordinal, notice, recipient, digest, work.now))
