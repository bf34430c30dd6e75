"""The words of scenario files in Japanese, as the report of a comparison prints them."""

from __future__ import annotations

CONFIDENCE = {"high": "高", "medium": "中", "low": "低"}
LEVER_WORDS = {
    "staff": "職員の増減",
    "online_share": "オンライン申請の割合",
    "minutes": "分",
    "remove_step": "作業をなくす",
    "merge_steps": "作業をまとめる",
    "split_step": "作業を分けて数える",
    "mistakes": "誤りの割合",
    "prefill": "事前入力",
    "ai_ocr": "AI-OCR",
    "rpa": "RPA",
    "electronic_approval": "電子決裁",
    "meeting": "会議",
    "counter_without_forms": "書かない窓口",
    "planned": "想定ファイルの改善後へ",
    "procedures": "手続",
    "post": "職",
    "change": "人数の増減",
    "from_day": "何日後から",
    "until_day": "何日後まで",
    "share": "割合",
    "times": "もとの何倍",
    "channels": "経路",
    "work": "作業の分",
    "steps": "作業",
    "step": "作業",
    "units": "作業単位",
    "parts": "内訳",
    "part": "対象",
    "error_share": "うまくいかない割合",
    "redo_minutes": "直すのにかかる分",
    "mistakes_times": "誤りがもとの何倍",
    "batches": "まとめ処理",
    "at_any_hour": "決裁の時間帯を待たない",
    "weekdays": "曜日",
    "weeks": "第何週",
    "capacity": "1回の件数",
}
"""Kinds of levers and their keys; a test holds this to the types."""
