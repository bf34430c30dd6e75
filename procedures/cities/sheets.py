"""The sheet of figures as CSV: the blank one, and one that a city has filled in, in UTF-8 or CP932."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import DefinitionError
from engine.problems import Problem, nearest
from procedures.cities.answers import (
    ASSUMED,
    OURS,
    Answer,
    Fact,
    Unclear,
    anything,
    require_letters,
    shown,
    understood,
)
from procedures.cities.questions import Question, online
from procedures.profile_words import NUMBERED

COLUMNS = ("id", "項目", "値", "単位", "出典")
NEEDED = ("id", "値")
FACT = "plan."
"""Before the id of a row that says something more of a plan."""
LARGEST = 1_000_000
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Sheet:
    """What a city has answered, and what more its plans state."""

    answers: dict[str, Answer] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()


class BadSheet(DefinitionError):
    """A sheet that cannot be taken; nothing is written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__(sorted(problems))
        self.ja = f"数字の票に{len(self.problems)}件の誤りがあります。市町村の設定は書いていません。"
        self.en = f"the sheet has {len(self.problems)} problems; nothing was written"


def blank(asked: Iterable[Question]) -> str:
    """The sheet to fill in, with what is assumed beside each row; a spreadsheet opens it as it is."""
    paper = io.StringIO()
    writer = csv.writer(paper, lineterminator="\r\n")
    writer.writerow([*COLUMNS, "空けたときの仮定"])
    writer.writerows([one.id, one.label, "", one.unit, "", shown(one, one.usual)] for one in asked)
    return "\ufeff" + paper.getvalue()


def read(path: Path, asked: Iterable[Question]) -> Sheet:
    """The answers of a sheet; rows without a value are not answered.

    Raises:
        BadSheet: it cannot be read, or some of its rows are wrong; all of them are named.
        OSError: the file cannot be opened.
    """
    try:
        rows = list(csv.reader(io.StringIO(_text(path), newline="")))
    except csv.Error as error:
        raise BadSheet([_wrong(path, 1, "", "CSVとして読めません。", f"it is no CSV: {error}")]) from error
    head = next((number for number, row in enumerate(rows) if any(row)), None)
    titles = [cell.strip() for cell in rows[head]] if head is not None else []
    missing = [name for name in NEEDED if name not in titles]
    if head is None or missing:
        said = f"見出しに {'・'.join(missing or NEEDED)} の列がありません。"
        raise BadSheet(
            [_wrong(path, (head or 0) + 1, "", said, "a column is missing", f"見出しは {','.join(COLUMNS)}")]
        )
    return _Reader(path, {one.id: one for one in (*asked, *map(online, NUMBERED))}).read(titles, rows, head + 1)


class _Reader:
    """One sheet while it is read."""

    def __init__(self, path: Path, asked: dict[str, Question]) -> None:
        self._path = path
        self._asked = asked
        self._problems: list[Problem] = []
        self._lines: dict[str, int] = {}

    def read(self, titles: list[str], rows: list[list[str]], first: int) -> Sheet:
        """The sheet of the rows from the first on."""
        answers: dict[str, Answer] = {}
        facts: list[Fact] = []
        for number, row in enumerate(rows[first:], first + 1):
            cells = {title: cell.strip() for title, cell in zip(titles, row, strict=False)}
            name = cells.get("id", "")
            if self._worth(number, name, cells):
                try:
                    if name.startswith(FACT):
                        facts.append(_fact(name.removeprefix(FACT), cells))
                    else:
                        source = cells.get("出典", "")
                        require_letters(source)
                        value = understood(self._asked[name], cells["値"])
                        answers[name] = Answer(value, source or OURS, source == ASSUMED)
                except Unclear as unclear:
                    shortly = cells["値"][:20]
                    self._tell(number, name, f"「{shortly}」は読めません。{unclear.ja}", unclear.en)
        if "name" not in answers and "name" not in self._lines:
            self._tell(1, "name", "市町村の名前がありません。", "the city has no name", "id が name の行の値に書く")
        if self._problems:
            raise BadSheet(self._problems)
        return Sheet(answers, tuple(facts))

    def _worth(self, number: int, name: str, cells: dict[str, str]) -> bool:
        """Whether a row has a value and a right id; what is wrong with the id is told."""
        if not cells.get("値"):
            return False
        if not name:
            ja = "値がありますが id がありません。結合したセルは、解いてからCSVにしてください。"
            self._tell(number, "", ja, "it has a value and no id; undo merged cells")
        elif name in self._lines:
            ja = f"{name} は {self._lines[name]}行目にもあります。"
            self._tell(number, name, ja, f"{name} is also on line {self._lines[name]}", "どちらかを消す")
        elif name not in self._asked and not name.startswith(FACT):
            hint = nearest(name, self._asked) or f"計画に書かれたことは id を {FACT}… にする"
            self._tell(number, name, f"{name} という項目はありません。", f"nothing is asked as {name}", hint)
        else:
            self._lines[name] = number
            return True
        return False

    def _tell(self, number: int, name: str, ja: str, en: str, hint: str = "") -> None:
        self._problems.append(_wrong(self._path, number, name, ja, en, hint))


def _fact(name: str, cells: dict[str, str]) -> Fact:
    label, unit, source = (cells.get(title, "") for title in ("項目", "単位", "出典"))
    if not _ID.fullmatch(name):
        raise Unclear(f"{FACT} のあとは英小文字で始まる名にしてください。", "a name of small letters, digits and _")
    if not label or not source or source == ASSUMED:
        raise Unclear("計画に書かれたことには、項目と出典(計画の名前)が要ります。", "a fact needs a label and a source")
    for text in (label, unit, source):
        require_letters(text)
    return Fact(name, label, anything(cells["値"]), unit, source)


def _text(path: Path) -> str:
    """The text of a file in UTF-8 (with or without a mark before it) or CP932.

    Raises:
        BadSheet: it is a workbook, too large, or in neither.
    """
    with path.open("rb") as file:
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise BadSheet([_wrong(path, 1, "", "大きすぎます(1MBまで)。", "it is larger than 1 MB")])
    if raw.startswith(b"PK"):
        raise BadSheet([_wrong(path, 1, "", "表計算のファイルのままです。", "it is a workbook", "CSVで保存し直す")])
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSheet(
        [_wrong(path, 1, "", "文字が読めません。", "it is neither UTF-8 nor CP932", "UTF-8かShift_JISで保存し直す")]
    )


def _wrong(path: Path, line: int, name: str, ja: str, en: str, hint: str = "") -> Problem:
    return Problem(path.as_posix(), line, 1, "M018", (name,) if name else (), ja, en, hint)
