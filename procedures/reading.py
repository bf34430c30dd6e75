"""Reading one TOML file: its values, or every reason why it cannot be read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from engine.problems import Problem
from procedures.drafts import Source
from procedures.positions import Duplicate, TomlPositions

_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_WHOLE_LINE = re.compile(r'^\s*(\{.*\},?|[A-Za-z0-9_."-]+\s*=\s*\S.*)\s*$')
_MOST = 20
_SAID = (
    ("Cannot overwrite a value", "同じ項目が二度書かれています。", "どちらかを消す"),
    ("Duplicate inline table key", "同じ項目が二度書かれています。", "どちらかを消す"),
    ("Cannot declare", "同じ表が二度書かれています。", "一つの表にまとめる"),
    ("Cannot mutate immutable namespace", "閉じた表に、あとから項目は足せません。", "もとの表の中に書く"),
    ("Cannot redefine namespace", "同じ名の表がすでにあります。", "一つの表にまとめる"),
    ("Invalid initial character for a key", "項目の名として読めません。", "英小文字で始まる名を書く"),
    ("Expected '=' after a key", "項目の名のあとに = がありません。", '項目 = "値" と書く'),
    ("Unclosed array", "並びが閉じていません。", "] か 行の終わりの , を確かめる"),
    ("Unclosed inline table", "行が閉じていません。", "} か 項目の間の , を確かめる"),
    ("Unescaped '\\'", "文字列の中の \\ がそのまま書かれています。", "\\\\ と書く"),
    ("Unterminated string", "文字列が閉じていません。", '終わりに " を書く'),
    ("Illegal character '\\n'", "文字列が行の終わりまでに閉じていません。", '終わりに " を書く'),
    ("Illegal character", "書けない文字があります。", "制御文字を消す"),
    ("Invalid value", "値として読めません。", '文字は " " で囲む。はい・いいえは true・false'),
    ("Invalid date or datetime", "ない日付です。", "2024-10-01 のように書く"),
    ("Expected newline or end of document", "値のあとに余分なものがあります。", "一行に一つの項目を書く"),
    ("Expected ']' at the end of a table", "表の名が閉じていません。", "[名] と書く"),
)


def read_source(path: Path, name: str = "") -> tuple[Source | None, list[Problem]]:
    """The file's values with no problems, or None with every problem found.

    Args:
        name: how people know the file, when that is not its path.
    """
    name = name or path.as_posix()
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None, [_unreadable(name, "ファイルがありません。", "there is no such file")]
    except IsADirectoryError:
        return None, [_unreadable(name, "フォルダーです。ファイルを指定してください。", "it is a folder, not a file")]
    except OSError as error:
        why = error.strerror or str(error)
        return None, [_unreadable(name, f"読めません({why})。", f"it cannot be read ({why})")]
    return parse_source(raw, name)


def parse_source(raw: bytes, name: str) -> tuple[Source | None, list[Problem]]:
    """The values of a file's bytes, or None with every problem found."""
    if raw.startswith(b"\xef\xbb\xbf"):
        hint = "BOM なしの UTF-8 で保存する"
        return None, [_unreadable(name, "先頭に BOM があります。", "it begins with a byte order mark", hint)]
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = len(raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start].decode(errors="replace")) + 1
        bad = _unreadable(name, "UTF-8 ではありません。", "it is not UTF-8", "UTF-8 で保存し直す")
        return None, [bad.at(name, line, column)]
    try:
        return Source(name, text, tomllib.loads(text)), []
    except tomllib.TOMLDecodeError:
        return None, _syntax_problems(text, name)
    except RecursionError:
        return None, [_unreadable(name, "入れ子が深すぎます。", "it is nested too deeply")]


def _syntax_problems(text: str, name: str) -> list[Problem]:
    """Every mistake of writing: after each, its line is blanked and the rest is read again."""
    lines = text.replace("\r\n", "\n").split("\n")
    problems = [_doubled(name, one) for one in TomlPositions(text).duplicates]
    seen = {problem.line for problem in problems}
    for _ in range(_MOST):
        _, found = _parse_once("\n".join(lines), name)
        if found is None:
            break
        if found.line not in seen:
            problems.append(found)
            seen.add(found.line)
        if not _WHOLE_LINE.match(lines[found.line - 1]):
            break
        lines[found.line - 1] = ""
    return sorted(problems)


def _parse_once(text: str, name: str) -> tuple[dict[str, Any] | None, Problem | None]:
    try:
        return tomllib.loads(text), None
    except tomllib.TOMLDecodeError as error:
        return None, _said(str(error), text, name)


def _said(message: str, text: str, name: str) -> Problem:
    at = _AT.search(message)
    last = text.rstrip("\n").split("\n")
    line, column = (int(at[1]), int(at[2])) if at and at[1] else (len(last), len(last[-1]) + 1)
    english = _AT.sub("", message)
    if at and not at[1] and english == "Invalid value":
        english = "Unclosed array"  # the file ended where another element was awaited
    ja, hint = next(((ja, hint) for begins, ja, hint in _SAID if english.startswith(begins)), ("", ""))
    return Problem(name, line, column, "D002", (), ja or "TOML として読めません。", english, hint or "この行を見直す")


def _doubled(name: str, duplicate: Duplicate) -> Problem:
    key, again, first = duplicate
    ja = f"{key} が二度書かれています(はじめは {first.line} 行目)。"
    en = f"{key} is written twice (first on line {first.line})"
    return Problem(name, again.line, again.column, "D003", (key,), ja, en, "どちらかを消す")


def _unreadable(name: str, ja: str, en: str, hint: str = "") -> Problem:
    return Problem(name, 1, 1, "D001", (), ja, en, hint)
