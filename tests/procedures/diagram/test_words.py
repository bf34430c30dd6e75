"""What a drawing says: who does an event and when, in whose lane a state lies, which way is the main one."""

from __future__ import annotations

import datetime as dt

from engine.definition.in_force import in_force
from procedures.diagram.machines import Drawn, drawn
from procedures.library import Library

DAY = dt.date(2024, 10, 1)


def child_allowance() -> Drawn:
    whole = Library().read("child_allowance_claim").procedure
    assert whole is not None
    return drawn(in_force(whole, DAY))


ALL = child_allowance()


def who(event: str) -> str:
    told = [told for way in ALL.case.graph.ways for told in way.told]
    told += [told for loops in ALL.case.graph.loops.values() for told in loops]
    told += [one.told for one in ALL.case.graph.anywhere]
    return next(one.who for one in told if one.event == event)


def lane(state: str) -> str:
    return ALL.case.lanes[ALL.case.steps[state].lane].title


def test_an_event_says_who_does_it_or_that_it_comes_by_itself_with_time_or_from_a_register() -> None:
    assert who("request_correction") == "受付・発送/担当"
    assert who("start_review") == "自動"
    assert who("presume_delivery") == "時: 通知が届いたとみる日数 5日"
    assert who("register_change") == "異動: 転出・死亡・児童の死亡"


def test_a_state_lies_with_whom_it_waits_for_or_who_has_it_on_the_desk() -> None:
    states = ("draft", "arrived", "formal_review", "correction_requested", "deciding", "payment_ready", "inquiry")
    assert [lane(state) for state in states] == [
        *("申請者", "システム", "受付・発送", "申請者", "決裁", "支出命令者", "外部機関")
    ]
    assert {lane(state) for state in ("granted", "rejected", "returned")} == {"結果"}


def test_the_lanes_of_the_office_follow_the_case() -> None:
    titles = [one.title for one in ALL.case.lanes]
    assert titles == ["申請者", "システム", "受付・発送", "担当", "決裁", "支出命令者", "外部機関", "結果"]
    assert next(one.about for one in ALL.case.lanes if one.title == "決裁") == "係長・課長"


def test_the_main_way_leads_to_the_good_end_through_review_decision_and_payment() -> None:
    assert [state for state, _ in ALL.case.main] == [
        *("draft", "arrived", "formal_review", "substantive_review"),
        *("deciding", "decided", "notified", "payment_ready"),
    ]
    assert ALL.case.graph.ways[ALL.case.main[-1][1]].target == "granted"


def test_what_may_happen_in_any_state_is_told_apart() -> None:
    assert [(one.told.event, one.target) for one in ALL.case.graph.anywhere] == [
        ("withdraw", "withdrawn"),
        ("register_change", "substantive_review"),
    ]
    assert "withdrawn" not in ALL.case.graph.states


def test_a_state_shows_the_tasks_that_are_open_in_it() -> None:
    chips = {state: ALL.case.steps[state].chips for state in ("correction_requested", "deciding", "payment_ready")}
    assert chips == {
        "correction_requested": ("作業A 補正",),
        "deciding": ("作業C 決裁の一段",),
        "payment_ready": ("作業F 支払",),
    }


def test_a_period_says_its_length_what_stops_it_and_its_ground() -> None:
    clock = ALL.words.clock(ALL.procedure.clocks["standard"])
    assert clock == (
        "30日(暦日) 市の定めがあればそれ 仮定",
        "始まり: 提出する",
        "止まる: 補正依頼中・保留",
        "終わり: 決裁",
        "根拠: 行政手続法6条",
    )


def test_a_condition_is_a_mark_whose_sentence_stands_in_the_list_once() -> None:
    notes = dict(ALL.words.notes)
    marks = [told.mark for way in ALL.case.graph.ways for told in way.told if told.event == "propose"]
    assert notes[marks[0]] == "確認がすべて済み、月額と開始月が計算どおり"
    assert len(set(notes.values())) == len(notes)
