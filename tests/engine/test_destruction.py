"""Destroying values: what may go and by whom, what stays, and what can no longer be asked of the case."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.actors import Actor
from engine.answers import receive
from engine.commands import Receipt
from engine.destruction import lacking
from engine.enclosures import ANSWERS, gathered
from engine.errors import BadAnswers, KeyReused, NotPossibleNow, NotYourTurn, Refusal, UnknownThing
from engine.store import Store
from engine.verify import verify_everything
from tests.engine.desk import Case, Desk
from tests.engine.gate import Gate, Stopped
from tests.engine.journeys import PERMIT, correcting, granted, submitted

REASON = "保存期間の満了"
CHIEF = Actor.parse("section_chief:s1")


def destroy(case: Case, *fields: str, reason: str = REASON, by: Actor = CHIEF, key: str = "") -> Receipt:
    """Destroy values of a case; all of them where none is named."""
    receipt: Receipt = case.desk.say("destroy", case.id, by, fields, reason, key=key)
    return receipt


def over(desk: Desk) -> Case:
    """A permit that was granted, told and sent: nothing needs its values any more."""
    case = granted(desk)
    desk.deliver()
    return case


def kept(case: Case) -> dict[str, bool]:
    """The fields of a case's values, and whether they are still there."""
    with case.desk.store.reading() as tx:
        there = {value.field: value.destroyed_at is None for value in tx.values(case.id)}
        assert {field: tx.get_value(case.id, field) is not None for field in there} == there
        assert verify_everything(tx) == []
        return there


def test_a_my_number_goes_and_all_the_rest_stays(desk: Desk) -> None:
    case = over(desk)
    before = kept(case)
    destroy(case, "my_number")
    assert kept(case) == before | {"form.1.my_number": False}
    applicant = case.ask(lambda work: work.answers("form"))["applicant"]
    assert applicant == {"name": "山田花子", "illness": "喘息"}


def test_the_record_says_who_when_why_and_which_and_holds_no_value(desk: Desk) -> None:
    case = over(desk)
    with desk.store.reading() as tx:
        digest = next(value.digest for value in tx.values(case.id) if value.field == "form.1.my_number")
    destroy(case, "my_number", key="k")
    row = case.log[-1]
    assert (row.event, row.kind, row.post, row.person, row.key) == ("destroy", "command", "section_chief", "s1", "k")
    assert json.loads(row.effects) == [["destroyed", REASON, {"form.1.my_number": digest}]]
    assert case.whole.case.memo["destroyed"] == {"form.1.my_number": [row.at, REASON]}


def test_everything_of_a_case_can_go(desk: Desk) -> None:
    case = over(desk)
    destroy(case)
    assert set(kept(case).values()) == {False}
    assert case.ask(lambda work: work.answers("form")) == {}


@pytest.mark.parametrize("by", ["clerk:k1", "unit_chief:u1", "applicant:p1"])
def test_only_the_post_that_decides_destroys(desk: Desk, by: str) -> None:
    case = over(desk)
    with pytest.raises(NotYourTurn, match="決裁権者"):
        destroy(case, "my_number", by=Actor.parse(by))
    assert all(kept(case).values())


@pytest.mark.parametrize(
    "reason", ["", " ", "a\nb", "理" * 201, "番号987654321098の廃棄", "９８７６ ５４３２ １０９８"]
)
def test_a_reason_is_plain_words(desk: Desk, reason: str) -> None:
    case = over(desk)
    with pytest.raises(BadAnswers):
        destroy(case, "my_number", reason=reason)
    assert all(kept(case).values())


def test_a_case_that_is_open_keeps_what_it_needs(desk: Desk) -> None:
    case = submitted(desk)
    desk.deliver()
    case.establish("clerk:k1", fee=1000)
    for fields in (("my_number",), ("form.1",), ("fact.fee",), ()):
        with pytest.raises(NotPossibleNow, match="まだ使います") as refused:
            destroy(case, *fields)
        assert "案件が終わってから" in refused.value.ja
    assert all(kept(case).values())


def test_of_an_open_case_answers_that_were_corrected_may_go(desk: Desk) -> None:
    case = correcting(desk)
    case.fire("answer", "applicant:p1", PERMIT | {"size": 6})
    desk.deliver()
    destroy(case, "form.1.my_number", "form.1")
    assert [field for field, there in kept(case).items() if not there] == ["form.1", "form.1.my_number"]
    assert case.ask(lambda work: work.answers("form"))["applicant"]["my_number"] == "987654321098"


