"""What is modelled of each procedure beside what the collected facts name, and what is left out with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import Procedure
from tests.docs.procedure_pages import library, table
from tests.procedures.facts import PARTS, Facts, all_facts
from tests.procedures.survey import PARTS as COMPARED
from tests.procedures.survey import Row, agrees, notes, rows, why

_HEAD = """\
# 事実集と宣言

`tests/docs/writing.py` が、手続ごとの `tests/procedures/<id>/facts.toml` と `exits.toml`、国の調査の行
(`tests/procedures/survey.csv`)、宣言そのものから書き出したページです。
27手続の法令・様式・実務を集めた事実集の名の一つ一つに、宣言のどれが当たるかを書いてあります。当たるもののない名には、その理由があります。
言葉の対応は [mapping.md](mapping.md) にあります。

「101/107」は、事実集の107のうち101を表していることです。期限と通知は事実集に名の一覧がないので、宣言の数です。
"""
_UNITS = ("欄", "添付", "確認", "結果", "遷移", "誤り")
_TOLD = {"law": "法令・条", "kind": "手続類型", "receiver": "主体と受け手", "period": "処理期間"}


def coverage_page() -> str:
    """The page."""
    found = sorted(all_facts(), key=lambda facts: declared(facts.procedure).number)
    lines = [
        _HEAD,
        "## 数",
        "",
        *table(("番号", "手続", *_UNITS, "期限", "通知"), map(_counts, found)),
        "",
        _sum(found),
    ]
    lines += ["", "## 表さないもの", "", *table(("番号", "何の", "事実集の名", "理由"), _left_out(found))]
    lines += ["", "## 国の調査", "", *_survey()]
    return "\n".join(lines) + "\n"


def declared(procedure_id: str) -> Procedure:
    """A procedure of ours."""
    found, _ = library().load(procedure_id)
    assert found is not None
    return found


def _counts(facts: Facts) -> tuple[str, ...]:
    one = declared(facts.procedure)
    cells = {name: f"{len(part.ours)}/{part.printed}" for name, part in facts.parts.items()}
    exits = f"{facts.exits - len(facts.untaken)}/{facts.exits}" if facts.exits else "16と同じ"
    counted = [cells[name] for name in ("fields", "attachments", "checks", "outcomes")]
    title = f"[{one.title}](procedures/{one.id}.md)"
    notices = len({row.id for row in one.notices})
    return (str(one.number), title, *counted, exits, cells["errors"], str(len(one.clocks)), str(notices))


def _sum(found: list[Facts]) -> str:
    said = []
    for name, label in PARTS.items():
        printed = sum(facts.parts[name].printed for facts in found)
        ours = sum(len(facts.parts[name].ours) for facts in found)
        said.append(f"{label} {ours:,}/{printed:,}({ours / printed:.1%})")
    exits, untaken = sum(facts.exits for facts in found), sum(len(facts.untaken) for facts in found)
    said.append(f"遷移 {exits}のうち場面が通すもの {exits - untaken}、ほかの所が受け持つもの {untaken}(下の表)")
    return f"合計: {'、'.join(said)}。"


def _left_out(found: list[Facts]) -> Iterator[tuple[str, ...]]:
    for facts in found:
        number = str(declared(facts.procedure).number)
        for name, label in PARTS.items():
            for theirs, reason in facts.parts[name].left_out.items():
                yield number, label, f"`{theirs}`", reason
        for theirs, reason in facts.untaken.items():
            yield number, "遷移", f"`{theirs}`", reason


def _survey() -> Iterator[str]:
    yield f"出典: {notes()['source']}。"
    yield f"当たる行のない手続: {'・'.join(map(str, notes()['none']))}。"
    yield "法令・条、手続類型、主体と受け手、処理期間を宣言と比べます。○は合うこと、字は合わない理由です。"
    yield "調査に期間のない行と「0」は比べません。1月は30日とみます。件数の0は、集めていないことです。"
    yield "21・22・23の件数は、被保険者の数で市に割り付けて、模擬実行の件数の既定値にしています。"
    yield ""
    by_number = {declared(facts.procedure).number: declared(facts.procedure) for facts in all_facts()}
    head = ("番号", "手続ID", "調査の手続名", "根拠", "件数", *(_TOLD[part] for part in COMPARED))
    yield from table(head, (_compared(row, by_number[row.number]) for row in rows()))


def _compared(row: Row, one: Procedure) -> tuple[str, ...]:
    verdicts = ("○" if agrees(part, row, one) else why(part, row) for part in COMPARED)
    return (str(row.number), row.id, row.title, f"{row.act}{row.article}", f"{row.total:,}", *verdicts)
