"""What a check of the log finds, as a kind, a row and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OfCase = Literal["changed", "replaced", "moved", "missing", "extra", "foreign", "head", "empty", "orphan"]
OfSealed = Literal["rewritten", "cut", "gone", "unmarked"]
OfTree = Literal["leaf", "leaves_missing", "seal", "seals_missing", "unknown_key"]
OfReadings = Literal["reading", "readings_missing", "readings_rewritten", "readings_cut"]
OfHead = Literal["other_store", "never_sealed", "seal_lost", "root", "leaf_unlike"]
Kind = OfCase | OfSealed | OfTree | OfReadings | OfHead


@dataclass(frozen=True)
class Finding:
    """One row of a log that is not as it was written; `seq` 0 stands for the whole log of the case.

    Where it is about no case, `case_id` is 0 and `seq` the number of a leaf, a seal or a reading.
    """

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
    "rewritten": (
        "案件{case}の記録{seq}行目から{other}行目までのどこかが、封をした後に書きかえられています(一覧の{leaf}番)。",
        "case {case}, rows {seq} to {other}: one of them was rewritten after it was sealed (leaf {leaf})",
    ),
    "cut": (
        "案件{case}は{other}行目まで封をしてありますが、いまの記録は{seq}行です(一覧の{leaf}番)。",
        "case {case}: was sealed with {other} rows and now has {seq} (leaf {leaf})",
    ),
    "gone": (
        "封をした案件{case}(記録{other}行、一覧の{leaf}番)がありません。",
        "case {case}: was sealed with {other} rows and is gone (leaf {leaf})",
    ),
    "unmarked": (
        "案件{case}の記録{seq}行目から後が、次の封を待つ案件の表から消されています。",
        "case {case}: was taken off the list of cases that wait for a seal, rows {seq} and later",
    ),
    "leaf": (
        "封の一覧の{seq}番は、書きかえられたか、封をせずに入れられたものです。",
        "leaf {seq}: was changed, or put in without a seal",
    ),
    "leaves_missing": ("封の一覧の{seq}番から{other}番までがありません。", "leaves {seq} to {other} are missing"),
    "seal": (
        "封{seq}の行か、その封の一覧が、封をした後に書きかえられています。",
        "seal {seq}: its row or one of its leaves was changed",
    ),
    "seals_missing": ("封{seq}から封{other}までがありません。", "seals {seq} to {other} are missing"),
    "unknown_key": (
        "封{seq}は、手もとにない鍵で署名されています。その公開鍵を --public-key で示してください。",
        "seal {seq}: was signed with a key that is not here; give its public key with --public-key",
    ),
    "reading": (
        "閲覧の記録{seq}行目は、書かれた後に書きかえられています。",
        "reading {seq}: was changed after it was written",
    ),
    "readings_missing": (
        "閲覧の記録{seq}行目から{other}行目までがありません。",
        "readings {seq} to {other} are missing",
    ),
    "readings_rewritten": (
        "閲覧の記録{seq}行目までのどこかが、封をした後に書きかえられています(一覧の{leaf}番)。",
        "readings up to {seq}: one of them was rewritten after it was sealed (leaf {leaf})",
    ),
    "readings_cut": (
        "閲覧の記録は{other}行目まで封をしてありますが、いまは{seq}行です(一覧の{leaf}番)。",
        "readings: were sealed up to reading {other} (leaf {leaf}), and now there are {seq}",
    ),
    "other_store": (
        "この控え(封{seq})は、別のストアのものです。ストアが取りかえられたか、控えを取り違えています。",
        "the head (seal {seq}) is of another store: the store was replaced, or this is the wrong head",
    ),
    "never_sealed": (
        "このストアにはまだ封がありません。控え(封{seq})のストアが取りかえられたか、封が消されています。",
        "the store was never sealed: that of the head (seal {seq}) was replaced, or its seals were removed",
    ),
    "seal_lost": (
        "控えの封{other}がありません。いまの封は{seq}までです。控えより前のバックアップから戻したか、封が消されています。",
        "seal {other} of the head is not there, the last is {seq}: the store was restored from before, or cut",
    ),
    "root": (
        "封{seq}の根が控えと違います。控えを取った後に、封が作り直されています。",
        "seal {seq}: its root is not that of the head: it was made anew after the head was given out",
    ),
    "leaf_unlike": (
        "封の一覧の{seq}番(案件{case})が控えと違います。",
        "leaf {seq} (case {case}): is not as in the head",
    ),
}


def finding(kind: Kind, case_id: int, seq: int, other: int = 0, leaf: int = 0) -> Finding:
    """The finding of this kind at a row, with its sentences."""
    ja, en = (text.format(case=case_id, seq=seq, other=other, leaf=leaf) for text in _SENTENCES[kind])
    return Finding(kind, case_id, seq, ja, en)
