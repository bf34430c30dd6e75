"""Everything that the rules find in what is asked about, with what somebody allowed set apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from checker import allowing
from checker.allowing import Allowance
from checker.declared import Declared, findings, name_of, path_of, schema_paths, toml_paths
from checker.finding import Finding
from checker.form_files import form_files
from checker.former import compared
from checker.former_schema import compared_alone
from checker.proving.budget import USUAL, Proofs
from checker.rules import letters, of_files, of_forms, of_schemas
from checker.schema_file import SchemaFile, read_schema
from checker.scope import Scope
from checker.source import Source, read


@dataclass
class Report:
    """What was found: `findings` stand, `allowed` do not count; `sources` are the texts by name of file."""

    findings: list[Finding] = field(default_factory=list)
    allowed: list[Finding] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    proofs: Proofs = field(default_factory=Proofs)

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(one.severity == "error" for one in self.findings)


def check(scope: Scope, today: dt.date, former: Scope | None = None, budget: int = USUAL) -> Report:
    """The report of a scope.

    Args:
        scope: what is asked about.
        today: the civil day against which allowances end.
        former: the definitions as they were, against which those of the scope are held.
        budget: the steps that one proof may take.
    """
    report = Report(proofs=Proofs(budget))
    found: list[Finding] = []
    allowances: list[Allowance] = []
    schemas: list[SchemaFile] = []
    for path in dict.fromkeys([*scope.schemas, *schema_paths(scope)]):
        source = _kept(report, found, path)
        file, refused = read_schema(source) if source else (None, [])
        found += refused
        if file is not None:
            found += of_schemas.findings(file, alone=path in scope.schemas)
            allowances += allowing.in_schema(file)
            schemas.append(file)
    found += letters.named_twice(schemas)
    for path in toml_paths(scope):
        source = _kept(report, found, path)
        if source is not None:
            found += letters.hidden_letters(source)
            allowances += allowing.in_comments(source)
    if scope.asked or scope.roots:
        declared = Declared(scope, today, report.proofs)
        forms = [form_files(declared.forms, one) for one in declared.form_ids()]
        found += [one for files in forms if files for one in of_forms.findings(files) if _told(scope, one)]
        found += of_files.findings(report.sources.values(), declared.texts())
        found += _merged(found, [one for one in findings(declared) if _told(scope, one)])
    if former is not None:
        found += compared(scope, former, today) if former.roots or former.asked else ()
        found += _schemas_before(schemas, former)
    report.findings, report.allowed = allowing.judged(found, allowances, today)
    return report


def _schemas_before(schemas: Iterable[SchemaFile], former: Scope) -> Iterator[Finding]:
    """What a change of schemas by themselves breaks; the earlier one has the same `$id`, or is the only one."""
    before: list[SchemaFile] = []
    for path in former.schemas:
        source, refused = read(path)
        file, why = read_schema(source) if source is not None else (None, [])
        yield from (*refused, *why)
        before += [file] if file is not None else []
    now = list(schemas)
    for new in now:
        alike = [one for one in before if _called(one) == _called(new)] or before
        if len(alike) == 1 and (len(now) == 1 or _called(alike[0]) == _called(new)):
            yield from compared_alone(alike[0], new)


def _called(file: SchemaFile) -> object:
    return file.schema.get("$id") if isinstance(file.schema, dict) else None


def _kept(report: Report, found: list[Finding], path: Path) -> Source | None:
    """The text of a file, kept for showing its lines."""
    source, refused = read(path, name_of(path))
    found += refused
    if source is not None:
        report.sources[source.file] = source
        report.paths[source.file] = path
    return source


def _told(scope: Scope, finding: Finding) -> bool:
    return not finding.file or scope.tells(path_of(finding.file))


def _merged(known: Iterable[Finding], more: Iterable[Finding]) -> list[Finding]:
    """Those of the second that the first does not tell already, by rule and line."""
    told = {(one.rule, one.file, one.line) for one in known}
    return [one for one in more if (one.rule, one.file, one.line) not in told]
