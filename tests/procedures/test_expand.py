"""Fragments come in, are changed on purpose, and what they ask for is there."""

import pytest

from tests.procedures.samples import FRAGMENTS, SAMPLE, brief, edited, load_text, planted, problems_of

USE = '{ id = "intake_small" }'
FIRST_EVENT = '{ id = "correction_unanswered", label'
MARK_OVERRIDE = "断片の行を変えるなら override = true と変わる項目だけを書く"
CASES = [
    ('id = "intake_small"', 'id = "«intake_smal"', "D020", "fragments.intake_smal", "intake_small のことですか"),
    (
        FIRST_EVENT,
        f'«{{ id = "start", label = "始める", from = "arrived", to = "review", by = "clerk" }},\n  {FIRST_EVENT}',
        "D021",
        "events.start",
        MARK_OVERRIDE,
    ),
    (
        FIRST_EVENT,
        f'«{{ id = "strt", override = true, label = "始める" }},\n  {FIRST_EVENT}',
        "D022",
        "events.strt",
        "start のことですか",
    ),
    (
        USE,
        '{ id = "intake_small", without = { conditions = ["«correction_don"] } }',
        "D023",
        "fragments.intake_small.without.conditions.correction_don",
        "correction_done のことですか",
    ),
    ("wait_days = 14\n", "", "D024", "fragments.intake_small", "[params] に wait_days = … を書く"),
    (
        USE,
        f'{USE},\n  {{ id = "«people", without = {{ roles = ["counter"] }} }}',
        "D027",
        "fragments.people",
        "without をそろえるか、片方を消す",
    ),
    (
        "[tasks.approval_step]\n",
        '[tasks.«correction]\nlabel = "直し"\n[tasks.approval_step]\n',
        "D021",
        "tasks.correction",
        MARK_OVERRIDE,
    ),
]


@pytest.mark.parametrize(("old", "new", "rule", "path", "hint"), CASES)
def test_a_slip_with_a_fragment_is_the_one_finding(old: str, new: str, rule: str, path: str, hint: str) -> None:
    text, spot = edited(SAMPLE, (old, new))
    problems = load_text(text).problems
    assert [brief(one) for one in problems] == [(rule, path, hint)]
    assert spot in {None, (problems[0].line, problems[0].column)}


def test_both_places_of_an_id_said_twice_are_named() -> None:
    problems, _ = planted((FIRST_EVENT, f'{{ id = "start", label = "始める" }},\n  {FIRST_EVENT}'))
    assert (problems[0].where, problems[0].ja.partition("同")[0]) == (
        "sample.toml:61:3",
        "start は intake_small.toml:26 にもあります。",
    )


def test_rows_of_fragments_come_first_in_the_order_of_use() -> None:
    procedure = load_text(SAMPLE).procedure
    assert procedure is not None
    assert [role.id for role in procedure.roles] == ["applicant", "counter", "clerk", "chief"]


def test_an_override_changes_only_the_keys_it_names_and_leaves_the_row_where_it_was() -> None:
    text, _ = edited(SAMPLE, (FIRST_EVENT, f'{{ id = "ask", override = true, by = "clerk" }},\n  {FIRST_EVENT}'))
    procedure = load_text(text).procedure
    assert procedure is not None
    row = procedure.events[2]
    assert (row.id, row.by, row.asks, row.to) == ("ask", ("clerk",), "wish", "correcting")


def test_two_overrides_of_one_row_are_told_and_the_later_does_not_win_in_silence() -> None:
    rows = '{ id = "ask", override = true, by = "clerk" },\n  { id = "ask", override = true, to = "correcting" },'
    text, _ = edited(SAMPLE, (FIRST_EVENT, f"{rows}\n  {FIRST_EVENT}"))
    assert {one.rule for one in problems_of(text)} == {"D016"}


def test_an_override_of_how_an_event_begins_replaces_the_old_way() -> None:
    text, _ = edited(SAMPLE, (FIRST_EVENT, f'{{ id = "start", override = true, by = "counter" }},\n  {FIRST_EVENT}'))
    assert problems_of(text) == []
    procedure = load_text(text).procedure
    assert procedure is not None
    assert (procedure.events[1].auto, procedure.events[1].by) == (False, ("counter",))


