"""Reads one pair of files, a schema and the page beside it, with every problem at its place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engine.errors import BadAnswers
from engine.problems import Problem, nearest
from forms.decoding import parse
from forms.definition import Page
from forms.form import Schema
from forms.positions import JsonPositions, PagePositions

SCHEMA_SUFFIX = ".schema.json"
PAGE_SUFFIX = ".toml"


@dataclass(frozen=True)
class Pair:
    """A schema and its page; `page` is None for a block whose inside nobody fills in by hand (an attachment)."""

    id: str
    schema: Schema
    page: Page | None
    schema_file: str
    page_file: str
    schema_positions: JsonPositions
    page_positions: PagePositions

    def page_problem(self, rule: str, path: Sequence[str], ja: str, en: str, hint: str = "") -> Problem:
        """A problem at a place of the page; `path` names ids."""
        line, column = self.page_positions.at(path)
        return Problem(self.page_file, line, column, rule, tuple(path), ja, en, hint)

    def schema_problem(self, rule: str, path: Sequence[str], ja: str, en: str, hint: str = "") -> Problem:
        """A problem at a place of the schema; `path` is the way down from its root."""
        line, column = self.schema_positions.at(path)
        return Problem(self.schema_file, line, column, rule, tuple(path), ja, en, hint)

    def in_text(self, problem: Problem, path: Sequence[str]) -> Problem:
        """The same problem of a condition at its place in the page."""
        line, column = self.page_positions.inside(path, problem.offset)
        return replace(problem, file=self.page_file, line=line, column=column, path=tuple(path))


def read_pair(name: str, schema_path: Path, page_path: Path, *, page_needed: bool) -> tuple[Pair | None, list[Problem]]:
    """The pair, or None when either file cannot be read, with all problems of both files."""
    schema_text, schema_problems = _text(schema_path)
    schema, found = _schema(schema_text, str(schema_path)) if schema_text is not None else (None, [])
    problems = [*schema_problems, *found]
    page_text, page = "", None
    if page_needed or page_path.is_file():
        read, page_problems = _text(page_path)
        page_text = read or ""
        page, found = _page(page_text, str(page_path)) if read is not None else (None, [])
        problems += [*page_problems, *found]
    if schema is None or schema_text is None or (page is None and (page_needed or page_text)):
        return None, problems
    positions = PagePositions(page_text)
    pair = Pair(name, schema, page, str(schema_path), str(page_path), JsonPositions(schema_text), positions)
    return pair, [*problems, *_names_itself(pair)]


def _text(path: Path) -> tuple[str | None, list[Problem]]:
    try:
        return path.read_bytes().decode("utf-8"), []
    except FileNotFoundError:
        return None, [_whole_file(path, "ファイルがありません。", "there is no such file")]
    except UnicodeDecodeError:
        return None, [_whole_file(path, "UTF-8で保存してください。", "the file is not UTF-8")]


def _whole_file(path: Path, ja: str, en: str) -> Problem:
    return Problem(str(path), 1, 1, "form-file", (), ja, en)


def _schema(text: str, file: str) -> tuple[Schema | None, list[Problem]]:
    try:
        schema = parse(text.encode())
    except BadAnswers as error:
        return None, [_json_problem(text, file, one.pointer, one.ja, one.en) for one in error.problems]
    if not isinstance(schema, dict):
        return None, [Problem(file, 1, 1, "form-file", (), "{ で始めてください。", "a schema is a JSON object")]
    return schema, []


def _json_problem(text: str, file: str, pointer: str, ja: str, en: str) -> Problem:
    path = tuple(pointer.split("/")[1:])
    line, column = JsonPositions(text).at(path)
    return Problem(file, line, column, "form-file", path, ja, en)


def _page(text: str, file: str) -> tuple[Page | None, list[Problem]]:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, column = _toml_place(error, text)
        ja, en = f"TOMLとして読めません: {error}", f"this is not TOML: {error}"
        return None, [Problem(file, line, column, "form-file", (), ja, en, "行は { から } までを1行に書きます")]
    try:
        return Page.model_validate(raw), []
    except ValidationError as error:
        positions = PagePositions(text)
        return None, [_of_pydantic(one, raw, file, positions) for one in error.errors(include_url=False)]


def _toml_place(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, int]:
    """Python 3.14 gives the place as attributes, earlier ones only within the sentence."""
    import re

    found = re.search(r"line (\d+), column (\d+)", str(error))
    return (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, 1)


def _of_pydantic(error: Any, raw: dict[str, Any], file: str, positions: PagePositions) -> Problem:  # noqa: ANN401
    path = _by_ids(error["loc"], raw)
    line, column = positions.at(path)
    if error["type"] == "extra_forbidden":
        ja, en = f"知らないキー {path[-1]} です。", f"unknown key {path[-1]}"
        return Problem(file, line, column, "form-key", path, ja, en, nearest(path[-1], _known_keys(path[0])))
    if error["type"] == "missing":
        ja, en = f"{path[-1]} がありません。", f"{path[-1]} is missing"
        return Problem(file, line, column, "form-key", path, ja, en)
    ja = f"{path[-1]} の値 {error['input']!r} は使えません。"
    return Problem(file, line, column, "form-value", path, ja, f"{path[-1]}: {error['msg']}")


def _known_keys(top: str) -> Iterator[str]:
    yield from Page.model_fields
    info = Page.model_fields.get(top)
    for argument in getattr(info.annotation if info else None, "__args__", ()):
        yield from getattr(argument, "model_fields", {})


def _by_ids(place: tuple[str | int, ...], raw: dict[str, Any]) -> tuple[str, ...]:
    """A path of ids instead of indexes."""
    path: list[str] = []
    value: Any = raw
    for step in place:
        known = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        value = value[step] if step in known else None
        path.append(row_name(value, step) if isinstance(step, int) else step)
    return tuple(path)


def row_name(row: object, index: str | int) -> str:
    """How messages and positions name a row: its field, its id, or both with a dot."""
    if not isinstance(row, dict):
        return str(index)
    return ".".join(str(row[key]) for key in ("field", "id") if key in row) or str(index)


def _names_itself(pair: Pair) -> Iterator[Problem]:
    """The id inside each file agrees with the file's name."""
    if pair.page is not None and pair.page.id != pair.id:
        said = f"id は {pair.id} です(ファイル名と同じ)。"
        yield pair.page_problem("form-id", ("id",), said, f"the id must be that of the file: {pair.id}")
    dialect = "https://json-schema.org/draft/2020-12/schema"
    if pair.schema.get("$schema") != dialect:
        ja = f"$schema は {dialect} です。"
        yield pair.schema_problem("form-dialect", ("$schema",), ja, f"$schema must be {dialect}")
