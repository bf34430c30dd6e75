"""The page of a procedure leaves nothing out that an officer looks for, and hides no doubt."""

from __future__ import annotations

import pytest

from procedures.description import read
from procedures.diagram.writing import standing
from tests.docs.procedure_pages import ASSUMED, CERTAIN, library, pages, table

IDS = [entry.id for entry in library().list()]
PAGES = pages()
every = pytest.mark.parametrize("name", IDS)


@every
def test_who_what_and_what_may_come_of_it_stand_on_the_page(name: str) -> None:
    whole = read(name, ()).procedure
    assert whole is not None
    (now, _), text = standing(whole), PAGES[name]
    wanted = [role.label for role in now.roles] + [row.label for row in now.attachments]
    wanted += [row.label for row in now.outcomes] + [clock.label for clock in now.clocks.values()]
    wanted += [row.says for row in now.checks] + [row.says for row in now.common_errors]
    wanted += [rule.says for rule in now.rules] + [law.article for law in now.law]
    assert [word for word in wanted if word not in text] == []
    assert all(version.id in text for version in whole.versions)


@every
def test_every_doubt_and_assumption_is_marked_and_listed_at_the_end(name: str) -> None:
    whole = read(name, ()).procedure
    assert whole is not None
    now, _ = standing(whole)
    _, _, end = PAGES[name].partition("## 確かでないこと")
    laws = [f"{law.act}{law.article}{CERTAIN[law.confidence]}" for law in now.law if CERTAIN[law.confidence]]
    checks = [f"{row.says}{CERTAIN[row.confidence]}" for row in now.checks if CERTAIN[row.confidence]]
    clocks = [f"{clock.label}の長さ{ASSUMED}" for clock in now.clocks.values() if clock.limit.assumption]
    assert [words for words in (*laws, *checks, *clocks) if words not in end] == []


def test_the_list_leads_to_every_page() -> None:
    assert [name for name in IDS if f"({name}.md)" not in PAGES["README"]] == []


def test_a_bar_in_a_condition_does_not_break_its_table() -> None:
    assert list(table(("a",), [("x || y",)]))[-1] == "| x \\|\\| y |"
