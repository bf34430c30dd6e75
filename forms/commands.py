"""`madoguchi forms`: look at forms, make up answers, check answers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from engine.clock import JST
from engine.errors import AnswerProblem, BadAnswers, MadoguchiError

if TYPE_CHECKING:
    from rich.console import Console

    from forms.checking import FictionalNumbers
    from forms.form import Form
    from forms.loader import Forms

DAY_OF_SAMPLES = "2025-06-02"
_DAY = click.DateTime(["%Y-%m-%d"])
_Command = TypeVar("_Command", bound=Callable[..., Any])


@click.group(
    name="forms",
    help="申請の様式を見る、見本を作る、答えを確かめる。\n\n例: madoguchi forms show child_allowance_claim",
)
def group() -> None:
    """Hold the commands about forms."""


def _definitions(command: _Command) -> _Command:
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    help_ = "重ねる定義のフォルダ。後のものが先のものを隠します。"
    return click.option("--definitions", "folders", type=folder, multiple=True, help=help_)(command)


def _json(command: _Command) -> _Command:
    return click.option("--json", "as_json", is_flag=True, help="プログラムが読めるJSONで出します。")(command)


def _lang(command: _Command) -> _Command:
    kind, help_ = click.Choice(["ja", "easy", "en"]), "言葉。easy はやさしい日本語。"
    return click.option("--lang", type=kind, default="ja", show_default=True, help=help_)(command)


@group.command(name="list", help="様式の一覧を出します。\n\n例: madoguchi forms list --json")
@_definitions
@_json
def list_(folders: tuple[Path, ...], *, as_json: bool) -> None:
    """Print the forms there are, and how many problems each has."""
    from forms.display import show_rows

    forms = _forms(folders)
    rows = []
    for form_id in forms.ids():
        form, problems = forms.load(form_id)
        title, count = (form.title.ja, len(form.fields)) if form else ("(読めません)", 0)
        rows.append({"id": form_id, "title": title, "fields": count, "problems": len(problems)})
    if as_json:
        _print_json(rows)
    else:
        cells = [[str(row[key]) for key in ("id", "fields", "problems", "title")] for row in rows]
        show_rows(_console(), ["名前", "項目", "誤り", "題名"], cells)


@group.command(help="様式のステップと項目を出します。\n\n例: madoguchi forms show child_allowance_claim --lang easy")
@click.argument("form_id", metavar="ID")
@click.option("--schema", is_flag=True, help="組み立てたJSON Schemaを出します。")
@_lang
@_definitions
@_json
def show(form_id: str, lang: str, folders: tuple[Path, ...], *, schema: bool, as_json: bool) -> None:
    """Print the steps and the fields of a form, or its schema."""
    from forms.display import form_facts, show_form

    form = _form(_forms(folders), form_id)
    if schema or as_json:
        _print_json(form.schema if schema else form_facts(form))
    else:
        show_form(_console(), form, lang)


@group.command(
    help="架空の答えを作ります。個人番号は検査用数字を外してあり、だれのものでもありません。\n\n"
    "例: madoguchi forms sample child_allowance_claim --seed 7"
)
@click.argument("form_id", metavar="ID")
@click.option("--seed", type=int, default=1, show_default=True, help="くじの種。同じ種なら同じ答えになります。")
@click.option("--at", type=_DAY, default=DAY_OF_SAMPLES, show_default=True, help="記入の日。")
@click.option("--place", default="hitachinaka", show_default=True, help="住所の市。")
@click.option("--broken", is_flag=True, help="誤りを1つ植えます。どこに植えたかは標準エラーに出します。")
@_definitions
@_json
def sample(
    form_id: str, seed: int, at: dt.datetime, place: str, folders: tuple[Path, ...], *, broken: bool, as_json: bool
) -> None:
    """Print made-up answers, on request with one planted defect."""
    from forms.breaking import Breaker
    from forms.samples import Sampler
    from registers.fiction import places

    if place not in places():
        raise click.BadParameter(f"{'、'.join(places())} から選んでください。", param_hint="--place")
    sampler = Sampler(_form(_forms(folders), form_id), today=at.date(), place=place)
    if not broken:
        _print_json(_said(lambda: sampler.sample(seed)))
        return
    found = _said(lambda: Breaker(sampler).broken(seed))
    facts = {"pointer": found.pointer, "code": found.code}
    _print_json({"document": found.document} | facts if as_json else found.document)
    if not as_json:
        click.echo(f"植えた誤り: {found.pointer} [{found.code}]", err=True)


@group.command(
    name="prefill",
    help="架空の台帳が知っていることを、ある住民の申請書に前もって入れます(ワンスオンリー)。どの台帳から来たかも出します。\n\n"
    "例: madoguchi forms prefill child_allowance_claim --person 51",
)
@click.argument("form_id", metavar="ID")
@click.option(
    "--person", type=int, required=True, help="住民番号: 世帯の番号(1から10000)に、その中の番号1桁を付けた数。"
)
@click.option("--given", type=click.File("rb"), help="もう書いてある答え(JSON。- は標準入力)。書き換えません。")
@click.option("--seed", type=int, default=1, show_default=True, help="くじの種。同じ種なら同じ住民になります。")
@click.option("--at", type=_DAY, default=DAY_OF_SAMPLES, show_default=True, help="記入の日。")
@click.option("--place", default="hitachinaka", show_default=True, help="住民の市。")
@_lang
@_definitions
@_json
def prefill_(  # noqa: PLR0913 - one parameter per option
    form_id: str,
    person: int,
    given: BinaryIO | None,
    seed: int,
    at: dt.datetime,
    place: str,
    *,
    lang: str,
    folders: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Print what the registers of a made-up city know for a form."""
    from engine.actors import Actor
    from forms.decoding import decode
    from forms.prefilling import prefill
    from forms.sources import prefilled_facts, show_prefilled
    from registers.port import Counter, LookUp
    from registers.synthetic import registers_of

    form, day, notes = _form(_forms(folders), form_id), at.date(), list[LookUp]()
    noon = int(dt.datetime.combine(day, dt.time(12), JST).timestamp())
    answers = {} if given is None else _said(lambda: decode(given.read()))
    registers = _said(lambda: registers_of(place, seed, day))
    counter = Counter(registers, Actor("applicant", str(person)), "forms prefill", notes.append, lambda: noon)
    found = _said(lambda: prefill(form, counter, person, at=day, given=answers))
    if as_json:
        _print_json(prefilled_facts(found, notes))
    else:
        show_prefilled(_console(), form, found, notes, lang)


