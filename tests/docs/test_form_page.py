"""The page of the form format knows every key and every field type that the types know, and its example loads."""

from __future__ import annotations

import re
import tomllib

import pytest
from pydantic import BaseModel

from engine.definition.rows import Part
from forms import definition
from forms.definition import ChangeRow, FieldType, Page
from tests.docs.pages import prose
from tests.house.layout import ROOT

FILE = ROOT / "docs" / "reference" / "form.md"
WORDS = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", prose(FILE)))))
TYPES = [one for one in vars(definition).values() if isinstance(one, type) and issubclass(one, Part)]


@pytest.mark.parametrize("part", TYPES, ids=lambda part: part.__name__)
def test_every_key_of_a_type_is_on_the_page(part: type[BaseModel]) -> None:
    assert [key for key in part.model_fields if key not in WORDS] == []


def test_every_field_type_is_on_the_page() -> None:
    assert [one for one in FieldType.__args__ if one not in WORDS] == []  # type: ignore[attr-defined]


def test_every_list_of_a_page_has_a_row() -> None:
    assert [name for name in Page.model_fields if f"| `{name}` |" not in prose(FILE)] == []


def test_the_example_of_changes_is_one() -> None:
    written = re.findall(r"```toml\n(.*?)```", FILE.read_text("utf-8"), re.DOTALL)
    rows = [ChangeRow.model_validate(row) for text in written for row in tomllib.loads(text)["changes"]]
    assert rows[0].field == "applicant.my_number"