def test_a_notice_that_was_not_sent_keeps_its_text(desk: Desk) -> None:
    case = granted(desk)
    with pytest.raises(NotPossibleNow, match="未送付です。madoguchi deliver"):
        destroy(case)
    assert all(kept(case).values())


def test_a_notice_whose_text_is_gone_is_told_and_not_sent_empty(desk: Desk) -> None:
    case, other = submitted(desk), submitted(desk)
    with desk.store.transaction() as tx:
        tx.destroy(case.id, ["notice.2.1"], 0)
    sent: list[int] = []
    for _ in range(2):
        with pytest.raises(NotPossibleNow, match="空の通知は送りません"):
            desk.engine.deliver(lambda number, *_: sent.append(number))
    assert sent == [other.id]
    with desk.store.reading() as tx:
        assert [row.case_id for row in tx.unsent(9)] == [case.id]


def test_a_value_that_is_not_there_or_no_longer_there_is_told(desk: Desk) -> None:
    case = over(desk)
    with pytest.raises(UnknownThing, match=r"あるのは .*form\.1\.my_number"):
        destroy(case, "form.9")
    with pytest.raises(UnknownThing, match="fact"):
        destroy(case, "special_care", "fact.fee")
    destroy(case, "my_number")
    version = case.whole.case.version
    with pytest.raises(NotPossibleNow, match=f"廃棄済みです.{REASON}"):
        destroy(case, "my_number")
    assert case.whole.case.version == version
    destroy(case, "my_number", "special_care")
    assert json.loads(case.log[-1].effects)[0][2].keys() == {"form.1.special_care"}


def test_a_destruction_repeated_under_its_key_answers_the_same(desk: Desk) -> None:
    case = over(desk)
    first = destroy(case, "my_number", key="k")
    assert destroy(case, "my_number", key="k").again
    assert case.whole.case.version == first.version


def test_what_commands_were_can_no_longer_be_compared(desk: Desk) -> None:
    case = desk.open("permit")
    case.fire("submit", "applicant:p1", PERMIT, key="k")
    case.fire("withdraw", "applicant:p1")
    desk.deliver()
    destroy(case)
    with desk.store.reading() as tx:
        earlier = tx.command("k")
    assert earlier is not None
    assert earlier.fingerprint == ""
    with pytest.raises(KeyReused, match="確かめられません"):
        desk.engine.fire(case.id, "submit", Actor.parse("applicant:p1"), PERMIT, key="k")


def test_a_condition_that_needs_what_is_gone_does_not_hold_and_says_so(desk: Desk) -> None:
    case = over(desk)
    destroy(case, "form.1")
    case.fire("reconsider", "clerk:k1")
    with pytest.raises(NotPossibleNow, match=f"廃棄した値を見るので調べられません.*form.1.*{REASON}"):
        case.fire("waive", "clerk:k1")
    assert "waive" not in {option.event for option in case.options("clerk:k1")}


def test_what_was_decided_while_the_values_were_there_stays_decided(desk: Desk) -> None:
    case = over(desk)
    known = case.whole.case.memo["results"]["known"]
    destroy(case)
    case.fire("reconsider", "clerk:k1")
    case.establish("clerk:k1", fee=5)
    assert case.whole.case.memo["results"]["known"] == known


def test_a_notice_is_not_written_from_what_is_gone(desk: Desk) -> None:
    case = over(desk)
    destroy(case, "form.1")
    case.fire("reconsider", "clerk:k1")
    with pytest.raises(NotPossibleNow, match="通知「補正依頼」は作れません"):
        case.fire("request_correction", "clerk:k1", {"items": "図面"})


def test_answers_given_again_after_that_are_looked_at_again(desk: Desk) -> None:
    case = over(desk)
    destroy(case, "form.1")
    case.fire("reconsider", "clerk:k1")
    assert set(case.whole.case.memo["checks"]) == {"papers", "width"}
    with desk.store.transaction() as tx:
        work = desk.engine.work_on(tx, case.id)
        receive(work, work.edition.machine.events["submit"], PERMIT)
        work.happened("submit", "event")
        work.write()
    assert case.whole.case.memo["checks"] == {}
    assert kept(case)["form.2"]


def test_answers_that_are_gone_are_sent_to_no_other_case(desk: Desk) -> None:
    case = over(desk)
    destroy(case, "form.1")
    with pytest.raises(NotPossibleNow, match="ほかの案件への知らせは作れません"):
        case.ask(lambda work: gathered(work, [ANSWERS]))


