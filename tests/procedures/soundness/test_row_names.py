"""Names in checks, clocks, routes, outcomes, errors and dotted paths lead somewhere."""

import pytest

from tests.procedures.samples import brief, planted

PERSON = 'person = "form.applicant"'
CASES = [
    (PERSON, 'person = "«facts.resident_here"', "D125", "subjects.person", "form で始まる欄にする"),
    (
        PERSON,
        f'{PERSON}\nhouse = ["form.applicant", "«given.wish"]',
        "D125",
        "subjects.house.given.wish",
        "form・facts で始まる欄にする",
    ),
    (
        PERSON,
        f'{PERSON}\nhouse = ["«facts.resident_her"]',
        "D125",
        "subjects.house.facts.resident_her",
        "resident_here のことですか",
    ),
    ('["given.wish"]', '["«given.wsh"]', "D125", "checks.answered.reads.given.wsh", "wish のことですか"),
    ('["given.wish"]', '["«given.wish.item"]', "D126", "checks.answered.reads.given.wish.item", "items のことですか"),
    (
        "many = true",
        'many = true\ncorrectable = "«wish.item"',
        "D126",
        "tasks.approval_step.correctable",
        "items のことですか",
    ),
    (
        '"facts.resident_here == true", on_fail = "p',
        '"facts.resident_here == true", on_fail = "«xp',
        "D108",
        "checks.resident.on_fail",
        "propose_refusal のことですか",
    ),
    ('"papers", stage = "review"', '"papers", stage = "«reviw"', "D124", "checks.papers.stage", "review のことですか"),
    ('says = "添付",', 'says = "添付", law = "«aplaw-7",', "D115", "checks.papers.law", "aplaw-6 のことですか"),
    (
        'on_fail = "ask"',
        'on_fail = "«decide"',
        "D209",
        "checks.papers.on_fail",
        "review から起こせるもの: ask・withdraw・propose・propose_refusal・moved",
    ),
    (
        'when = "facts.resident_here != true" },',
        'when = "facts.resident_here != true", linked = «["juki.adress"] },',
        "D125",
        "attachments.proof.linked",
        "juki.address のことですか",
    ),
    ('check = "resident"', 'check = "«residnt"', "D116", "common_errors.elsewhere.check", "resident のことですか"),
    ('clock = "standard"', 'clock = "«standart"', "D117", "common_errors.late.clock", "standard のことですか"),
    ('right = "propose"', 'right = "«propos"', "D108", "common_errors.late.right", "propose のことですか"),
    ('link = "next"', 'link = "«nxt"', "D113", "common_errors.elsewhere.link", "next のことですか"),
    ('starts = "submit"', 'starts = "«submitted"', "D108", "clocks.standard.starts.submitted", "submit のことですか"),
    (
        'pauses_in = ["correcting"]',
        'pauses_in = ["«corecting"]',
        "D101",
        "clocks.standard.pauses_in.corecting",
        "correcting のことですか",
    ),
    (
        '"standard_period_exceeded"',
        '"exceeded", event = "«decied"',
        "D108",
        "clocks.standard.breach.event",
        "decide のことですか",
    ),
    (
        'satisfied_by = ["decide"]',
        'due = { days_before = 5, notices = ["«tolt"], notices_to = "heirs" }\nsatisfied_by = ["decide"]',
        "D111",
        "clocks.standard.due.notices.tolt",
        "told のことですか",
    ),
    (
        'satisfied_by = ["decide"]',
        'extended_by = { event = "issue", new_limit = "case.today", law = "«aplaw-7" }\nsatisfied_by = ["decide"]',
        "D115",
        "clocks.standard.extended_by.law",
        "aplaw-6 のことですか",
    ),
    ('label = "審査会"', 'label = "審査会"\nlaw = "«aplaw-7"', "D115", "meetings.panel.law", "aplaw-6 のことですか"),
    (
        'satisfied_by = ["decide"]',
        'satisfied_by = ["«decided"]',
        "D108",
        "clocks.standard.satisfied_by.decided",
        "decide のことですか",
    ),
    (
        "breach = { finding",
        'breach = { law = "«ap-6", finding',
        "D115",
        "clocks.standard.breach.law",
        "aplaw-6 のことですか",
    ),
    ('drafter = "clerk"', 'drafter = "«clark"', "D103", "approval.main.drafter", "clerk のことですか"),
    ('decider = "chief"', 'decider = "«chif"', "D103", "approval.main.levels.section.decider", "chief のことですか"),
    ('registers = "ledger"', 'registers = "«leger"', "D112", "outcomes.approved.registers", "ledger のことですか"),
    (
        'keys = ["subjects.person"]',
        'keys = ["«subjects.persn"]',
        "D125",
        "registrations.ledger.keys.subjects.persn",
        "person のことですか",
    ),
    ('holds = "proposal"', 'holds = "«proposel"', "D106", "registrations.ledger.holds", "proposal のことですか"),
    (
        'days_of = "delivery_days"',
        'days_of = "«delivery_day"',
        "D119",
        "timers.delivery.days_of",
        "delivery_days のことですか",
    ),
    ('subject = "person"', 'subject = "«persn"', "D123", "signals.moved_out.subject", "person のことですか"),
    (
        'opens_links = "after"',
        'opens_links = "«opens"',
        "D113",
        "effects.moved.opens_links",
        'links に kind = "opens" の行を書く',
    ),
    ('"form.papers", "att', '"«from.papers", "att', "D125", "checks.papers.reads.from.papers", "form のことですか"),
    (
        '"attachments.proof"',
        '"«attachments.prof"',
        "D125",
        "checks.papers.reads.attachments.prof",
        "proof のことですか",
    ),
    ('["form.papers", ', '["«form.paper", ', "D126", "checks.papers.reads.form.paper", "papers のことですか"),
    (
        'ground = ["elsewhere", "other"], reason = "text" }',
        'ground = ["elsewhere", "other"], reason = "text" }, labels = { "ground.elswhere" = "«他市" }',
        "D126",
        "inputs.refusal.labels.ground.elswhere",
        "ground.elsewhere のことですか",
    ),
    ('person = "form.applicant"', 'person = "«form.applicnt"', "D126", "subjects.person", "applicant のことですか"),
    (
        'body = "都道府県知事"',
        'body = "都道府県知事"\nnatures = ["«clam"]',
        "D107",
        "appeal.natures.clam",
        "claim のことですか",
    ),
]


@pytest.mark.parametrize(("old", "new", "rule", "path", "hint"), CASES)
def test_a_name_that_leads_nowhere_is_the_one_finding(old: str, new: str, rule: str, path: str, hint: str) -> None:
    problems, spot = planted((old, new))
    assert [(*brief(one), (one.line, one.column)) for one in problems] == [(rule, path, hint, spot)]


def test_fields_are_followed_into_lists_with_or_without_a_number() -> None:
    sound = [planted(('["form.papers", ', f'["form.papers.{rest}", '))[0] for rest in ("kind", "0.kind")]
    assert sound == [[], []]
    wrong, spot = planted(('["form.papers", ', '["«form.papers.0.kid", '))
    assert [(one.rule, one.hint, (one.line, one.column)) for one in wrong] == [("D126", "kind のことですか", spot)]
