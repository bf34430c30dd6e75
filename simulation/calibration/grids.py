"""A table as a city keeps it, CSV in UTF-8 or CP932 or the first sheet of an xlsx, with the place of every cell."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import Refusal
from engine.problems import Problem
from simulation.calibration.findings import BadFigures

SUFFIXES = {".csv", ".xlsx"}
LARGEST_FILE = 50_000_000
LARGEST = 1e9
_NUMBER = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)


@dataclass(frozen=True)
class Cell:
    """One cell: the file, its row and column from 1, its title, its text; `raw` is what a spreadsheet holds."""

    file: str
    row: int
    column: int
    title: str
    text: str
    raw: object = None

    def wrong(self, ja: str, en: str, hint: str = "") -> Problem:
        """What is wrong with it."""
        said = f"{self.row}行{self.column}列「{self.title}」: {ja}"
        return Problem(self.file, self.row, self.column, "S021", (), said, f"column {self.title!r}: {en}", hint)

    def number(self, problems: list[Problem], most: float = LARGEST) -> float | None:
        """The number, or None where the cell is empty or no number; then a problem is added."""
        if not self.text:
            return None
        if isinstance(self.raw, dt.date | dt.time):
            problems.append(self.wrong("日付・時刻になっています。数を書いてください。", "it is a date, not a number"))
            return None
        if not _NUMBER.fullmatch(self.text):
            problems.append(self._no_number())
            return None
        value = float(self.text.replace(",", ""))
        if value > most:
            problems.append(
                self.wrong(f"{value:,.0f}は大きすぎます。", "it is too large", f"{most:,.0f}以下の数を書く")
            )
            return None
        return value

    def _no_number(self) -> Problem:
        plain = unicodedata.normalize("NFKC", self.text).strip()
        if plain != self.text and _NUMBER.fullmatch(plain):
            ja = f"「{self.text}」は全角の数字です。"
            return self.wrong(ja, "full-width digits", f"半角で {plain} と書く")
        if plain[:1] in {"-", "−", "▲", "△"}:
            return self.wrong(f"「{self.text}」は負の数です。", "it is negative", "0以上の数を書く")
        return self.wrong(f"「{self.text[:30]}」は数ではありません。", "it is no number", "単位を付けず、数だけを書く")


Row = dict[str, Cell]


@dataclass(frozen=True)
class Grid:
    """A table's rows of cells, from the first line of the file."""

    name: str
    lines: tuple[tuple[str, ...], ...]
    raws: tuple[tuple[object, ...], ...] = ()

    def rows_under(self, titles: Sequence[str]) -> list[Row]:
        """The rows below the first line that has all these titles, empty ones left out.

        Raises:
            BadFigures: there is no such line, or a title stands there twice.
        """
        head = next((n for n, line in enumerate(self.lines) if set(titles) <= set(line)), None)
        if head is None:
            first = next((n for n, line in enumerate(self.lines) if any(line)), 0)
            there = set(self.lines[first]) if self.lines else set[str]()
            missing = "・".join(one for one in titles if one not in there)
            ja, hint = f"見出しに {missing} の列がありません。", f"見出しは {','.join(titles)}"
            raise BadFigures([Problem(self.name, first + 1, 1, "S021", (), ja, f"no column {missing}", hint)])
        named = self.lines[head]
        twice = sorted({one for one in named if one and named.count(one) > 1})
        if twice:
            ja = f"見出し {'・'.join(twice)} が二つあります。"
            raise BadFigures([Problem(self.name, head + 1, 1, "S021", (), ja, "a title stands twice", "一つにする")])
        return [self._row(number, named) for number in range(head + 1, len(self.lines)) if any(self.lines[number])]

    def _row(self, number: int, titles: Sequence[str]) -> Row:
        line, raws = self.lines[number], self.raws[number] if self.raws else ()
        return {
            title: Cell(
                self.name,
                number + 1,
                place + 1,
                title,
                line[place] if place < len(line) else "",
                raws[place] if place < len(raws) else None,
            )
            for place, title in enumerate(titles)
            if title
        }


