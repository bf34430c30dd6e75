"""Destroying values of a case: the ciphertext and its salt go; the digest stays, with a record of who, when and why.

The record is an event of the case's log, which names the fields and their digests, never a value. What a condition
would have read in a destroyed value it is not asked any more: it does not hold. The guideline on specific personal
information (特定個人情報) asks for destruction that cannot be undone, and for its record.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from engine import people
from engine.actors import require_role, roles_of
from engine.clock import from_seconds
from engine.compartments import kinds_at
from engine.errors import AnswerProblem, BadAnswers, NotPossibleNow, UnknownThing
from engine.problems import nearest

if TYPE_CHECKING:
    from engine.work import Work

KEEPER = "decider"
"""The role that destroys: whoever decides is answerable for the values (保護責任者). Without one, any of the office."""

LONGEST_REASON = 200
_LONG_NUMBER = re.compile(r"(?:[0-9０-９][ \u3000-]?){10,}")


def destroy(work: Work, wanted: Sequence[str], reason: str) -> None:
    """Destroy values; `wanted` are fields ("form.1"), sensitivities ("my_number") or, when empty, everything there is.

    Raises:
        Refusal: not this post's, no reason, no such value, already destroyed, or the case still needs it.
    """
    _require_keeper(work)
    _require_reason(reason)
    there = {value.field: value for value in work.tx.values(work.whole.case.id)}
    fields = _meant(work, list(there), wanted)
    gone = [field for field in fields if there[field].destroyed_at is not None]
    if gone and len(gone) == len(fields):
        ja = f"案件{work.whole.case.id}のその値はもう廃棄されています。{'。'.join(told(work, f) for f in gone)}。"
        raise NotPossibleNow(ja, f"already destroyed: {', '.join(gone)}", fields=gone)
    left = [field for field in fields if field not in gone]
    _refuse_needed(work, left, list(there))
    before = people.concerned(work)
    work.do("destroyed", reason, {field: there[field].digest for field in left})
    work.destroyed += left
    form_gone = f"form.{work.whole.case.memo.get('given', {}).get('form')}" in left
    people.note_anew(work, before, form_gone=form_gone)  # nor is it known any more whom the case concerned
    state = work.whole.case.state
    work.happened("destroy", "command", from_state=state, to_state=state)


def lacking(work: Work, paths: Collection[str]) -> list[str]:
    """The destroyed values that one would have to read for these paths, written as conditions read them."""
    case = work.whole.case
    destroyed = case.memo.get("destroyed")
    if not destroyed:
        return []
    paths = [*paths, *_behind_checks(work, paths)]
    found = [f"fact.{name}" for name in case.memo.get("facts", {}) if f"facts.{name}" in paths]
    for input_id, number in case.memo.get("given", {}).items():
        root, shape = ("form", work.edition.shape["form"])
        if input_id != "form":
            root, shape = f"given.{input_id}", work.edition.shape["given"].fields.get(input_id)
        steps = [path[len(root) :] for path in paths if path == root or path.startswith((f"{root}.", f"{root}["))]
        kinds = {kind for step in steps for kind in kinds_at(shape, step)}
        name = f"{input_id}.{number}"
        found += [name] if steps else []
        found += [f"{name}.{kind}" for kind in sorted(kinds)]
    return [field for field in found if field in destroyed]


def _behind_checks(work: Work, paths: Collection[str]) -> Iterator[str]:
    """What the checks among these paths are decided by, where their result was not stored while it could be read."""
    asked = {path.split(".")[1] for path in paths if path.startswith("checks.")}
    known = work.whole.case.memo.get("results", {}).get("known", {})
    for check in work.edition.procedure.checks if asked else ():
        path = ("checks", check.id, "passes")
        condition = work.edition.condition(*path)
        if condition and asked & {check.id, check.stage} and work.edition.storable.get(path) not in known:
            yield from condition.reads


def told(work: Work, field: str) -> str:
    """When a value was destroyed, and why; that it was, where nobody has recorded it."""
    record = work.whole.case.memo.get("destroyed", {}).get(field)
    if record is None:
        return f"「{field}」は、記録なしに廃棄されています"
    at, reason = record
    return f"「{field}」は{from_seconds(at):%Y-%m-%d}に廃棄済みです({reason})"


def require_there(work: Work, paths: Collection[str], doing: str) -> None:
    """Nothing, when every value at these paths is still there.

    Raises:
        NotPossibleNow: one was destroyed.
    """
    gone = lacking(work, paths)
    if gone:
        ja = f"案件{work.whole.case.id}: {doing}は作れません。書く内容の{'。'.join(told(work, f) for f in gone)}。"
        raise NotPossibleNow(ja, f"cannot write this: {', '.join(gone)} was destroyed", fields=gone)


def _require_keeper(work: Work) -> None:
    procedure = work.edition.procedure
    labels = {role.id: role.label for role in procedure.roles if role.side == "office"}
    allowed = [KEEPER] if KEEPER in labels else sorted(labels)
    roles = roles_of(work.actor, procedure, work.ports.municipality)
    require_role(work.actor, roles, allowed, "値を廃棄する", labels)


def _require_reason(reason: str) -> None:
    """The reason stays in the log for good, so it is plain text without a number that could be somebody's."""
    said: tuple[str, str] | None = None
    if not reason.strip() or not reason.isprintable() or len(reason) > LONGEST_REASON:
        said = (
            f"廃棄の理由を{LONGEST_REASON}字以内で書いてください(例: 保存期間の満了)。",
            f"give the reason in at most {LONGEST_REASON} printable letters",
        )
    elif _LONG_NUMBER.search(reason):
        said = (
            "理由に長い番号は書けません。理由は消せない記録に残ります。個人番号などは書かないでください。",
            "the reason stays in the log for good: it may hold no long number",
        )
    if said:
        raise BadAnswers([AnswerProblem("/reason", "reason", said[0], en=said[1])])


