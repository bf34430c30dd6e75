"""No personal value stands anywhere but sealed: not in the log, not in the state, not in the bytes of the file."""

import dataclasses
import json
from pathlib import Path

import pytest

from engine.store import Store
from tests.engine.desk import Desk
from tests.engine.journeys import PERMIT, REFUSAL

CANARIES = {
    "name": "カナリア太郎",
    "my_number": "987650001234",
    "illness": "金糸雀病",
    "street": "カナリア通り七",
    "reason": "カナリア理由",
    "items": "カナリアの図面",
    "fact": "7654321",
    "day": "2019-03-17",
}


def lived(desk: Desk) -> int:
    """A case with a canary in every place that takes a value, through correction, refusal and notice."""
    case = desk.open("permit")
    form = PERMIT | {
        "applicant": {name: CANARIES[name] for name in ("name", "my_number", "illness")},
        "plan": CANARIES["street"],
        "places": [{"street": CANARIES["street"], "width": 1.0}],
    }
    case.fire("submit", "applicant:p1", form, key=f"one of {case.id}")
    case.fire("note", "clerk:k1", {"text": CANARIES["reason"], "seen_on": CANARIES["day"]})
    case.fire("request_correction", "clerk:k1", {"items": CANARIES["items"]})
    case.fire("answer", "applicant:p1", form, key=f"two of {case.id}")
    case.establish("clerk:k1", fee=int(CANARIES["fact"]), measured_on=CANARIES["day"])
    case.look("clerk:k1", papers=True, width=False)
    case.fire("propose_refusal", "clerk:k1", REFUSAL | {"reason": CANARIES["reason"]})
    case.fire("endorse", "unit_chief:u1")
    case.fire("decide", "director:d1")
    case.fire("issue", "counter:c1")
    assert CANARIES["reason"] in desk.deliver()[-1][4]
    return case.id


def test_the_database_and_its_write_ahead_log_hold_no_personal_value(tmp_path: Path) -> None:
    place = tmp_path / "town.db"
    with Store.open(place) as store:
        lived(Desk(store))
        files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(files["town.db-wal"]) > 0
    for file, held in {**files, "closed": place.read_bytes()}.items():
        found = [name for name, canary in CANARIES.items() if canary.encode() in held]
        escaped = [name for name, canary in CANARIES.items() if json.dumps(canary)[1:-1].encode() in held]
        assert (found, escaped) == ([], []), file


@pytest.mark.parametrize("canary", CANARIES)
def test_no_column_of_log_or_state_holds_a_personal_value(desk: Desk, canary: str) -> None:
    number = lived(desk)
    with desk.store.reading() as tx:
        rows = [dataclasses.astuple(row) for row in tx.log(number)]
        whole, unsent, answered = (
            tx.whole(number),
            tx.unsent(100),
            [tx.command(f"{key} of {number}") for key in ("one", "two")],
        )
        registered, values = tx.registrations(number), tx.values(number)
    assert None not in answered
    held = repr([rows, whole, unsent, answered, registered, values])
    assert CANARIES[canary] not in held


def test_my_number_and_special_care_lie_in_envelopes_of_their_own(desk: Desk) -> None:
    number = lived(desk)
    with desk.store.reading() as tx:
        fields = {value.field for value in tx.values(number)}
        general = tx.get_value(number, "form.1") or b""
        apart = tx.get_value(number, "form.1.my_number") or b""
    assert {"form.1", "form.1.my_number", "form.1.special_care", "form.2", "form.2.my_number"} <= fields
    assert CANARIES["my_number"].encode() not in general
    assert CANARIES["illness"].encode() not in general
    assert CANARIES["my_number"].encode() in apart


def test_a_destroyed_number_is_gone_and_the_case_goes_on(desk: Desk) -> None:
    number = lived(desk)
    with desk.store.transaction() as tx:
        tx.destroy(number, ["form.1.my_number", "form.2.my_number"], 0)
    with desk.engine.reading(number) as work:
        assert "my_number" not in work.answers("form")["applicant"]
        assert work.answers("form")["applicant"]["name"] == CANARIES["name"]
    desk.pass_time(days=10)


def test_the_log_names_values_by_digests_that_differ_for_equal_values(desk: Desk) -> None:
    numbers = [lived(desk), lived(desk)]
    with desk.store.reading() as tx:
        digests = [{v.digest for v in tx.values(number)} for number in numbers]
        logs = ["".join(row.effects for row in tx.log(number)) for number in numbers]
    assert not digests[0] & digests[1]
    assert all(digest in logs[0] for digest in digests[0])
