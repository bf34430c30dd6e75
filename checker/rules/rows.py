"""A declaration with what it stands among, as the rules about its rows look at it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from checker.catalogue import rule
from engine.definition import Procedure
from engine.municipality import Municipality
from engine.problems import Problem
from forms.form import Form
from procedures.tables import Tables


@dataclass(frozen=True)
class Around:
    """What a declaration is held against: its forms by id, the tables, the departments of all cities, the cities.

    Of the other procedures, their ids with number and department, and the registrations that they make; `demanded` are
    the parameters that fragments ask for.
    """

    forms: Mapping[str, Form]
    tables: Tables
    departments: Collection[str]
    numbers: Collection[tuple[str, int, str]]
    made: Callable[[], Collection[str]]
    cities: Collection[Municipality] = ()
    demanded: Collection[str] = ()


@dataclass(frozen=True)
class Rows:
    """A declaration with what it stands among."""

    procedure: Procedure
    around: Around

    @cached_property
    def text(self) -> str:
        """Every word of the declaration but the ids of its rows."""
        return json.dumps(_without_ids(self.procedure.model_dump(mode="json", by_alias=True)), ensure_ascii=False)


def named(name: str, text: str) -> bool:
    """Whether a text reads a name, as a whole word that nothing stands before."""
    return re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", text) is not None


def of_rule(name: str, path: tuple[str, ...], ja: str, en: str, hint: str = "") -> Problem:
    """The problem of a rule at a path of ids, as grave as the rule is."""
    return Problem(rule=name, path=path, ja=ja, en=en, hint=hint, severity=rule(name).severity)


def _without_ids(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return {key: _without_ids(one) for key, one in value.items() if key != "id"}
    return [_without_ids(one) for one in value] if isinstance(value, list) else value
