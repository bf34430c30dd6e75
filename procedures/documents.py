"""A file without fragments, such as a table of figures, as a type: its values, or every problem at its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from engine.problems import Problem
from procedures.drafts import Place, Source
from procedures.refusals import Holder, frozen, refusals

Document = TypeVar("Document", bound=BaseModel)


def read_as(
    source: Source, model: type[Document], names: Sequence[str] = ("id",)
) -> tuple[Document | None, list[Problem]]:
    """The file as that type, or None with everything the type refuses.

    Args:
        names: the keys that name a row in messages, the first that the row has.
    """
    try:
        return model.model_validate(frozen(source.data), strict=True, by_alias=True, by_name=False), []
    except ValidationError as refused:
        return None, list(refusals(model, refused, lambda steps: _holder(source, steps, names)))


def _holder(source: Source, steps: Sequence[Any], names: Sequence[str]) -> Holder:
    """The innermost row that a complaint is about, or the whole file."""
    path: list[str] = []
    value: Any = source.data
    at = 0
    for index, step in enumerate(steps):
        if isinstance(step, int) and isinstance(value, list):
            row = value[step]
            path += [str(row[name]) for name in names if isinstance(row, dict) and name in row][:1]
            at = index + 1
        elif not any(isinstance(later, int) for later in steps[index:]):
            break
        else:
            path.append(str(step))
        value = value[step]
    place = Place(source, tuple(steps[:at]))
    return Holder(tuple(path), place, tuple(steps[at:]), place.below)
