"""Every run of the kernel adds up, is the same wherever it is played, and draws as the rest of the simulation does."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import MadoguchiError
from simulation.draws import draw
from simulation.kernel.executors import numba_is_here
from simulation.kernel.network import TABLE, Network, NetworkError, Place, Post, Route
from simulation.kernel.playing import Start, Totals, Unbalanced, play_often, play_once
from simulation.kernel.tables import always, exponential, lognormal

DAY = 86_400
BACK = Place("look", exponential(900), "clerk", (Route(0.2, "ask"), Route(0.7, "seal")))
OFFICE = Network(
    (Post("clerk", 2), Post("head", 1)),
    (BACK, Place("ask", lognormal(3 * DAY, 0.5), None, (Route(1, "look"),)), Place("seal", exponential(300), "head")),
    exponential(700),
)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Any small network from which every case can leave."""
    posts = [Post(f"post-{n}", draw(st.integers(1, 3))) for n in range(draw(st.integers(1, 3)))]
    count = draw(st.integers(1, 4))
    places = []
    for number in range(count):
        post = draw(st.sampled_from([None, *(row.id for row in posts)]))
        routes = [Route(0.3, f"place-{draw(st.integers(0, count - 1))}"), Route(0.7, f"place-{number + 1}")]
        if number == count - 1:
            routes[1] = Route(0.7, None)
        places.append(Place(f"place-{number}", exponential(draw(st.integers(1, 4000))), post, tuple(routes)))
    return Network(tuple(posts), tuple(places), exponential(draw(st.integers(300, 3000))))


@settings(max_examples=20, deadline=None)
@given(networks(), st.integers(0, 2**31), st.integers(1, 3 * DAY))
def test_no_case_is_lost_and_littles_law_holds_to_the_second(network: Network, seed: int, horizon: int) -> None:
    totals = play_once(network, seed, horizon)  # raises where they contradict each other
    assert totals.came == totals.left + totals.inside
    assert totals.inside_seconds == totals.stayed + totals.so_far


def test_figures_that_contradict_each_other_are_refused() -> None:
    good = play_once(OFFICE, 1, DAY)
    lost = Totals(**{**vars(good), "left": good.left - 1})
    with pytest.raises(Unbalanced):
        lost.require_balance()
    longer = Totals(**{**vars(good), "stayed": good.stayed + 1})
    with pytest.raises(Unbalanced, match="リトル"):
        longer.require_balance()


def test_those_who_came_first_are_served_first_by_the_free_person_and_what_comes_together_by_number() -> None:
    paths: list[Start] = []
    one_desk = Network((Post("clerk", 1),), (Place("desk", always(100), "clerk"),), always(60))
    play_once(one_desk, 1, 400, paths=paths)
    assert paths == [Start(0, "desk", 60), Start(1, "desk", 160), Start(2, "desk", 260), Start(3, "desk", 360)]


def test_what_comes_back_at_one_instant_stands_in_the_line_by_number() -> None:
    paths: list[Start] = []
    outside = Place("outside", tuple(200 - 100 * (n % 2) for n in range(TABLE)), None, (Route(1, "desk"),))
    both = Network((Post("clerk", 1),), (outside, Place("desk", always(7), "clerk")), always(100))
    play_once(both, 3, 20_000, paths=paths)
    came = [(start.at, start.case) for start in paths if start.place == "desk"]
    together = [(a, b) for a, b in pairwise(came) if b[0] == a[0] + 7]
    assert together
    assert all(a[1] < b[1] for a, b in together)


def test_the_seconds_of_a_place_are_the_draw_of_its_key() -> None:
    paths: list[Start] = []
    table = exponential(5_000)
    two = Network((), (Place("a", table, None, (Route(1, "b"),)), Place("b", always(1), None)), always(900))
    play_once(two, 42, DAY, paths=paths)
    begins = {(start.case, start.place): start.at for start in paths}
    for case in range(20):
        seconds = table[draw(42, case, "a", 0, 1) * TABLE >> 31]
        assert begins[(case, "b")] - begins[(case, "a")] == seconds


@pytest.mark.skipif(not numba_is_here(), reason="numba is not installed")
def test_compiled_and_plain_take_the_same_paths_at_the_same_times() -> None:
    for seed in (1, 2):
        plain: list[Start] = []
        compiled: list[Start] = []
        one = play_once(OFFICE, seed, 30 * DAY, paths=plain)
        other = play_once(OFFICE, seed, 30 * DAY, name="numba", paths=compiled)
        assert one == other
        assert plain == compiled
        assert len(plain) > 5_000


@pytest.mark.full
def test_the_number_of_workers_changes_nothing() -> None:
    seeds = list(range(8))
    digests = [[one.digest for one in play_often(OFFICE, seeds, DAY, workers=count)] for count in (1, 2, 8)]
    assert digests[0] == digests[1] == digests[2]
    assert len(set(digests[0])) == len(seeds)


def test_more_people_change_no_luck_but_waits() -> None:
    few = play_once(OFFICE, 5, 10 * DAY)
    more = play_once(Network((Post("clerk", 4), Post("head", 2)), OFFICE.places, OFFICE.gaps), 5, 10 * DAY)
    assert few.came == more.came
    assert sum(more.waited) < sum(few.waited)


@pytest.mark.parametrize(
    ("network", "horizon", "says"),
    [
        (Network((), (), exponential(60)), DAY, "場所が1つもありません"),
        (Network((Post("clerk", 0),), OFFICE.places[2:], exponential(60)), DAY, "人がいません"),
        (Network((), (Place("a", always(5), "nobody"),), exponential(60)), DAY, "「nobody」がありません"),
        (Network((), (Place("a", always(5), None, (Route(1, "b"),)),), exponential(60)), DAY, "行き先「b」"),
        (Network((), (Place("a", always(5), None, (Route(1.5, None),)),), exponential(60)), DAY, "割合"),
        (Network((), (Place("a", (5,)),), exponential(60)), DAY, "1024 個"),
        (Network((), (Place("a", always(0)),), exponential(60)), DAY, "1 以上"),
        (OFFICE, 0, "期間 0 秒"),
        (Network((), (Place("a", always(5)),), always(1)), 1 << 28, "件数が多すぎ"),
    ],
)
def test_a_network_that_cannot_be_played_is_refused_before_the_run(network: Network, horizon: int, says: str) -> None:
    with pytest.raises(NetworkError) as refused:
        play_once(network, 1, horizon)
    assert says in refused.value.ja


def test_without_numba_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from simulation.kernel import executors

    executors._compiled.cache_clear()  # noqa: SLF001
    monkeypatch.setattr(executors, "numba_is_here", lambda: False)
    with pytest.raises(MadoguchiError, match=r"madoguchi\[fast\]"):
        play_once(OFFICE, 1, DAY, name="numba")
