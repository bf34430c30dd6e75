"""The charts: what they show, what stands where, and that no data, one case and very many all give a sound picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from markupsafe import Markup

from procedures.letters import shortened, text_width
from simulation.report import charts, flow, queues
from simulation.report.axes import SMALL, month_starts, month_step, round_up
from simulation.report.charts import NARROW, WIDE
from simulation.report.svg import nice_step
from simulation.results import Arrival, LeadTime, Limit, Move, Post, PostDay, StateCount
from tests.simulation.page_reader import read
from tests.simulation.sample_results import sample

SAMPLE = sample()
PROCEDURE = SAMPLE.procedures[0]
LIMIT = PROCEDURE.limits[0]
widths = pytest.mark.parametrize("width", [WIDE, NARROW])
days = some.lists(some.integers(0, 2000), min_size=1, max_size=50)


def lead(counted: int, limit: int = 30) -> LeadTime:
    return LeadTime("1", counted, counted, counted, counted > limit)


def lead_times(width: int, leads: tuple[LeadTime, ...] = PROCEDURE.leads, limit: Limit | None = LIMIT) -> Markup:
    return charts.lead_times(leads, limit, "lead", width)


def queue_chart(width: int, posts: tuple[Post, ...] = SAMPLE.posts) -> Markup:
    return queues.queues(posts, SAMPLE.first_day, SAMPLE.run_until, SAMPLE.last_day, "queue", width)


def every_chart(width: int) -> list[Markup]:
    return [
        lead_times(width),
        charts.arrivals(PROCEDURE.arrivals, "arrivals", width),
        queue_chart(width),
        flow.flow(PROCEDURE.states, PROCEDURE.moves, "flow", width),
    ]


@widths
def test_no_data_gives_no_drawing(width: int) -> None:
    assert lead_times(width, ()) == ""
    assert charts.arrivals((), "arrivals", width) == ""
    assert queue_chart(width, ()) == ""
    assert flow.flow((), (), "flow", width) == ""
    assert charts.both(lambda _: Markup()) == ""


@widths
def test_every_chart_has_a_title_a_description_and_closes_its_tags(width: int) -> None:
    for chart in every_chart(width):
        page = read(chart)
        names = [tag for tag, _ in page.tags]
        assert (names.count("title"), names.count("desc"), page.unclosed) == (1, 1, [])


@widths
def test_no_word_leaves_its_drawing(width: int) -> None:
    for chart in every_chart(width):
        for x, size, anchor, words in read(chart).svg_texts:
            long = text_width(words, SMALL)
            left = {"start": x, "middle": x - long / 2, "end": x - long}[anchor]
            assert left >= -6, words
            assert left + long <= size + 12, words


@widths
def test_the_limit_and_the_share_beyond_it_are_written_at_the_line(width: int) -> None:
    words = [text for *_, text in read(lead_times(width)).svg_texts]
    assert "標準処理期間 30日（過ぎた案件 1.5%）" in words
    assert "中央値 13日" in words


def test_without_a_limit_there_is_no_limit_line() -> None:
    assert 'class="limit"' in lead_times(WIDE)
    assert 'class="limit"' not in lead_times(WIDE, limit=None)


@given(days, some.integers(1, 400))
def test_bars_count_every_case_and_none_straddles_the_limit(values: list[int], limit: int) -> None:
    leads = tuple(lead(value, limit) for value in values)
    bars = charts.lead_bins(leads, replace(LIMIT, days=limit), 42)
    assert sum(one.bin.count for one in bars) == len(values)
    assert sum(one.over for one in bars) == sum(value > limit for value in values)
    assert all(one.over in (0, one.bin.count) for one in bars)
    assert len(bars) <= 60


@widths
@pytest.mark.parametrize("counted", [0, 30, 31, 5000])
def test_one_case_is_one_bar(width: int, counted: int) -> None:
    drawn = lead_times(width, (lead(counted),))
    bars = [found for tag, found in read(drawn).tags if tag == "rect"]
    assert [bar["class"] for bar in bars] == ["over" if counted > 30 else "bar"]


@widths
def test_a_hundred_thousand_cases_make_a_small_drawing(width: int) -> None:
    leads = tuple(lead(number % 97 + (900 if number % 5000 == 0 else 0)) for number in range(100_000))
    drawn = lead_times(width, leads)
    assert len(drawn) < 20_000
    assert any("日以上" in words for *_, words in read(drawn).svg_texts)


def test_every_month_shows_its_total() -> None:
    words = [text for *_, text in read(charts.arrivals(PROCEDURE.arrivals, "arrivals", WIDE)).svg_texts]
    for month in {row.month for row in PROCEDURE.arrivals}:
        assert str(sum(row.arrived for row in PROCEDURE.arrivals if row.month == month)) in words


def test_more_channels_than_shades_still_draw() -> None:
    rows = [Arrival("2022-04", f"c{number}", "とても長い経路の名前" * 3, 1, 1) for number in range(9)]
    assert read(charts.arrivals(rows, "arrivals", NARROW)).unclosed == []


@widths
def test_one_day_of_one_post_is_drawn(width: int) -> None:
    post = Post("a", "窓口", 1, (PostDay(date(2022, 4, 1), 60, 28_800, 1, 3),))
    assert "最大 3件" in queue_chart(width, (post,))


def test_many_years_are_joined_and_keep_their_longest_queue() -> None:
    first = date(2000, 4, 1)
    many = [PostDay(first + timedelta(days=step), 0, 0, step % 7, step % 1000) for step in range(9000)]
    joined = queues.stretches(many, first)
    assert len(joined) <= queues.POINTS
    assert max(one.longest for one in joined) == 999
    assert [one.place for one in joined] == sorted(one.place for one in joined)


@given(some.dates(date(2000, 1, 1), date(2030, 1, 1)), some.integers(0, 4000), some.floats(50, 900))
def test_month_names_never_touch(first: date, length: int, room: float) -> None:
    starts = month_starts(first, date.fromordinal(first.toordinal() + length))
    step = month_step(len(starts), room)
    assert starts[0] == first
    assert room / (len(starts) / step) >= text_width("12月", SMALL)


@given(some.integers(0, 10**9), some.integers(2, 12))
def test_axes_end_at_or_above_the_largest_value(most: int, ticks: int) -> None:
    high = round_up(most, ticks)
    assert high >= max(most, 1)
    assert high <= 2 * most + nice_step(most, ticks)


@given(some.text(max_size=40), some.floats(12, 300))
def test_words_are_cut_to_their_room(words: str, room: float) -> None:
    cut = shortened(words, room, 12)
    assert text_width(cut, 12) <= room
    assert cut == words or (cut.endswith("…") and words.startswith(cut[:-1]))


def test_states_stand_in_passing_order_whatever_the_definition_says() -> None:
    order = [state.id for state in flow.passing_order(PROCEDURE.states, PROCEDURE.moves)]
    assert order[:4] == ["draft", "arrived", "formal_review", "substantive_review"]
    assert order.index("deciding") < order.index("decided") < order.index("notified") < order.index("granted")


def test_going_back_is_rework_and_going_on_is_not() -> None:
    order = flow.passing_order(PROCEDURE.states, PROCEDURE.moves)
    back = {(move.source, move.target) for move in PROCEDURE.moves if flow.is_rework(order, move)}
    assert back == {
        ("correction_requested", "formal_review"),
        ("correction_requested", "substantive_review"),
        ("on_hold", "substantive_review"),
        ("deciding", "substantive_review"),
    }


def test_a_state_that_was_never_entered_is_not_drawn() -> None:
    never = StateCount("never", "使わない状態", at_rest=True, cases=0, entered=0, visits=0)
    assert "使わない状態" not in flow.flow((*PROCEDURE.states, never), PROCEDURE.moves, "flow", WIDE)


def test_a_move_onto_itself_is_rework_and_drawn() -> None:
    states = [StateCount("a", "一", at_rest=False, cases=1, entered=1, visits=3)]
    again = Move("a", "a", "やり直す", 2)
    assert flow.is_rework(states, again)
    assert 'class="back"' in flow.flow(states, [again], "flow", WIDE)


@given(some.lists(some.tuples(some.integers(0, 12), some.integers(0, 12)), max_size=25, unique=True))
def test_arcs_in_one_lane_never_overlap(ends: list[tuple[int, int]]) -> None:
    found = flow.lanes([flow.Arc(*pair, 1) for pair in ends])
    for one, lane in found.items():
        for other, its in found.items():
            if one is not other and lane == its:
                assert one.ends[1] <= other.ends[0] or other.ends[1] <= one.ends[0]


@widths
def test_a_hundred_states_are_drawn_in_time(width: int) -> None:
    states = [StateCount(str(n), f"状態{n}", at_rest=n == 99, cases=0, entered=9, visits=9) for n in range(100)]
    moves = [Move(str(n), str((n * 7 + step) % 100), "進む", n + 1) for n in range(99) for step in (1, 2, 3)]
    assert read(flow.flow(states, moves, "flow", width)).unclosed == []


@widths
def test_labels_are_text_and_never_markup(width: int) -> None:
    bad = '<b onclick="x">&"\u202e\x07'
    states = [replace(state, label=bad) for state in PROCEDURE.states]
    posts = tuple(replace(post, label=bad) for post in SAMPLE.posts)
    for drawn in (flow.flow(states, PROCEDURE.moves, '"><b>', width), queue_chart(width, posts)):
        assert "<b" not in drawn
        assert "\u202e" not in drawn
        assert "\x07" not in drawn
