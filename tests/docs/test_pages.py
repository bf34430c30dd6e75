"""What every page keeps to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, blocks, name_of, prose
from tests.house.layout import ROOT

DECISIONS = sorted((ROOT / "docs" / "adr").glob("0*.md"))
MEASURED = ROOT / "docs" / "explanation" / "measured.md"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_begins_with_its_title(page: Path) -> None:
    assert re.match(r"# \S", page.read_text("utf-8"))


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    listed = (ROOT / "docs" / "adr" / "README.md").read_text("utf-8")
    assert [page.name for page in DECISIONS if f"({page.name})" not in listed] == []


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_a_decision_is_one_page_of_context_choice_and_consequences(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.findall(r"(?m)^## (.*)$", text) == ["Context", "Choice", "Consequences"]
    assert text.startswith(f"# {page.name[:4]} ")
    assert len(text.splitlines()) <= 40


def test_the_index_of_documents_leads_to_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in PAGES if page.is_relative_to(ROOT / "docs")]
    listed_below = re.compile(r"adr/0.*|reference/procedures/(?!README).*|README\.md")
    wanted = [page for page in pages if not listed_below.fullmatch(page)]
    assert [page for page in wanted if f"({page})" not in index] == []


def test_what_was_measured_is_a_printed_run_with_date_and_machine() -> None:
    text = blocks(MEASURED, "text")[0]
    assert re.match(r"Measured on \d{4}-\d\d-\d\d\n.*\d+ cores.*\nPython .*SQLite", text)
    for title in ("Durable commands", "A period of procedure 1", "Checking the form", "Loading procedure 1"):
        assert title in text
    assert "quickest quarter" in text


def test_the_picture_of_the_report_is_small_enough_to_open_anywhere() -> None:
    picture = (ROOT / "docs" / "images" / "report.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) <= 300_000


def test_the_changelog_says_for_each_procedure_from_when_and_by_which_source() -> None:
    text = prose(ROOT / "CHANGELOG.md")
    assert "## Unreleased" in text
    rows = re.findall(r"(?m)^  - from (\d{4}-\d\d): .*\(.*(?:法|条).*\)", text)
    assert rows == ["2012-04", "2022-06", "2024-10"]
