"""The page of the declaration format knows every key that the types know, and no other list or table."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import BaseModel

from engine.definition import between, rows
from engine.definition import procedure as tables
from tests.docs.pages import prose
from tests.house.layout import ROOT

PAGE = prose(ROOT / "docs" / "reference" / "declaration.md")
WORDS = set(re.findall(r"[@\w]+", " ".join(re.findall(r"`([^`]+)`", PAGE) + re.findall(r"\[\w+(?:\.x)?\]", PAGE))))
TYPES = sorted(
    {
        one
        for module in (rows, between, tables)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, rows.Part) and one.__module__ == module.__name__
    },
    key=lambda one: one.__name__,
)


@pytest.mark.parametrize("part", TYPES, ids=lambda part: part.__name__)
def test_every_key_of_a_type_is_on_the_page(part: type[BaseModel]) -> None:
    keys = [info.alias or name for name, info in part.model_fields.items()]
    assert [key for key in keys if key not in WORDS] == []


@pytest.mark.parametrize(
    "name", [*tables.LISTS, "tasks", "clocks", "approval", "meetings", "appeal", "subjects", "params"]
)
def test_every_list_and_table_has_a_row_of_its_own(name: str) -> None:
    assert re.search(rf"(?m)^\| `\[?{name}(\.x)?\]?` \|", PAGE)


@pytest.mark.parametrize(("model", "name"), [(tables.Lists, "list"), (tables.Procedure, "procedure")])
def test_every_row_of_the_page_is_a_key_of_some_type(model: type[BaseModel], name: str) -> None:
    known: set[Any] = {info.alias or key for part in TYPES for key, info in part.model_fields.items()}
    listed = set(re.findall(r"(?m)^\| `(\w+)` \|", PAGE.partition("## Beside the procedure")[0]))
    assert listed - known == set(), name
    assert model.model_fields
