"""B6, B7, B9, B10: patterns that do not say what their author meant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from checker.finding import Finding
from checker.schema_file import SchemaFile, Sub
from checker.source import replaced
from forms.validation import pattern_problem

_SHORTHAND = re.compile(r"\\(?:\\|([dDwWsSbB]))")
_IN_DIGITS = {"d": "[0-9]"}
_ONLY_PYTHON = re.compile(r"\(\?P[<=>]|\\[AZ]|\(\?[aiLmsux]+\)")


def patterns_of(file: SchemaFile) -> Iterator[tuple[Sub, str, str]]:
    """Every pattern: its subschema, its own pointer, its text."""
    for sub in file.subschemas():
        if isinstance(pattern := sub.schema.get("pattern"), str):
            yield sub, sub.below("pattern"), pattern
        names = sub.schema.get("patternProperties")
        for pattern in names if isinstance(names, dict) else ():
            yield sub, sub.below("patternProperties", pattern), pattern


def unreadable(file: SchemaFile) -> Iterator[Finding]:
    """B6: a pattern that ECMA-262 (with u), the language of JSON Schema's patterns, cannot read."""
    for _, pointer, pattern in patterns_of(file):
        if sentence := pattern_problem(pattern):
            python = "Pythonだけの書き方です。" if _ONLY_PYTHON.search(pattern) else ""
            ja = f"正規表現「{pattern}」が読めません。{python}JSON Schemaの正規表現はJavaScriptと同じ書き方です。"
            yield file.found("B6", pointer, ja, f"{pattern!r} is no ECMA-262 pattern: {sentence}")


def read_in_two_ways(file: SchemaFile) -> Iterator[Finding]:
    """B7: a shorthand that Python reads wider than a browser does: full-width digits pass on one side only."""
    for _, pointer, pattern in patterns_of(file):
        letters = [match[1] for match in _SHORTHAND.finditer(pattern) if match[1]]
        if not letters or pattern_problem(pattern):
            continue
        ja = f"「\\{letters[0]}」は、Pythonでは全角の数字やほかの国の文字も通し、ブラウザーでは通しません。"
        mended = _SHORTHAND.sub(lambda match: _IN_DIGITS.get(match[1] or "", match[0]), pattern)
        fix = None
        if mended != pattern and pointer.endswith("/pattern"):
            spot = file.at(pointer)
            said = (f"{mended} にする", f"write {mended}")
            fix = replaced(file.source, spot.start, spot.end, json.dumps(mended, ensure_ascii=False), said)
        witness = "１２３" if "d" in letters else ""
        en = f"\\{letters[0]} is wider in Python than in a browser"
        yield file.found("B7", pointer, f"{ja}通す文字を並べて書きます。", en, witness=witness, fix=fix)


def unanchored(file: SchemaFile) -> Iterator[Finding]:
    """B9: a pattern that finds itself anywhere in the text."""
    for sub, pointer, pattern in patterns_of(file):
        if "pattern" not in sub.schema or pattern_problem(pattern) or _anchored(pattern):
            continue
        ja = f"「{pattern}」は前後に何があっても通します。^ で始め $ で終えます。"
        spot, whole = file.at(pointer), _whole(pattern)
        said = (f"{whole} にする", f"write {whole}")
        fix = replaced(file.source, spot.start, spot.end, json.dumps(whole, ensure_ascii=False), said, safe=False)
        yield file.found("B9", pointer, ja, f"{pattern!r} matches anywhere in the text", fix=fix)


def _anchored(pattern: str) -> bool:
    """Whether every way through the pattern begins at the beginning and ends at the end."""
    return all(one.startswith("^") and re.search(r"(?<!\\)(?:\\\\)*\$$", one) for one in _alternatives(pattern))


def _alternatives(pattern: str) -> list[str]:
    """The pattern cut at the bars that stand in no group and in no class."""
    parts, depth, in_class, escaped = [""], 0, False, False
    for letter in pattern:
        if not escaped and not in_class and depth == 0 and letter == "|":
            parts.append("")
            continue
        parts[-1] += letter
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif in_class:
            in_class = letter != "]"
        else:
            in_class = letter == "["
            depth += {"(": 1, ")": -1}.get(letter, 0)
    return parts


def _whole(pattern: str) -> str:
    inner = f"(?:{pattern})" if len(_alternatives(pattern)) > 1 else pattern
    return f"{'' if inner.startswith('^') else '^'}{inner}{'' if inner.endswith('$') else '$'}"


def unbounded(file: SchemaFile) -> Iterator[Finding]:
    """B10: a pattern without maxLength beside it: a text of a million letters is matched to its end."""
    for sub in file.subschemas():
        if "pattern" in sub.schema and "maxLength" not in sub.schema and not {"enum", "const"} & set(sub.schema):
            ja = "pattern だけで maxLength がありません。どれだけ長くても読み続けます。"
            yield file.found("B10", sub.below("pattern"), ja, "a pattern without maxLength")
