"""A changed name leads from what is not there any more to what is there."""

import pytest

from tests.procedures.samples import planted

LAST = ("[subjects]\nperson", "renames = [\n  {ROW},\n]\n\n[subjects]\nperson")
CASES = [
    ('id = "a", kind = "state", was = "examining", now = "«on_hald"', "D101", "renames.a.now", "on_hold のことですか"),
    ('id = "a", kind = "task", was = "query", now = "«corection"', "D110", "renames.a.now", "correction のことですか"),
    ('id = "a", kind = "state", of = "«corection", was = "x", now = "asked"', "D110", "renames.a.of", "correction"),
    ('id = "a", kind = "field", was = "tel", now = "«applicant.nam"', "D126", "renames.a.now", "applicant.name のこと"),
    ('id = "a", kind = "state", was = "«on_hold", now = "decided"', "D225", "renames.a.was", "前の版だけにあった名"),
]


@pytest.mark.parametrize(("row", "rule", "path", "hint"), CASES, ids=[f"{case[1]} {case[2]}" for case in CASES])
def test_a_name_that_leads_nowhere_is_found_at_its_place(row: str, rule: str, path: str, hint: str) -> None:
    found, spot = planted((LAST[0], LAST[1].replace("ROW", f" {row} ")))
    assert [(one.rule, ".".join(one.path)) for one in found] == [(rule, path)]
    assert (found[0].line, found[0].column) == spot
    assert hint in found[0].hint


def test_right_names_are_no_finding() -> None:
    rows = '{ id = "a", kind = "state", was = "examining", now = "on_hold" },\n'
    rows += '  { id = "b", kind = "field", was = "papers.sort", now = "papers.kind" }'
    assert planted((LAST[0], LAST[1].replace("{ROW}", rows)))[0] == []
