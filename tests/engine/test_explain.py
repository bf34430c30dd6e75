"""Why something may not happen now, in sentences that can be read out."""

import pytest

from engine.errors import NotPossibleNow, Overtaken
from tests.engine.desk import MONDAY, Desk
from tests.engine.journeys import correcting, decided, drafted, endorsed, looked_at, submitted


def test_out_of_turn_says_where_the_case_is_when_it_could_be_done_and_what_can_be_done(desk: Desk) -> None:
    with pytest.raises(NotPossibleNow) as refused:
        submitted(desk).fire("issue", "counter:c1")
    assert refused.value.ja == (
        "案件1: 「通知を送る」は今はできません。今は「審査」で、できるのは「決裁済」のときです。"
        "今できること: メモする・補正を求める・手数料を免除する・取り下げる。"
    )
    assert refused.value.en == "case 1: cannot issue while review; possible from ['decided']"


def test_a_closed_condition_is_said_with_the_checks_it_waits_for(desk: Desk) -> None:
    case = submitted(desk)
    case.look("clerk:k1", papers=False)
    with pytest.raises(NotPossibleNow) as refused:
        case.fire("propose", "clerk:k1", {"amount": 2000})
    assert refused.value.ja == (
        "案件1: 「許可を起案する」はできません。要る条件: 審査の確認がすべて済んだ。"
        "まだ見ていない確認: 幅が足りる。通らなかった確認: 書類がそろっている。"
    )


def test_a_condition_that_cannot_be_evaluated_refuses_and_says_why(desk: Desk) -> None:
    case = looked_at(desk, kind="renewal")  # the table has a row for new permits only
    with pytest.raises(NotPossibleNow) as refused:
        case.fire("waive", "clerk:k1")
    assert refused.value.ja.startswith(
        "「手数料を免除する」の条件「免除の表で免除とされている」を調べられませんでした。"
    )
    assert "「renewal」の行がありません" in refused.value.ja
    assert "分からないときは行いません" in refused.value.ja
    assert case.events()[-1] == "check"


def test_the_same_condition_holds_where_the_table_has_a_row(desk: Desk) -> None:
    assert looked_at(desk).fire("waive", "clerk:k1").events == ("waive",)


def test_a_condition_that_errors_is_no_option(desk: Desk) -> None:
    assert "waive" not in {option.event for option in looked_at(desk, kind="renewal").options("clerk:k1")}


def test_who_comes_second_with_the_same_is_told_who_was_first(desk: Desk) -> None:
    case = endorsed(desk)
    with pytest.raises(
        Overtaken, match=r"「承認する」は2022年06月06日 10時00分に係長\(u1\)が済ませています"
    ) as refused:
        case.fire("endorse", "unit_chief:u2")
    assert refused.value.facts == {"by": "u1", "post": "unit_chief", "at": MONDAY.isoformat(), "version": 7}


def test_who_comes_second_with_another_thing_is_told_what_the_first_did(desk: Desk) -> None:
    case = drafted(desk)
    case.fire("withdraw", "applicant:p1")
    with pytest.raises(
        Overtaken, match=r"「承認する」はもうできません。「取り下げる」を.*に申請者\(p1\)が済ませています"
    ):
        case.fire("endorse", "unit_chief:u1", task=1)


def test_an_automatic_event_is_laid_to_whoever_brought_it_about(desk: Desk) -> None:
    case = decided(desk)
    with pytest.raises(Overtaken, match=r"「取り下げる」はもうできません。「決裁する」を.*課長\(s1\)"):
        case.fire("withdraw", "applicant:p1")


def test_what_time_did_is_laid_to_nobody(desk: Desk) -> None:
    case = decided(desk)
    case.fire("issue", "counter:c1")
    desk.pass_time(days=10)
    case.fire("reconsider", "clerk:k1")
    case = correcting(desk)
    desk.pass_time(days=30)
    with pytest.raises(Overtaken, match="システム") as refused:
        case.fire("answer", "applicant:p1", {}, task=1)
    assert refused.value.facts["by"] == "system"


def test_who_did_the_other_thing_himself_is_told_where_the_case_is(desk: Desk) -> None:
    case = correcting(desk)
    with pytest.raises(NotPossibleNow, match="今は「補正中」で、できるのは「審査」のときです"):
        case.fire("note", "clerk:k1", {"text": "x"})


def test_a_check_or_fact_is_named_in_words(desk: Desk) -> None:
    case = looked_at(desk)
    with pytest.raises(Overtaken, match="「確認の記録」を行い、今は版4です"):
        case.fire("note", "clerk:k2", {"text": "x"}, expect=3)