def test_a_fact_established_anew_is_there_again(desk: Desk) -> None:
    case = over(desk)
    case.fire("reconsider", "clerk:k1")
    case.establish("clerk:k1", fee=1)
    case.fire("withdraw", "applicant:p1")
    desk.deliver()
    destroy(case, "fact.fee")
    assert case.ask(lambda work: lacking(work, ["facts.fee"])) == ["fact.fee"]
    case.establish("clerk:k1", fee=2)
    assert kept(case)["fact.fee"]
    assert case.ask(lambda work: lacking(work, ["facts.fee"])) == []


def test_a_value_destroyed_without_a_record_is_found(desk: Desk) -> None:
    case = over(desk)
    with desk.store.transaction() as tx:
        tx.destroy(case.id, ["form.1"], 5)
    with desk.store.reading() as tx:
        [found] = verify_everything(tx)
    assert "values.form.1.destroyed_at" in found.text()


@pytest.mark.parametrize(
    ("path", "needs"),
    [
        ("form.kind", ["form.1"]),
        ("form", ["form.1", "form.1.my_number"]),
        ("form.applicant.my_number", ["form.1", "form.1.my_number"]),
        ("form.applicant.name", ["form.1"]),
        ("given.proposal.amount", []),
        ("formal.kind", []),
        ("case.today", []),
        ("checks.size.passed", []),
    ],
)
def test_what_a_path_would_read(desk: Desk, path: str, needs: list[str]) -> None:
    case = over(desk)
    destroy(case, "form.1", "my_number")
    assert case.ask(lambda work: lacking(work, [path])) == needs


def stopped(path: Path, stop: int) -> tuple[Gate, Desk, Case]:
    """A finished case on a file of its own, about to be stopped."""
    gate = Gate()
    desk = Desk(Store.open(path, boundary=gate), gate=gate)
    case = over(desk)
    gate.stop_before(stop)
    return gate, desk, case


def test_stopped_before_any_crossing_all_of_it_happened_or_nothing(tmp_path: Path) -> None:
    stop, ended = 0, False
    while not ended:
        gate, desk, case = stopped(tmp_path / f"{stop}.db", stop)
        try:
            destroy(case, key="k")
            ended = True
        except Stopped:
            pass
        gate.go_on()
        desk.store.close()
        with Store.open(tmp_path / f"{stop}.db") as store:
            again = Case(Desk(store), case.id)
            again.desk.clock.set(desk.clock.now())
            there = set(kept(again).values())
            assert there == ({False} if again.events()[-1] == "destroy" else {True})
            destroy(again, key="k")
            assert set(kept(again).values()) == {False}
            assert again.events().count("destroy") == 1
        stop += 1
    assert stop > 10


def test_nothing_of_the_value_is_left_in_the_database_or_its_write_ahead_log(tmp_path: Path) -> None:
    path = tmp_path / "town.db"
    with Store.open(path) as store:
        case = over(Desk(store))
        with store.reading() as tx:
            sealed = tx.envelopes(case.id)
        secrets = {part for one in sealed.values() for part in (one.blob, one.salt) if part}
        before = path.read_bytes() + (tmp_path / "town.db-wal").read_bytes()
        assert all(one in before for one in secrets)
        destroy(case)
        assert store.scrub()
        files = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert [(name, one) for name, held in files.items() for one in secrets if one in held] == []
    assert files["town.db-wal"] == b""


def test_while_somebody_reads_what_was_there_before_it_is_said_that_bytes_are_left(tmp_path: Path) -> None:
    with Store.open(tmp_path / "town.db", patience=0.1) as store:
        case = over(Desk(store))
        with Store.open(tmp_path / "town.db") as other, other.reading() as tx:
            tx.cases()
            destroy(case)
            assert not store.scrub()
        assert store.scrub()


REFUSED: list[Callable[[Case], object]] = [
    lambda case: destroy(case, "nothing"),
    lambda case: destroy(case, reason=""),
    lambda case: destroy(case, by=Actor.parse("nobody:n1")),
]


@pytest.mark.parametrize("command", REFUSED)
def test_a_refused_destruction_keeps_everything(desk: Desk, command: Callable[[Case], object]) -> None:
    case = over(desk)
    version = case.whole.case.version
    with pytest.raises(Refusal):
        command(case)
    assert case.whole.case.version == version
    assert all(kept(case).values())
