"""Every key and list of the declaration format has a Japanese word to tell its differences by."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from engine.definition.procedure import LISTS as DECLARED
from procedures.differences.words import KEYS, LISTS
from tests.docs.test_declaration_page import TYPES

# What holds other keys, or says only where a row came from and when it holds.
HOLDERS = {"id", "since", "fragments", "without", "parameters", "needs", "appeal", "online", "fields", "on_open"}
HOLDERS |= {"limit", "extended_by", "due", "breach"}
SAID = {key.rpartition(".")[2] for key in KEYS} | set(KEYS)


@pytest.mark.parametrize("part", [one for one in TYPES if one.__name__ != "Needs"], ids=lambda part: part.__name__)
def test_every_key_has_a_word(part: type[BaseModel]) -> None:
    keys = {info.alias or name for name, info in part.model_fields.items()}
    assert keys - SAID - HOLDERS - set(LISTS) == set()


def test_every_list_has_a_word() -> None:
    assert set(DECLARED) - set(LISTS) - {"fragments"} == set()
