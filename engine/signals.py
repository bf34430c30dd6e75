"""Signals sent by a case: as rows in the transaction of the command that sends them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from engine import enclosures
from engine.definition.between import Link, Message
from engine.letters import OPEN, TELL, Receiver, Sender, post
from engine.store import Conflict, Linked

if TYPE_CHECKING:
    from engine.work import Work


def send(work: Work, message: str) -> None:
    """Send a message to every case that is linked as its row says; to none, when none is."""
    row = next(one for one in work.edition.procedure.messages if one.id == message)
    content = enclosures.gathered(work, row.carries)
    for receiver in dict.fromkeys(_receivers(work, row)):
        _send(work, receiver, TELL, row.id, content)


def open_case(work: Work, row: Link, ordinal: int, about: str | None = None) -> None:
    """Send the signal that opens the case to which a link of this event leads; `ordinal` is that of the link.

    Args:
        about: the digest of what the case is about, where no second one may be opened about the same.
    """
    shared = {} if about is None else {"about": about}
    content = {"link": ordinal, **shared, **enclosures.gathered(work, row.carries)}
    _send(work, Receiver(row.to, None), OPEN, row.id, content)


def _send(work: Work, receiver: Receiver, kind: str, name: str, content: Mapping[str, Any]) -> None:
    hops = work.heard.hops + 1 if work.heard else 1
    sender = Sender(work.whole.case.id, work.next_seq, len(work.letters) + 1, hops)
    letter = post(work.tx, work.now, sender, receiver, kind, name, content)
    work.do("signal", sender.ordinal, kind, name, receiver.procedure, receiver.case_id, letter.digest)
    work.letters.append(letter)


def _receivers(work: Work, row: Message) -> Iterator[Receiver]:
    """The cases a message goes to, those that its own links lead to first."""
    case_id = work.whole.case.id
    if row.toward == "sender":
        if work.heard is not None and work.heard.from_case is not None:
            yield _case(work, work.heard.from_case)
        return
    if row.toward != "back":
        for link in work.tx.links(case_id):
            if link.kind in row.along:
                yield from _at_the_end(work, link)
    if row.toward != "onward":
        for link in work.tx.linked_to(case_id):
            if link.kind in row.along:
                yield _case(work, link.case_id)


def _case(work: Work, case_id: int) -> Receiver:
    other = work.tx.case(case_id)
    return Receiver(other.procedure if other else "", case_id)


def _at_the_end(work: Work, link: Linked) -> Iterator[Receiver]:
    """The case that a link leads to; while it is not open, whoever the signal that opens it will open."""
    if link.to_case is not None:
        yield Receiver(link.to_procedure, link.to_case)
        return
    for letter in work.tx.letters_of(link.case_id):
        if (letter.kind, letter.seq, letter.to_procedure) != (OPEN, link.seq, link.to_procedure):
            continue
        if letter.to_case is not None:
            yield Receiver(link.to_procedure, letter.to_case)
        elif letter.delivered_at is None:
            # Held until this command ends: whoever delivers it then sees what waits behind it.
            if work.tx.take_letter(letter.id) is None:
                ja = "つながる案件が今まさに開かれています。もう一度お試しください。"
                raise Conflict(ja, "the linked case is just being opened; try again")
            yield Receiver(link.to_procedure, None, letter.id)
