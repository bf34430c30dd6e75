"""Bytes into answers, strictly: what a lenient JSON reader lets through is refused, with its place and a sentence."""

from __future__ import annotations

import json
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any, NoReturn

from engine.errors import AnswerProblem, BadAnswers
from forms.glance import glance

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
LARGEST_WHOLE = 2**53 - 1
_DIGITS = len(str(LARGEST_WHOLE))
_ALLOWED_CONTROLS = "\n\r\t"
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff\ufff9\ufffa\ufffb")


class _Odd(Exception):
    """A key written twice, or a number too large: where, only a second and slower reading says."""


class _Object(dict[str, Any]):
    """A JSON object that remembers which of its keys were written twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.twice = tuple(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)


def decode(data: bytes) -> dict[str, Any]:
    """The one JSON object in the bytes, as plain dicts and lists.

    Raises:
        BadAnswers: too large, not UTF-8, not JSON, not an object, or carrying what no form may carry (`examine`).
    """
    if len(data) <= MAX_BYTES and (plain := glance(data, MAX_DEPTH, LARGEST_WHOLE)) is not None:
        return plain
    text = _text(data)
    tree, is_odd = _tree(text)
    if not isinstance(tree, dict):
        _refuse("", "type", "申請データは { から } までの1つにしてください。", "The answers must be one JSON object.")
    if not is_odd and _is_harmless(text):
        return tree
    answers, problems = examine(tree)
    if problems:
        raise BadAnswers(problems)
    return dict(answers)


def parse(data: bytes) -> Any:  # noqa: ANN401
    """Any JSON value in the bytes, without duplicate keys, NaN or nesting beyond `MAX_DEPTH`.

    Raises:
        BadAnswers: the bytes are no such value; the sentence names the line and the column where it can.
    """
    return _tree(_text(data))[0]


def examine(tree: object, at: str = "", depth: int = 1) -> tuple[Any, list[AnswerProblem]]:
    """The tree without what no answer may hold, and a problem for each thing left out.

    Left out are values that JSON does not know, nesting beyond `MAX_DEPTH`, numbers too large and forbidden characters.

    Args:
        at: the pointer of the tree, where it is a part of something.
        depth: at which level of the whole it stands.
    """
    problems: list[AnswerProblem] = []
    return _examine(tree, at, depth, problems), problems


def is_readable(text: str) -> bool:
    """Whether one look says that a text holds no forbidden character; where not, each has to be looked at."""
    return text.isprintable() or text.replace("\u3000", "").isprintable()


def pointer_to(parent: str, step: str | int) -> str:
    """The JSON Pointer (RFC 6901) one step below another."""
    if isinstance(step, str) and ("~" in step or "/" in step):
        step = step.replace("~", "~0").replace("/", "~1")
    return f"{parent}/{step}"


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        size = f"{len(data):,}"
        _refuse(
            "",
            "size",
            f"データが大きすぎます({size}バイト)。{MAX_BYTES:,}バイトまでにしてください。写真や書類は添付で送ってください。",
            f"Too large ({size} bytes): at most {MAX_BYTES:,}. Send photographs and papers as attachments.",
        )
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        _refuse("", "encoding", "BOMなしのUTF-8で保存してください。", "Save the file as UTF-8, without a BOM.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse(
            "",
            "encoding",
            f"{error.start + 1}バイト目が読めません。Shift_JISなどではなくUTF-8で保存してください。",
            f"Byte {error.start + 1} is not UTF-8; save the file as UTF-8, not as Shift_JIS.",
        )


def _is_harmless(text: str) -> bool:
    """Whether no character in the text, written out or as an escape, can be a forbidden one."""
    if "\\" in text and "\\" in text.replace("\\n", ""):
        return False
    plain = text.replace("\u3000", "")
    return plain.isprintable() or plain.replace("\n", "").replace("\r", "").replace("\t", "").isprintable()


def _tree(text: str) -> tuple[Any, bool]:
    """The value, and whether it took a second reading."""
    try:
        try:
            tree, is_odd = _READER.decode(text), False
        except _Odd:
            tree, is_odd = _SLOW_READER.decode(text), True
    except json.JSONDecodeError as error:
        place = (error.lineno, error.colno)
        _refuse(
            "",
            "json",
            f"JSONとして読めません({place[0]}行目の{place[1]}文字目)。保存し直すか、書き出した画面に戻ってください。",
            f"This is not JSON (line {place[0]}, column {place[1]}).",
        )
    except RecursionError:
        _refuse_depth()
    if text.count("{") + text.count("[") > MAX_DEPTH and _is_deeper(tree, MAX_DEPTH):
        _refuse_depth()
    if is_odd and (problems := list(_duplicates(tree, ""))):
        raise BadAnswers(problems)
    return _plain(tree) if is_odd else tree, is_odd


def _is_deeper(tree: object, levels: int) -> bool:
    """Whether a value has more levels than so many."""
    inside = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else None
    if inside is None:
        return False
    return levels == 0 or any(_is_deeper(one, levels - 1) for one in inside if isinstance(one, dict | list))


def _refuse_depth() -> NoReturn:
    _refuse("", "depth", f"入れ子が深すぎます({MAX_DEPTH}段まで)。", f"Nested too deeply: at most {MAX_DEPTH} levels.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Odd
    return found


def _no_constant(word: str) -> NoReturn:
    _refuse("", "number", f"{word} は数として使えません。", f"{word} is not a number that can be used.")


def _whole(text: str) -> int:
    if len(text) < _DIGITS:
        return int(text)
    if len(text) > _DIGITS + 1 or abs(int(text)) > LARGEST_WHOLE:
        shown = text if len(text) <= 20 else f"{text[:20]}…"  # noqa: PLR2004
        _refuse("", "number", f"数が大きすぎます({shown})。", f"The number {shown} is too large.")
    return int(text)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _refuse("", "number", "数が大きすぎます。", "A number is too large.")
    return number


def _modest(text: str) -> float:
    number = _finite(text)
    if abs(number) > LARGEST_WHOLE:
        raise _Odd
    return number


def _duplicates(tree: object, at: str) -> Iterator[AnswerProblem]:
    for name in tree.twice if isinstance(tree, _Object) else ():
        yield AnswerProblem(
            pointer_to(at, name),
            "duplicate_key",
            f"「{name}」が2回書かれています。どちらか1つにしてください。",
            f"「{name}」が 2つ あります。1つに して ください。",
            f"“{name}” is written twice; keep one of them.",
        )
    for step, value in _children(tree):
        yield from _duplicates(value, pointer_to(at, step))


def _plain(tree: Any) -> Any:  # noqa: ANN401
    if isinstance(tree, dict):
        return {name: _plain(value) for name, value in tree.items()}
    return [_plain(value) for value in tree] if isinstance(tree, list) else tree


def _children(tree: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(tree, dict):
        yield from tree.items()
    elif isinstance(tree, list):
        yield from enumerate(tree)


def _examine(tree: object, at: str, depth: int, problems: list[AnswerProblem]) -> Any:  # noqa: ANN401
    if isinstance(tree, str):
        return _readable(tree, at, problems)
    if isinstance(tree, bool) or tree is None:
        return tree
    if isinstance(tree, int | float):
        if abs(tree) <= LARGEST_WHOLE:  # which NaN is not
            return tree
        problems.append(_problem(at, "number", "数が大きすぎます。", "The number is too large."))
    elif not isinstance(tree, dict | list):
        kind = type(tree).__name__
        problems.append(_problem(at, "type", f"この種類の値({kind})は入れられません。", f"{kind} is no JSON value."))
    elif depth > MAX_DEPTH:
        problems.append(_problem(at, "depth", f"入れ子が深すぎます({MAX_DEPTH}段まで)。", "Nested too deeply."))
    elif isinstance(tree, list):
        return [_examine(one, pointer_to(at, n), depth + 1, problems) for n, one in enumerate(tree)]
    else:
        return _examine_members(tree, at, depth, problems)
    return None


def _examine_members(tree: dict[Any, Any], at: str, depth: int, problems: list[AnswerProblem]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in tree.items():
        if not isinstance(name, str):
            problems.append(_problem(at, "type", "項目の名前は文字にしてください。", "Names of fields must be text."))
        elif _readable(name, at, problems) == name:
            found[name] = _examine(value, pointer_to(at, name), depth + 1, problems)
    return found


def _readable(text: str, at: str, problems: list[AnswerProblem]) -> str:
    """The text without characters that nobody can read or that change how others are read; the first is named."""
    if is_readable(text):
        return text
    bad = [(place, one) for place, one in enumerate(text, start=1) if _is_forbidden(one)]
    if not bad:
        return text
    place, code = bad[0][0], f"U+{ord(bad[0][1]):04X}"
    problem = _problem(
        at,
        "character",
        f"{place}文字目に使えない文字({code})があります。その文字を消して入れ直してください。",
        f"Character {place} ({code}) cannot be used; delete it and type again.",
        f"{place}ばんめの もじは つかえません。その もじを けして ください。",
    )
    problems.append(problem)
    return "".join(one for one in text if not _is_forbidden(one))


def _is_forbidden(character: str) -> bool:
    """Control, surrogate, private, direction and invisible characters; joiners and variation selectors stay."""
    if character in _ALLOWED_CONTROLS:
        return False
    if character in _DIRECTION_MARKS or character in _INVISIBLE or ord(character) & 0xFFFE == 0xFFFE:  # noqa: PLR2004
        return True
    return unicodedata.category(character) in {"Cc", "Cs", "Co", "Zl", "Zp"}


def _problem(at: str, code: str, ja: str, en: str, easy: str = "") -> AnswerProblem:
    return AnswerProblem(at, code, ja, easy or ja, en)


def _refuse(at: str, code: str, ja: str, en: str) -> NoReturn:
    raise BadAnswers([_problem(at, code, ja, en)])


_READER = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_no_constant, parse_int=_whole, parse_float=_modest
)
_SLOW_READER = json.JSONDecoder(
    object_pairs_hook=_Object, parse_constant=_no_constant, parse_int=_whole, parse_float=_finite
)
