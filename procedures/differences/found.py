"""One difference, and what it touches: what a case can notice, only words, or only the figures of a dated table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

GROUPS = {
    "form": "申請書",
    "machine": "状態と操作",
    "tasks": "作業",
    "checks": "確認",
    "attachments": "添付書類",
    "clocks": "期限・時計",
    "amounts": "額・計算・表",
    "conditions": "条件",
    "approval": "決裁",
    "results": "結果・通知",
    "other": "そのほか",
    "wording": "文言だけ",
}
"""The groups in which differences are told, in this order."""

MARKS = {"added": "+", "removed": "-", "changed": "~", "order": "~"}
Touches = Literal["behaviour", "wording", "figures", "nothing"]


@dataclass(frozen=True)
class Difference:
    """One thing that differs. `path` leads to it by ids; `sources` are the laws that the declaration names for it."""

    group: str
    kind: Literal["added", "removed", "changed", "order"]
    path: tuple[str, ...]
    touches: Touches
    ja: str
    before: Any = None
    after: Any = None
    sources: tuple[str, ...] = ()


def in_groups(found: Sequence[Difference]) -> list[Difference]:
    """The differences in the order in which they are told."""
    order = list(GROUPS)
    return sorted(found, key=lambda one: order.index(one.group))
