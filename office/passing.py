"""Time passing in an office, and its letters going out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.commands import Receipt
from engine.errors import NotPossibleNow
from office.session import Session
from office.telling import event_lines, receipt_facts


def tick(session: Session) -> tuple[list[str], list[dict[str, Any]]]:
    """What happened because its time had come, in words and as data."""
    done: list[Receipt] = []
    while found := session.engine.tick():
        done += found
    lines: list[str] = []
    for receipt in done:
        with session.engine.reading(receipt.case_id) as work:
            lines += event_lines(work, receipt)
    return lines or ["時の来たものはありません。"], [receipt_facts(receipt) for receipt in done]


def deliver(session: Session, out: Path | None) -> tuple[list[str], list[dict[str, Any]]]:
    """What was sent, in words and as data: each notice as a file of its own, or on the screen.

    Raises:
        NotPossibleNow: the folder cannot be made or written; what was not written counts as not sent.
    """
    sent: list[dict[str, Any]] = []
    lines: list[str] = []

    def send(case_id: int, seq: int, ordinal: int, recipient: str, text: str) -> None:
        name = f"{case_id}-{seq}-{ordinal}"
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
