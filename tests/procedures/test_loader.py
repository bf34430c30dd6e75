"""A file becomes a procedure, or every mistake of its form is told at once, each at its place."""

import datetime as dt
from pathlib import Path

import pytest

from procedures.expand import NoFragments
from procedures.files import FragmentFolders
from procedures.loader import load_procedure
from tests.procedures.samples import DATA, SAMPLE, brief, edited, load_text, planted, problems_of

FILE = DATA / "childcare" / "sample.toml"
KINDS = (
    "initial・arrived・working・waiting_applicant・waiting_outside・waiting_meeting・deciding・milestone・settled・final・"
    "done・failed のどれか"
)
FIELDS = "text・date・month・yes_no・whole・number・yen・file のどれか"
SIGNALS = 'signals = [\n  { id = "moved_out", label = "転出", register = "juki", subject = "person" },\n]'
MONTH = '"month_of(case.arrived_on)",'
RESUME = '{ id = "resume", label = "再開",'
CASES = [
    ('label = "再開",', '«lable = "再開",', "D010", "events.resume.lable", "label のことですか"),
    (
        "finish = true }",
        "finish = true, «phone = true }",
        "D010",
        "online.phone",
        "書ける項目: submit・finish・face_to_face・paper",
    ),
    ("days = 30, city", "«dys = 30, days = 30, city", "D010", "clocks.standard.limit.dys", "days のことですか"),
    (
        "[approval.main]\n",
        "[approval.main]\n«checks = []\n",
        "D010",
        "approval.main.checks",
        "最初の [表] より上に書く",
    ),
    (RESUME, '«{ id = "resume",', "D011", "events.resume", "label = … を書く"),
    ('title_en = "Sample application"\n', "", "D011", "", "title_en = … を書く"),
    (
        '"保留", kind = "waiting_applicant"',
        '"保留", kind = "«waiting_aplicant"',
        "D012",
        "states.on_hold.kind",
        f"waiting_applicant のことですか。{KINDS}",
    ),
    ('amount = "yen"', 'amount = "«yenn"', "D012", "inputs.proposal.fields.amount", f"yen のことですか。{FIELDS}"),
    ("number = 1", 'number = "«1"', "D013", "number", ""),
    ("number = 1", "number = «0", "D013", "number", ""),
    ("decides = true", 'decides = "«yes"', "D013", "events.decide.decides", ""),
    ("since = 2024-10-01", 'since = "«2024-10-01"', "D013", "rules.start_month.2024-10-01.since", ""),
    (SIGNALS, "signals = «3", "D013", "signals", ""),
    ('holds = "proposal" },', 'holds = "proposal" },\n  "«ledger",', "D013", "registrations", ""),
    (
        '{ id = "ledger", label',
        '{ id = "«Ledger", label',
        "D014",
        "registrations.Ledger.id",
        "英小文字で始め、英小文字・数字・_・- だけで書く",
    ),
    (
        '{ id = "ledger", label = "台帳",',
        '{ label = "台帳", «id = "ledger",',
        "D015",
        "registrations.ledger",
        '{ id = "ledger", … }',
    ),
    (
        '{ id = "close", label',
        '{ id = "«issue", label',
        "D016",
        "events.issue",
        "別の id にするか、since・until を分ける",
    ),
    (
        f"{MONTH} until = 2024-10-01",
        f"{MONTH} since = 2024-10-01, until = «2024-10-01",
        "D017",
        "rules.start_month.2024-10-01.until",
        "2024-10-01 より後の日にする(その日は含まない)",
    ),
]


@pytest.mark.parametrize(("old", "new", "rule", "path", "hint"), CASES)
def test_a_mistake_of_form_is_the_one_finding(old: str, new: str, rule: str, path: str, hint: str) -> None:
    text, spot = edited(SAMPLE, (old, new))
    problems = load_text(text).problems
    assert [brief(one) for one in problems] == [(rule, path, hint)]
    assert spot in {None, (problems[0].line, problems[0].column)}


