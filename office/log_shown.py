"""The history of a case and the notices it sent, for a program and for a person."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.clock import from_seconds
from engine.state import LogRow
from engine.store.canonical import unpack
from office.destroyed_shown import said
from office.telling import event_words

if TYPE_CHECKING:
    from engine.work import Work


class Sent(NamedTuple):
    """One notice of a case: when it was written, to whom, and its text; None when the text was destroyed."""

    seq: int
    ordinal: int
    notice: str
    recipient: str
    at: str
    text: str | None


def log_lines(work: Work) -> list[str]:
    """The history, a line for each event."""
    return [_line(work, row) for row in work.tx.log(work.whole.case.id)]


def log_facts(work: Work) -> list[dict[str, Any]]:
    """The history with every column, the effects as data.

    Raises:
        StoreError: a row was damaged.
    """
    rows = work.tx.log(work.whole.case.id)
    return [
        {
            **asdict(row),
            "at": from_seconds(row.at).isoformat(),
            "effects": unpack(row.effects, row.case_id, f"events.{row.seq}.effects"),
            "epoch": row.at,
        }
        for row in rows
    ]


def notices(work: Work) -> list[Sent]:
    """The notices of a case in the order in which they were written."""
    found = []
    for row in work.tx.log(work.whole.case.id):
        for effect in unpack(row.effects, row.case_id, f"events.{row.seq}.effects"):
            if effect[0] == "notice":
                ordinal, notice, recipient = effect[1:4]
                words = work.read(f"notice.{row.seq}.{ordinal}")
                at = from_seconds(row.at).isoformat()
                text = None if words is None else work.ports.writer.text(words)
                found.append(Sent(row.seq, ordinal, notice, recipient, at, text))
    return found


def notice_lines(work: Work) -> list[str]:
    """The texts of the notices, each under a line that says which it is."""
    lines = []
    labels = {row.id: row.label for row in work.edition.procedure.notices}
    for one in notices(work):
        lines.append(
            f"―― {one.seq}-{one.ordinal} {labels.get(one.notice, one.notice)} → {one.recipient} ({one.at[:10]})"
        )
        lines += [said(work, f"notice.{one.seq}.{one.ordinal}") if one.text is None else one.text, ""]
    return lines or ["通知はまだありません。"]


def _line(work: Work, row: LogRow) -> str:
    when = f"{from_seconds(row.at):%Y-%m-%d %H:%M}"
    return f"{row.seq:>3}  {when}  {event_words(work, row)}  {row.post}:{row.person}"
