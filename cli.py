"""The door: one command over the rooms. A room is loaded only when one of its commands is called."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any, NamedTuple, NoReturn
from unicodedata import east_asian_width

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from engine.errors import BadAnswers, DefinitionError, MadoguchiError
from engine.problems import nearest
from madoguchi import __version__
from office.clocks import SystemClock

TRACE = "MADOGUCHI_TRACE"
"""When this is set, a mistake in the program itself shows where it arose."""


HELP = "この説明を表示します。"


class Joined(NamedTuple):
    """Where a command of the first level lives, and its line in the list of commands."""

    module: str
    name: str
    about: str


ROOMS = {
    "procedures": Joined("procedures.commands", "group", "手続の一覧と、宣言の中身"),
    "forms": Joined("forms.commands", "group", "申請書の一覧・中身・見本と、申請データの検査"),
    "check": Joined("checker.commands", "check", "定義の誤りを、場所・理由・直し方とともに出す"),
    "guide": Joined("office.commands.guide", "guide", "出生・転入・介護・被災などから、要る手続・期限・書類を案内する"),
    "case": Joined("office.commands.case", "case", "案件を開き、進め、調べる"),
    "clock": Joined("office.commands.clocking", "clock", "期限の日がどうしてその日になったか"),
    "inbox": Joined("office.commands.desk", "inbox", "職の机にある仕事の一覧"),
    "absence": Joined("office.commands.away", "absence", "職の不在と欠員(その間は代決者が代決できる)"),
    "meeting": Joined("office.commands.desk", "meeting", "会議の開催日と、その日に扱う案件"),
    "tick": Joined("office.commands.desk", "tick", "時の経過を反映する(期限・督促・送達・案件のあいだの知らせ)"),
    "deliver": Joined("office.commands.desk", "deliver", "まだ送っていない通知を送る"),
    "register": Joined("office.commands.register", "register", "公簿の異動を、その人の案件と登録に知らせる"),
    "signals": Joined("office.commands.register", "waiting", "まだ届いていない知らせの一覧"),
    "city": Joined("office.commands.city", "city", "市町村の設定を見る、新しく作る"),
    "export": Joined("office.commands.export", "group", "申請・手続の一覧・記録・流れ図を、ほかの道具の形で出す"),
    "simulate": Joined("simulation.commands", "simulate", "市の1年を動かして報告書を作る"),
    "calibrate": Joined("simulation.calibration.commands", "group", "模擬実行の想定を、公表の数字や市の実績に合わせる"),
    "compare": Joined("simulation.comparison.commands", "compare", "現状と改善後を同じくじで比べる"),
    "staff": Joined("simulation.comparison.commands", "staff", "期限を守れる、いちばん少ない職員の数を探す"),
    "sensitivity": Joined("simulation.comparison.commands", "sensitivity", "どの仮定が答えをいちばん動かすか"),
    "surge": Joined("simulation.comparison.commands", "surge", "災害の申請の残りと遅れを、応援の案ごとに日で比べる"),
    "train": Joined("training.commands", "train", "よくある誤りから作った課題で、職員が学ぶ"),
    "log": Joined("office.commands.log", "log", "記録に封をする、控えを出す、確かめる"),
    "db": Joined("office.commands.db", "db", "ストア(データベース)を作る、新しい版に上げる、鍵を替える、控えを取る"),
}


class Page(click.HelpFormatter):
    """A page of help with Japanese headings, its lines broken by how wide letters are, not by how many."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how the command is called."""
        super().write_usage(prog, args, prefix or "使い方: ")

    def write_heading(self, heading: str) -> None:
        """A heading over a list."""
        super().write_heading({"Options": "指定", "Commands": "コマンド"}.get(heading, heading))

    def write_text(self, text: str) -> None:
        """Paragraphs; an example stays a line of its own."""
        for paragraph in re.split(r"\n\s*\n|\n(?=\s*例)", text.replace("\b", "").strip()):
            for line in _broken(" ".join(paragraph.split()), self.width - self.current_indent):
                self.write(f"{'':{self.current_indent}}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 28, col_spacing: int = 2) -> None:
        """A list of terms with what they mean beside them."""
        rows = list(rows)
        column = min(max((_width(term) for term, _ in rows), default=0), col_max) + col_spacing
        left = self.current_indent + column
        for term, about in rows:
            lines = list(_broken(about, self.width - left)) or [""]
            beside = _width(term) + col_spacing <= column
            first = f"{'':{column - _width(term)}}{lines.pop(0)}" if beside else ""
            self.write(f"{'':{self.current_indent}}{term}{first}\n")
            self.write("".join(f"{'':{left}}{line}\n" for line in lines))


class Asking(click.Context):
    """One call of a command, whose help is a `Page`."""

    formatter_class = Page


class Door(click.Group):
    """The commands of all rooms, and the one place where an error becomes a sentence."""

    context_class = Asking

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks for it
        """The names of the commands, in the order of a working day."""
        return list(ROOMS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click asks for it
        """The command of that name, its room loaded now."""
        joined = ROOMS.get(cmd_name)
        return _dressed(getattr(import_module(joined.module), joined.name), cmd_name) if joined else None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that asks for this help."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = HELP
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - the same
        """The list of commands; no room is loaded for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, joined.about) for name, joined in ROOMS.items()])

    def main(  # type: ignore[override]  # click promises an answer where a caller asks for one; here it always exits
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "madoguchi",
        **extra: Any,  # noqa: ANN401
    ) -> NoReturn:
        """Leaves the program: 0 when it is done, 1 when it was refused or something was found, 2 on wrong usage."""
        words = list(sys.argv[1:] if args is None else args)
        for stream in (sys.stdout, sys.stderr):
            if callable(again := getattr(stream, "reconfigure", None)):
                again(errors="backslashreplace")  # a letter that the terminal lacks must not stop the rest
        try:
            _require_letters(words)
            told = {"obj": SystemClock(), **extra, "standalone_mode": False}
            found = super().main(words, prog_name or "madoguchi", **told)
        except Exception as error:
            if TRACE in os.environ:
                raise
            sys.exit(_say(error, words))
        sys.exit(found if isinstance(found, int) else 0)


def _dressed(command: click.Command, name: str) -> click.Command:
    """A command of a room, and all below it, with our pages of help and the choice of language."""
    command.context_class = Asking
    if help_option := command.get_help_option(Asking(command, info_name=name)):
        help_option.help = HELP
    if isinstance(command, click.Group):
        for below, one in command.commands.items():
            _dressed(one, below)
    elif not any("--lang" in one.opts for one in command.params):
        command.params.append(_language())
    return command


def _language() -> click.Option:
    """The choice of language for a command whose room has none; what the door says follows it."""
    return click.Option(["--lang"], type=click.Choice(["ja", "en"]), expose_value=False, help="断り・誤りの文の言葉。")


def _require_letters(words: Sequence[str]) -> None:
    """Nothing, when every word is text: bytes that are no UTF-8 come here as lone halves of letters."""
    if any("\ud800" <= letter <= "\udfff" for word in words for letter in word):
        raise _Told("usage", "読めない文字があります。UTF-8で書いてください。", "some letters are not UTF-8")


def _say(error: Exception, words: Sequence[str]) -> int:
    """The exit code of an error, after its sentence in the language asked for."""
    lang = "en" if "--lang=en" in words or ("--lang", "en") in pairwise(words) else "ja"
    if isinstance(error, NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return 2
    told = error if isinstance(error, MadoguchiError) else _plainly(error)
    if "--json" in words:
        click.echo(json.dumps({"error": _facts(told)}, ensure_ascii=False, default=str), err=True)
    else:
        click.echo(told.text(lang), err=True)
    return 2 if told.code == "usage" else 1


def _facts(error: MadoguchiError) -> dict[str, Any]:
    """An error for a program to read."""
    told: dict[str, Any] = {"code": error.code, "ja": error.ja, "en": error.en, "facts": error.facts}
    if isinstance(error, DefinitionError | BadAnswers):
        told["problems"] = [vars(problem) for problem in error.problems]
    return told


class _Told(MadoguchiError):
    """What another's error says, as one of ours."""

    def __init__(self, code: str, ja: str, en: str) -> None:
        super().__init__(ja, en)
        self.code = code


def _plainly(error: Exception) -> MadoguchiError:
    """An error that is none of ours, as a sentence."""
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "madoguchi"
        ja = f"{_misuse(error)}使い方は {path} --help で見られます。"
        return _Told("usage", ja, f"{error.format_message()} See {path} --help.")
    if isinstance(error, click.Abort):
        return _Told("interrupted", "中断しました。終わっていない操作は保存されていません。", "interrupted")
    if isinstance(error, OSError) and error.filename is not None:
        why = error.strerror or str(error)
        ja = f"「{error.filename}」を読み書きできません({why})。場所の名前と許可を確かめてください。"
        return _Told("file", ja, f"cannot read or write {error.filename}: {why}")
    if isinstance(error, click.ClickException):
        return _Told("error", error.format_message(), error.format_message())
    what = f"{type(error).__name__}: {error}"
    ja = f"プログラムの誤りです({what})。{TRACE}=1 を付けて同じ操作をし、出た文を開発元に知らせてください。"
    return _Told("bug", ja, f"a mistake in the program ({what}); set {TRACE}=1, repeat, and report what is shown")


def _misuse(error: click.UsageError) -> str:
    """What was wrong with the way a command was called, in Japanese."""
    match error:
        case click.NoSuchOption():
            near = f"{error.possibilities[0]} のことですか。" if error.possibilities else ""
            return f"「{error.option_name}」という指定はありません。{near}"
        case NoSuchCommand(ctx=click.Context(command=click.Group() as group) as ctx):
            near = nearest(error.command_name, group.list_commands(ctx))
            return f"「{error.command_name}」というコマンドはありません。{near and f'{near}。'}"
        case click.MissingParameter(param=click.Parameter() as param):
            return f"{_called(param)}を書いてください。"
        case click.BadParameter(param=click.Parameter() as param):
            right = _right(param.type)
            return f"{_called(param)}は{right}にしてください。" if right else f"{_called(param)}: {error.message}"
        case click.BadOptionUsage():
            return f"{error.option_name}の使い方が違います({error.format_message()})。"
        case _:
            return f"コマンドの書き方が違います({error.format_message()})。"


def _called(param: click.Parameter) -> str:
    return param.human_readable_name if isinstance(param, click.Argument) else "・".join(param.opts)


def _right(kind: click.ParamType[Any]) -> str:
    """What a value has to be, where its kind says it; empty where only the message does."""
    if isinstance(kind, click.Choice):
        return f"{'・'.join(str(one) for one in kind.choices)}のどれか"
    words = {"integer": "1以上の整数", "integer range": "範囲の中の整数", "datetime": "2022-06-01 のような日付"}
    return words.get(kind.name, "")


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _broken(text: str, width: int) -> Iterator[str]:
    """A text in lines of at most so many columns; no line begins with a mark that closes what is before it."""
    line = ""
    for piece in re.findall(r"[!-~]+|\s+|[^\s!-~][、。」)・ー]*", text):
        if line and _width(line + piece) > width:
            yield line.rstrip()
            line = ""
        line += piece if line or not piece.isspace() else ""
    if line.strip():
        yield line.rstrip()


@click.group(
    "madoguchi",
    cls=Door,
    context_settings={"max_content_width": 80, "help_option_names": ["--help"]},
    epilog="例: madoguchi case open child_allowance_claim --as applicant:p1",
)
@click.version_option(__version__, prog_name="madoguchi", help="版を表示します。")
def main() -> None:
    """窓口 Madoguchi: 市町村の手続を状態機械として宣言し、動かし、確かめ、模擬実行します。

    どのコマンドにも --help があります。終了コードは、0 済んだ、1 断られた・誤りが見つかった、2 使い方の誤り。
    """
