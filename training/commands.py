"""`madoguchi train`: lessons for clerks, by plain commands."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from training.desk import Desk

DAY = click.DateTime(["%Y-%m-%d"])
FOLDER = "madoguchi-lessons"
MOST_MADE = 5
_SHARED = (
    click.option("--learner", default="learner", show_default=True, help="学習者の符号(英数字。氏名は使いません)。"),
    click.option(
        "--folder",
        type=click.Path(path_type=Path, file_okay=False),
        default=FOLDER,
        show_default=True,
        help="記録の場所。",
    ),
    click.option("--city", default="hitachinaka", show_default=True, envvar="MADOGUCHI_CITY", help="市町村の設定。"),
    click.option("--definitions", type=click.Path(path_type=Path), multiple=True, help="重ねる定義のフォルダ。"),
    click.option("--json", "as_json", is_flag=True, help="プログラムが読むJSONで出します。"),
)
CASE = click.option(
    "--case", "number", type=click.IntRange(1, 99), help="案件の番号。なければ、終わっていない最初の案件。"
)


class InOrder(click.Group):
    """A group that lists its commands in the order of a lesson."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks for it
        """The names of the commands."""
        return list(self.commands)


@click.group(cls=InOrder, epilog="例: madoguchi train start day --learner c07")
def train() -> None:
    """宣言のよくある誤りから作った課題で、申請の見方と決め方を学びます。"""


def _at_desk(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the desk of the learner who was named."""

    @functools.wraps(command)
    def run(
        learner: str,
        folder: Path,
        city: str,
        definitions: tuple[Path, ...],
        as_json: bool,  # noqa: FBT001 - a flag
        **given: Any,  # noqa: ANN401 - whatever click read
    ) -> None:
        from training import desk

        today = click.get_current_context().find_root().obj.now().date()
        command(desk.opened(folder, learner, city, definitions, today), as_json, **given)

    for option in reversed(_SHARED):
        option(run)
    return run


def _say(as_json: bool, lines: Iterable[str], facts: object) -> None:  # noqa: FBT001 - a flag
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
    else:
        click.echo("\n".join(lines))


@train.command("list", epilog="例: madoguchi train list child_allowance_claim")
@_at_desk
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
    _say(as_json, [*lines, f"課題{len(found)}件。ほかに course(8件の研修)と day(10件の一日)。"], facts)


@train.command(epilog="例: madoguchi train start child_allowance_claim.clean --seed 2")
@_at_desk
@click.argument("lesson")
@click.option(
    "--seed", type=click.IntRange(0, 999_999), default=1, show_default=True, help="くじの種。違えば別の申請。"
)
@click.option("--on", type=DAY, help="課題の日。")
def start(desk: Desk, as_json: bool, lesson: str, seed: int, on: Any) -> None:  # noqa: ANN401, FBT001
    """課題を始めます。course は新任の人の8件の研修、day は誤りのあるものもないものも混ざった10件の一日です。"""
    from training import telling

    begun = desk.start(lesson, seed, on.date() if on else None)
    number, play = desk.play()
    _say(as_json, telling.desk_lines(number, len(begun["cases"]), play), telling.desk_facts(number, play))


@train.command("next", epilog="例: madoguchi train next --learner c07")
@_at_desk
def next_(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """いちばん弱い力、または復習の日が来た力の課題を始めます。"""
    from training import telling

    standing, begun = desk.start_next()
    number, play = desk.play()
    lines = [telling.standing_line(standing), *telling.desk_lines(number, len(begun["cases"]), play)]
    _say(as_json, lines, {"skill": standing.skill, "lesson": begun["lesson"], **telling.desk_facts(number, play)})


@train.command(epilog="例: madoguchi train show --learner c07")
@_at_desk
@CASE
def show(desk: Desk, as_json: bool, number: int | None) -> None:  # noqa: FBT001
    """いまの課題: 案件、見られるもの、確認、できる操作。"""
    from training import telling

    many = len(desk.begun["cases"])
    chosen, play = desk.play(number)
    _say(as_json, telling.desk_lines(chosen, many, play), telling.desk_facts(chosen, play))


@train.command(epilog="例: madoguchi train act check identity passed")
@_at_desk
@click.argument("kind", metavar="KIND")
@click.argument("name", metavar="NAME")
@click.argument("value", default="", metavar="[RESULT]")
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

    KIND は look(見る・調べる)、check(確認の記録。RESULT は passed か failed)、
    do(操作)、wait(日数を待つ)、note(メモ)です。
    """
    from office.values import given_document
    from training import telling
    from training.play import Act

    words = Act(kind, "", name) if kind == "note" else Act(kind, name, value, given_document(answers))
    chosen, play, judged = desk.act(words, number)
    facts = {"case": chosen, **judged.facts(), "over": play.over, "points": play.score().points}
    _say(as_json, telling.judged_lines(judged, play.score()), facts)


@train.command(epilog="例: madoguchi train hint --learner c07")
@_at_desk
@CASE
def hint(desk: Desk, as_json: bool, number: int | None) -> None:  # noqa: FBT001
    """次にすることの手がかり(点数は減りません)。"""
    from training import telling

    chosen, play = desk.play(number)
    said = telling.hint(play)
    _say(as_json, [said], {"case": chosen, "hint": said})


@train.command(epilog="例: madoguchi train explain --learner c07")
@_at_desk
@CASE
def explain(desk: Desk, as_json: bool, number: int | None) -> None:  # noqa: FBT001
    """終わった案件の振り返り: あなたの道と、一番よい道。"""
    from training import debriefing

    chosen, play = debriefing.of_case(desk, number)
    lines, facts = debriefing.told(chosen, play)
    _say(as_json, lines, facts)


@train.command(epilog="例: madoguchi train finish --learner c07")
@_at_desk
def finish(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """課題を終え、点数と振り返りを見ます。"""
    from training import debriefing

    lines, facts = debriefing.finished(desk)
    _say(as_json, lines, facts)


@train.command(epilog="例: madoguchi train progress --csv > class.csv")
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), default=FOLDER, show_default=True, help="記録の場所。"
)
@click.option("--csv", "as_csv", is_flag=True, help="表計算で開けるCSVで出します。")
@click.option("--json", "as_json", is_flag=True, help="プログラムが読むJSONで出します。")
def progress(folder: Path, as_csv: bool, as_json: bool) -> None:  # noqa: FBT001 - flags
    """学習者ごとの進みと、多い誤り(教える人のため)。"""
    from procedures.columns import columns
    from training import progress as standing

    learners = standing.of_class(folder)
    if as_csv:
        click.echo(standing.as_csv(learners), nl=False)
        return
    made = standing.mistakes(learners)
    facts = {
        "learners": [one.facts() for one in learners],
        "mistakes": [{"lesson": lesson, "act": act, "times": times} for lesson, act, times in made],
    }
    table = columns(standing.HEADINGS, standing.rows(learners), terminal=sys.stdout.isatty())
    lines = [table if learners else "まだ学習の記録がありません。"]
    lines += [f"多い誤り: {lesson} {act} {times}回" for lesson, act, times in made[:MOST_MADE]]
    _say(as_json, lines, facts)
