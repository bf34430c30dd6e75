"""Forms and findings as text for a terminal or a pipe, and as plain data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from engine.errors import AnswerProblem
from forms.definition import FieldType
from forms.form import Field, Form

WIDTH = 80
_TYPES: dict[FieldType, str] = {
    "text": "文字",
    "name": "氏名",
    "kana": "フリガナ",
    "date": "日付",
    "month": "年月",
    "choice": "選択",
    "yes_no": "はい・いいえ",
    "whole": "数",
    "number": "数(小数)",
    "yen": "円",
    "phone": "電話",
    "email": "メール",
    "postal_code": "郵便番号",
    "my_number": "個人番号",
    "bank_code": "銀行コード",
    "branch_code": "支店コード",
    "account_number": "口座番号",
    "holder_kana": "口座名義",
    "attachment": "添付",
    "block": "まとまり",
    "list": "くり返し",
}
_NEEDS = {"必須": "required", "任意": "optional", "条件": "depends "}


def show_rows(console: Console, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows as a table on a terminal, as lines with aligned columns in a pipe."""
    if console.is_terminal:
        table = Table(box=None, header_style="bold", pad_edge=False)
        for heading in headings:
            table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(*row)
        console.print(table)
        return
    widths = [max(cell_len(row[column]) for row in [headings, *rows]) for column in range(len(headings))]
    for row in [headings, *rows]:
        cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        show_line(console, "  ".join(cells).rstrip())


def show_form(console: Console, form: Form, lang: str) -> None:
    """The steps of a form and their fields; `lang` is ja, easy or en."""
    show_line(console, form.title.text(lang), style="bold")
    for number, step in enumerate(form.steps):
        show_line(console, "")
        show_line(console, f"{number + 1}. {step.text(lang)}", style="bold")
        for field in form.fields:
            if field.step == number and field.type != "block" and field.name != "*":
                _show_field(console, field, lang)


def show_problems(console: Console, problems: Sequence[AnswerProblem], lang: str) -> None:
    """Each wrong answer with its sentence and its place, and how many there are."""
    for one in problems:
        show_line(console, said(one, lang))
        show_line(console, f"    {one.pointer or '/'}  [{one.code}]", style="dim")
    count = len(problems)
    if lang == "en":
        show_line(console, f"{count} answers need correcting." if count else "Nothing needs correcting.")
    else:
        show_line(console, f"直していただく所が{count}個あります。" if count else "直していただく所はありません。")


def said(problem: AnswerProblem, lang: str) -> str:
    """The sentence of a problem in `ja`, `easy` or `en`."""
    return {"easy": problem.easy, "en": problem.en}.get(lang) or problem.ja


def form_facts(form: Form) -> dict[str, Any]:
    """A form as plain data."""
    return {
        "id": form.id,
        "title": form.title.model_dump(),
        "behaviour_hash": form.behaviour_hash,
        "wording_hash": form.wording_hash,
        "steps": [step.model_dump() for step in form.steps],
        "fields": [_field_facts(field) for field in form.fields],
        "rules": [{"id": one.id, "cel": one.cel, "fields": one.fields} | one.words.model_dump() for one in form.rules],
    }


def _field_facts(field: Field) -> dict[str, Any]:
    return {
        "pointer": field.pointer,
        "type": field.type,
        "label": field.label.model_dump(),
        "step": field.step,
        "required": field.required,
        "when": field.when,
        "required_when": field.required_when,
        "choices": [{"id": one.id} | one.words.model_dump() for one in field.choices],
        "help": field.help.model_dump() if field.help else None,
        "prefill": field.prefill,
        "sensitivity": field.sensitivity,
    }


def _show_field(console: Console, field: Field, lang: str) -> None:
    """One line, or two where one would be wider than 80 columns."""
    kind = field.type.replace("_", " ") if lang == "en" else _TYPES[field.type]
    need = _NEEDS[_need(field)] if lang == "en" else _need(field)
    first = f"  {need}  {field.full_label.text(lang)}({kind})"
    if cell_len(first) + cell_len(field.path) + 2 <= WIDTH:
        show_line(console, f"{first}  {field.path}")
    else:
        for part in _folded(first):
            show_line(console, part)
        show_line(console, f"        {field.path}", style="dim")


def _need(field: Field) -> str:
    if field.required:
        return "必須" if field.when is None else "条件"
    return "任意" if field.when is None and field.required_when is None else "条件"


def _folded(text: str) -> Iterator[str]:
    """The text in lines of at most 80 columns, the later ones indented."""
    line = ""
    for character in text:
        if cell_len(line + character) > WIDTH:
            yield line
            line = " " * 8
        line += character
    yield line


def show_line(console: Console, text: str, style: str = "") -> None:
    """One line as it stands: no markup, no guessing at numbers, no wrapping in a pipe."""
    console.print(text, style=style or None, markup=False, highlight=False, soft_wrap=True)
