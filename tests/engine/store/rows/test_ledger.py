"""Numbers, commands and definitions."""

import threading
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.store import Answered, Conflict, Edition, Store
from tests.engine.store.samples import NOON


class GivenUp(Exception):
    """The transaction is not wanted after all."""


def draw(store: Store, *, keep: bool) -> int:
    """The number drawn, 0 if it was given up."""
    with suppress(GivenUp), store.transaction() as tx:
        number = tx.next_number("文書番号", "welfare/2023")
        if keep:
            return number
        raise GivenUp
    return 0


@given(st.lists(st.booleans(), max_size=20))
def test_numbers_have_no_gap_whatever_is_given_up(kept: list[bool]) -> None:
    with Store.open(":memory:") as store:
        drawn = [number for keep in kept if (number := draw(store, keep=keep))]
    assert drawn == list(range(1, sum(kept) + 1))


def test_each_series_and_scope_counts_by_itself(store: Store) -> None:
    with store.transaction() as tx:
        drawn = [tx.next_number(*of) for of in [("a", "x"), ("a", "y"), ("b", "x"), ("a", "x")]]
    assert drawn == [1, 1, 1, 2]


def test_ten_thousand_numbers_from_four_threads_have_no_gap_and_no_double(path: Path) -> None:
    drawn: list[int] = []

    def work(store: Store) -> None:
        for turn in range(2500):
            if turn % 10 == 0:
                draw(store, keep=False)
            drawn.append(draw(store, keep=True))

    with Store.open(path, synchronous="OFF") as store:
        threads = [threading.Thread(target=work, args=(store,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(drawn) == list(range(1, 10_001))


def test_a_command_is_found_under_its_key(store: Store) -> None:
    with store.transaction() as tx:
        tx.put_command("key-1", 7, "f" * 64, '{"case":7}', NOON)
    with store.reading() as tx:
        assert tx.command("key-1") == Answered(7, "f" * 64, '{"case":7}')
        assert tx.command("key-2") is None


def test_a_key_is_taken_once(store: Store) -> None:
    with store.transaction() as tx:
        tx.put_command("key-1", 7, "f", "{}", NOON)
    with pytest.raises(Conflict), store.transaction() as tx:
        tx.put_command("key-1", 8, "g", "{}", NOON)


def test_a_definition_is_found_by_its_hash_in_its_newest_wording(store: Store) -> None:
    with store.transaction() as tx:
        tx.put_definition(Edition("h", "permit", "w1", "2023-04-01", None, "old words"))
        tx.put_definition(Edition("h", "permit", "w2", "2023-04-01", None, "new words"))
    with store.reading() as tx:
        assert tx.definition("h") == Edition("h", "permit", "w2", "2023-04-01", None, "new words")
        assert tx.definition("g") is None