@group.command(
    help="答えのファイル(JSON。- は標準入力)を様式に照らします。直す所があれば1で終わります。\n\n"
    "例: madoguchi forms validate child_allowance_claim answers.json"
)
@click.argument("form_id", metavar="ID")
@click.argument("file", type=click.File("rb"))
@click.option("--at", type=_DAY, help="答えを出した日。なければ今日。")
@click.option("--partial", is_flag=True, help="書きかけ: まだ書いていない所は誤りにしません。")
@click.option(
    "--numbers",
    type=click.Choice(["required", "refused", "any"]),
    default="required",
    show_default=True,
    help="架空の個人番号: required は架空だけ、refused は本物だけ、any はどちらも。",
)
@_lang
@_definitions
@_json
@click.pass_context
def validate(  # noqa: PLR0913 - one parameter per option
    context: click.Context,
    form_id: str,
    file: BinaryIO,
    at: dt.datetime | None,
    numbers: FictionalNumbers,
    lang: str,
    folders: tuple[Path, ...],
    *,
    partial: bool,
    as_json: bool,
) -> None:
    """Print what a form says to a file of answers; exit with 1 when there is anything."""
    from forms.checking import FormChecker
    from forms.decoding import decode
    from forms.display import show_problems

    form = _form(_forms(folders), form_id)
    today = at.date() if at is not None else _today(context)
    try:
        answers = decode(file.read())
        problems = FormChecker(form, numbers).check(answers, at=today, partial=partial).problems
    except BadAnswers as error:
        problems = error.problems
    if as_json:
        _print_json([_facts(one, lang) for one in problems])
    else:
        show_problems(_console(), problems, lang)
    context.exit(1 if problems else 0)


def _facts(problem: AnswerProblem, lang: str) -> dict[str, str]:
    from forms.display import said

    return {"pointer": problem.pointer, "code": problem.code, "label": problem.label, "message": said(problem, lang)}


def _forms(folders: tuple[Path, ...]) -> Forms:
    """Our forms with others laid over them; a folder of definitions holds its forms in `forms/`."""
    from forms.loader import OURS, Forms

    inner = (folder / "forms" for folder in folders)
    return Forms([OURS, *(path if path.is_dir() else path.parent for path in inner)])


def _form(forms: Forms, form_id: str) -> Form:
    form, problems = forms.load(form_id)
    if form is not None:
        return form
    if form_id not in forms.ids():
        raise click.BadParameter(problems[0].ja + problems[0].hint, param_hint="ID")
    for problem in problems:
        click.echo(problem.text(), err=True)
    raise click.exceptions.Exit(1)


def _today(context: click.Context) -> dt.date:
    """The civil day of the clock that the command line was given."""
    now = getattr(context.find_root().obj, "now", None)
    if now is None:
        raise click.UsageError("時計がありません。--at で日を指定してください。")
    instant: dt.datetime = now()
    return instant.astimezone(JST).date()


_Made = TypeVar("_Made")


def _said(make: Callable[[], _Made]) -> _Made:
    """What is made; a refusal is said without a traceback."""
    try:
        return make()
    except MadoguchiError as error:
        click.echo(error.text(), err=True)
        raise click.exceptions.Exit(1) from None


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
