"""What an instructor does: see the class, print hand-outs, hand results on, give a certificate, begin anew."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from training.commands.group import DAY, FOLDER_OPTION, at_desk, say, train

if TYPE_CHECKING:
    from training.desk import Desk

MOST_MADE = 5


@train.command(epilog="例: madoguchi train progress --csv > class.csv")
@FOLDER_OPTION
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
    say(as_json, lines, facts)


@train.command(epilog="例: madoguchi train handout course --out class")
@at_desk
@click.argument("lesson", required=False)
@click.option("--from", "file", type=click.Path(path_type=Path, dir_okay=False), help="自作の課題のファイル。")
@click.option("--seed", type=click.IntRange(0, 999_999), default=1, show_default=True, help="くじの種。")
@click.option("--on", type=DAY, help="課題の日。")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="置くフォルダ。")
def handout(
    desk: Desk,
    as_json: bool,  # noqa: FBT001
    lesson: str | None,
    file: Path | None,
    seed: int,
    on: Any,  # noqa: ANN401 - a day
    out: Path,
) -> None:
    """印刷する課題(handout.html)と、答え(answers.html)を書きます。A4です。"""
    from procedures.saving import save_new
    from training import own, papers

    if (lesson is None) == (file is None):
        raise click.UsageError("課題の名前か、--from ファイル の、どちらか一つを書いてください。")
    of = own.round_from(desk.school, file) if file else desk.prepared_of(str(lesson), seed, on.date() if on else None)
    empty, answers = papers.sheets(desk.school, of.cases, of.says or "課題")
    written = {out / "handout.html": empty, out / "answers.html": answers}
    save_new(written)
    lines = [f"{path} を書きました。" for path in written]
    say(as_json, lines, {"files": [str(path) for path in written], "cases": len(of.cases)})


@train.command(epilog="例: madoguchi train certificate --learner c07 --out c07.html")
@click.option("--learner", required=True, help="学習者の符号。")
@FOLDER_OPTION
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="書くファイル。")
def certificate(learner: str, folder: Path, out: Path) -> None:
    """合格した研修の修了証を書きます(A4のHTML)。"""
    from procedures.saving import save_new
    from training import papers
    from training.diary import Diary

    save_new({out: papers.certificate(Diary(folder, learner))})
    click.echo(f"{out} を書きました。")


@train.command(epilog="例: madoguchi train export > class.xapi.json")
@FOLDER_OPTION
def export(folder: Path) -> None:
    """クラスの結果を xAPI の記録(JSON)で出します。氏名は入りません。CSVは progress --csv です。"""
    from training.statements import statements

    click.echo(json.dumps(statements(folder), ensure_ascii=False, indent=2))


@train.command(epilog="例: madoguchi train reset --learner c07 --yes")
@click.option("--learner", required=True, help="学習者の符号。")
@FOLDER_OPTION
@click.option("--yes", is_flag=True, help="尋ねずに消します。")
def reset(learner: str, folder: Path, yes: bool) -> None:  # noqa: FBT001
    """一人の学習の記録を消します。元には戻せません。"""
    from training.diary import Diary

    diary = Diary(folder, learner)
    if not yes:
        click.confirm(f"「{learner}」の記録{len(diary.rows)}行を消します。よろしいですか", abort=True)
    click.echo(f"「{learner}」の記録{diary.forget()}行を消しました。")
