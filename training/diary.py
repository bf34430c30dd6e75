"""The diary of a learner: one file of JSON lines, only ever added to. There is no other trace of a lesson.

A line is added with one write; one that was cut off half-way is left out when the diary is read. Learners are codes of
their own choosing, each with a file of his own.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.errors import NotPossibleNow, Overtaken, UnknownThing
from office.asking import Misused

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
MARK = "madoguchi-train"


class Diary:
    """What one learner has done, in order.

    Args:
        folder: where the diaries are; made when the first line is written.
        learner: a code, never a name.

    Raises:
        Misused: the code holds other letters than the codes of learners do.
        NotPossibleNow: the file is no diary.
    """

    def __init__(self, folder: Path, learner: str) -> None:
        if not CODE.fullmatch(learner):
            ja = "学習者は、英数字と - _ の40字までの符号で書いてください(氏名は使いません)。例: --learner c07"
            raise Misused(ja, "a learner is a code of up to 40 letters, digits, - and _, never a name", learner=learner)
        self.learner = learner
        self.path = folder / f"{learner}.jsonl"
        self.rows = self._read()

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a line, all of it or nothing.

        Raises:
            Overtaken: another command of the same learner was first.
            UnknownThing: the folder cannot be written.
        """
        number = len(self.rows) + 1
        line = json.dumps({"row": number, "diary": MARK, **row}, ensure_ascii=False, sort_keys=True)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._mend()
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(handle, f"{line}\n".encode())
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            why = error.strerror or str(error)
            ja = f"学習の記録「{self.path}」に書けません({why})。--folder の場所を確かめてください。"
            raise UnknownThing(ja, f"cannot write {self.path}: {why}", path=str(self.path)) from error
        self.rows = self._read()
        if len(self.rows) < number or self.rows[number - 1] != json.loads(line):
            ja = "同じ学習者の別の操作が先に記録されました。train show で今の様子を見てから、もう一度どうぞ。"
            raise Overtaken(ja, "another command of the same learner was recorded first")

    def forget(self) -> int:
        """Delete the diary; gives how many lines it had.

        Raises:
            NotPossibleNow: there is none.
        """
        if not self.path.exists():
            ja = f"「{self.learner}」の学習の記録はありません。"
            raise NotPossibleNow(ja, f"there is no diary of {self.learner}")
        many = len(self.rows)
        self.path.unlink()
        self.rows = []
        return many

    def _mend(self) -> None:
        """End a line that was cut off, so that the next one stands alone."""
        if not self.path.exists():
            return
        with self.path.open("rb+") as file:
            file.seek(0, os.SEEK_END)
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    file.write(b"\n")

    def _read(self) -> list[dict[str, Any]]:
        try:
            text = self.path.read_text("utf-8", "replace")
        except FileNotFoundError:
            return []
        except OSError as error:
            why = error.strerror or str(error)
            ja = f"学習の記録「{self.path}」を読めません({why})。"
            raise UnknownThing(ja, f"cannot read {self.path}: {why}", path=str(self.path)) from error
        found: list[dict[str, Any]] = []
        for line in text.splitlines():
            row = _row(line)
            if row is not None and row["row"] == len(found) + 1:
                found.append(row)
        if text.strip() and not found:
            ja = f"「{self.path}」は学習の記録ではないので、触りません。別の --folder か --learner にしてください。"
            raise NotPossibleNow(ja, f"{self.path} is no diary of a learner; it is left alone")
        return found


def _row(line: str) -> dict[str, Any] | None:
    """A line of a diary; None for one that was cut off or is none."""
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) and row.get("diary") == MARK and isinstance(row.get("row"), int) else None
