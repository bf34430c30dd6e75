"""The catalogue of what can be wrong names, line by line, a rule that there is, or says why there is none."""

from __future__ import annotations

import re

from checker.catalogue import rules
from tests.house.layout import ROOT

REFERENCE = ROOT / "docs" / "reference"
LINE = re.compile(r"^\| (?P<what>.+) \| (?P<by>.+) \|$", re.MULTILINE)


def _lines() -> list[tuple[str, str]]:
    page = (REFERENCE / "what-is-checked.md").read_text("utf-8")
    return [(one["what"], one["by"]) for one in LINE.finditer(page) if one["what"] != "what"]


def test_every_code_is_a_rule_or_a_problem_that_there_is() -> None:
    coded = set(re.findall(r"^\| `?([\w-]+)`? \|", (REFERENCE / "problems.md").read_text("utf-8"), re.MULTILINE))
    named = {code for _, by in _lines() if not by.startswith("—") for code in by.split()}
    assert named <= coded | set(rules())


def test_every_line_names_a_rule_or_says_why_not() -> None:
    lines = _lines()
    assert len(lines) == 114 + 5
    assert len({what for what, _ in lines}) == len(lines)
    assert all(not by.startswith("—") or by.startswith("—: ") for _, by in lines)
    assert sum(by.startswith("—") for _, by in lines) < 20