def _meant(work: Work, there: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The fields that are meant, in order, each once."""
    found = list(there) if not wanted else []
    for word in wanted:
        fitting = [field for field in there if field == word or (field.endswith(f".{word}") and _is_part(field, word))]
        if not fitting:
            ja = f"案件{work.whole.case.id}に「{word}」という値はありません。{_known(there)}{nearest(word, there)}"
            raise UnknownThing(ja, f"case {work.whole.case.id} has no value {word!r}", field=word)
        found += fitting
    if not found:
        ja = f"案件{work.whole.case.id}に値はありません。"
        raise UnknownThing(ja, f"case {work.whole.case.id} has no values")
    return list(dict.fromkeys(found))


def _is_part(field: str, word: str) -> bool:
    """Whether a word names a sensitivity, and the field is an envelope of it."""
    return word in {"my_number", "special_care"} and field.removesuffix(f".{word}").count(".") == 1


def _refuse_needed(work: Work, fields: Sequence[str], there: Sequence[str]) -> None:
    """A notice that was not sent is needed; and while a case is open, the latest answers and the facts that hold."""
    case = work.whole.case
    unsent = {f"notice.{one.seq}.{one.ordinal}" for one in work.tx.outbox(case.id) if one.sent_at is None}
    waiting = [field for field in fields if field in unsent]
    if waiting:
        ja = f"案件{case.id}の通知({'・'.join(waiting)})は未送付です。madoguchi deliver で送ってから廃棄してください。"
        raise NotPossibleNow(ja, f"not sent yet: {', '.join(waiting)}", fields=waiting)
    if case.closed:
        return
    latest = {f"{name}.{number}" for name, number in case.memo.get("given", {}).items()}
    held = {f"fact.{name}" for name in case.memo.get("facts", {})}

    def needed(field: str) -> bool:
        return field in held or ".".join(field.split(".")[:2]) in latest

    wanted = [field for field in fields if needed(field)]
    if wanted:
        free = [field for field in there if not needed(field) and field not in unsent]
        able = f"いま廃棄できるのは {'・'.join(free)} です。" if free else ""
        uses = "・".join(wanted)
        ja = f"案件{case.id}は終わっておらず、{uses} をまだ使います。案件が終わってから廃棄してください。{able}"
        raise NotPossibleNow(ja, f"case {case.id} is open and needs {', '.join(wanted)}", fields=wanted)


def _known(there: Sequence[str]) -> str:
    return f"あるのは {'・'.join(there)} です。" if there else ""
