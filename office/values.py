"""Words of a command line as values: name=value by the kind the declaration gives the name, documents from files."""

from __future__ import annotations

import copy
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.errors import UnknownThing
from engine.shapes import Many, Record, Scalar, Shape
from forms.decoding import MAX_BYTES, decode
from office.asking import Misused

YES = {"yes": True, "true": True, "はい": True, "no": False, "false": False, "いいえ": False}
RESULTS = {"passed": True, "済": True, "failed": False, "不可": False}
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,15})")
_BROKEN = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,15}")


def pairs(words: Sequence[str]) -> dict[str, str]:
    """The words name=value as a map.

    Raises:
        Misused: one has no "=", or a name comes twice.
    """
    found: dict[str, str] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name:
            raise Misused(f"「{word}」は 名前=値 の形で書いてください。", f"write {word!r} as name=value", word=word)
        if name in found:
            raise Misused(f"「{name}」が二度書かれています。", f"{name} is given twice", name=name)
        found[name] = value
    return found


def results(words: Sequence[str]) -> dict[str, bool]:
    """The results of checks from name=passed and name=failed.

    Raises:
        Misused: another word stands there.
    """
    found = pairs(words)
    for name, word in found.items():
        if word not in RESULTS:
            ja = f"「{name}={word}」は {name}=passed か {name}=failed と書いてください。"
            raise Misused(ja, f"write {name}=passed or {name}=failed, not {word!r}", check=name)
    return {name: RESULTS[word] for name, word in found.items()}


def value(kind: str | None, word: str) -> object:
    """The value of a word. A declared kind decides; without one, what the word looks like. Empty is None.

    A word that is no value of its kind stays text: the check of answers says what is wrong with it.
    """
    if word == "":
        return None
    if kind in {"yes_no", None} and word.lower() in YES:
        return YES[word.lower()]
    if kind in {"whole", "yen", "number", None} and _WHOLE.fullmatch(word):
        return int(word)
    return float(word) if kind == "number" and _BROKEN.fullmatch(word) else word


def placed(shape: Shape | None, words: Mapping[str, str], document: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The document with the values of some words put in; a dotted name leads inside, a number into a list.

    Args:
        shape: what the document is made of; None where nobody declared it.
        document: where the values are put, {} if nothing is said.
    """
    whole = copy.deepcopy(dict(document or {}))
    for name, word in words.items():
        _put(whole, shape, name.split("."), word)
    return whole


def given_document(text: str | None) -> dict[str, Any] | None:
    """The answers written as JSON, or standing in the file that follows "@".

    Raises:
        UnknownThing: the file cannot be read.
        BadAnswers: it is not one JSON object, or holds what no answer may hold.
    """
    if text is None:
        return None
    return read_document(Path(text[1:])) if text.startswith("@") else decode(text.encode("utf-8", "replace"))


def read_document(path: Path) -> dict[str, Any]:
    """The answers in a JSON file.

    Raises:
        UnknownThing: the file cannot be read.
        BadAnswers: it is not one JSON object, or holds what no answer may hold.
    """
    return decode(read_file(path))


def read_file(path: Path) -> bytes:
    """The bytes of a file that a person named ("-" is what is piped in), at most one more than answers may have.

    Raises:
        UnknownThing: it is not there, or may not be read.
    """
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # a name with a null in it is a ValueError
        why = getattr(error, "strerror", None) or str(error)
        raise UnknownThing(
            f"ファイル「{path}」を読めません({why})。場所と許可を確かめてください。",
            f"cannot read the file {path}: {why}",
            file=str(path),
        ) from error


def _put(value_: Any, shape: Shape | None, steps: list[str], word: str) -> None:  # noqa: ANN401 - a JSON value
    """Put a word at the end of a path, making the records on the way."""
    step, *rest = steps
    inner = _inner(shape, step)
    if isinstance(value_, list):
        if not step.isdecimal() or int(step) > len(value_):
            ja = f"「{step}」は一覧の何番目かの数(0から{len(value_)}まで)にしてください。"
            raise Misused(ja, f"{step!r} must be a place in the list, 0 to {len(value_)}", step=step)
        if int(step) == len(value_):
            value_.append({})
        key: Any = int(step)
    else:
        key = step
    if not rest:
        value_[key] = value(inner.kind if isinstance(inner, Scalar) else None, word)
        return
    held = value_[key] if isinstance(value_, list) else value_.get(key)
    if not isinstance(held, dict | list):
        held = value_[key] = [] if isinstance(inner, Many) else {}
    _put(held, inner, rest, word)


def _inner(shape: Shape | None, step: str) -> Shape | None:
    if isinstance(shape, Record):
        return shape.fields.get(step)
    return shape.item if isinstance(shape, Many) else None
