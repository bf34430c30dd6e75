"""Findings that somebody has allowed, with a reason and until a day; an allowance without them is itself a finding.

In a schema it stands in an object, for all below it: `"x-lint-allow": [{"rule": …, "reason": …, "until": …}]`.
In a declaration it is a comment on the line or above the row that it is about: `# lint-allow E5 until 2027-03-31: why`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.finding import Finding
from checker.schema_file import SchemaFile
from checker.source import Source

KEY = "x-lint-allow"
_COMMENT = re.compile(r"#\s*lint-allow\s+(?P<rule>\S+)(?:\s+until\s+(?P<until>[0-9-]+))?\s*(?::\s*(?P<reason>.*))?$")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Allowance:
    """A rule allowed in the lines from `first` to `last` of a file, until a day (the last day itself included)."""

    file: str
    rule: str
    first: int
    last: int
    reason: str
    until: dt.date | None

    def covers(self, finding: Finding, today: dt.date) -> bool:
        """Whether the finding is allowed on a civil day."""
        good = self.reason and self.until is not None and today <= self.until
        return bool(good) and finding.rule == self.rule and finding.file == self.file and self._near(finding.line)

    def _near(self, line: int) -> bool:
        return self.first <= line <= self.last


def in_schema(file: SchemaFile) -> Iterator[Allowance]:
    """The allowances of a schema."""
    for sub in file.subschemas():
        rows = sub.schema.get(KEY)
        spot = file.at(sub.pointer)
        lines = file.source.place(spot.key)[0], file.source.place(spot.end)[0]
        for row in rows if isinstance(rows, list) else [rows] if rows is not None else []:
            known = row if isinstance(row, dict) else {}
            until, reason = _day(str(known.get("until", ""))), str(known.get("reason", "")).strip()
            first = 0 if not sub.pointer else lines[0]
            yield Allowance(file.source.file, str(known.get("rule", "")), first, lines[1], reason, until)


def in_comments(source: Source) -> Iterator[Allowance]:
    """The allowances of a declaration."""
    for number, line in enumerate(source.lines, start=1):
        if found := _COMMENT.search(line):
            until, reason = _day(found["until"] or ""), (found["reason"] or "").strip()
            last = _row_end(source.lines, number) if line.lstrip().startswith("#") else number
            yield Allowance(source.file, found["rule"], number, last, reason, until)


def _row_end(lines: Sequence[str], number: int) -> int:
    """The last line of the row that begins below a line: what is indented deeper than its first belongs to it.

    Further comments between the line and the row are passed over, so that a row may have several allowances.
    """
    first = number
    while first < len(lines) and lines[first].lstrip().startswith("#"):
        first += 1
    last = first
    while last + 1 < len(lines) and _indent(lines[last + 1]) > _indent(lines[first]):
        last += 1
    return last + 1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def judged(
    findings: Iterable[Finding], allowances: Sequence[Allowance], today: dt.date
) -> tuple[list[Finding], list[Finding]]:
    """The findings that stand, with those about allowances themselves, and those that are allowed."""
    standing: list[Finding] = []
    allowed: list[Finding] = []
    used: set[Allowance] = set()
    for finding in findings:
        cover = next((one for one in allowances if one.covers(finding, today)), None)
        (standing if cover is None else allowed).append(finding)
        used |= {cover} if cover else set()
    idle = all(one.severity != "error" for one in standing)  # a definition with errors is not looked at to its end
    standing += [wrong for one in allowances if one not in used and (wrong := _wrong(one, today, idle=idle))]
    return sorted(set(standing)), sorted(set(allowed))


def _wrong(allowance: Allowance, today: dt.date, *, idle: bool) -> Finding | None:
    """What is wrong with an allowance that allowed nothing; that it is `idle` only where every rule was asked."""
    shown = Source(allowance.file, "")
    if not allowance.reason or allowance.until is None:
        ja = f"{allowance.rule} を許す理由(reason)か期限(until)がありません。両方書きます。"
        said = (ja, f"allowing {allowance.rule} wants a reason and a last day")
    elif today > allowance.until:
        ja = f"{allowance.rule} を許す期限({allowance.until})が過ぎました。直すか、理由を見直して期限を延ばします。"
        said = (ja, f"the allowance of {allowance.rule} ended on {allowance.until}")
    elif not idle:
        return None
    else:
        ja = f"{allowance.rule} はもう見つかりません。この許しを消します。"
        said = (ja, f"{allowance.rule} is not found here any more: take the allowance away")
    found = shown.found("A7", None, *said)
    return Finding(found.file, max(allowance.first, 1), 1, found.rule, "", found.ja, found.en, found.severity)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
