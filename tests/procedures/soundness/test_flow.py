"""Machines whose arrows go wrong: unreachable, stuck, circling, deciding without a route."""

import pytest

from tests.procedures.samples import FRAGMENTS, SAMPLE, brief, edited, planted, problems_of

RESUME = '{ id = "resume", label = "再開", from = "on_hold", to = "review", by = "clerk",'
ISSUE = '{ id = "issue", label = "通知を送る", from = "decided", to = "notified", by = "clerk"'
DECIDE = 'from = "deciding", to = "decided", auto = true, when = "route_done", decides = true'
ONE_WAY = "人なら by、条件なら auto、期間なら after、通報なら on"
REFUSAL = '{ id = "propose_refusal", proposes = "rejected" }'
CASES = [
    (RESUME, RESUME.replace("{", "«{") + ' auto = true, when = "refusable",', "D201", "events.resume", ONE_WAY),
    (ISSUE, ISSUE.replace("{", "«{").replace(', by = "clerk"', ""), "D201", "events.issue", ONE_WAY),
    (
        '  { id = "granted",',
        '  «{ id = "late", label = "待ち", kind = "milestone" },\n  { id = "granted",',
        "D202",
        "states.late",
        'to = "late" の事象を書くか、状態を消す',
    ),
    (
        'to = "deciding", by = "clerk", when',
        'to = "«granted", by = "clerk", when',
        "D213",
        "events.propose.to",
        "to を deciding にする",
    ),
    (
        ISSUE,
        '{ id = "again", label = "起案", from = "review", to = "«deciding", by = "clerk" },\n  ' + ISSUE,
        "D213",
        "events.again.to",
        'effects に { id = "again", proposes = ["…"] } を書く',
    ),
    (
        RESUME,
        '«{ id = "hold", label = "保留", from = "on_hold", auto = true, when = "refusable" },\n  ' + RESUME,
        "D207",
        "events.hold",
        "to に別の状態を書く",
    ),
    (
        '{ id = "deciding", label = "決裁中", kind = "deciding", approval = "main" }',
        '«{ id = "deciding", label = "決裁中", kind = "deciding" }',
        "D212",
        "states.deciding",
        "approval = main",
    ),
    (
        'by = "clerk", decided = true',
        'by = "clerk", decided = true, approval = "«main"',
        "D212",
        "states.decided.approval",
        'kind = "deciding" にするか approval を消す',
    ),
    (
        'to = "notified", by = "clerk"',
        'to = "notified", by = "clerk", decides = «true',
        "D212",
        "events.issue.decides",
        "from を決裁の状態にする",
    ),
    (
        'from = "notified", to = "granted"',
        'from = ["notified", "«withdrawn"], to = "granted"',
        "D208",
        "events.close.from.withdrawn",
        "kind を settled にする",
    ),
    (
        'label = "決裁", kind = "done"',
        'label = "決裁", kind = "«settled"',
        "D210",
        "tasks.approval_step.states.decided.kind",
        "終わりは done か failed",
    ),
    (
        '"保留", kind = "waiting_applicant"',
        '"保留", kind = "«failed"',
        "D210",
        "states.on_hold.kind",
        "settled か final",
    ),
]


@pytest.mark.parametrize(("old", "new", "rule", "path", "hint"), CASES)
def test_a_fault_in_the_arrows_is_the_one_finding(old: str, new: str, rule: str, path: str, hint: str) -> None:
    problems, spot = planted((old, new))
    assert [(*brief(one), (one.line, one.column)) for one in problems] == [(rule, path, hint, spot)]


def test_a_state_without_a_way_out_is_stuck() -> None:
    problems, _ = planted(
        (', to = "review", by = "clerk", at', ', by = "clerk", at'), ('"review", "on_hold"]', '"review"]')
    )
    found = {brief(one) for one in problems}
    assert ("D204", "states.on_hold", "終わりの状態へ行く事象を書く") in found


def test_a_task_state_that_nothing_leaves_is_stuck() -> None:
    problems, _ = planted(('from = "pending", to = "decided"', 'from = "pending", to = "pending"'))
    assert ("D203", "tasks.approval_step.states.pending", 'from = "pending" で to のある事象を書く') in map(
        brief, problems
    )


def test_a_deciding_state_needs_an_event_that_decides() -> None:
    problems, _ = planted((DECIDE, DECIDE.removesuffix(", decides = true")))
    assert [brief(one) for one in problems] == [("D212", "states.deciding", "決裁の事象に decides = true を書く")]


def test_an_automatic_event_behind_an_unconditional_one_never_comes() -> None:
    second = (
        '{ id = "second", label = "もう一つ", from = "arrived", to = "on_hold", auto = true, when = "refusable" },\n  '
    )
    problems, spot = planted((RESUME, "«" + second + RESUME))
    hint = "start に when を書くか、この行を start より上に置く"
    assert [(*brief(one), (one.line, one.column)) for one in problems] == [("D205", "events.second", hint, spot)]


def test_unconditional_automatic_events_that_go_round_are_one_finding() -> None:
    free = (
        RESUME.replace('by = "clerk",', "auto = true,"),
        '{ id = "back", label = "戻る", from = "review", to = "on_hold", auto = true },',
    )
    problems, _ = planted((RESUME + ' at_meeting = "panel" }', f'{free[0]} at_meeting = "panel" }},\n  {free[1][:-1]}'))
    assert [brief(one) for one in problems] == [("D206", "events.resume", "どれかに when を書く")]
    assert "on_hold" in problems[0].ja


def test_a_machine_needs_a_state_to_begin_in() -> None:
    intake, _ = edited(FRAGMENTS["intake_small"], ('kind = "initial"', 'kind = "working"'))
    found = problems_of(SAMPLE, FRAGMENTS | {"intake_small": intake})
    assert [brief(one) for one in found] == [("D218", "states", '一つの状態を kind = "initial" にする')]
