"""Names in the rows beside the machines: checks, outcomes, clocks, routes, timers, links, errors, paths read."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import Approval, Clock, Procedure
from engine.definition.rows import Check, CommonError
from engine.problems import Problem
from engine.shapes import Anything, Many, Record, Shape
from procedures.findings import finding, one_of
from procedures.soundness.machines import MachineView, case_of, machines_of
from procedures.soundness.names import Known
from registers.port import vocabulary

LINK_KINDS = ("opens", "instead", "after", "joins", "shares", "amends", "appeals")
READABLE = (
    *("form", "case", "given", "tasks", "clocks", "checks", "facts", "rules", "params"),
    *("municipality", "proposal", "register", "attachments", "subjects"),
)
_Path = tuple[str, ...]


def row_name_problems(procedure: Procedure, form: Shape | None) -> Iterator[Problem]:
    """Every name outside the machines that leads nowhere on one day; form fields too when the form's shape is given."""
    known = Known.of(procedure)
    paths = Paths(procedure, form)
    for check in procedure.checks:
        yield from _of_check(known, procedure, check)
        yield from paths.missing(("checks", check.id, "reads"), check.reads)
    for error in procedure.common_errors:
        yield from _of_error(known, error)
        yield from paths.missing(("common_errors", error.id, "plant"), tuple(error.plant))
    yield from _unlinked(procedure)
    for name, clock in procedure.clocks.items():
        yield from _of_clock(known, ("clocks", name), clock)
    for kind, task in procedure.tasks.items():
        if task.correctable:
            yield from paths.missing(("tasks", kind, "correctable"), f"given.{task.correctable}")
    for name, meeting in procedure.meetings.items():
        yield from known.missing("law", ("meetings", name, "law"), meeting.law)
    for name, route in procedure.approval.items():
        yield from _of_route(known, ("approval", name), route)
    for subject, path in procedure.subjects.items():
        yield from paths.missing(("subjects", subject), path)
        yield from _of_subject(("subjects", subject), path)
    yield from _of_meetings(procedure)
    yield from _of_results(known, procedure, paths)
    yield from _of_the_rest(known, procedure)


def _of_subject(place: _Path, given: str | tuple[str, ...]) -> Iterator[Problem]:
    """A person is known by answers alone, a thing by answers and facts: anything else may be another the next time."""
    roots, paths = (("form",), (given,)) if isinstance(given, str) else (("form", "facts"), given)
    for dotted in paths:
        if dotted.partition(".")[0] in set(READABLE) - set(roots):
            ja = f"{dotted} では、だれのこと・どれのことかを見分けられません。"
            yield finding(
                "D125",
                place if isinstance(given, str) else (*place, dotted),
                (ja, f"nobody is known by {dotted}"),
                f"{'・'.join(roots)} で始まる欄にする",
            )


def _unlinked(procedure: Procedure) -> Iterator[Problem]:
    """The fields that stand in for a paper and that no register has."""
    for row in procedure.attachments:
        for key in row.linked:
            if key not in vocabulary():
                said = (f"台帳の項目 {key} はありません。", f"no register has a field {key}")
                yield finding("D125", ("attachments", row.id, "linked"), said, one_of(key, vocabulary()))


def _of_check(known: Known, procedure: Procedure, check: Check) -> Iterator[Problem]:
    path = ("checks", check.id)
    yield from known.missing("stage", (*path, "stage"), check.stage)
    yield from known.missing("law", (*path, "law"), check.law)
    machine = _machine_of_stage(procedure, check.stage)
    if machine is None:
        return
    events = {event.id: event for event in machine.events}
    leaving = (
        [event.id for event in machine.leaving(check.stage)]
        if machine.is_case
        else [event.id for event in machine.events]
    )
    if check.on_fail not in events:
        own = Known({"event": tuple(leaving)})
        yield from own.missing("event", (*path, "on_fail"), check.on_fail)
    elif check.on_fail not in leaving:
        said = (
            f"事象 {check.on_fail} は段階 {check.stage} から起こせません。",
            f"event {check.on_fail} does not leave from stage {check.stage}",
        )
        hint = f"{check.stage} から起こせるもの: {'・'.join(leaving)}" if leaving else "事象の from を見直す"
        yield finding("D209", (*path, "on_fail"), said, hint)


