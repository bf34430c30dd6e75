"""The loop: one source text, run as it stands over lists, or compiled over arrays.

Order at one instant: work ends and answers come (by case), then cases arrive, then people take work: post after post,
the longest waiting first, ties by case; the free person with the lowest number takes it. A draw is the hash of
`simulation.draws` of (seed, case, place, visit, purpose), and depends on nothing that was drawn before.

Whole numbers only. What is mixed into a hash is unsigned with 64 bits; so the constants below are replaced by numbers
of that kind where the loop is compiled, and the masks, which Python's unbounded numbers need, do nothing there.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any, NamedTuple

Row = Any  # a list of whole numbers, or an array of them

FIRST = 0xBF58476D1CE4E5B9
SECOND = 0x94D049BB133111EB
FULL = 0xFFFFFFFFFFFFFFFF
BY_29, BY_32, TO_31, TO_10 = 29, 32, 33, 54
ONE, TOOK, WENT = 1, 1, 2
CASES = 24
CASE = (1 << CASES) - 1
NOBODY = -1
OUT = -1


class Tables(NamedTuple):
    """A network as numbers, and the room in which one run takes place."""

    people: Row  # by post: how many
    first_person: Row  # by post: its first in the list of everybody
    post: Row  # by place: its post, or NOBODY
    code: Row  # by place: its word in a draw
    seconds: Row  # by place: 1,024 quantiles
    first_route: Row  # by place, and one more for the end
    below: Row  # by route: the draws below this take it
    to: Row  # by route: the place, or OUT
    arrives: Row  # by case: the instant
    luck: Row  # by case: the hash of (seed, case)


class Room(NamedTuple):
    """What changes in a run."""

    holds: Row  # by person: the case in hand, or NOBODY
    place: Row  # by case
    since: Row  # by case: when it came to the place
    visit: Row  # by case: how many places it has been to
    after: Row  # by case: who is next in the line
    head: Row  # by post: who is first in the line
    tail: Row  # by post
    done: Row  # by case: when it left, or OUT
    waited: Row  # by place: the seconds that cases stood in the line
    taken: Row  # by place: how often work on a case began
    worked: Row  # by post: seconds of work begun
    sums: Row  # [events, cases inside times seconds, seconds inside of those that left, cases inside]
    starts: Row  # where kept: case, place and instant of each beginning, three numbers each


def mixed(state: Any, word: Any) -> Any:  # noqa: ANN401 - a whole number, unsigned with 64 bits where compiled
    """The state of a hash after one more word, as in simulation.draws."""
    state = ((state ^ word) * FIRST) & FULL
    state ^= state >> BY_29
    state = (state * SECOND) & FULL
    return state ^ (state >> BY_32)


def play(t: Tables, r: Room, horizon: int, warm: int, keep: int) -> int:
    """How many cases came; all else is in the room.

    Args:
        warm: waits and work that begin before this instant are not counted.
        keep: 1 where every beginning is written down.
    """
    heap = [0]
    heap.pop()
    coming, now, cases = 0, 0, len(t.arrives)
    while True:
        known = heap[0] >> CASES if heap else horizon
        arrival = t.arrives[coming] if coming < cases else horizon
        instant = min(known, arrival)
        if instant > now:
            _assign(t, r, heap, now, warm, keep)
            known = heap[0] >> CASES if heap else horizon
            instant = min(known, arrival)
        if instant >= horizon:
            break
        r.sums[1] += r.sums[3] * (instant - now)
        now = instant
        r.sums[0] += 1
        if arrival < known:
            r.sums[3] += 1
            _enter(t, r, heap, coming, 0, now, warm, keep)
            coming += 1
        else:
            case = heappop(heap) & CASE
            _leave(t, r, heap, case, now, warm, keep)
    r.sums[1] += r.sums[3] * (horizon - now)
    return coming


def _enter(  # noqa: PLR0913, PLR0917 - a compiled loop keeps no object to hold them
    t: Tables, r: Room, heap: Row, case: int, place: int, now: int, warm: int, keep: int
) -> None:
    """A case comes to a place: into the line of its post, by case among those who came just now."""
    r.place[case] = place
    r.since[case] = now
    post = t.post[place]
    if post == NOBODY:
        _begin(t, r, heap, case, now, warm, keep)
        return
    last = r.tail[post]
    if last == NOBODY:
        r.head[post] = r.tail[post] = case
    elif r.since[last] < now or last < case:
        r.after[last] = case
        r.tail[post] = case
    else:
        _squeeze_in(r, case, post, now)


def _squeeze_in(r: Room, case: int, post: int, now: int) -> None:
    """Put a case among those of the same instant, before those with a higher number."""
    before, at = NOBODY, r.head[post]
    while r.since[at] < now or at < case:
        before, at = at, r.after[at]
    r.after[case] = at
    if before == NOBODY:
        r.head[post] = case
    else:
        r.after[before] = case


def _assign(t: Tables, r: Room, heap: Row, now: int, warm: int, keep: int) -> None:
    """Give what is in the lines to those who are free."""
    for post in range(len(t.people)):
        if r.head[post] == NOBODY:
            continue
        for person in range(t.first_person[post], t.first_person[post] + t.people[post]):
            if r.holds[person] == NOBODY:
                case = r.head[post]
                r.head[post] = r.after[case]
                r.after[case] = NOBODY
                r.holds[person] = case
                _begin(t, r, heap, case, now, warm, keep)
                if r.head[post] == NOBODY:
                    r.tail[post] = NOBODY
                    break


def _begin(t: Tables, r: Room, heap: Row, case: int, now: int, warm: int, keep: int) -> None:
    """Work on a case, or the wait for somebody outside, begins; it ends after the seconds drawn."""
    place = r.place[case]
    state = mixed(mixed(mixed(t.luck[case], t.code[place]), r.visit[case]), TOOK)
    quantiles = t.seconds[place]
    seconds = quantiles[state >> TO_10]
    heappush(heap, ((now + seconds) << CASES) | case)
    if now >= warm:
        r.waited[place] += now - r.since[case]
        r.taken[place] += 1
        if t.post[place] != NOBODY:
            r.worked[t.post[place]] += seconds
    if keep:
        r.starts.append(case)
        r.starts.append(place)
        r.starts.append(now)


def _leave(t: Tables, r: Room, heap: Row, case: int, now: int, warm: int, keep: int) -> None:
    """A case is done at a place and goes on, by its draw where there are several ways."""
    place = r.place[case]
    post = t.post[place]
    if post != NOBODY:
        person = t.first_person[post]
        while r.holds[person] != case:
            person += 1
        r.holds[person] = NOBODY
    route = t.first_route[place]
    last = t.first_route[place + 1] - 1
    if route < last:
        state = mixed(mixed(mixed(t.luck[case], t.code[place]), r.visit[case]), WENT)
        while route < last and (state >> TO_31) >= t.below[route]:
            route += 1
    r.visit[case] += ONE
    if t.to[route] == OUT:
        r.done[case] = now
        r.sums[2] += now - t.arrives[case]
        r.sums[3] -= 1
    else:
        _enter(t, r, heap, case, t.to[route], now, warm, keep)
