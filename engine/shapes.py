"""The shape of data that conditions may read: scalars, records and lists, without any file format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "whole", "number", "yes_no", "date", "month", "yen"]
Sensitivity = Literal["general", "my_number", "special_care"]


@dataclass(frozen=True)
class Scalar:
    """One value. Every scalar may be absent, and absent is null.

    `date` is an ISO day (YYYY-MM-DD), `month` an ISO month (YYYY-MM), `yen` a whole number.
    """

    kind: Kind
    choices: tuple[str, ...] = ()
    sensitivity: Sensitivity = "general"


@dataclass(frozen=True)
class Record:
    """A closed set of named fields; an absent record is a record of nulls."""

    fields: dict[str, Shape] = field(default_factory=dict)


@dataclass(frozen=True)
class Many:
    """A list of one shape; an absent list is empty."""

    item: Shape


@dataclass(frozen=True)
class Anything:
    """A map whose keys are not known beforehand; reading an absent key is an error, never true."""


Shape = Scalar | Record | Many | Anything


def fill(shape: Shape, value: object) -> object:
    """The value with every absent scalar as None, every absent list as [] and every absent record filled likewise."""
    match shape:
        case Record(fields):
            given = value if isinstance(value, dict) else {}
            return {name: fill(inner, given.get(name)) for name, inner in fields.items()}
        case Many(item):
            return [fill(item, one) for one in value] if isinstance(value, list) else []
        case _:
            return value if value is not None or isinstance(shape, Scalar) else {}
