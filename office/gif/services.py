"""The procedures of a city as a catalogue of public services (451-4): one row a procedure, one column an item."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable

from engine.definition import Procedure
from engine.definition.in_force import in_force
from engine.definition.rows import Attachment
from engine.municipality import Municipality
from forms.gif import gif_names
from office.gif.envelope import town_of
from office.office import Definitions

COLUMNS = (
    *(
        "所管組織",
        "タイトル",
        "通称",
        "制度番号",
        "元制度番号",
        "制度変更区分",
        "根拠法令",
        "地域",
        "概要",
        "内容",
        "対象者",
    ),
    *(
        "収入条件",
        "家族構成条件",
        "対象者条件",
        "給付上限額",
        "費用",
        "申請届出方法",
        "募集時期",
        "手続書類",
        "電子申請の有無",
    ),
    *(
        "添付ファイル",
        "詳細参照先",
        "ライフステージとアクション",
        "お困りごと",
        "サービス種別",
        "災害名",
        "キーワード",
        "実施組織",
    ),
    *("お問い合わせ先", "公開状態", "公開開始日", "公開終了日", "最終更新日", "表示優先度", "管理グループ"),
)
"""Source: 政府相互運用性フレームワーク 451-4 行政サービス・制度. What a declaration does not say stays empty."""
LONGEST = {"タイトル": 40, "概要": 100, "内容": 500}
"""How many letters an item may have."""
_FIELDS = {"childcare": "子育て", "long_term_care": "介護", "disaster": "被災者支援", "review": "不服申立て"}
_EX_OFFICIO = "職権"


def catalogue(declared: Definitions, on: dt.date) -> str:
    """The procedures that residents may bring to a city on a day, as CSV with a line of headings.

    Raises:
        UnknownThing: the code of the city is not known.
        DefinitionError: a declaration has errors.
    """
    town = town_of(declared.municipality, gif_names(declared.forms.folders))
    written = io.StringIO()
    rows = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\r\n")
    rows.writeheader()
    for entry in declared.library.list():
        whole = declared.catalogue.procedure(entry.id)
        if _is_offered(whole, on):
            rows.writerow(_row(in_force(whole, on), declared.municipality, town.code))
    return written.getvalue()


def _is_offered(whole: Procedure, on: dt.date) -> bool:
    """Whether a resident may bring it, and it has a version on the day."""
    kinds = {one.act_kind for one in in_force(whole, on).natures}
    return whole.has_version(on) and bool(kinds - {_EX_OFFICIO})


def _row(now: Procedure, city: Municipality, code: str) -> dict[str, str]:
    department = city.department_of(now.number)
    where = f"{city.label}{' ' + department.label if department else ''}"
    row = {
        "所管組織": where,
        "タイトル": now.title,
        "制度番号": str(now.number),
        "根拠法令": _joined(f"{law.act}{law.article}" for law in now.law),
        "地域": code,
        "概要": _fitting(_summary(now), LONGEST["概要"]),
        "内容": _fitting(_contents(now), LONGEST["内容"]),
        "対象者": _joined(role.label for role in now.roles if role.side == "citizen"),
        "申請届出方法": _joined(city.channels),
        "手続書類": _joined(f"{one.label}{'(なくてもよい)' if one.optional else ''}" for one in _brought(now)),
        "電子申請の有無": "有" if now.online.submit else "無",
        "サービス種別": _FIELDS.get(now.field, now.field),
        "実施組織": where,
        "お問い合わせ先": where,
    }
    return {name: text[: LONGEST.get(name)] for name, text in row.items()}


def _brought(now: Procedure) -> list[Attachment]:
    """The papers that a citizen brings: those that the city looks up itself are not asked for."""
    return [one for one in now.attachments if not one.linked]


def _summary(now: Procedure) -> Iterable[str]:
    kinds = "・".join(dict.fromkeys(one.act_kind for one in now.natures if one.act_kind != _EX_OFFICIO))
    yield f"{now.title}({kinds})。"
    if now.title_easy:
        yield f"{now.title_easy}。"
    yield "オンラインで出せます。" if now.online.submit else "窓口か郵送で出します。"


def _contents(now: Procedure) -> Iterable[str]:
    yield from _summary(now)
    yield f"出す人: {_joined(role.label for role in now.roles if role.side == 'citizen')}。"
    labels = _joined(one.label for one in _brought(now))
    yield (
        f"申請書のほか、場合により次の書類が要ります: {labels}。" if labels else "申請書のほかに要る書類はありません。"
    )
    yield f"結果: {_joined(one.label for one in now.outcomes)}。"
    if now.online.paper:
        yield f"{now.online.paper}。"


def _fitting(sentences: Iterable[str], most: int) -> str:
    """As many whole sentences as fit; the first is there in any case."""
    found = ""
    for sentence in sentences:
        if found and len(found + sentence) > most:
            break
        found += sentence
    return found


def _joined(words: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(words))
