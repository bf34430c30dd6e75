"""When a skill comes back: by the forgetting curve of `fsrs` where it is installed, else by a ladder of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from importlib.util import find_spec

from training.scoring import FULL, PASS_MARK

LADDER = (0, 1, 3, 7, 16, 35)
"""After how many days a skill comes back, by how many times in a row it was passed."""
HARD = 90
"""Points below which a lesson that was passed was passed with effort."""


def next_day(reviews: Sequence[tuple[dt.date, int]]) -> dt.date:
    """The day on which a skill comes back; what was failed comes back at once.

    Args:
        reviews: the days and points of the lessons that trained it, in order; at least one.
    """
    on, points = reviews[-1]
    if points < PASS_MARK:
        return on
    return _by_curve(reviews) if find_spec("fsrs") else on + dt.timedelta(days=LADDER[min(_in_a_row(reviews), 5)])


def _in_a_row(reviews: Sequence[tuple[dt.date, int]]) -> int:
    failed = [place for place, (_, points) in enumerate(reviews) if points < PASS_MARK]
    return len(reviews) - (failed[-1] + 1 if failed else 0)


def _by_curve(reviews: Sequence[tuple[dt.date, int]]) -> dt.date:
    """The day on which nine of ten would still know it; without the steps of minutes, which no lesson fits into."""
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(card_id=1)
    for on, points in reviews:
        rating = Rating.Again if points < PASS_MARK else Rating.Hard if points < HARD else Rating.Good
        rating = Rating.Easy if points == FULL else rating
        card, _ = scheduler.review_card(card, rating, dt.datetime.combine(on, dt.time(), dt.UTC))
    return card.due.date()