def _machine_of_stage(procedure: Procedure, stage: str) -> MachineView | None:
    if stage in procedure.tasks:
        return next(machine for machine in machines_of(procedure) if machine.path == ("tasks", stage))
    return case_of(procedure) if any(state.id == stage for state in procedure.states) else None


def _of_error(known: Known, error: CommonError) -> Iterator[Problem]:
    path = ("common_errors", error.id)
    yield from known.missing("check", (*path, "check"), error.check)
    yield from known.missing("clock", (*path, "clock"), error.clock)
    yield from known.missing("event", (*path, "right"), error.right)
    yield from known.missing("link", (*path, "link"), error.link)


def _of_clock(known: Known, path: _Path, clock: Clock) -> Iterator[Problem]:
    yield from known.missing("law", (*path, "law"), clock.law)
    yield from known.missing("nature", (*path, "nature"), clock.nature)
    yield from known.missing("event", (*path, "starts"), clock.starts)
    yield from known.missing("state", (*path, "pauses_in"), clock.pauses_in)
    yield from known.missing("event", (*path, "satisfied_by"), clock.satisfied_by)
    if clock.extended_by:
        yield from known.missing("event", (*path, "extended_by", "event"), clock.extended_by.event)
        yield from known.missing("law", (*path, "extended_by", "law"), clock.extended_by.law)
    if clock.due:
        yield from known.missing("notice", (*path, "due", "notices"), clock.due.notices)
        yield from known.missing("recipient", (*path, "due", "notices_to"), clock.due.notices_to)
    if clock.breach:
        yield from known.missing("event", (*path, "breach", "event"), clock.breach.event)
        yield from known.missing("law", (*path, "breach", "law"), clock.breach.law)


def _of_meetings(procedure: Procedure) -> Iterator[Problem]:
    """What is held at a meeting needs something that puts the case, or the task, on its list."""
    for machine in machines_of(procedure):
        booked = {effect.books for effect in machine.effects}
        for event in machine.events:
            if event.at_meeting in procedure.meetings and event.at_meeting not in booked:
                said = (
                    f"会議 {event.at_meeting} の一覧に入れる事象がないので、起こせません。",
                    f"nothing puts it on the list of the meeting {event.at_meeting}, so it can never happen",
                )
                hint = f'effects に {{ id = "…", books = "{event.at_meeting}" }} を書く'
                yield finding("D230", (*machine.path, "events", event.id, "at_meeting"), said, hint)


def _of_route(known: Known, path: _Path, route: Approval) -> Iterator[Problem]:
    yield from known.missing("role", (*path, "drafter"), route.drafter)
    yield from known.missing("task", (*path, "task"), route.task)
    yield from known.missing("role", (*path, "steps"), route.steps)
    for level in route.levels:
        yield from known.missing("role", (*path, "levels", level.id, "decider"), level.decider)
    for one in route.cosign:
        yield from known.missing("role", (*path, "cosign", one.id, "post"), one.post)


def _of_results(known: Known, procedure: Procedure, paths: Paths) -> Iterator[Problem]:
    for outcome in procedure.outcomes:
        path = ("outcomes", outcome.id)
        yield from known.missing("state", (*path, "state"), outcome.state)
        yield from known.missing("notice", (*path, "notice"), outcome.notice)
        yield from known.missing("registration", (*path, "registers"), outcome.registers)
    for registration in procedure.registrations:
        path = ("registrations", registration.id)
        yield from paths.missing((*path, "keys"), registration.keys)
        yield from known.missing("input", (*path, "holds"), registration.holds)
    if procedure.appeal:
        yield from known.missing("law", ("appeal", "law"), procedure.appeal.law)
        yield from known.missing("nature", ("appeal", "natures"), procedure.appeal.natures)


