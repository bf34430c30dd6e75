"""What a learner does: begin a lesson, act, ask for a hint, look back; and what a trainer writes."""

from __future__ import annotations

import sys
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from training.commands.group import CASE, DAY, at_desk, say, train

if TYPE_CHECKING:
    from training.desk import Desk


def on_a_terminal() -> bool:
    """Whether somebody sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@train.command(epilog="例: madoguchi train screen --learner c07")
@at_desk
def screen(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """端末の全画面で学びます。閉じても、次に開けば続きからです。"""
    from engine.errors import NotPossibleNow

    if as_json or not on_a_terminal():
        ja = (
            "全画面は端末でだけ開きます。プログラムからは madoguchi train start・act・hint・finish を使います(--json)。"
        )
        raise NotPossibleNow(ja, "the full screen needs a terminal; programs use train start, act, hint and finish")
    if find_spec("textual") is None:
        ja = (
            "全画面には textual が要ります。pip install 'madoguchi[train]' で入れてください。"
            "入れなくても、madoguchi train start 課題 からのコマンドで同じことができます。"
        )
        raise NotPossibleNow(ja, "the full screen needs textual: pip install 'madoguchi[train]'; or use train start")
    from training.screen import played

    played(desk)


@train.command("list", epilog="例: madoguchi train list child_allowance_claim")
@at_desk
@click.argument("procedures", nargs=-1, metavar="[PROCEDURE ...]")
@click.option("--on", type=DAY, help="この日の課題。なければ、それぞれの誤りが起きる最初の日。")
@click.option("--try", "every", is_flag=True, help="全部の課題を試します(数分かかります)。")
def list_(desk: Desk, as_json: bool, procedures: tuple[str, ...], on: Any, every: bool) -> None:  # noqa: ANN401, FBT001
    """課題の一覧。手続を書くと、その課題を一つずつ試し、できないものは理由を出します。"""
    from training import telling, trying

    found, tried, roles = trying.listed(desk.school, procedures, on.date() if on else None, every=every)
    lines = telling.lesson_lines(found, tried)
    lines += ["○ できる  × できない  ・ まだ試していない(手続のIDを書くか --try で試します)"]
    facts = [telling.lesson_facts(one, tried, roles) for one in found]
    say(
        as_json,
        [
            *lines,
            f"課題{len(found)}件。終わりが .flow のものは流れの見直し(BPR)です。",
            "ほかに course(8件の研修)、day(10件の一日)、month_end(月末)、surge(並ぶ朝)。",
        ],
        facts,
    )


@train.command(epilog="例: madoguchi train start child_allowance_claim.clean --seed 2")
@at_desk
@click.argument("lesson", required=False)
@click.option("--from", "file", type=click.Path(path_type=Path, dir_okay=False), help="自作の課題のファイル。")
@click.option(
    "--seed", type=click.IntRange(0, 999_999), default=1, show_default=True, help="くじの種。違えば別の申請。"
)
@click.option("--on", type=DAY, help="課題の日。")
def start(desk: Desk, as_json: bool, lesson: str | None, file: Path | None, seed: int, on: Any) -> None:  # noqa: ANN401, FBT001
    """課題を始めます。

    course は新任の人の8件の研修、day は混ざった10件の一日、month_end は月末の一日、surge は同じ手続の人が
    昼まで並ぶ朝です。day・month_end・surge には時計があり、閉まる時刻までに終えます。
    """
    from training import own, showing

    if (lesson is None) == (file is None):
        raise click.UsageError("課題の名前か、--from ファイル の、どちらか一つを書いてください。")
    if file is not None:
        begun = desk.start_round(file.stem, seed, own.round_from(desk.school, file))
    else:
        begun = desk.start(str(lesson), seed, on.date() if on else None)
    number, play = desk.play()
    say(as_json, *showing.desk(number, len(begun["cases"]), play, desk.wall()))


@train.command(epilog="例: madoguchi train new my_lessons.toml")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def new(file: Path) -> None:
    """自作の課題のひな形を書きます。すでにあるファイルには書きません。"""
    from procedures.saving import save_new
    from training.own import template

    save_new({file: template()})
    click.echo(f"{file} を書きました。直してから madoguchi train check {file} で確かめてください。")


@train.command(epilog="例: madoguchi train check my_lessons.toml")
@at_desk
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def check(desk: Desk, as_json: bool, file: Path) -> None:  # noqa: FBT001
    """自作の課題を確かめます。指摘をすべて挙げ、書けているものは一つずつ試します。"""
    from training import own

    round_, problems = own.checked(desk.school, file)
    facts = {"findings": [asdict(one) for one in problems], "cases": len(round_.cases) if round_ else 0}
    found = [one.text() for one in sorted(problems, key=lambda one: (one.line, one.column))]
    say(as_json, found or [f"指摘はありません。案件{facts['cases']}件。"], facts)
    if problems:
        raise SystemExit(1)


@train.command("next", epilog="例: madoguchi train next --learner c07")
@at_desk
def next_(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """いちばん弱い力、または復習の日が来た力の課題を始めます。"""
    from training import showing, telling

    standing, begun = desk.start_next()
    number, play = desk.play()
    lines, facts = showing.desk(number, len(begun["cases"]), play, desk.wall())
    facts = {"skill": standing.skill, "lesson": begun["lesson"], **facts}
    say(as_json, [telling.standing_line(standing), *lines], facts)


@train.command(epilog="例: madoguchi train quiz --kind dates --learner c07")
@at_desk
@click.option("--kind", type=click.Choice(["words", "dates"]), help="用語か日付か。なければ両方。")
@click.option("--seed", type=click.IntRange(0, 999_999), default=1, show_default=True, help="くじの種。")
@click.option("--many", type=click.IntRange(1, 50), default=6, show_default=True, help="問いの数。")
@click.option("--answer", "answers", type=int, multiple=True, help="答えの番号。問いの順に、問いの数だけ書きます。")
def quiz(
    desk: Desk,
    as_json: bool,  # noqa: FBT001
    kind: str | None,
    seed: int,
    many: int,
    answers: tuple[int, ...],
) -> None:
    """用語と日付の小テスト。日付の答えは、エンジンが数えたものです。"""
    from training import quiz as quizzes
    from training import telling

    asked = quizzes.quiz(desk.school.declared, kind, seed, many)
    if not answers and not as_json and sys.stdin.isatty():
        answers = tuple(_answered(lines) for lines in telling.question_lines(asked))
    elif not answers:
        lines = [line for lines in telling.question_lines(asked) for line in lines]
        say(as_json, lines, {"seed": seed, "questions": [one.facts() for one in asked]})
        return
    right = quizzes.judged(asked, answers)
    desk.diary.add({"kind": "quiz", "on": desk.today.isoformat(), "seed": seed, "right": sum(right), "of": many})
    rows = [
        one.facts() | {"right": one.right, "given": given, "good": good, "why": one.why}
        for one, given, good in zip(asked, answers, right, strict=True)
    ]
    lines = [
        f"{'○' if row['good'] else '×'} 問い{number} 正しくは{row['right']}。{row['why']}"
        for number, row in enumerate(rows, 1)
    ]
    say(as_json, [*lines, f"{sum(right)}/{many}問 正解"], {"right": sum(right), "of": many, "questions": rows})


def _answered(lines: list[str]) -> int:
    click.echo("\n".join(lines))
    return int(click.prompt("番号", type=click.IntRange(1, 4)))


@train.command(epilog="例: madoguchi train show --learner c07")
@at_desk
@CASE
def show(desk: Desk, as_json: bool, number: int | None) -> None:  # noqa: FBT001
    """いまの課題: 案件、見られるもの、確認、できる操作。"""
    from training import showing

    many = len(desk.begun["cases"])
    chosen, play = desk.play(number)
    say(as_json, *showing.desk(chosen, many, play, desk.wall()))


@train.command(epilog="例: madoguchi train act check identity passed")
@at_desk
@click.argument("kind", metavar="KIND")
@click.argument("name", default="", metavar="[NAME]")
@click.argument("value", default="", metavar="[VALUE]")
@click.option("--answers", metavar="JSON|@FILE", help="操作が尋ねる答え。なければ、案のとおりに書きます。")
@CASE
def act(
    desk: Desk,
    as_json: bool,  # noqa: FBT001
    kind: str,
    name: str,
    value: str,
    answers: str | None,
    number: int | None,
) -> None:
    """一つ行い、すぐに判定を聞きます。

    KIND は look(見る・調べる)、check(確認の記録。VALUE は passed か failed)、
    do(操作)、wait(日数を待つ)、note(メモ)です。
    流れの課題(手続.flow)では look、mark(無駄に印)、change(てこ)、undo、predict(予想)、run(動かす)、note です。
    """
    from office.values import given_document
    from training import telling
    from training.play import Act

    words = Act(kind, "", name) if kind == "note" else Act(kind, name, value, given_document(answers))
    chosen, play, judged = desk.act(words, number)
    facts = {"case": chosen, **judged.facts(), "over": play.over, "points": play.score().points}
    say(as_json, telling.judged_lines(judged, play.score()), facts)


@train.command(epilog="例: madoguchi train hint --learner c07")
@at_desk
@CASE
def hint(desk: Desk, as_json: bool, number: int | None) -> None:  # noqa: FBT001
    """次にすることの手がかり(点数は減りません)。"""
    from training import showing

    chosen, play = desk.play(number)
    said = showing.hint(play)
    say(as_json, [said], {"case": chosen, "hint": said})


@train.command(epilog="例: madoguchi train explain --learner c07")
@at_desk
@CASE
def explain(desk: Desk, as_json: bool, number: int | None) -> None:  # noqa: FBT001
    """終わった案件の振り返り: あなたの道と、一番よい道。"""
    from training import debriefing, showing

    say(as_json, *showing.debrief(*debriefing.of_case(desk, number)))


@train.command(epilog="例: madoguchi train finish --learner c07")
@at_desk
def finish(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """課題を終え、点数と振り返りを見ます。"""
    from training import debriefing

    lines, facts = debriefing.finished(desk)
    say(as_json, lines, facts)
