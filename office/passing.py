"""Time passing in an office, and its letters going out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from engine.commands import Receipt
from engine.delivery import Delivered, deliver_signals
from engine.errors import MadoguchiError, NotPossibleNow
from office import showing
from office.session import Session
from office.signals import failures
from office.telling import event_lines, receipt_facts


class Passed(NamedTuple):
    """What happened because its time had come, in words and as data, and whether some signal did not get through."""

    lines: list[str]
    facts: list[dict[str, Any]]
    failed: bool


def tick(session: Session) -> Passed:
    """What was due, and what cases told each other, until all is at rest."""
    done: list[Receipt] = []
    heard = Delivered()
    stuck: MadoguchiError | None = None
    while True:
        found: list[Receipt] = []
        try:
            found += session.engine.tick()
        except MadoguchiError as error:
            stuck = error  # said in the end: what others wait for is delivered all the same
        found += _delivered(session, heard)
        if not found:
            break
        done += found
    if stuck:
        raise stuck
    lines: list[str] = []
    for receipt in done:
        with session.engine.reading(receipt.case_id) as work:
            lines += event_lines(work, receipt)
    said, facts = failures(heard)
    lines = lines or ["時の来たものはありません。"]
    return Passed([*lines, *said], [*map(receipt_facts, done), *facts], failed=bool(said))


def _delivered(session: Session, heard: Delivered) -> list[Receipt]:
    found = deliver_signals(session.engine)
    heard.failed += found.failed
    return found.receipts


def deliver(session: Session, out: Path | None) -> tuple[list[str], list[dict[str, Any]]]:
    """What was sent, in words and as data: each notice as a file of its own, or on the screen.

    Raises:
        NotPossibleNow: the folder cannot be made or written; what was not written counts as not sent.
    """
    sent: list[dict[str, Any]] = []
    lines: list[str] = []

    def send(case_id: int, seq: int, ordinal: int, recipient: str, text: str) -> None:
        name = f"{case_id}-{seq}-{ordinal}"
        showing.notice_goes_out(session, case_id, seq, ordinal)
        sent.append({"notice": name, "recipient": recipient, "text": text})
        lines.append(f"―― {name} → {recipient}")
        if out is None:
            lines.append(text)
        else:
            _written(lambda: _write(out, f"{name}.txt", text), out)

    while session.engine.deliver(send):
        continue
    return lines or ["送る通知はありません。"], sent


def _write(folder: Path, name: str, text: str) -> None:
    """A whole file or none: the same notice may be written twice."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{name}.part"
    draft.write_text(text, encoding="utf-8")
    draft.replace(folder / name)


def _written(write: Callable[[], None], folder: Path) -> None:
    try:
        write()
    except OSError as error:
        why = error.strerror or str(error)
        ja = f"通知を「{folder}」に書けません({why})。書けなかった通知は送っていないものとして残ります。"
        en = f"cannot write to {folder}: {why}; what was not written counts as not sent"
        raise NotPossibleNow(ja, en, folder=str(folder)) from error
