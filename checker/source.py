"""The text of a file as it may be looked at: bounded, UTF-8, with lines and columns; or the finding that refuses it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from checker.catalogue import rule
from checker.finding import WHOLE_FILE, Edit, Finding, Fix, Place

MAX_BYTES = 4 * 1024 * 1024
"""No definition that people write comes near this; what is larger is refused before it is read."""


@dataclass(frozen=True)
class Source:
    """A text with the name that its file has in messages."""

    file: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their ends."""
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.lines)]

    def place(self, offset: int) -> Place:
        """The line and the column of a letter, counted from 0 in the text."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def found(
        self,
        name: str,
        offset: int | None,
        ja: str,
        en: str,
        *,
        pointer: str = "",
        witness: str = "",
        fix: Fix | None = None,
    ) -> Finding:
        """A finding of that rule at a letter of the text, or about the file as a whole."""
        line, column = WHOLE_FILE if offset is None else self.place(offset)
        return Finding(self.file, line, column, name, pointer, ja, en, rule(name).severity, witness, fix)


def read(path: Path, name: str = "") -> tuple[Source | None, list[Finding]]:
    """The text of a file, or why it is not looked at."""
    shown = Source(name or path.as_posix(), "")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            ja = f"大きすぎます({size:,}バイト)。定義は{MAX_BYTES:,}バイトまでです。分けてください。"
            return None, [shown.found("A0", None, ja, f"too large ({size:,} bytes): at most {MAX_BYTES:,}")]
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        return None, [shown.found("A0", None, f"読めません({why})。", f"cannot be read: {why}")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        ja = f"{error.start + 1}バイト目がUTF-8ではありません。Shift_JISなどではなくUTF-8で保存してください。"
        return None, [shown.found("A2", None, ja, f"byte {error.start + 1} is not UTF-8; save the file as UTF-8")]
    if text.startswith("\ufeff"):
        ja = "先頭にBOMがあります。BOMなしのUTF-8で保存してください。"
        return Source(shown.file, text[1:]), [shown.found("A2", None, ja, "the file begins with a BOM")]
    return Source(shown.file, text), []


def replaced(source: Source, start: int, end: int, text: str, said: tuple[str, str], *, safe: bool = True) -> Fix:
    """The mend that puts other text in the place of a piece; `said` tells it in Japanese and in English."""
    if not 0 <= start <= end <= len(source.text):
        raise ValueError((start, end))
    return Fix(said[0], said[1], (Edit(start, end, text),), safe=safe)
