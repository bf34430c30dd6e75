"""What a correction lets change: the fields of the form that were listed, all of them and no others (補正の範囲)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine.errors import AnswerProblem
from engine.problems import nearest
from engine.shapes import Record, Shape

if TYPE_CHECKING:
    from engine.state import TaskState
    from engine.work import Work

_BETWEEN = re.compile(r"[\s,、]+")


def listed(work: Work, task: TaskState | None) -> tuple[str, ...]:
    """The fields of the form that a task lets change, as dotted paths; none where it lists none, and all may change."""
    answer = work.edition.procedure.tasks[task.kind].correctable if task else None
    if answer is None:
        return ()
    name, _, field = answer.partition(".")
    return _paths(work.answers(name).get(field))


def wrongly_listed(work: Work, input_id: str, given: Mapping[str, Any]) -> list[AnswerProblem]:
    """What is wrong with a list of fields in the answers to a small form: names that the form does not have."""
    found = []
    for field in _lists_of(work, input_id):
        for path in _paths(given.get(field)):
            if not _is_there(work.edition.shape["form"], path.split(".")):
                hint = nearest(path, _all(work.edition.shape["form"]))
                ja = f"申請書に「{path}」という欄はありません。{hint}"
                found.append(AnswerProblem(f"/{field}", "unknown", ja, en=f"the form has no field {path}"))
    return found


def against(work: Work, task: TaskState | None, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[AnswerProblem]:
    """Every field that changed and was not listed, and every listed one that did not change; none where none is."""
    fields = listed(work, task)
    if not fields:
        return []
    changed = list(_changed(old, new, ""))
    outside = [one for one in changed if not any(_within(one, path) for path in fields)]
    left = [path for path in fields if not any(_within(one, path) or _within(path, one) for one in changed)]
    ours = named(work, fields)
    return [*(_not_asked_for(one, ours, fields) for one in outside), *(_not_corrected(path) for path in left)]


def named(work: Work, fields: Sequence[str]) -> str:
    """What people call fields of the form, each with its path after it."""
    form = work.edition.procedure.form
    names = ((work.ports.checker.called(form, path), path) for path in fields)
    return "・".join(path if name == path else f"{name}({path})" for name, path in names)


def _lists_of(work: Work, input_id: str) -> list[str]:
    """The fields of a small form that list fields of the main form."""
    answers = [task.correctable.partition(".") for task in work.edition.procedure.tasks.values() if task.correctable]
    return list(dict.fromkeys(field for name, _, field in answers if name == input_id))


def _paths(text: object) -> tuple[str, ...]:
    return tuple(path for path in _BETWEEN.split(text) if path) if isinstance(text, str) else ()


def _within(path: str, outer: str) -> bool:
    return f"{path}.".startswith(f"{outer}.")


def _is_there(shape: Shape | None, names: list[str]) -> bool:
    """Whether a path leads to a field; a list is corrected as a whole."""
    if not names:
        return shape is not None
    return isinstance(shape, Record) and _is_there(shape.fields.get(names[0]), names[1:])


def _all(shape: Shape, path: str = "") -> Iterator[str]:
    if path:
        yield path
    if isinstance(shape, Record):
        for name, inner in shape.fields.items():
            yield from _all(inner, f"{path}.{name}" if path else name)


def _changed(old: object, new: object, path: str) -> Iterator[str]:
    """The places at which two documents differ; a list is one place."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in dict.fromkeys([*old, *new]):
            yield from _changed(old.get(name), new.get(name), f"{path}.{name}" if path else name)
    elif old != new:
        yield path


def _not_asked_for(path: str, ours: str, fields: Sequence[str]) -> AnswerProblem:
    ja = f"補正を求めていない欄が変わっています。直せるのは{ours}です。ほかを直すときは窓口に知らせてください。"
    easy = "ここは かえられません。ほかを かえたい ときは、まどぐちに 言って ください。"
    return AnswerProblem(
        _pointer(path), "not_correctable", ja, easy=easy, en=f"only {', '.join(fields)} may be changed"
    )


def _not_corrected(path: str) -> AnswerProblem:
    ja = "補正を求めた欄が、まだ直っていません。直す必要がないときは、窓口が補正の求めを取り消します。"
    easy = "ここを なおして ください。"
    return AnswerProblem(_pointer(path), "not_corrected", ja, easy=easy, en="a correction was asked for here")


def _pointer(path: str) -> str:
    return "/" + path.replace(".", "/")
