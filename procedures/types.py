"""What the types refuse, said in Japanese at the place in the file, with the nearest right word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from engine.definition import Procedure
from engine.definition.procedure import LISTS
from engine.problems import Problem, nearest
from procedures.drafts import TABLE_LISTS, Draft, DraftRow, Place
from procedures.findings import found

_UNION_BRANCH = re.compile(r"^(literal|tuple)\[")
_FREE = ("plant", "params")
_WANTED = {
    "string_type": ('文字列("…")で書きます', "a string"),
    "bool_type": ("true か false で書きます", "true or false"),
    "int_type": ("整数で書きます", "a whole number"),
    "int_from_float": ("整数で書きます", "a whole number"),
    "float_type": ("数で書きます", "a number"),
    "date_type": ("日付を引用符なしで書きます(2024-10-01)", "a date without quotes (2024-10-01)"),
    "tuple_type": ("並び([ … ])で書きます", "a list"),
    "dict_type": ("表({ … })で書きます", "a table"),
    "model_type": ("表({ … })で書きます", "a table"),
}
_SHAPES = {
    "rows": ("行の並び([ { id = … }, ])で書きます", "a list of rows"),
    "row": ("行は { id = … } と書きます", "a row { id = … }"),
    "table": ("表({ … })で書きます", "a table"),
}


@dataclass(frozen=True)
class _Spot:
    """One complaint of the types, with the row it is about and its path of ids."""

    error: ErrorDetails
    keys: tuple[str, ...]
    path: tuple[str, ...]
    row: DraftRow
    place: Place


def typed(draft: Draft) -> tuple[Procedure | None, list[Problem]]:
    """The declaration as frozen types, or None with everything that the types refuse."""
    problems = [_misshapen(path, place, shape) for path, place, shape in draft.misshapen]
    try:
        procedure = Procedure.model_validate(_frozen(draft.data()), strict=True, by_alias=True, by_name=False)
    except ValidationError as refused:
        return None, problems + list(_said(draft, refused))
    return (None if problems else procedure), problems


def allowed_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys that a table of this type may have, as they are written."""
    return tuple(info.alias or name for name, info in model.model_fields.items())


def _frozen(value: object, key: str = "") -> object:
    """The same values with lists as tuples; what may hold anything keeps its lists."""
    if isinstance(value, list) and key not in _FREE:
        return tuple(_frozen(one) for one in value)
    if isinstance(value, dict) and key not in _FREE:
        return {name: _frozen(one, name) for name, one in value.items()}
    return value


def _misshapen(path: tuple[str, ...], place: Place, shape: str) -> Problem:
    ja, en = _SHAPES[shape]
    return found("D013", path, place, (f"{'.'.join(path)} は{ja}。", f"{'.'.join(path)} is {en}"))


def _said(draft: Draft, refused: ValidationError) -> Iterator[Problem]:
    spots = [_spot(draft, error) for error in refused.errors(include_url=False)]
    known: set[tuple[object, ...]] = set()
    unknown = {(id(s.row), _hint_key(s)) for s in spots if s.error["type"] == "extra_forbidden"}
    for spot in spots:
        one = (id(spot.row), spot.path)
        meant = spot.error["type"] == "missing" and (id(spot.row), spot.keys[-1]) in unknown
        if one not in known and not meant:
            yield _problem(spot)
        known.add(one)


def _problem(spot: _Spot) -> Problem:
    kind, key = spot.error["type"], spot.keys[-1] if spot.keys else ""
    if kind == "extra_forbidden":
        return _unknown_key(spot, key)
    if kind == "missing":
        path = spot.path[:-1]
        said = (f"{key} がありません。", f"{key} is missing")
        return found("D011", path, spot.row.place, said, f"{key} = … を書く")
    if kind == "literal_error" and isinstance(spot.error["input"], str):
        return _bad_word(spot)
    if kind == "string_pattern_mismatch":
        said = ("id に使えない文字があります。", "this id has characters that an id cannot have")
        return found("D014", spot.path, spot.place, said, "英小文字で始め、英小文字・数字・_・- だけで書く")
    if kind in {"greater_than_equal", "greater_than"}:
        least = (spot.error.get("ctx") or {}).get("ge", 0)
        return found("D013", spot.path, spot.place, (f"{key} は {least} 以上です。", f"{key} is at least {least}"))
    ja, en = _WANTED.get(kind, (f"違う形です({spot.error['msg']})", spot.error["msg"]))
    if kind == "literal_error":
        ja, en = "決まった語か、選択肢の並びで書きます", "one of the known words, or a list of choices"
    return found("D013", spot.path, spot.place, (f"{key} は{ja}。", f"{key} is {en}"))


