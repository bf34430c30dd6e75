"""Registrations and links."""

import pytest

from engine.store import Conflict, Linked, Registered, Store
from tests.engine.store.samples import NOON, opened


def test_registrations_are_found_by_case_and_by_subject(store: Store) -> None:
    with store.transaction() as tx:
        one, two = opened(tx).id, opened(tx).id
        rows = [Registered(number, 1, 0, "recipient", "s1", "d", "2023-05") for number in (one, two)]
        tx.add_registrations(rows)
    with store.reading() as tx:
        assert tx.registrations(one) == rows[:1]
        assert tx.registrations_of("recipient", "s1") == rows
        assert tx.registrations_of("recipient", "s2") == []


def test_a_registration_is_suspended_revised_and_ended_under_its_key(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
        row = Registered(made.id, 1, 0, "recipient", "s", "d", "2023-05")
        tx.add_registrations([row])
        for changed in (
            row._replace(suspended_at=NOON),
            row._replace(digest="e", until_day="2024-03-31"),
            row._replace(ended_at=NOON),
        ):
            assert tx.update_registration(changed)
            assert tx.registrations(made.id) == [changed]
        assert not tx.update_registration(row._replace(ordinal=1))


def test_links_lead_to_other_cases(store: Store) -> None:
    with store.transaction() as tx:
        made, other = opened(tx), opened(tx)
        links = [Linked(made.id, 1, 0, "licence", other.id, "opens"), Linked(made.id, 1, 1, "outside", None, "after")]
        tx.add_links(links)
    with store.reading() as tx:
        assert tx.links(made.id) == links
        assert tx.links(other.id) == []
        assert (tx.linked_to(other.id), tx.linked_to(made.id)) == (links[:1], [])


def test_a_link_says_which_case_it_opened(store: Store) -> None:
    with store.transaction() as tx:
        made, other = opened(tx), opened(tx)
        tx.add_links([Linked(made.id, 1, 0, "licence", None, "opens"), Linked(made.id, 1, 1, "licence", None, "opens")])
        tx.open_link(made.id, 1, 1, other.id)
        assert [link.to_case for link in tx.links(made.id)] == [None, other.id]


def test_a_second_row_under_one_key_is_a_conflict(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
        tx.add_links([Linked(made.id, 1, 0, "licence", None, "after")])
        tx.add_registrations([Registered(made.id, 1, 0, "recipient", "s", "d", "")])
    with pytest.raises(Conflict), store.transaction() as tx:
        tx.add_links([Linked(made.id, 1, 0, "licence", None, "after")])
    with pytest.raises(Conflict), store.transaction() as tx:
        tx.add_registrations([Registered(made.id, 1, 0, "recipient", "s", "d", "")])
