"""Whatever a page names is there: files, modules, functions, links."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, name_of, prose, quoted
from tests.house.layout import BESIDE, ROOMS, ROOT

TOPS = (*ROOMS, *BESIDE, "tests", "docs", "requirements")
PATH = re.compile(rf"^({'|'.join(TOPS)})/[\w./*-]*$")
NAME = re.compile(rf"^({'|'.join((*ROOMS, 'madoguchi'))})(\.\w+)+$")
LINK = re.compile(r"\]\(([^)#:\s]+)\)")
PAGE = pytest.mark.parametrize("page", PAGES, ids=name_of)


@PAGE
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    paths = [word for word in quoted(page) if PATH.match(word)]
    assert [word for word in paths if not any(ROOT.glob(word.rstrip("/")))] == []


@PAGE
def test_every_module_and_function_that_a_page_names_exists(page: Path) -> None:
    assert [word for word in quoted(page) if NAME.match(word) and not _there(word)] == []


@PAGE
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = LINK.findall(prose(page))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_house_names_a_file_or_function_in_every_room() -> None:
    words = quoted(ROOT / "docs" / "explanation" / "house.md")
    named = {re.split(r"[./]", word)[0] for word in words if PATH.match(word) or NAME.match(word)}
    assert set(ROOMS) <= named


@pytest.mark.parametrize("word", ["engine/no_such.py", "tests/no_such/"])
def test_a_path_that_is_not_there_would_be_found(word: str) -> None:
    assert PATH.match(word)
    assert not any(ROOT.glob(word.rstrip("/")))


@pytest.mark.parametrize(("word", "there"), [("engine.fold.fold", True), ("engine.fold.unfold", False)])
def test_a_function_that_is_not_there_would_be_found(word: str, there: bool) -> None:  # noqa: FBT001 - a column
    assert bool(NAME.match(word) and _there(word)) is there


def _there(word: str) -> bool:
    """Whether a dotted name leads to a module, or to something inside one."""
    steps = word.split(".")
    for cut in range(len(steps), 0, -1):
        try:
            found: object = import_module(".".join(steps[:cut]))
        except ModuleNotFoundError:
            continue
        for step in steps[cut:]:
            if not hasattr(found, step):
                return step in getattr(found, "__annotations__", {})
            found = getattr(found, step)
        return True
    return False