def _unknown_key(spot: _Spot, key: str) -> Problem:
    hint = _hint_key(spot)
    if hint:
        hint = f"{hint} のことですか"
    elif len(spot.keys) < len(spot.path) or len(spot.path) > 1:
        top = key in LISTS and isinstance(spot.error["input"], tuple)
        hint = "最初の [表] より上に書く" if top else f"書ける項目: {'・'.join(_allowed(spot))}"
    said = (f"{key} という項目はありません。", f"there is no key {key} here")
    return found("D010", spot.path, spot.place, said, hint, key=True)


def _hint_key(spot: _Spot) -> str:
    """The allowed key that an unknown one was most likely meant to be."""
    return nearest(spot.keys[-1], _allowed(spot)).removesuffix(" のことですか")


def _bad_word(spot: _Spot) -> Problem:
    word = str(spot.error["input"])
    words = re.findall(r"'([^']*)'", str((spot.error.get("ctx") or {}).get("expected", "")))
    said = (f"{spot.keys[-1]} に {word} という語はありません。", f"{spot.keys[-1]} cannot be {word}")
    either = f"{'・'.join(words)} のどれか"
    near = nearest(word, words)
    return found("D012", spot.path, spot.place, said, f"{near}。{either}" if near else either)


def _spot(draft: Draft, error: ErrorDetails) -> _Spot:
    """The row, path and place of a complaint; the branches of a union are not part of a path."""
    loc: list[Any] = []
    for step in error["loc"]:
        if isinstance(step, str) and _UNION_BRANCH.match(step):
            break
        loc.append(step)
    row, head, rest = _row_at(draft, loc)
    keys = tuple(str(one) for one in rest if isinstance(one, str))
    place = row.place_of(rest[0]).below(*rest[1:]) if rest else row.place
    return _Spot(error, keys or (str(loc[-1]),), (*head, *keys), row, place)


def _row_at(draft: Draft, loc: list[Any]) -> tuple[DraftRow, tuple[str, ...], list[Any]]:
    head = loc[0]
    if head in draft.lists and len(loc) > 1:
        row = draft.lists[head][loc[1]]
        return row, (head, *named(row, draft.lists[head])), loc[2:]
    if head in draft.tables and len(loc) > 1:
        table = draft.tables[head][loc[1]]
        if len(loc) > 3 and loc[2] in TABLE_LISTS.get(head, ()):  # noqa: PLR2004 - tasks, id, list, index
            row = table.lists[loc[2]][loc[3]]
            return row, (head, loc[1], loc[2], *named(row, table.lists[loc[2]])), loc[4:]
        return table.row, (head, loc[1]), loc[2:]
    if head in draft.plain:
        return draft.plain[head], (head,), loc[1:]
    return draft.scalars, (), loc


def named(row: DraftRow, rows: list[DraftRow]) -> tuple[str, ...]:
    """How a path names a row: its id, and its `since` where others share the id."""
    if not row.id:
        return ()
    shared = sum(1 for one in rows if one.id == row.id) > 1
    return (row.id, str(row.values["since"])) if shared and "since" in row.values else (row.id,)


def _allowed(spot: _Spot) -> tuple[str, ...]:
    """The keys that may stand where a complaint is."""
    model: type[BaseModel] | None = Procedure
    for step in spot.error["loc"][:-1]:
        info = _field(model, step) if model is not None else None
        if info is not None:
            model = _model_in(info.annotation)
    return allowed_keys(model) if model is not None else ()


def _field(model: type[BaseModel], step: object) -> FieldInfo | None:
    return next((info for name, info in model.model_fields.items() if step in {name, info.alias}), None)


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - any annotation at all
    """The model inside an annotation such as tuple[Row, ...], dict[str, Task] or Limit | None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for one in get_args(annotation) if (model := _model_in(one))), None)
