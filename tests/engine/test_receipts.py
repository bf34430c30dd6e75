"""What a command was, kept so that nobody can guess it from the database."""

import hashlib

import pytest

from engine.errors import KeyReused
from engine.receipts import fingerprint_of
from engine.store.canonical import canonical_bytes
from engine.store.rotation import rotate
from tests.engine.desk import Desk
from tests.engine.journeys import PERMIT


def test_what_is_kept_of_a_command_is_no_digest_of_its_answers(desk: Desk) -> None:
    case = desk.open("permit")
    case.fire("submit", "applicant:p1", PERMIT, key="k")
    said = ["k", "fire", case.id, "submit", ["applicant", "p1"], PERMIT, None]
    with desk.store.reading() as tx:
        kept = tx.command("k")
    assert kept is not None
    assert kept.fingerprint == fingerprint_of("k", tuple(said[1:]), desk.store.secret)
    assert kept.fingerprint != hashlib.sha256(canonical_bytes(said)).hexdigest()
    assert kept.fingerprint != fingerprint_of("k", tuple(said[1:]), b"another secret")


def test_a_key_repeated_after_the_store_has_changed_its_own_answers_the_same(desk: Desk) -> None:
    case = desk.open("permit")
    first = case.fire("submit", "applicant:p1", PERMIT, key="k")
    rotate(desk.store)
    again = case.fire("submit", "applicant:p1", PERMIT, key="k")
    assert (again.again, again.version, again.numbers) == (True, first.version, first.numbers)
    with pytest.raises(KeyReused):
        case.fire("withdraw", "applicant:p1", key="k")