def test_a_sound_file_becomes_a_procedure() -> None:
    procedure, problems = load_procedure(FILE, FragmentFolders([DATA]))
    assert problems == []
    assert procedure is not None
    assert [state.id for state in procedure.states][:6] == [
        "draft",
        "arrived",
        "review",
        "correcting",
        "withdrawn",
        "on_hold",
    ]
    assert procedure.rules[1].since == dt.date(2024, 10, 1)
    assert procedure.events[0].by == ("applicant", "counter")
    assert procedure.common_errors[0].plant == {"form.papers": []}


def test_five_mistakes_are_five_findings_in_the_order_of_lines() -> None:
    problems, _ = planted(
        ("number = 1", 'number = "1"'),
        ('"保留", kind = "waiting_applicant"', '"保留", kind = "waiting"'),
        (RESUME, '{ id = "resume", lable = "再開",'),
        ('reasons = "always"', "reasons = true"),
        ("[appeal]\n", "[appeal]\nbudy = 1\n"),
    )
    assert [one.path[-1] for one in problems] == ["number", "kind", "lable", "reasons", "budy"]
    assert [one.line for one in problems] == sorted(one.line for one in problems)


def test_five_names_that_lead_nowhere_are_five_findings() -> None:
    problems, _ = planted(
        ('"notified", by = "clerk"', '"notified", by = "clark"'),
        ('on = "moved_out"', 'on = "moved_ot"'),
        ('numbers = ["document"]', 'numbers = ["documnt"]'),
        ('registers = "ledger"', 'registers = "leger"'),
        ('decider = "chief"', 'decider = "cheif"'),
    )
    assert [one.rule for one in problems] == ["D103", "D105", "D121", "D112", "D103"]
    assert all(one.hint.endswith("のことですか") for one in problems)


def test_a_list_below_params_would_be_lost_without_a_word() -> None:
    text, spot = edited(SAMPLE, ("delivery_days = 5\n", "delivery_days = 5\n«facts = []\n"))
    problems = [one for one in problems_of(text) if one.rule == "D005"]
    assert [(*brief(one), (one.line, one.column)) for one in problems] == [
        ("D005", "params.facts", "最初の [表] より上に移す", spot),
    ]


def test_double_brackets_are_refused() -> None:
    text, spot = edited(SAMPLE, ("[subjects]", '«[[more]]\nid = "x"\n[subjects]'))
    problems = [one for one in load_text(text).problems if one.rule == "D004"]
    assert [(one.line, one.column, one.hint) for one in problems] == [
        (*(spot or ()), "名 = [ { id = … }, ] と一行ずつ書く")
    ]


def test_a_row_too_long_for_a_screen_is_a_warning() -> None:
    text, _ = edited(SAMPLE, ('"本市に住む", source', f'"{"長" * 200}", source'))
    found = [(one.rule, one.line, one.column, one.severity) for one in load_text(text).problems]
    assert found == [("D006", 31, 201, "warning")]
    assert load_text(text).procedure is not None


def test_a_file_that_is_not_there_is_said_so() -> None:
    procedure, problems = load_procedure(DATA / "nowhere.toml", NoFragments())
    assert procedure is None
    assert [(one.rule, one.ja) for one in problems] == [("D001", "ファイルがありません。")]


def test_a_folder_is_not_a_file() -> None:
    problems = load_procedure(DATA, NoFragments())[1]
    assert [(one.rule, one.ja) for one in problems] == [("D001", "フォルダーです。ファイルを指定してください。")]


@pytest.mark.parametrize(
    ("raw", "line", "column", "ja"),
    [
        (b"\xef\xbb\xbfid = 1", 1, 1, "先頭に BOM があります。"),
        ("id = 1\ntitle = 'あ'".encode("cp932"), 2, 10, "UTF-8 ではありません。"),
        ("id = 'あ'".encode("utf-16"), 1, 1, "UTF-8 ではありません。"),
        (b"a = " + b"[" * 9999 + b"]" * 9999, 1, 1, "入れ子が深すぎます。"),
    ],
)
def test_bytes_that_are_no_text_of_ours(tmp_path: Path, raw: bytes, line: int, column: int, ja: str) -> None:
    (tmp_path / "x.toml").write_bytes(raw)
    problems = load_procedure(tmp_path / "x.toml", NoFragments())[1]
    assert [(one.rule, one.line, one.column, one.ja) for one in problems] == [("D001", line, column, ja)]
