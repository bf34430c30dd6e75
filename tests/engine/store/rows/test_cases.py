"""A case and what runs beside it."""

from contextlib import suppress

from engine.state import ClockRun, TimerRun, Whole
from engine.store import Store, Transaction
from tests.engine.store.samples import NOON, case, event_after, opened, task


class GivenUp(Exception):
    """The transaction is not wanted after all."""


def whole(store: Store, case_id: int) -> Whole:
    with store.reading() as tx:
        found = tx.whole(case_id)
    assert found
    return found


def test_a_case_is_read_as_it_was_written(store: Store) -> None:
    written = case(nature="new", arrived_at=NOON, outcome="granted", decided_at=NOON, closed=True, priority=2)
    written.memo = {"asked": {"理由": "転入"}, "visits": [1, 2]}
    with store.transaction() as tx:
        tx.insert_case(written)
    assert whole(store, written.id).case == written


def test_a_case_that_is_not_there_is_none(store: Store) -> None:
    with store.reading() as tx:
        assert tx.whole(1) is None


def test_cases_are_numbered_from_one(store: Store) -> None:
    with store.transaction() as tx:
        assert [tx.insert_case(case()) for _ in range(3)] == [1, 2, 3]


def test_a_case_that_was_given_up_gives_its_number_back(store: Store) -> None:
    with suppress(GivenUp), store.transaction() as tx:
        tx.insert_case(case())
        raise GivenUp
    with store.transaction() as tx:
        assert tx.insert_case(case()) == 1


def test_a_case_at_another_version_is_not_updated(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx, events=2)
        made.state = "granted"
        assert not tx.update_case(made, expected_version=1)
        assert tx.update_case(made, expected_version=2)
    assert whole(store, made.id).case.state == "granted"


def test_everything_beside_a_case_is_read_with_it(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
        tasks = [task(made.id, 1, post="doctor", memo={"n": 1}), task(made.id, 2, open=False)]
        clock = ClockRun(made.id, "standard", "paused", "2023-04-01", "2023-04-30", [["2023-04-03", None]])
        timers = [TimerRun(made.id, 0, "lapse", NOON + 60), TimerRun(made.id, 2, "remind", NOON, turn=3)]
        tx.put_tasks(tasks)
        tx.put_clocks([clock])
        tx.put_timers(timers)
    expected = Whole(made, {1: tasks[0], 2: tasks[1]}, {"standard": clock}, {(0, "lapse"): timers[0]})
    expected.timers[2, "remind"] = timers[1]
    assert whole(store, made.id) == expected


def test_putting_again_changes_and_dropping_removes(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
        tx.put_timers([TimerRun(made.id, 0, "lapse", NOON), TimerRun(made.id, 0, "remind", NOON)])
        tx.put_timers([TimerRun(made.id, 0, "lapse", NOON + 1, turn=2)])
        tx.drop_timers([(made.id, 0, "remind")])
        clock = ClockRun(made.id, "standard", "running", "2023-04-01", "2023-04-30")
        tx.put_clocks([clock])
        clock.state, clock.satisfied_on = "satisfied", "2023-04-10"
        tx.put_clocks([clock])
    found = whole(store, made.id)
    assert found.timers == {(0, "lapse"): TimerRun(made.id, 0, "lapse", NOON + 1, turn=2)}
    assert found.clocks == {"standard": clock}


def moved_and_back(tx: Transaction, case_id: int) -> None:
    """Take a case and its task through three desks within one transaction, the last being the first."""
    found = tx.whole(case_id)
    assert found
    for desk in ("chief", "clerk"):
        event_after(found.case)
        found.case.desk = found.tasks[1].desk = desk
        assert tx.update_case(found.case, found.case.version - 1)
        tx.put_tasks([found.tasks[1]])


def test_a_case_that_comes_back_to_its_desk_is_written_there(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
        tx.put_tasks([task(made.id)])
    with store.transaction() as tx:
        moved_and_back(tx, made.id)
    found = whole(store, made.id)
    assert (found.case.desk, found.tasks[1].desk, found.case.version) == ("clerk", "clerk", 3)


def test_a_move_refused_once_is_written_when_it_is_repeated(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
        made.desk = "chief"
        assert not tx.update_case(made, expected_version=7)
        assert tx.update_case(made, expected_version=1)
    assert whole(store, made.id).case.desk == "chief"


def test_a_task_that_stays_at_its_desk_keeps_what_changed(store: Store) -> None:
    with store.transaction() as tx:
        made = opened(tx)
        tx.put_tasks([task(made.id), task(made.id, 2)])
    with store.transaction() as tx:
        found = tx.whole(made.id)
        assert found
        found.tasks[1].state, found.tasks[1].version, found.tasks[1].memo = "answered", 2, {"answer": True}
        found.tasks[2].open = False
        tx.put_tasks(found.tasks.values())
    assert whole(store, made.id).tasks == found.tasks
