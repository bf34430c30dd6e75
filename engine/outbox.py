"""Sending what the outbox holds: every notice with its text, none of them empty."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from engine.boundary import Boundary
from engine.clock import to_seconds
from engine.errors import NotPossibleNow
from engine.ports import NoticeWriter, Ports
from engine.state import Notified
from engine.store import Store, Transaction

Send = Callable[[int, int, int, str, str], None]
"""Case, seq, ordinal, recipient and text."""


def deliver(store: Store, boundary: Boundary, ports: Ports, send: Send, limit: int) -> int:
    """How many of the oldest notices were sent; `Engine.deliver` says what is promised of it.

    Raises:
        NotPossibleNow: the text of some was destroyed; after the others were sent.
    """
    with store.reading() as tx:
        unsent = [(row, _text(tx, row, ports.writer)) for row in tx.unsent(limit)]
    waiting = [(row, text) for row, text in unsent if text is not None]
    for row, text in waiting:
        boundary.cross("send", f"notice {row.case_id}/{row.seq}/{row.ordinal}")
        send(row.case_id, row.seq, row.ordinal, row.recipient, text)
        with store.transaction() as tx:
            tx.mark_sent(row.case_id, row.seq, row.ordinal, to_seconds(ports.clock.now()))
    if len(waiting) < len(unsent):
        raise _destroyed_before_sent([row for row, text in unsent if text is None])
    return len(waiting)


def _text(tx: Transaction, row: Notified, writer: NoticeWriter) -> str | None:
    """The text of a notice; None when it was destroyed."""
    plain = tx.get_value(row.case_id, f"notice.{row.seq}.{row.ordinal}")
    return None if plain is None else writer.text(json.loads(plain))


def _destroyed_before_sent(rows: Sequence[Notified]) -> NotPossibleNow:
    names = [f"{row.case_id}-{row.seq}-{row.ordinal}" for row in rows]
    return NotPossibleNow(
        f"通知{len(names)}件({'・'.join(names)})は、送る前に本文が廃棄されたので送れません。空の通知は送りません。"
        "案件の記録を見て、書面で知らせるかを決めてください。",
        f"{len(names)} notices ({', '.join(names)}) cannot be sent: their text was destroyed before",
        notices=names,
    )