def test_a_wrong_key_of_an_override_is_found_where_the_host_wrote_it() -> None:
    text, spot = edited(SAMPLE, (FIRST_EVENT, f'{{ id = "ask", override = true, to = "«cleark" }},\n  {FIRST_EVENT}'))
    problems = problems_of(text)
    assert [(one.file, (one.line, one.column), one.path) for one in problems] == [
        ("sample.toml", spot, ("events", "ask", "to")),
    ]


def test_a_task_of_a_fragment_is_overridden_key_by_key_and_row_by_row() -> None:
    rows = """[tasks.correction]
override = true
outlives = true
events = [{ id = "expire", override = true, label = "期限" }]
"""
    procedure = load_text(edited(SAMPLE, ("[tasks.approval_step]\n", rows + "[tasks.approval_step]\n"))[0]).procedure
    assert procedure is not None
    task = procedure.tasks["correction"]
    assert (task.label, task.outlives, [event.label for event in task.events]) == (
        "補正",
        True,
        ["補正する", "期限", "督促"],
    )


def test_what_is_left_out_is_gone_also_inside_tasks() -> None:
    without = (
        '{ id = "intake_small", without = { conditions = "correction_done", "tasks.correction.events" = ["remind"] } }'
    )
    procedure = load_text(edited(SAMPLE, (USE, without))[0]).procedure
    assert procedure is not None
    assert "correction_done" not in [row.id for row in procedure.conditions]
    assert [event.id for event in procedure.tasks["correction"].events] == ["answer", "expire"]


def test_a_fragment_asks_its_host_for_rows() -> None:
    text, _ = edited(SAMPLE, (FIRST_EVENT, FIRST_EVENT.replace("unanswered", "ignored")))
    problems = load_text(text).problems
    assert [brief(one) for one in problems] == [
        (
            "D025",
            "fragments.intake_small",
            "correction_ignored を correction_unanswered に改めるか、events に correction_unanswered を書く",
        )
    ]
    assert problems[0].ja == "断片 intake_small は events に correction_unanswered の行を求めています。"


def test_a_fragment_asks_its_host_for_checks_at_a_stage() -> None:
    text = SAMPLE.replace('stage = "review"', 'stage = "on_hold"')
    assert brief(load_text(text).problems[0]) == (
        "D025",
        "fragments.intake_small",
        'checks に stage = "review" の行を書く',
    )


def test_a_fragment_that_uses_itself_by_way_of_another_is_refused() -> None:
    people = FRAGMENTS["people"] + 'fragments = [{ id = "intake_small" }]\n'
    problems = load_text(SAMPLE, FRAGMENTS | {"people": people}).problems
    assert [(one.rule, one.file) for one in problems] == [("D026", "people.toml")]
    assert "intake_small → people → intake_small" in problems[0].ja


def test_a_fragment_has_no_key_of_a_procedure() -> None:
    people, spot = edited(FRAGMENTS["people"], ('id = "people"', 'id = "peple"\n«number = 3'))
    problems = load_text(SAMPLE, FRAGMENTS | {"people": people}).problems
    assert [(one.rule, one.path, one.file) for one in problems] == [
        ("D014", ("id",), "people.toml"),
        ("D010", ("number",), "people.toml"),
    ]
    assert (problems[1].line, problems[1].column) == spot


def test_of_several_periods_an_override_says_which() -> None:
    rows = """
conditions = [
  { id = "big", says = "大きい", cel = "form.papers == []", since = 2022-04-01, until = 2024-10-01 },
  { id = "big", says = "大きい", cel = "form.papers != []", since = 2024-10-01 },
]
"""
    people = FRAGMENTS | {"people": FRAGMENTS["people"] + rows}
    one = '{ id = "review_ok", says'
    text, _ = edited(SAMPLE, (one, f'{{ id = "big", override = true, says = "とても大きい" }},\n  {one}'))
    assert [brief(p) for p in load_text(text, people).problems] == [
        ("D028", "conditions.big", "since は 2022-04-01, 2024-10-01 のどれか")
    ]
    text = text.replace('id = "big", override = true', 'id = "big", override = true, since = 2024-10-01')
    procedure = load_text(text, people).procedure
    assert procedure is not None
    assert [row.says for row in procedure.conditions if row.id == "big"] == ["大きい", "とても大きい"]


def test_a_fragment_that_cannot_be_read_is_told_once_with_its_own_place() -> None:
    problems = load_text(SAMPLE, FRAGMENTS | {"people": "roles = [\n  { id = yes },\n]\n"}).problems
    assert [(one.rule, one.where) for one in problems][:1] == [("D002", "people.toml:2:10")]
