"""Lessons that a trainer writes: a template, every finding in a file of them at once, and the cases to be given."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from engine.definition import Procedure
from engine.definition.in_force import in_force
from engine.definition.rows import CommonError
from engine.errors import MadoguchiError, Refusal, UnknownThing
from engine.problems import Problem
from office.office import Definitions
from procedures.drafts import Place, Source
from procedures.findings import found, one_of
from procedures.reading import read_source
from training.best_way import Prepared, prepared
from training.lessons import FIRST_DAY, Lesson, lesson, own_lesson
from training.rounds import Round
from training.scene import School

ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
HEAD = {"title": str, "minutes": int, "cases": list}
ROW: dict[str, type] = {
    "id": str, "lesson": str, "seed": int, "on": dt.date, "procedure": str, "says": str, "plant": dict, "besides": dict,
    "check": str, "right": str, "clock": str, "teaches": str,
}  # fmt: skip
ONLY_OWN = ("says", "plant", "besides", "check", "right", "clock", "teaches")
MOST_SEED = 999_999
MOST_MINUTES = 600
WORDS = {str: "文字", int: "整数", list: "並び", dict: "{ 場所 = 値 }", dt.date: "日付(2022-06-01)"}


def template() -> str:
    """The file with which a trainer begins."""
    return files("training").joinpath("templates", "lessons.toml").read_text("utf-8")


class FileFindings(Refusal):
    """A file of lessons that cannot be given as it stands; `problems` are all that was found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        said = "\n".join(one.text() for one in problems)
        super().__init__(f"課題のファイルに{len(problems)}件の指摘があります。\n{said}", f"{len(problems)} findings")


