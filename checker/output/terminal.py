"""A report for people: each finding with its line of the file, a caret below it, and the mend."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

from checker.checking import Report
from checker.finding import RANK, Finding
from engine.problems import Severity

MOST = 200
"""How many findings are printed; the rest is counted. A program reads all of them from `--format json`."""

_SAID: dict[str, dict[Severity, str]] = {
    "ja": {"error": "誤り", "warning": "注意", "info": "お知らせ"},
    "en": {"error": "error", "warning": "warning", "info": "note"},
}
_WIDEST = 100


def text(report: Report, lang: str = "ja") -> str:
    """The findings in the order of files and lines, and how many there are."""
    lines: list[str] = []
    for finding in report.findings[:MOST]:
        lines += [*_finding(report, finding, lang), ""]
    if (more := len(report.findings) - MOST) > 0:
        lines += [f"ほか{more:,}件は --format json で見られます。" if lang == "ja" else f"{more:,} more", ""]
    return "\n".join([*lines, *_proofs(report, lang), summary(report, lang)])


def summary(report: Report, lang: str = "ja") -> str:
    """How many of each severity, in how many files."""
    counts = [(one, sum(found.severity == one for found in report.findings)) for one in RANK]
    told = "、".join(f"{_SAID['ja'][one]}{count}件" for one, count in counts if count)
    if lang == "en":
        told = ", ".join(f"{count} {_SAID['en'][one]}" for one, count in counts if count)
        return f"{told or 'nothing found'} in {len(report.sources)} files; {len(report.allowed)} allowed"
    allowed = f"(理由を付けて許したもの{len(report.allowed)}件)" if report.allowed else ""
    return f"{len(report.sources)}ファイル: {told or '誤りはありません'}。{allowed}"


def _proofs(report: Report, lang: str) -> Iterator[str]:
    """How many proofs came to an end, and how far each might go."""
    proofs = report.proofs
    if not proofs.asked:
        return
    asked, decided, undecided, budget = (f"{one:,}" for one in proofs.counts().values())
    if lang == "en":
        yield f"{asked} proofs: {decided} decided, {undecided} not decided, at most {budget} steps each"
    else:
        yield f"証明{asked}件: 決まった{decided}件、決まらない{undecided}件(限度は一件{budget}手)。"


def _finding(report: Report, finding: Finding, lang: str) -> Iterator[str]:
    yield f"{finding.where} {_SAID[lang][finding.severity]} [{finding.rule}] {finding.pointer}".rstrip()
    yield f"  {finding.text(lang)}"
    source = report.sources.get(finding.file)
    if source is not None and 1 <= finding.line <= len(source.lines):
        yield from _excerpt(source.lines[finding.line - 1], finding.line, finding.column)
    if finding.witness:
        first, *more = finding.witness.split("\n")
        yield f"  {'例' if lang == 'ja' else 'witness'}: {first}"
        yield from (f"    {line}" for line in more)
    if finding.fix is not None:
        said = finding.fix.ja if lang == "ja" else finding.fix.en
        how = "(--fix で直せます)" if finding.fix.safe else ""
        yield f"  直し方: {said}{how}" if lang == "ja" else f"  mend: {said}{' (--fix does it)' if how else ''}"


def _excerpt(line: str, number: int, column: int) -> Iterator[str]:
    """The line and a caret below the letter, both cut where the line is long."""
    start = max(0, column - _WIDEST // 2) if len(line) > _WIDEST else 0
    shown = "".join(one if one.isprintable() else "·" for one in line[start : start + _WIDEST])
    before = "".join("  " if east_asian_width(one) in "WF" else " " for one in shown[: max(column - 1 - start, 0)])
    yield f"  {number:>5} | {shown}"
    yield f"  {'':>5} | {before}^"
