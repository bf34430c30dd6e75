"""Registrations and links."""

import pytest

from engine.store import Conflict, Linked, Registered, Store
from tests.engine.store.samples import NOON, opened


def test_registrations_are_found_by_case_and_by_subject(store: Store) -> None:
    with store.transaction() as tx:
        one, two = opened(tx).id, opened(tx).id
        rows = [Registered(one, 1, 0, "recipient", "s1", "2023-05"), Registered(two, 1, 0, "recipient", "s1")]
        tx.add_registrations(rows)
    with store.reading() as tx:
        assert tx.registrations(one) == rows[:1]
        assert tx.registrations_of("recipient", "s1") == rows
        assert tx.registrations_of("recipient", "s2") == []


def test_a_registration_ends_once_it_is_told_to(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
        tx.add_registrations([Registered(made.id, 1, 0, "recipient", "s", "2023-05")])
        assert tx.end_registration((made.id, 1, 0), "2024-03-31", NOON)
        assert not tx.end_registration((made.id, 1, 1), "2024-03-31", NOON)
        ended = Registered(made.id, 1, 0, "recipient", "s", "2023-05", "2024-03-31", NOON)
        assert tx.registrations(made.id) == [ended]


def test_links_lead_to_other_cases(store: Store) -> None:
    with store.transaction() as tx:
        made, other = opened(tx), opened(tx)
        links = [Linked(made.id, 1, 0, "licence", other.id, "opens"), Linked(made.id, 1, 1, "outside", None, "after")]
        tx.add_links(links)
    with store.reading() as tx:
        assert tx.links(made.id) == links
        assert tx.links(other.id) == []


def test_a_second_row_under_one_key_is_a_conflict(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
        tx.add_links([Linked(made.id, 1, 0, "licence", None, "after")])
        tx.add_registrations([Registered(made.id, 1, 0, "recipient", "s")])
        with pytest.raises(Conflict):
            tx.add_links([Linked(made.id, 1, 0, "licence", None, "after")])
        with pytest.raises(Conflict):
            tx.add_registrations([Registered(made.id, 1, 0, "recipient", "s")])