def is_grid(path: Path) -> bool:
    """Whether a file is a table by its name."""
    return path.suffix.lower() in SUFFIXES


def read_grid(path: Path) -> Grid:
    """The table in a file.

    Raises:
        BadFigures: it is too large, in no encoding that we read, no CSV or xlsx, or has merged cells.
        Refusal: it is an xlsx and the library for it is not there.
        OSError: it cannot be opened.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise BadFigures([_whole(path, "大きすぎます(50MBまで)。", "it is too large")])
    if path.suffix.lower() == ".xlsx":
        return _from_xlsx(path)
    try:
        lines = list(csv.reader(io.StringIO(_text(path), newline=""), strict=True))
    except csv.Error as error:
        raise BadFigures([_whole(path, f"CSVとして読めません({error})。", f"it is no CSV: {error}")]) from error
    return Grid(path.name, tuple(tuple(cell.strip() for cell in line) for line in lines))


def _text(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    said = "文字コードが UTF-8 でも CP932(Shift_JIS)でもありません。"
    raise BadFigures([_whole(path, said, "it is neither UTF-8 nor CP932", "「CSV UTF-8」で保存し直す")])


def _from_xlsx(path: Path) -> Grid:
    openpyxl = openpyxl_or_refusal()
    from zipfile import BadZipFile

    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except (BadZipFile, KeyError, ValueError, openpyxl.utils.exceptions.InvalidFileException) as error:
        raise BadFigures([_whole(path, "xlsxとして読めません。", f"it is no xlsx: {error}")]) from error
    sheet = book.worksheets[0]
    merged = sorted(sheet.merged_cells.ranges, key=lambda area: (area.min_row, area.min_col))
    if merged:
        raise BadFigures(_merged(path, area) for area in merged)
    raws = tuple(tuple(cell for cell in row) for row in sheet.iter_rows(values_only=True))
    return Grid(path.name, tuple(tuple(map(_said, row)) for row in raws), raws)


def _merged(path: Path, area: Any) -> Problem:  # noqa: ANN401 - a range of the library
    ja = f"{area.min_row}行{area.min_col}列から結合されたセルがあります({area.coord})。"
    return Problem(path.name, area.min_row, area.min_col, "S021", (), ja, f"merged cells {area.coord}", "結合を解く")


def _said(value: object) -> str:
    """A spreadsheet's value as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def openpyxl_or_refusal() -> Any:  # noqa: ANN401 - a module
    """The library that reads and writes xlsx.

    Raises:
        Refusal: it is not installed.
    """
    try:
        import openpyxl
    except ModuleNotFoundError as error:
        ja = "xlsx には openpyxl が要ります。pip install 'madoguchi[xlsx]' で入れるか、CSV を使ってください。"
        raise Refusal(ja, "openpyxl is not installed; install madoguchi[xlsx] or use CSV") from error
    return openpyxl


def write_grid(path: Path, lines: Sequence[Sequence[str | float]]) -> None:
    """A table as a file: xlsx by its name, otherwise CSV that a spreadsheet opens as it is.

    Raises:
        Refusal: it is to be an xlsx and the library for it is not there.
    """
    draft = path.with_name(path.name + ".part")
    if path.suffix.lower() == ".xlsx":
        book = openpyxl_or_refusal().Workbook()
        for line in lines:
            book.active.append(list(line))
        book.save(draft)
    else:
        paper = io.StringIO()
        csv.writer(paper, lineterminator="\r\n").writerows(lines)
        draft.write_text("\ufeff" + paper.getvalue(), encoding="utf-8", newline="")
    draft.replace(path)


def _whole(path: Path, ja: str, en: str, hint: str = "") -> Problem:
    return Problem(path.name, 1, 1, "S021", (), ja, en, hint)
