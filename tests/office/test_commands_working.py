"""What the commands of a case say while all goes well."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from cli import main
from tests.office.door import CHILD, EXAMPLE, MADE_UP, Door, contents

At = Callable[[str], Door]


def test_opening_says_where_the_key_file_is_and_what_comes_next(door: Door) -> None:
    found = door("case", "open", CHILD, "--as", "applicant:p1")
    assert f"鍵のファイル: {door.store}.key" in found.stderr
    assert found.stdout.splitlines()[1:] == [
        "  案件を開く → 作成中",
        "次にできること(だれが)",
        "  submit  提出する: 申請者・請求者・届出人(applicant)・代理人(representative)・受付・発送(counter)",
    ]


def test_a_second_case_says_nothing_of_the_key(at: At) -> None:
    assert at("opened")("case", "open", CHILD, "--as", "applicant:p2").stderr == ""


def test_submitting_tells_each_event_the_receipt_number_and_who_is_next(at: At) -> None:
    found = at("opened")("case", "submit", "1", str(EXAMPLE), "--as", "applicant:p1").stdout
    assert "  提出する → 到達\n  審査を始める → 形式審査\n" in found
    assert "受付番号: 2022" in found
    assert "request_correction  補正を求める: 窓口(counter)・担当(clerk)" in found


def test_the_application_may_come_through_a_pipe(at: At) -> None:
    door = at("opened")
    words = ("case", "submit", "1", "-", "--as", "applicant:p1", "--db", str(door.store), *door.standing)
    found = CliRunner().invoke(main, words, input=EXAMPLE.read_bytes())
    assert (found.exit_code, door.json("case", "show", "1")["state"]) == (0, "formal_review")


def test_a_receipt_is_data_on_request(at: At) -> None:
    receipt = at("opened").json("case", "submit", "1", str(EXAMPLE), "--as", "applicant:p1")
    assert receipt["events"] == ["submit", "start_review"]
    assert (receipt["case_id"], receipt["version"], receipt["state"]) == (1, 3, "formal_review")
    assert receipt["again"] is False


def test_a_command_repeated_under_its_key_acts_once(at: At) -> None:
    door = at("opened")
    words = ("case", "submit", "1", str(EXAMPLE), "--as", "applicant:p1", "--key", "k-1")
    door(*words)
    before = contents(door.store)
    assert "この操作(鍵「k-1」)は済んでいます" in door(*words).stdout
    assert contents(door.store) == before


def test_a_step_of_the_route_is_on_the_desk_of_its_post_only(at: At) -> None:
    door = at("proposed")
    assert [item["kind"] for item in door.json("inbox", "--as", "unit_chief")] == ["approval_step"]
    assert door("inbox", "--as", "section_chief").stdout == "机に仕事はありません。\n"


def test_the_inbox_is_a_table_of_eighty_columns(at: At) -> None:
    head, first, *_ = at("proposed")("inbox", "--as", "unit_chief").stdout.splitlines()
    assert head.split() == ["案件", "作業", "仕事", "手続", "ここに来た日", "到達"]
    assert first.split()[:4] == ["1", "1", "決裁の一段:", "審査中"]


def test_options_are_those_of_the_post_that_asks_or_of_everybody(at: At) -> None:
    door = at("proposed")
    assert {one["event"] for one in door.json("case", "options", "1", "--as", "applicant:p1")} == {"withdraw"}
    everybody = {one["event"]: one["by"] for one in door.json("case", "options", "1")}
    assert everybody["endorse"] == ["unit_chief"]
    assert "withdraw" in everybody


def test_show_tells_state_clocks_tasks_and_on_request_the_answers(at: At) -> None:
    door = at("proposed")
    assert "状態: 決裁中(deciding)" in door("case", "show", "1").stdout
    answers = door("case", "show", "1", "--answers", "--as", "clerk:k1").stdout
    assert "請求者氏名: 髙橋　健太" in answers
    assert "月額" in answers or "amount: 15000" in answers


def test_a_my_number_is_never_shown_whole(door: Door) -> None:
    document = json.loads(EXAMPLE.read_text("utf-8"))
    document["applicant"]["my_number"] = "123456789010"
    (door.folder / "answers.json").write_text(json.dumps(document), "utf-8")
    door("case", "open", CHILD, "--as", "applicant:p1", "--practice")
    door("case", "submit", "1", str(door.folder / "answers.json"), "--as", "applicant:p1")
    shown = (
        door("case", "show", "1", "--answers", "--as", "clerk:k1").stdout
        + door("case", "show", "1", "--answers", "--as", "clerk:k1", "--json").stdout
    )
    assert "123456789010" not in shown
    assert "************" in shown


def test_the_log_has_a_line_for_each_event_and_every_column_as_data(at: At) -> None:
    door = at("submitted")
    lines = door("case", "log", "1").stdout.splitlines()
    assert lines[1].split() == ["2", "2022-05-30", "20:00", "提出する", "→", "到達", "applicant:p1"]
    rows = door.json("case", "log", "1")
    assert [row["seq"] for row in rows] == [1, 2, 3]
    assert rows[1]["previous"] == rows[0]["hash"]


def test_notices_are_shown_and_delivered_once(at: At, tmp_path: Path) -> None:
    door = at("issued")
    assert "教示" in door("case", "notices", "1", "--as", "clerk:k1").stdout
    door("deliver", "--out", str(tmp_path / "letters"))
    letters = sorted(path.name for path in (tmp_path / "letters").iterdir())
    assert len(letters) == len(door.json("case", "notices", "1", "--as", "clerk:k1"))
    assert door("deliver").stdout == "送る通知はありません。\n"


def test_tick_lets_what_is_due_happen(at: At) -> None:
    door = at("submitted")
    door("case", "fire", "1", "request_correction", "--as", "counter:c1", "--set", "items=口座")
    later = Door(door.folder, ("--at", "2022-07-29T09:00"))
    assert "督促" in later("tick").stdout
    assert later("tick").stdout == "時の来たものはありません。\n"


def test_a_correction_changes_single_answers_of_the_form(at: At) -> None:
    door = at("submitted")
    door("case", "fire", "1", "request_correction", "--as", "counter:c1", "--set", "items=口座")
    door("case", "fire", "1", "answer", "--as", "applicant:p1", "--set", "bank_account.account_number=7654321")
    account = door.json("case", "show", "1", "--answers", "--as", "clerk:k1")["answers"]["form"]["bank_account"]
    assert (account["account_number"], account["branch_code"]) == ("7654321", "112")


def test_a_practice_clock_may_be_put_back(at: At) -> None:
    door = at("submitted")
    door.standing = ("--at", "2022-07-01")
    door("case", "fire", "1", "request_correction", "--as", "counter:c1", "--set", "items=口座")
    door.standing = ("--at", "2022-06-01")
    found = door("case", "fire", "1", "answer", "--as", "applicant:p1", "--set", "bank_account.account_number=7654321")
    assert "補正が済んだ → 形式審査" in found.stdout
    assert door("case", "verify").exit_code == 0


def test_a_signal_is_heard(at: At) -> None:
    found = at("reviewed")("case", "signal", "1", "death", "died_on=2022-06-01").stdout
    assert "審査中の異動" in found or "死亡" in found


def test_verify_finds_nothing_in_a_sound_store(at: At) -> None:
    assert at("issued")("case", "verify").stdout == "案件1件を確かめました。誤りは0件です。\n"


def test_the_store_knows_its_city(at: At) -> None:
    door = at("submitted")
    assert "窓口(counter)" in door("case", "options", "1").stdout
    assert "hitachinaka" in door.refused("case", "show", "1", "--city", "omitama")


def test_a_28th_procedure_needs_files_only(door: Door) -> None:
    door.standing = ("--definitions", str(MADE_UP))
    (door.folder / "answers.json").write_text('{"day": "2025-06-01"}', "utf-8")
    listed = door("procedures", "list", "--definitions", str(MADE_UP), plain=True).stdout
    assert "28    plaza_use" in listed
    door("case", "open", "plaza_use")
    door("case", "submit", "1", str(door.folder / "answers.json"))
    door("case", "fact", "1", "free=yes", "seats=30", "--as", "clerk:k1")
    door("case", "fire", "1", "note", "--as", "clerk:k1", "--set", "code=007")
    seen = door.json("case", "show", "1", "--answers", "--as", "clerk:k1")
    assert (seen["state"], seen["answers"]["remark"]["code"]) == ("noted", "007")
    assert door("case", "verify").exit_code == 0
