"""Every code that the program can say stands on the page of problem codes, and the page invents none."""

from __future__ import annotations

import re

import engine.conditions
from procedures.codes import CODES
from tests.house.layout import ROOT, sources

PAGE = (ROOT / "docs" / "reference" / "problems.md").read_text("utf-8")
ROWS = dict(re.findall(r"(?m)^\| `?([\w-]+)`? \| (.*) \|$", PAGE))
CODE = re.compile(r'"([CDMST][0-9]{3}|form-[a-z]+)"')
RAISED = re.compile(r'(?m)^    code = "(\w+)"')


def _texts() -> list[str]:
    return [path.read_text("utf-8") for path in sources() if path.is_relative_to(ROOT)]


def test_every_code_in_the_program_is_on_the_page() -> None:
    said = {code for text in _texts() for code in CODE.findall(text)}
    assert len(said) > 100
    assert said - set(ROWS) == set()


def test_the_page_has_no_code_that_the_program_never_says() -> None:
    said = {code for text in _texts() for code in CODE.findall(text)}
    assert {code for code in ROWS if re.fullmatch(r"[CDMST]\d{3}|form-[a-z]+", code)} - said == set()


def test_codes_of_declarations_are_said_in_the_words_of_the_program() -> None:
    assert {code: ROWS[code] for code in CODES} == {code: f"{ja} | {en}" for code, (ja, en) in CODES.items()}


def test_codes_of_conditions_are_said_in_the_words_of_their_room() -> None:
    told = " ".join((engine.conditions.__doc__ or "").split())
    words = dict(re.findall(r"(C\d{3}) (.*?)(?: ·|\.$)", told))
    assert {code: ROWS[code].partition(" | ")[2] for code in words} == words


def test_every_kind_of_refusal_is_on_the_page() -> None:
    raised = {code for text in _texts() for code in RAISED.findall(text)}
    assert {"overtaken", "store"} <= raised
    assert raised - set(ROWS) == set()
