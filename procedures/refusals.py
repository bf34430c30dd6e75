"""What pydantic refuses, said in Japanese at the place in the file, with the nearest right word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from engine.definition.procedure import LISTS
from engine.problems import Problem, nearest
from procedures.drafts import Place
from procedures.findings import found

_UNION_BRANCH = re.compile(r"^(literal|tuple|str|int)\b")
_FREE = ("plant", "besides", "params", "value")
_WANTED = {
    "string_type": ('文字列("…")で書きます', "a string"),
    "bool_type": ("true か false で書きます", "true or false"),
    "int_type": ("整数で書きます", "a whole number"),
    "int_from_float": ("整数で書きます", "a whole number"),
    "float_type": ("数で書きます", "a number"),
    "date_type": ("日付を引用符なしで書きます(2024-10-01)", "a date without quotes (2024-10-01)"),
    "time_type": ("時刻を引用符なしで書きます(08:30:00)", "a time without quotes (08:30:00)"),
    "tuple_type": ("並び([ … ])で書きます", "a list"),
    "dict_type": ("表({ … })で書きます", "a table"),
    "model_type": ("表({ … })で書きます", "a table"),
    "too_short": ("少なすぎます", "too few"),
    "too_long": ("多すぎます", "too many"),
    "string_too_short": ("空にできません", "must not be empty"),
    "string_too_long": ("長すぎます", "too long"),
    "literal_error": ("決まった語か、選択肢の並びで書きます", "one of the known words, or a list of choices"),
}
_BOUNDS = ("greater_than_equal", "greater_than", "less_than_equal", "less_than")


class Holder(NamedTuple):
    """What a complaint is about: the path of ids of the row or table, its place, and the keys below it.

    `key_place` gives the place of a key, which an override may have brought from another file.
    """

    path: tuple[str, ...]
    place: Place
    keys: tuple[Any, ...]
    key_place: Callable[[str], Place]


Finder = Callable[[Sequence[Any]], Holder]


@dataclass(frozen=True)
class _Complaint:
    error: ErrorDetails
    holder: Holder
    model: type[BaseModel]

    @property
    def names(self) -> tuple[str, ...]:
        """The keys below the holder, without indexes."""
        return tuple(one for one in self.holder.keys if isinstance(one, str))

    @property
    def key(self) -> str:
        """The last key, as it is written."""
        return self.names[-1] if self.names else str(self.error["loc"][-1])

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.holder.path, *self.names)

    @property
    def place(self) -> Place:
        first, *rest = self.holder.keys or ("",)
        return self.holder.key_place(first).below(*rest) if first else self.holder.place

    @property
    def around(self) -> Place:
        """The place of the table that should have had the key."""
        return self.place if len(self.holder.keys) > 1 else self.holder.place


def frozen(value: object, key: str = "") -> object:
    """The same values with lists as tuples, as strict types want them; what may hold anything keeps its lists."""
    if isinstance(value, list) and key not in _FREE:
        return tuple(frozen(one) for one in value)
    if isinstance(value, dict) and key not in _FREE:
        return {name: frozen(one, name) for name, one in value.items()}
    return value


def refusals(model: type[BaseModel], refused: ValidationError, find: Finder) -> Iterator[Problem]:
    """One problem for each mistake: a union complains once, and a misspelt key is not also missing."""
    complaints = [_Complaint(error, find(_place_steps(error)), model) for error in refused.errors(include_url=False)]
    meant = {(one.holder.path, _near_key(one)) for one in complaints if one.error["type"] == "extra_forbidden"}
    told: set[tuple[object, ...]] = set()
    for one in complaints:
        already = (one.holder.place, one.path)
        misspelt = one.error["type"] == "missing" and (one.holder.path, one.key) in meant
        if already not in told and not misspelt:
            yield _problem(one)
        told.add(already)


def _place_steps(error: ErrorDetails) -> list[Any]:
    """The steps of a place; the branches of a union are none."""
    steps: list[Any] = []
    for step in error["loc"]:
        if isinstance(step, str) and steps and _UNION_BRANCH.match(step):
            break
        steps.append(step)
    return steps


def _problem(one: _Complaint) -> Problem:
    kind, key = one.error["type"], one.key
    if kind == "extra_forbidden":
        return _unknown_key(one)
    if kind == "missing":
        said = (f"{key} がありません。", f"{key} is missing")
        return found("D011", one.path[:-1], one.around, said, f"{key} = … を書く")
    if kind == "literal_error" and isinstance(one.error["input"], str):
        return _bad_word(one)
    if kind == "string_pattern_mismatch":
        said = ("id に使えない文字があります。", "this id has characters that an id cannot have")
        return found("D014", one.path, one.place, said, "英小文字で始め、英小文字・数字・_・- だけで書く")
    if kind in _BOUNDS:
        said = (f"{key} は{_bound(one.error.get('ctx') or {})}です。", one.error["msg"])
        return found("D013", one.path, one.place, said)
    ja, en = _WANTED.get(kind, (f"違う形です({one.error['msg']})", one.error["msg"]))
    return found("D013", one.path, one.place, (f"{key} は{ja}。", f"{key} is {en}"))


def _bound(context: Mapping[str, Any]) -> str:
    """The numbers that a bound leaves, in words."""
    words = {"ge": "{:g} 以上", "gt": "{:g} より大きい数", "le": "{:g} 以下", "lt": "{:g} より小さい数"}
    return next(said.format(context[name]) for name, said in words.items() if name in context)


def _unknown_key(one: _Complaint) -> Problem:
    near = _near_key(one)
    hint = f"{near} のことですか" if near else f"書ける項目: {'・'.join(_allowed(one))}"
    if not near and one.path[:-1] and one.key in LISTS and isinstance(one.error["input"], tuple):
        hint = "最初の [表] より上に書く"
    said = (f"{one.key} という項目はありません。", f"there is no key {one.key} here")
    return found("D010", one.path, one.place, said, hint, key=True)


def _near_key(one: _Complaint) -> str:
    """The allowed key that an unknown one was most likely meant to be."""
    return nearest(one.key, _allowed(one)).removesuffix(" のことですか")


def _bad_word(one: _Complaint) -> Problem:
    word = str(one.error["input"])
    words = re.findall(r"'([^']*)'", str((one.error.get("ctx") or {}).get("expected", "")))
    said = (f"{one.key} に {word} という語はありません。", f"{one.key} cannot be {word}")
    near, either = nearest(word, words), f"{'・'.join(words)} のどれか"
    return found("D012", one.path, one.place, said, f"{near}。{either}" if near else either)


def _allowed(one: _Complaint) -> tuple[str, ...]:
    """The keys that may stand where a complaint is."""
    model: type[BaseModel] | None = one.model
    for step in one.error["loc"][:-1]:
        info = _field(model, step) if model is not None else None
        if info is not None:
            model = _model_in(info.annotation)
    return tuple(info.alias or name for name, info in model.model_fields.items()) if model is not None else ()


def _field(model: type[BaseModel], step: object) -> FieldInfo | None:
    return next((info for name, info in model.model_fields.items() if step in {name, info.alias}), None)


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - any annotation at all
    """The model inside an annotation such as tuple[Row, ...], dict[str, Task] or Limit | None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for one in get_args(annotation) if (model := _model_in(one))), None)
