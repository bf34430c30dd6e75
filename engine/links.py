"""How cases lead to each other: a link is recorded where it begins, and its other end is found or opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine import archive, people, registrations, signals
from engine.clock import civil_day
from engine.definition.between import Link
from engine.errors import NotPossibleNow, NotYourTurn, UnknownThing
from engine.store import Linked

if TYPE_CHECKING:
    from engine.definition import Procedure
    from engine.state import CaseState
    from engine.store import Transaction
    from engine.work import Work

OPENING = frozenset({"opens", "instead"})
BESIDE = "beside"
"""The link between cases that one event of somebody's life led to."""


def follow(work: Work, kind: str) -> None:
    """Record the links of a kind whose condition holds, to the case that is found, or with a signal that opens one.

    A link of `joins` or `amends` for which there is no case is not there.

    Raises:
        NotPossibleNow: it cannot be told yet what a shared case would be about.
    """
    for row in work.edition.procedure.links:
        if row.kind != kind or not work.holds("links", row.id, "when"):
            continue
        if row.outside or row.kind in {"after", "appeals"}:
            _record(work, row.id, row.to, row.kind)
        elif row.kind in OPENING:
            _record(work, row.id, row.to, row.kind)
            signals.open_case(work, row, len(work.linked))
        elif row.kind == "shares":
            _share(work, row)
        else:
            found = _holder(work, row) if row.kind == "amends" else _companion(work, row)
            if found is not None and all(link.to_case != found for link in work.tx.links(work.whole.case.id)):
                _record(work, row.id, row.to, row.kind, found)


def at_opening(work: Work, about_case: int | None, beside_cases: Iterable[int]) -> None:
    """Record what a new case is about, and with which others it was opened; raises as `about` and `beside` do."""
    if about_case is not None:
        about(work, about_case)
    for case_id in beside_cases:
        beside(work, case_id)


def about(work: Work, case_id: int) -> None:
    """Record that a new case is about another one, as a link of this or of that procedure says it may be.

    Raises:
        UnknownThing: there is no such case.
        NotYourTurn: a citizen names the case of another.
        NotPossibleNow: no link leads from one procedure to the other, or an appeal is about no disposition.
    """
    other = _of_the_same_filer(work, case_id)
    to = other.procedure
    theirs = archive.recalled(work.ports.definitions, work.tx, to, other.edition).procedure
    found = [row for row in work.edition.procedure.links if row.to == to]
    found += [row for row in theirs.links if row.to == work.edition.id and row.kind in {"after", "opens"}]
    if not found:
        ja = f"「{work.edition.procedure.title}」は、案件{case_id}の手続({to})とつながる手続ではありません。"
        raise NotPossibleNow(ja, f"no link leads from {work.edition.id} to {to} or back", case=case_id)
    if found[0].kind == "appeals":
        _disputed(work, other, theirs)
    _linked(work, found[0].id, to, found[0].kind, case_id)


def _disputed(work: Work, other: CaseState, theirs: Procedure) -> None:
    """Remember the disposition that an appeal is about: what it was, and on which day it was made."""
    proposed = None if other.decided_at is None else other.memo.get("proposal", {}).get("outcome")
    said = (other.outcome, proposed)  # what came after it, such as a payment without application, is no disposition
    made = next((row for one in said for row in theirs.outcomes if row.id == one and row.disposition), None)
    if made is None:
        ja = f"案件{other.id}には、審査請求のできる処分がまだありません。処分の決裁が済んでから開いてください。"
        raise NotPossibleNow(ja, f"no disposition was made in case {other.id}, so there is no appeal", case=other.id)
    work.do("memo", "about", "outcome", made.id)
    work.do("memo", "about", "decided_on", civil_day(other.decided_at or other.state_since).isoformat())


def beside(work: Work, case_id: int) -> None:
    """Record that a new case was opened for the same event of somebody's life as another one.

    Nothing is told along such a link: it says where else to look.

    Raises:
        UnknownThing: there is no such case.
        NotYourTurn: a citizen names the case of another.
    """
    _linked(work, BESIDE, _of_the_same_filer(work, case_id).procedure, BESIDE, case_id)


def _of_the_same_filer(work: Work, case_id: int) -> CaseState:
    other = work.tx.case(case_id)
    if other is None:
        raise UnknownThing(f"案件{case_id}はありません。", f"there is no case {case_id}", case=case_id)
    if work.actor.post in work.edition.citizens and other.filer != work.whole.case.filer:
        ja = f"案件{case_id}は{work.whole.case.filer}さんのものではありません。"
        raise NotYourTurn(ja, f"case {case_id} is not {work.whole.case.filer}'s", actor=work.actor.person)
    return other


def _linked(work: Work, link: str, to: str, kind: str, case_id: int) -> None:
    """The link as an event of its own."""
    _record(work, link, to, kind, case_id)
    state = work.whole.case.state
    work.happened("link", "command", from_state=state, to_state=state)


def shared(tx: Transaction, procedure: str, digest: str) -> int | None:
    """The case of a procedure about one subject: not over, or one of which a registration lives; the oldest of them."""
    for one in tx.concerned(digest):
        other = tx.case(one.case_id)
        if other is not None and other.procedure == procedure:
            return other.id
    return None


def _share(work: Work, row: Link) -> None:
    digests = people.digests(work, row.subject)
    if not digests:
        ja = f"どの「{row.subject}」のことか、まだ分かりません。それを示す申請の項目と事実を先に入れてください。"
        raise NotPossibleNow(ja, f"it cannot be told yet which {row.subject} is meant", subject=row.subject)
    found = shared(work.tx, row.to, digests[0])
    mine = [link for link in work.tx.links(work.whole.case.id) if (link.kind, link.to_procedure) == (row.kind, row.to)]
    if (found is None and any(link.to_case is None for link in mine)) or any(link.to_case == found for link in mine):
        return  # it is linked already, or the signal that links it is on its way
    _record(work, row.id, row.to, row.kind, found)
    if found is None:
        signals.open_case(work, row, len(work.linked), about=digests[0])


def _record(work: Work, link: str, to: str, kind: str, to_case: int | None = None) -> None:
    ordinal = len(work.linked) + 1
    work.do("link", ordinal, link, to, kind, *([] if to_case is None else [to_case]))
    made = Linked(work.whole.case.id, work.next_seq, ordinal, to, to_case, kind)
    work.tx.add_links([made])
    work.linked.append(made)


def _holder(work: Work, row: Link) -> int | None:
    """The case of the other procedure of which the living registration came."""
    living = registrations.living_of(work, row.registration or "", row.subject)
    found = [case for one in living if (case := work.tx.case(one.case_id)) and case.procedure == row.to]
    return found[-1].id if found else None


def _companion(work: Work, row: Link) -> int | None:
    """The newest open case of the other procedure that concerns the same person."""
    found = {one.case_id for digest in people.digests(work, row.subject) for one in work.tx.concerned(digest)}
    for case_id in sorted(found - {work.whole.case.id}, reverse=True):
        other = work.tx.case(case_id)
        if other is not None and other.procedure == row.to and not other.closed:
            return case_id
    return None
