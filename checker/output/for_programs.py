"""A report for programs: JSON of our own, SARIF 2.1.0 for code hosts, JUnit for build servers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from checker.catalogue import Rule, rules
from checker.checking import Report
from checker.finding import Edit, Finding
from checker.source import Source

_LEVEL = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(report: Report) -> str:
    """Every finding with its rule, its reason and its mend; what was allowed apart."""
    told = {
        "findings": [_facts(report, one) for one in report.findings],
        "allowed": [_facts(report, one) for one in report.allowed],
        "files": len(report.sources),
        "proofs": report.proofs.counts(),
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _facts(report: Report, finding: Finding) -> dict[str, Any]:
    known = rules().get(finding.rule)
    found: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity,
        "file": finding.file,
        "pointer": finding.pointer,
        "line": finding.line,
        "column": finding.column,
        "message": {"ja": finding.ja, "en": finding.en},
        "why": {"ja": known.why_ja, "en": known.why_en} if known else None,
        "witness": finding.witness or None,
        "fix": None,
    }
    if finding.fix is not None:
        edits = [_region(report, finding, edit) | {"text": edit.text} for edit in finding.fix.edits]
        found["fix"] = {"ja": finding.fix.ja, "en": finding.fix.en, "safe": finding.fix.safe, "edits": edits}
    return found


def _region(report: Report, finding: Finding, edit: Edit) -> dict[str, int]:
    source = report.sources.get(finding.file) or Source(finding.file, "")
    (line, column), (end_line, end_column) = source.place(edit.start), source.place(edit.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def sarif(report: Report) -> str:
    """A SARIF 2.1.0 log with one run; what was allowed stands there as suppressed."""
    used = {one.rule for one in (*report.findings, *report.allowed)}
    descriptors = [_descriptor(name, rules().get(name)) for name in sorted(used)]
    results = [_result(report, one) for one in report.findings]
    results += [_result(report, one) | {"suppressions": [{"kind": "inSource"}]} for one in report.allowed]
    driver = {"name": "madoguchi check", "version": version("madoguchi"), "language": "ja", "rules": descriptors}
    run: dict[str, Any] = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    run["properties"] = {"proofs": report.proofs.counts()}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _descriptor(name: str, known: Rule | None) -> dict[str, Any]:
    if known is None:
        return {"id": name}
    level = {"level": _LEVEL[known.severity]}
    texts = {"shortDescription": {"text": known.ja}, "fullDescription": {"text": known.why_ja}}
    return {"id": name, **texts, "defaultConfiguration": level}


def _result(report: Report, finding: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": finding.file}}
    if finding.line:
        place["region"] = {"startLine": finding.line, "startColumn": finding.column}
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVEL[finding.severity],
        "message": {"text": finding.ja},
        "locations": [{"physicalLocation": place, "logicalLocations": [{"fullyQualifiedName": finding.pointer}]}],
    }
    if finding.fix is not None:
        replacements = [
            {"deletedRegion": _region(report, finding, edit), "insertedContent": {"text": edit.text}}
            for edit in finding.fix.edits
        ]
        change = {"artifactLocation": {"uri": finding.file}, "replacements": replacements}
        found["fixes"] = [{"description": {"text": finding.fix.ja}, "artifactChanges": [change]}]
    return found


def junit(report: Report) -> str:
    """A JUnit file: a case per file, failed when it has an error; warnings stand in its output."""
    by_file: dict[str, list[Finding]] = {name: [] for name in report.sources}
    for finding in report.findings:
        by_file.setdefault(finding.file, []).append(finding)
    failed = sum(any(one.severity == "error" for one in found) for found in by_file.values())
    cases = "".join(_case(name, found) for name, found in by_file.items())
    head = f'<testsuite name="madoguchi check" tests="{len(by_file)}" failures="{failed}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{cases}</testsuite>\n'


def _case(name: str, found: list[Finding]) -> str:
    told = "\n".join(f"{one.where} [{one.rule}] {one.ja}" for one in found)
    told = "".join(letter for letter in told if letter.isprintable() or letter == "\n")
    errors = sum(one.severity == "error" for one in found)
    inside = f"<failure message={quoteattr(f'{errors}件の誤り')}>{escape(told)}</failure>" if errors else ""
    inside += f"<system-out>{escape(told)}</system-out>" if found and not errors else ""
    return f'  <testcase classname="check" name={quoteattr(name)}>{inside}</testcase>\n'


FORMATS: Mapping[str, Callable[[Report], str]] = {"json": as_json, "sarif": sarif, "junit": junit}
