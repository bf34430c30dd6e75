"""The explanation of a notice in やさしい日本語: what it is, what was decided, why, and what the reader can do."""

from __future__ import annotations

from engine.definition.rows import Notice, Outcome
from engine.ports import NoticeOrder

_DECIDED = {
    "granted": "あなたの もうしこみは みとめられました。",
    "refused": "あなたの もうしこみは みとめられませんでした。",
}


def explained(order: NoticeOrder, row: Notice, outcome: Outcome | None, contact: str) -> list[str]:
    """The sentences, in the order in which they are read; those of the declaration come before what follows of it."""
    procedure = order.edition.procedure
    lines = [f"これは「{procedure.title_easy}」の おしらせです。"]
    if row.text_easy:
        lines.append(row.text_easy)
    elif outcome is not None and outcome.disposition:
        result = order.edition.state(outcome.state).result
        lines += [_DECIDED[result]] if result in _DECIDED else []
    if outcome is not None and order.reasons.get("reason"):
        lines.append("どうしてかは、「理由」の ところに 書いて あります。")
    appeal = procedure.appeal
    if outcome is not None and outcome.disposition and appeal is not None:
        lines.append(
            "この 決定が おかしいと 思う ときは、もう一度 しらべる ように たのめます(審査請求)。"
            f"たのむ ところは {appeal.body}です。"
            f"この おしらせを 知った 日の 次の 日から {appeal.months}か月の うちに たのんで ください。"
        )
    return [*lines, f"わからない ときは、{contact}に 聞いて ください。"]
