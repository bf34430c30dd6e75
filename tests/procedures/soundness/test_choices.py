"""Rows that must choose one way, names that clash, versions that do not meet, rows that nothing uses."""

import pytest

from tests.procedures.samples import brief, planted

NATURE = '{ id = "claim", act_kind = "請求", disposition = true }'
PAPERS = '{ id = "papers", stage = "review", says = "添付", reads = ["form.papers", "attachments.proof"],'
DELIVERY = '{ id = "delivery", says = "届いたとみる日", days_of = "delivery_days" }'
REFUSAL = '{ id = "refusal", label = "却下の理由", fields = { ground = ["elsewhere", "other"], reason = "text" } }'
CASES = [
    (DELIVERY, "«" + DELIVERY.replace(" }", ", days = 5 }"), "D219", "timers.delivery", ""),
    ("limit = { days = 30,", "limit = «{ days = 30, months = 1,", "D219", "clocks.standard.limit", ""),
    (REFUSAL, "«" + REFUSAL.replace(" } }", ' }, form = "refusal" }'), "D219", "inputs.refusal", ""),
    (PAPERS, "«" + PAPERS + ' passes = "review_ok",', "D219", "checks.papers", ""),
    (
        NATURE,
        f'{NATURE},\n  «{{ id = "offer", act_kind = "申出", disposition = false }}',
        "D222",
        "natures.offer",
        "when を書く",
    ),
    (NATURE, NATURE.replace(" }", ', when = "«review_ok" }'), "D222", "natures.claim.when", "when を消す"),
    (
        '{ id = "papers", stage',
        '{ id = "«correction", stage',
        "D216",
        "checks.correction.id",
        "checks.correction がどちらか分かる id にする",
    ),
    ('{ id = "refusable", says', '{ id = "«form", says', "D216", "conditions.form.id", "別の id にする"),
    (
        '{ id = "resident_here", type',
        '{ id = "«resident-here", type',
        "D217",
        "facts.resident-here.id",
        "resident_here",
    ),
    ("wait_days = 14", "wait_days = 14\nof-city = «1", "D217", "params.of-city", "of_city"),
    (
        'plant = { "form.papers" = [] }, check',
        "check",
        "D221",
        "common_errors.elsewhere",
        "plant・filed_as・wrong のどれかを書く",
    ),
    (', clock = "standard", right = "propose"', "", "D221", "common_errors.late", "check・clock・right のどれかを書く"),
    ("until = 2024-10-01, about", "until = «2024-09-01, about", "D223", "versions.v1.until", "until = 2024-10-01"),
    (
        'satisfied_by = ["decide"]',
        'extended_by = { event = "issue", new_limit = "case.today", most = «2 }\nsatisfied_by = ["decide"]',
        "D231",
        "clocks.standard.extended_by.most",
        "repeat = true と書くか、most を消す",
    ),
    (
        DELIVERY,
        DELIVERY + ',\n  «{ id = "spare", says = "予備", days = 3 }',
        "D224",
        "timers.spare",
        "after に書くか、行を消す",
    ),
    (
        "[meetings.panel]",
        '[tasks.extra]\nlabel = "余分"\nstates = [{ id = "done", label = "済", kind = "done" }]\n[meetings.panel]',
        "D214",
        "tasks.extra",
        "effects の opens に書くか、行を消す",
    ),
]


@pytest.mark.parametrize(("old", "new", "rule", "path", "hint"), CASES)
def test_a_row_that_does_not_choose_is_the_one_finding(old: str, new: str, rule: str, path: str, hint: str) -> None:
    problems, spot = planted((old, new))
    assert [brief(one) for one in problems] == [(rule, path, hint)]
    assert spot in {None, (problems[0].line, problems[0].column)}


def test_a_built_in_set_of_states_keeps_its_meaning() -> None:
    problems, _ = planted(('{ id = "reviewing", states', '{ id = "undecided", states'))
    assert ("D216", "groups.undecided.id", "別の id にする") in map(brief, problems)


def test_a_meeting_that_nothing_refers_to_is_told() -> None:
    problems, _ = planted((', at_meeting = "panel" }', " }"), (', books = "panel"', ""))
    assert [brief(one) for one in problems] == [("D224", "meetings.panel", "at_meeting か books に書くか、行を消す")]


def test_what_is_held_at_a_meeting_can_come_on_its_list() -> None:
    problems, spot = planted((', books = "panel"', ""), ('at_meeting = "panel"', '«at_meeting = "panel"'))
    hint = 'effects に { id = "…", books = "panel" } を書く'
    found = [(*brief(one), (one.line, one.column)) for one in problems]
    assert [one[:3] for one in found] == [("D230", "events.resume.at_meeting", hint)]
    assert spot is not None
    assert found[0][3][0] == spot[0]


def test_a_stage_is_a_state_or_a_task_and_not_both() -> None:
    problems, _ = planted(
        ("[tasks.approval_step]", '[tasks.review]\nlabel = "審査"\nstates = []\n[tasks.approval_step]')
    )
    assert ("D216", "checks.papers.stage", "状態か作業の id を変える") in map(brief, problems)


def test_a_case_counts_no_time_from_the_opening_of_a_task() -> None:
    problems, spot = planted(('to = "granted", after = "delivery"', 'to = "granted", after = "«due"'))
    found = [(*brief(one), (one.line, one.column)) for one in problems]
    assert found == [("D211", "events.close.after", "状態に入った日から数える期間を使う", spot)]


def test_an_act_has_a_nature() -> None:
    problems, _ = planted((f"natures = [\n  {NATURE},\n]\n", ""))
    assert ("D222", ("natures",)) in [(one.rule, one.path) for one in problems]
