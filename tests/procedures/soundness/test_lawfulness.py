"""What administrative law does not let stand is found before any case opens under it."""

import pytest

from tests.procedures.samples import FRAGMENTS, SAMPLE, brief, edited, planted, problems_of

CASES = [
    ('result = "granted"', 'result = "«void"', "D306", "states.granted.result", '決定なしに終わるなら kind = "final"'),
    (', reasons = "always"', "", "D304", "outcomes.rejected", 'reasons = "always"(行政手続法8条)'),
    (
        'fields = { ground = ["elsewhere", "other"], reason = "text" }',
        'fields = { reason = "text" }',
        "D304",
        "events.propose_refusal.asks",
        "asks の入力の fields に ground = … を書く(行政手続法8条)",
    ),
    (', notice = "told", registers', ", registers", "D305", "outcomes.approved", 'notice = "…" と notices の行を書く'),
    (
        'on = "moved_out" }',
        'on = "moved_out" },\n  { id = "undo", label = "戻す", from = "review", to = "«draft", by = "clerk" }',
        "D307",
        "events.undo.to",
        "補正を求める事象にする(行政手続法7条)",
    ),
    (
        'on = "moved_out" }',
        'on = "moved_out" },\n  { id = "skip", label = "認定", from = "arrived", to = "«granted", by = "clerk" }',
        "D301",
        "events.skip.to",
        "審査の状態へ行く(行政手続法7条)",
    ),
    (
        'on = "moved_out" }',
        'on = "moved_out" },\n  { id = "push", label = "進める", from = "arrived", to = "review", by = "«applicant" }',
        "D301",
        "events.push.by",
        "by を役所の役割にする",
    ),
    (
        '{ id = "rejected", label = "却下", state = "rejected"',
        '{ id = "rejected", label = "却下", state = "«withdrawn"',
        "D306",
        "outcomes.rejected.state",
        'withdrawn の kind を "settled" にする',
    ),
]


@pytest.mark.parametrize(("old", "new", "rule", "path", "hint"), CASES)
def test_what_the_law_does_not_let_stand_is_found(old: str, new: str, rule: str, path: str, hint: str) -> None:
    problems, spot = planted((old, new))
    assert (rule, path, hint) in [brief(one) for one in problems]
    assert spot is None or spot in [(one.line, one.column) for one in problems]


def test_a_notification_is_never_refused() -> None:
    problems, _ = planted(('act_kind = "請求", disposition = true', 'act_kind = "届出", disposition = false'))
    found = {(one.rule, one.path) for one in problems}
    assert ("D302", ("states", "rejected", "result")) in found
    assert ("D308", ("outcomes", "rejected", "disposition")) in found


def test_a_disposition_needs_the_instruction_on_appeal() -> None:
    problems, _ = planted(('[appeal]\nbody = "都道府県知事"\nlaw = "aplaw-6"\n', ""))
    assert {(one.rule, one.path) for one in problems} == {
        ("D303", ("outcomes", "approved", "disposition")),
        ("D303", ("outcomes", "rejected", "disposition")),
    }


def test_a_notice_that_no_event_issues_is_found() -> None:
    problems, _ = planted(('  { id = "issue", issues = true },\n', ""))
    assert {one.rule for one in problems} == {"D305"}


def test_review_begins_by_itself_or_by_the_office_without_a_condition() -> None:
    intake, _ = edited(
        FRAGMENTS["intake_small"],
        ('to = "review", auto = true },', 'to = "review", auto = true, when = "correction_done" },'),
    )
    found = problems_of(SAMPLE, FRAGMENTS | {"intake_small": intake})
    assert [(one.rule, one.path, one.file) for one in found] == [("D301", ("states", "arrived"), "intake_small.toml")]
    assert "行政手続法7条" in found[0].hint


def test_what_the_law_gives_when_a_period_is_over_may_come_without_review() -> None:
    claim = '{ id = "claim", label = "却下とみなす", from = "arrived", to = "rejected", by = "applicant" }'
    breach = 'breach = { finding = "standard_period_exceeded" }'
    problems, _ = planted(
        ('on = "moved_out" }', f'on = "moved_out" }},\n  {claim}'),
        (breach, breach.replace(" }", ', gives = "deemed_rejection", event = "claim" }')),
    )
    assert problems == []


def test_an_application_has_a_state_of_arrival() -> None:
    intake, _ = edited(FRAGMENTS["intake_small"], ('kind = "arrived"', 'kind = "working", by = "counter"'))
    assert ("D309", "states", "断片 intake を使う") in map(
        brief, problems_of(SAMPLE, FRAGMENTS | {"intake_small": intake})
    )


def test_every_end_has_an_outcome() -> None:
    row = '  { id = "withdrawn", label = "取下げ", state = "withdrawn", disposition = false },\n'
    intake, _ = edited(FRAGMENTS["intake_small"], (row, ""))
    found = problems_of(SAMPLE, FRAGMENTS | {"intake_small": intake})
    assert [brief(one) for one in found] == [("D310", "states.withdrawn", 'outcomes に state = "withdrawn" の行を書く')]