def _of_the_rest(known: Known, procedure: Procedure) -> Iterator[Problem]:
    for timer in procedure.timers:
        yield from known.missing("param", ("timers", timer.id, "days_of"), timer.days_of)
        yield from known.missing("param", ("timers", timer.id, "years_of"), timer.years_of)
    for rule in procedure.rules:
        yield from known.missing("law", ("rules", rule.id, "law"), rule.law)
    for fact in procedure.facts:
        yield from known.missing("role", ("facts", fact.id, "by"), fact.by)
    yield from _of_inputs(procedure)
    for signal in procedure.signals:
        yield from known.missing("subject", ("signals", signal.id, "subject"), signal.subject)
    for effect in procedure.effects:
        kinds = tuple(link.kind for link in procedure.links)
        if effect.opens_links and effect.opens_links not in kinds:
            said = (f"種類が {effect.opens_links} の links がありません。", f"no link is of kind {effect.opens_links}")
            hint = f'links に kind = "{effect.opens_links}" の行を書く'
            if effect.opens_links not in LINK_KINDS:
                hint = one_of(effect.opens_links, LINK_KINDS)
            yield finding("D113", ("effects", effect.id, "opens_links"), said, hint)


def _of_inputs(procedure: Procedure) -> Iterator[Problem]:
    """Words of a small form's fields and choices belong to one that is asked."""
    for row in procedure.inputs:
        named = [*row.fields, *(f"{name}.{one}" for name, kind in row.fields.items() for one in _choices(kind))]
        for key in row.labels:
            if key not in named:
                said = (f"入力 {row.id} に {key} という欄・選択肢はありません。", f"input {row.id} has no {key}")
                yield finding("D126", ("inputs", row.id, "labels", key), said, one_of(key, named))


def _choices(kind: str | tuple[str, ...]) -> tuple[str, ...]:
    return kind if isinstance(kind, tuple) else ()


class Paths:
    """Dotted paths: the root, the second name where it is one of ours, and the field where the form is known."""

    def __init__(self, procedure: Procedure, form: Shape | None) -> None:
        self._form = form
        self._asked = {row.id: row.fields for row in procedure.inputs}
        self._second = {
            "given": [row.id for row in procedure.inputs],
            "facts": [row.id for row in procedure.facts],
            "rules": [row.id for row in procedure.rules],
            "attachments": [row.id for row in procedure.attachments],
            "subjects": list(procedure.subjects),
            "tasks": list(procedure.tasks),
            "clocks": list(procedure.clocks),
            "checks": [row.id for row in procedure.checks],
            "params": list(procedure.params),
        }

    def missing(self, path: _Path, read: str | tuple[str, ...]) -> Iterator[Problem]:
        """A problem for every dotted path that leads nowhere."""
        for dotted in (read,) if isinstance(read, str) else read:
            place = path if isinstance(read, str) else (*path, dotted)
            yield from self._one(place, dotted)

    def _one(self, place: _Path, dotted: str) -> Iterator[Problem]:
        root, *rest = dotted.split(".")
        if root not in READABLE:
            said = (f"{dotted} は読めるものの名で始まっていません。", f"{dotted} does not begin with a known root")
            yield finding("D125", place, said, one_of(root, READABLE) or f"{'・'.join(READABLE)} のどれかで始める")
        elif rest and root in self._second and rest[0] not in self._second[root]:
            said = (f"{root} に {rest[0]} がありません。", f"{root} has no {rest[0]}")
            yield finding("D125", place, said, one_of(rest[0], self._second[root]))
        elif root == "form" and self._form is not None:
            yield from self._field(place, rest, self._form)
        elif root == "given" and len(rest) > 1 and rest[1] not in (fields := self._asked.get(rest[0], {})) and fields:
            said = (f"入力 {rest[0]} に欄 {rest[1]} がありません。", f"input {rest[0]} has no field {rest[1]}")
            yield finding("D126", place, said, one_of(rest[1], fields))

    def _field(self, place: _Path, names: list[str], shape: Shape) -> Iterator[Problem]:
        for name in names:
            if isinstance(shape, Many):
                shape = shape.item
                if name.isdigit():
                    continue
            if isinstance(shape, Anything):
                return
            if not isinstance(shape, Record) or name not in shape.fields:
                known = shape.fields if isinstance(shape, Record) else {}
                said = (
                    f"様式に {'.'.join(names)} がありません({name})。",
                    f"the form has no {'.'.join(names)} ({name})",
                )
                yield finding("D126", place, said, one_of(name, known))
                return
            shape = shape.fields[name]