@dataclass
class _Reader:
    """One file on its way to lessons."""

    school: School
    source: Source
    problems: list[Problem] = field(default_factory=list)
    rows: list[tuple[Lesson, int, Place, str]] = field(default_factory=list)

    @property
    def declared(self) -> Definitions:
        return self.school.declared

    def read(self) -> None:
        """Collect what is wrong, and the lessons of the rows with which nothing is."""
        data, top = self.source.data, Place(self.source)
        self._keys(data, HEAD, top, ())
        if not data.get("cases"):
            self._say("L002", (), top.below("cases"), "案件(cases)が一つもありません。", "cases = [ { … } ] を書く")
        minutes = data.get("minutes")
        if isinstance(minutes, int) and not 1 <= minutes <= MOST_MINUTES:
            self._say("L003", ("minutes",), top.below("minutes"), f"時間は1から{MOST_MINUTES}分です。")
        seen: set[str] = set()
        rows = data.get("cases")
        for index, row in enumerate(rows if isinstance(rows, list) else []):
            place = top.below("cases", index)
            if not isinstance(row, dict):
                self._say("L003", ("cases",), place, "案件は { } で書きます。")
                continue
            self._case(row, place, seen)

    def _case(self, row: dict[str, Any], place: Place, seen: set[str]) -> None:
        name = str(row.get("id", ""))
        path, before = ("cases", name or "?"), len(self.problems)
        self._keys(row, ROW, place, path)
        if not name or not ID.fullmatch(name):
            self._say("L002", path, place.below("id"), "id は英小文字で始まる名で書きます。")
        elif name in seen:
            self._say("L004", path, place.below("id"), f"id「{name}」が二度あります。", "どちらかを変える")
        seen.add(name)
        seed = row.get("seed", 1)
        if isinstance(seed, int) and not 0 <= seed <= MOST_SEED:
            self._say("L003", path, place.below("seed"), f"seed は0から{MOST_SEED}です。")
        if ("lesson" in row) == ("procedure" in row):
            ja = "lesson(宣言にある課題)と procedure(自分で書く誤り)の、どちらか一つを書きます。"
            self._say("L005", path, place, ja)
        elif len(self.problems) == before:
            made = self._declared(row, place, path) if "lesson" in row else self._own(row, place, path, name)
            if made is not None:
                self.rows.append((made, seed, place, name))

    def _declared(self, row: dict[str, Any], place: Place, path: tuple[str, ...]) -> Lesson | None:
        for key in ONLY_OWN:
            if key in row:
                self._say("L005", path, place.below(key), f"「{key}」は procedure と一緒に書きます。", key=True)
        try:
            return lesson(self.declared, row["lesson"], row.get("on"))
        except UnknownThing as unknown:
            self._say("L006", path, place.below("lesson"), unknown.ja)
            return None

    def _own(self, row: dict[str, Any], place: Place, path: tuple[str, ...], name: str) -> Lesson | None:
        known, before = self.declared.library.ids(), len(self.problems)
        if row["procedure"] not in known:
            ja = f"「{row['procedure']}」という手続はありません。"
            self._say("L006", path, place.below("procedure"), ja, one_of(row["procedure"], known))
            return None
        on = row.get("on", FIRST_DAY)
        procedure = in_force(self.declared.catalogue.procedure(row["procedure"]), on)
        self._names(row, place, path, procedure)
        if not row.get("says"):
            self._say("L002", path, place, "何をまちがえたのか(says)を書きます。")
        if len(self.problems) > before:
            return None
        error = CommonError.model_validate({"id": name, **_plain({key: row[key] for key in ONLY_OWN if key in row})})
        made = own_lesson(self.declared, f"{procedure.id}.{name}", error, on)
        if made.cannot:
            self._say("L007", path, place, made.cannot)
        return made

    def _names(self, row: dict[str, Any], place: Place, path: tuple[str, ...], procedure: Procedure) -> None:
        """What a row names must be declared on its day."""
        tasks = [event.id for task in procedure.tasks.values() for event in task.events]
        known = {
            "check": ("確認", [one.id for one in procedure.checks]),
            "right": ("操作", [*(one.id for one in procedure.events), *tasks]),
            "clock": ("期限", list(procedure.clocks)),
        }
        for key, (word, names) in known.items():
            if key in row and row[key] not in names:
                ja = f"「{row[key]}」という{word}は、この手続のこの日の版にありません。"
                self._say("L006", path, place.below(key), ja, one_of(row[key], names))
        form, _ = self.declared.forms.load(procedure.form)
        fields = [one.removeprefix("/").replace("/", ".") for one in form.by_pointer] if form else []
        facts = [one.id for one in procedure.facts]
        for key in ("plant", "besides"):
            for where in row.get(key, {}):
                kind, _, name = where.partition(".")
                step = re.sub(r"(?<=\.)\d+(?=\.|$)", "*", name)
                names = fields if kind == "form" else facts
                if kind not in {"form", "facts"} and (key == "plant" or kind not in {"given", "register"}):
                    ja = f"「{where}」は、form. か facts. で始めます。"
                    self._say("L006", path, place.below(key, where), ja, key=True)
                elif kind in {"form", "facts"} and step not in names:
                    ja = f"「{where}」という{'欄' if kind == 'form' else '事実'}はありません。"
                    self._say("L006", path, place.below(key, where), ja, one_of(step, names), key=True)

    def _keys(self, row: dict[str, Any], known: dict[str, type], place: Place, path: tuple[str, ...]) -> None:
        for key, value in row.items():
            if key not in known:
                self._say(
                    "L001",
                    (*path, key),
                    place.below(key),
                    f"「{key}」という項目はありません。",
                    one_of(key, known),
                    key=True,
                )
            elif not isinstance(value, known[key]) or isinstance(value, bool | dt.datetime):
                self._say("L003", (*path, key), place.below(key), f"「{key}」には{WORDS[known[key]]}を書きます。")

    def _say(
        self, rule: str, path: tuple[str, ...], place: Place, ja: str, hint: str = "", *, key: bool = False
    ) -> None:
        self.problems.append(found(rule, path, place, (ja, ja), hint, key=key))


def checked(
    school: School, path: Path, tell: Callable[[str], None] = lambda _: None
) -> tuple[Round | None, list[Problem]]:
    """The lessons of a file, or None with every finding; what reads well is tried, too.

    Args:
        tell: told of each case before it is tried.
    """
    source, problems = read_source(path)
    if source is None:
        return None, problems
    reader = _Reader(school, source)
    reader.read()
    if reader.problems:
        return None, reader.problems
    cases: list[Prepared] = []
    for one, seed, place, name in reader.rows:
        tell(name)
        try:
            cases.append(prepared(school, one, seed))
        except MadoguchiError as refused:
            reader.problems.append(found("L007", ("cases", name), place, (refused.ja, refused.en)))
    round_ = Round(cases, source.data.get("minutes"), str(source.data.get("title", path.stem)))
    return (None if reader.problems else round_), reader.problems


def round_from(school: School, path: Path) -> Round:
    """The lessons of a file.

    Raises:
        FileFindings: something in it is wrong.
    """
    round_, problems = checked(school, path)
    if round_ is None:
        raise FileFindings(problems)
    return round_


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    """The same with days as the texts that forms and registers write."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value
