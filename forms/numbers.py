"""Numbers between bounds that are multiples of something, found exactly."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import count, islice
from math import floor, gcd, lcm
from random import Random

from forms.facts import Facts, exact

TRIES = 2_000


def numbers(facts: Facts, *, whole: bool, luck: Random | None) -> Iterator[int | float | None]:
    """Numbers that fit, whole or with a fraction; ends where there are no more, and gives None where it gives up."""
    steps = [*facts.steps, *([Fraction(1)] if whole else [])]
    if not whole and any(step.denominator == 1 for step in steps):
        return
    found = _multiples(facts, steps, luck) if steps else _between(facts)
    tried = 0
    for number in islice(found, TRIES):
        tried += 1
        if (number.denominator == 1) is whole and _fits(facts, number):
            yield int(number) if whole else float(number)
    has_room = facts.low is None or facts.high is None or facts.low[0] < facts.high[0]
    if tried == TRIES or (not steps and has_room):
        yield None


def fits(facts: Facts, value: float) -> bool:
    """Whether one number fits."""
    number = exact(value)
    return all(number % step == 0 for step in facts.steps) and _fits(facts, number)


def _fits(facts: Facts, number: Fraction) -> bool:
    if facts.low is not None and (number < facts.low[0] or (facts.low[1] and number == facts.low[0])):
        return False
    if facts.high is not None and (number > facts.high[0] or (not facts.high[1] and number == facts.high[0])):
        return False
    if any(number % step == 0 for step in facts.no_steps):
        return False
    known = (exact(one) for one in facts.excluded if isinstance(one, int | float) and not isinstance(one, bool))
    return number not in known


def _multiples(facts: Facts, steps: list[Fraction], luck: Random | None) -> Iterator[Fraction]:
    """Every common multiple within the bounds, from a bound on, or from zero outwards."""
    step = steps[0]
    for one in steps[1:]:
        step = Fraction(lcm(step.numerator, one.numerator), gcd(step.denominator, one.denominator))
    if facts.low is None and facts.high is None:
        yield from (number for n in count() for number in ({n * step: 0, -n * step: 0}))
        return
    least = None if facts.low is None else -floor(-facts.low[0] / step)
    most = None if facts.high is None else floor(facts.high[0] / step)
    if least is None or most is None:
        start, sign = (least, 1) if least is not None else (most or 0, -1)
        yield from ((start + sign * n) * step for n in count())
        return
    if luck is not None and least <= most:
        yield luck.randint(least, most) * step
    yield from (n * step for n in range(least, most + 1))


def _between(facts: Facts) -> Iterator[Fraction]:
    """Some numbers between the bounds."""
    low = facts.low[0] if facts.low else (facts.high[0] - 2 if facts.high else Fraction(0))
    high = facts.high[0] if facts.high else low + 2
    if low <= high:
        yield from (low + (high - low) * Fraction(n, 8) for n in (4, 3, 5, 1, 7, 0, 8))
        yield low + (high - low) * Fraction(1, 3)
