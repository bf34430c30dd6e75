"""What the kernel is told: posts with people, places where cases are worked on or wait, and where they go from there.

Nothing here knows a procedure. Times are whole seconds from the beginning of the run; nobody goes home.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import MadoguchiError

TABLE = 1024
"""Entries of a table of quantiles: the k-th is the value that a share of (k + 0.5) / 1024 of the draws lies below."""
CHANCES = 1 << 31
"""Draws are whole numbers below this."""
LATEST = 1 << 29
"""Seconds that a run can have: about seventeen years."""
MOST_CASES = 1 << 24


class NetworkError(MadoguchiError):
    """A network that no run could be made of."""


@dataclass(frozen=True)
class Post:
    """A post and how many people hold it."""

    id: str
    people: int


@dataclass(frozen=True)
class Route:
    """Where a case goes with a share of the draws; None is out of the network."""

    share: float
    to: str | None


@dataclass(frozen=True)
class Place:
    """Where a case is worked on by a post, or waits for somebody outside where there is no post.

    `seconds` are the quantiles of how long that takes. What the routes leave over goes where the last one says.
    """

    id: str
    seconds: tuple[int, ...]
    post: str | None = None
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True)
class Network:
    """Posts and places, and the quantiles of the seconds between two cases that come to the first place."""

    posts: tuple[Post, ...]
    places: tuple[Place, ...]
    gaps: tuple[int, ...]


def require_sound(network: Network, horizon: int) -> None:
    """Nothing.

    Raises:
        NetworkError: what cannot be played, all of it at once.
    """
    found = _faults(network)
    if not 0 < horizon < LATEST:
        found.append((f"期間 {horizon} 秒は、1 から {LATEST - 1} まででなければなりません。", f"horizon {horizon}"))
    elif not found and horizon * TABLE > sum(network.gaps) * (MOST_CASES // 2):
        found.append((f"期間 {horizon} 秒に来る件数が多すぎます(上限 {MOST_CASES // 2:,} 件)。", "too many cases"))
    if found:
        raise NetworkError("\n".join(ja for ja, _ in found), "; ".join(en for _, en in found))


def _faults(network: Network) -> list[tuple[str, str]]:
    posts, places = [row.id for row in network.posts], [row.id for row in network.places]
    found = [(f"「{name}」が2度あります。", f"{name} twice") for name in _twice(posts) + _twice(places)]
    if not places:
        found.append(("場所が1つもありません。", "no place"))
    found += [
        (f"職「{post.id}」に人がいません。1人以上にしてください。", f"nobody holds {post.id}")
        for post in network.posts
        if post.people < 1
    ]
    for place in network.places:
        found += _faults_of(place, posts, places)
    return found + _table_faults("来る間隔", network.gaps)


def _faults_of(place: Place, posts: Sequence[str], places: Sequence[str]) -> list[tuple[str, str]]:
    found = _table_faults(f"場所「{place.id}」", place.seconds)
    if place.post is not None and place.post not in posts:
        ja = f"場所「{place.id}」の職「{place.post}」がありません。あるのは {'、'.join(posts)} です。"
        found.append((ja, f"{place.id}: no post {place.post}"))
    for route in place.routes:
        if route.to is not None and route.to not in places:
            ja = f"場所「{place.id}」の行き先「{route.to}」がありません。"
            found.append((ja, f"{place.id}: no place {route.to}"))
    if any(route.share < 0 for route in place.routes) or sum(route.share for route in place.routes) > 1 + 1e-9:
        ja = f"場所「{place.id}」の行き先の割合は、0 以上で、合わせて 1 までにしてください。"
        found.append((ja, f"{place.id}: shares"))
    return found


def _table_faults(name: str, table: Sequence[int]) -> list[tuple[str, str]]:
    if len(table) != TABLE or min(table, default=0) < 1 or max(table, default=0) >= LATEST:
        ja = f"{name}の秒数の表は、1 以上 {LATEST - 1} までの {TABLE} 個でなければなりません。"
        return [(ja, f"{name}: table")]
    return []


def _twice(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
