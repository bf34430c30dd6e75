"""What a check of the log finds, as a kind, a row and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["changed", "replaced", "moved", "missing", "extra", "foreign", "head", "empty", "orphan"]


@dataclass(frozen=True)
class Finding:
    """One row of a log that is not as it was written; `seq` 0 stands for the whole log of the case."""

    kind: Kind
    case_id: int
    seq: int
    ja: str
    en: str

    def text(self, lang: str = "ja") -> str:
        """The finding as a sentence."""
        return self.en if lang == "en" else self.ja


_SENTENCES: dict[Kind, tuple[str, str]] = {
    "changed": (
        "案件{case}の記録{seq}行目は、書かれた後に書きかえられています。",
        "case {case}, row {seq}: changed after it was written",
    ),
    "replaced": (
        "案件{case}の記録{seq}行目は、次の行が書かれたときの行ではありません。",
        "case {case}, row {seq}: not the row that the next one was written after",
    ),
    "moved": (
        "案件{case}の記録{seq}行目は、もとは{other}行目として書かれた行です。",
        "case {case}, row {seq}: was written as row {other}",
    ),
    "missing": (
        "案件{case}の記録{seq}行目から{other}行目までがありません。",
        "case {case}, row {seq}: rows {seq} to {other} are missing",
    ),
    "extra": (
        "案件{case}の記録{seq}行目は、案件の行数より後にあります。",
        "case {case}, row {seq}: stands beyond the end that the case gives",
    ),
    "foreign": (
        "案件{case}の記録に、別の案件{other}の{seq}行目が入っています。",
        "case {case}, row {seq}: belongs to case {other}",
    ),
    "head": (
        "案件{case}の記録{seq}行目は、案件に控えた最後の行と一致しません。",
        "case {case}, row {seq}: not the last row that the case gives",
    ),
    "empty": ("案件{case}には記録が1行もありません。", "case {case}: has no row at all"),
    "orphan": (
        "記録{seq}行目の案件{case}がありません。",
        "case {case}, row {seq}: there is no such case",
    ),
}


def finding(kind: Kind, case_id: int, seq: int, other: int = 0) -> Finding:
    """The finding of this kind at a row, with its sentences."""
    ja, en = (text.format(case=case_id, seq=seq, other=other) for text in _SENTENCES[kind])
    return Finding(kind, case_id, seq, ja, en)
