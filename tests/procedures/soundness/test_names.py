"""A name that leads nowhere is found at its place, with the nearest right one."""

import pytest

from tests.procedures.samples import SAMPLE, brief, planted, problems_of

FEW_ROLES = "あるもの: applicant・counter・clerk・chief"
CASES = [
    (
        'label = "再開", from = "on_hold"',
        'label = "再開", from = "«on_hld"',
        "D101",
        "events.resume.from.on_hld",
        "on_hold のことですか",
    ),
    ('to = "rejected", after', 'to = "«refused", after', "D101", "events.close_refused.to", ""),
    (
        'states = ["review", "on_hold"]',
        'states = ["review", "«on_hold_"]',
        "D101",
        "groups.reviewing.states.on_hold_",
        "on_hold のことですか",
    ),
    (
        'from = "@reviewing"',
        'from = "«@reviewin"',
        "D102",
        "events.propose_refusal.from.@reviewin",
        "@reviewing のことですか",
    ),
    (
        'kind = "working", by = "clerk", decided',
        'kind = "working", by = "«boss", decided',
        "D103",
        "states.decided.by",
        FEW_ROLES,
    ),
    (
        'to = "notified", by = "clerk"',
        'to = "notified", by = ["clerk", "«clark"]',
        "D103",
        "events.issue.by.clark",
        "clerk のことですか",
    ),
    (
        'to = "granted", after = "delivery"',
        'to = "granted", after = "«delivry"',
        "D104",
        "events.close.after",
        "delivery のことですか",
    ),
    ('on = "moved_out"', 'on = "«moved_in"', "D105", "events.moved.on.moved_in", "moved_out のことですか"),
    (
        'when = "review_ok", asks = "proposal"',
        'when = "review_ok", asks = "«proposl"',
        "D106",
        "events.propose.asks",
        "proposal のことですか",
    ),
    (
        'kind = "waiting_applicant" },\n  { id = "deciding"',
        'kind = "waiting_applicant", nature = "«claims" },\n  { id = "deciding"',
        "D107",
        "states.on_hold.nature.claims",
        "claim のことですか",
    ),
    (
        '{ id = "issue", issues = true }',
        '{ id = "issue", issues = true },\n  { id = "«issu" }',
        "D108",
        "effects.issu.id",
        "issue のことですか",
    ),
    (
        'proposes = ["approved"]',
        'proposes = ["approved", "«aproved"]',
        "D109",
        "effects.propose.proposes.aproved",
        "approved のことですか",
    ),
    (
        'closes = ["correction"]',
        'closes = ["«corection"]',
        "D110",
        "effects.moved.closes.corection",
        "correction のことですか",
    ),
    (
        'notices = ["told"], notices_to',
        'notices = ["«tld"], notices_to',
        "D111",
        "effects.moved.notices.tld",
        "told のことですか",
    ),
    (
        '{ id = "decide", numbers = ["document"] }',
        '{ id = "decide", numbers = ["document"], registers = ["«leger"] }',
        "D112",
        "effects.decide.registers.leger",
        "ledger のことですか",
    ),
    ('at_meeting = "panel"', 'at_meeting = "«pannel"', "D114", "events.resume.at_meeting", "panel のことですか"),
    (
        '{ id = "issue", issues = true }',
        '{ id = "issue", issues = true, law = "«aplaw-9" }',
        "D115",
        "effects.issue.law",
        "aplaw-6 のことですか",
    ),
    ('approval = "main"', 'approval = "«mein"', "D118", "states.deciding.approval", "main のことですか"),
    (
        'numbers = ["document"]',
        'numbers = ["«documents"]',
        "D121",
        "effects.decide.numbers.documents",
        "document のことですか",
    ),
    ('notices_to = "heirs"', 'notices_to = "«heir"', "D122", "effects.moved.notices_to.heir", "heirs のことですか"),
]


@pytest.mark.parametrize(("old", "new", "rule", "path", "hint"), CASES)
def test_a_name_that_leads_nowhere_is_the_one_finding(old: str, new: str, rule: str, path: str, hint: str) -> None:
    problems, spot = planted((old, new))
    assert [(*brief(one), (one.line, one.column)) for one in problems] == [(rule, path, hint, spot)]


def test_the_system_may_begin_a_case_though_it_is_no_role() -> None:
    begins = '{ id = "draft", override = true, opened_by = ["applicant", "system", "«sytem"] },\n  { id = "on_hold"'
    problems, spot = planted(('{ id = "on_hold"', begins))
    assert [(*brief(one), (one.line, one.column)) for one in problems] == [
        ("D103", "states.draft.opened_by.sytem", FEW_ROLES, spot),
    ]


def test_the_events_of_a_task_name_its_states_one_by_one() -> None:
    problems, spot = planted(('from = "pending"', 'from = "«@open"'))
    assert [(*brief(one), (one.line, one.column)) for one in problems] == [
        ("D102", "tasks.approval_step.events.decide.from.@open", "状態を並べて書く: pending・decided", spot),
    ]


def test_a_row_of_other_days_is_no_help_on_this_one() -> None:
    problems, _ = planted(('subject = "person" }', 'subject = "person", since = 2024-10-01 }'))
    assert [brief(one) for one in problems] == [("D105", "events.moved.on.moved_out", "期間(since・until)を合わせる")]
    assert problems[0].ja == "2022-04-01の定めでは、通報(signals)に moved_out がありません。"


def test_a_sound_procedure_has_no_finding() -> None:
    assert problems_of(SAMPLE) == []
