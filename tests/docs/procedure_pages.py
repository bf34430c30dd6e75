"""One page in plain Japanese for every procedure: who, what, how, how long, what may come of it, and on what ground.

Everything is read from the declaration as its newest version stands. What is less than certain, or assumed, says so
where it stands and again at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from engine.definition import Procedure
from engine.definition.rows import Attachment, Event
from office.attachments import labels
from procedures.description import read
from procedures.diagram.machines import Drawn, drawn
from procedures.diagram.words import Words
from procedures.diagram.writing import standing
from procedures.library import Library

CERTAIN = {"high": "", "medium": "【確かさ 中】", "low": "【確かさ 低】"}
ASSUMED = "【仮定】"
KINDS_OF_LINK = {
    "opens": "始まる",
    "instead": "かわりに扱う",
    "after": "あとで要る",
    "joins": "つながる",
    "shares": "同じものを見る",
    "appeals": "この手続の処分への審査請求",
}
_SIDES = (("citizen", "申請する側"), ("office", "役所"), ("outside", "外部"))


@cache
def library() -> Library:
    """Our definitions."""
    return Library()


def pages() -> dict[str, str]:
    """The page of every procedure by its id, and under README the list of them."""
    found = {}
    rows = []
    for entry in library().list():
        whole = read(entry.id, ()).procedure
        assert whole is not None
        found[entry.id] = page(whole)
        rows.append((str(entry.number), f"[{whole.title}]({entry.id}.md)", whole.title_easy))
    about = "宣言から書き出したページです。いちばん新しい版の定めによります。"
    found["README"] = "\n".join(["# 手続", "", about, "", *table(("番号", "手続", "やさしい日本語"), rows)]) + "\n"
    return found


def page(whole: Procedure) -> str:
    """The page of one procedure."""
    now, _ = standing(whole)
    lines = [f"# {now.number}. {now.title}", "", f"{now.title_easy} / {now.title_en}", "", *_standing(whole), ""]
    lines += [f"![流れの図]({now.id}.svg)", ""]
    for title, section in _sections(now):
        body = list(section)
        if body:
            lines += [f"## {title}", "", *body, ""]
    return "\n".join(lines).rstrip() + "\n"


def _sections(now: Procedure) -> Iterator[tuple[str, Iterable[str]]]:
    all_ = drawn(now)
    words = all_.words
    yield "だれが", _who(now)
    yield "何を出すか", _papers(now)
    yield "どう進むか", _way(all_)
    yield "どれだけかかるか", _periods(now, words)
    yield "何を確かめるか", _checks(now)
    yield "何を計算するか", _rules(now)
    yield "何が起こりうるか", _outcomes(now, all_)
    yield "まちがえやすいこと", _errors(now)
    yield "ほかの手続とのつながり", _links(now)
    yield "根拠", (f"- {law.act}{law.article}: {law.about}{CERTAIN[law.confidence]}" for law in now.law)
    yield "確かでないこと", _uncertain(now)


def _standing(whole: Procedure) -> Iterator[str]:
    for version in whole.versions:
        until = f"{version.until}の前日まで" if version.until else ""
        yield f"- 版 {version.id}: {version.from_}から{until} {version.about}".rstrip()
    online = [said for said, can in (("出せる", whole.online.submit), ("終えられる", whole.online.finish)) if can]
    yield f"- オンラインで{'・'.join(online)}" if online else "- オンラインではできない"
    if whole.online.paper:
        yield f"- 紙で残るもの: {whole.online.paper}"


def _who(now: Procedure) -> Iterator[str]:
    for side, title in _SIDES:
        labels = [role.label for role in now.roles if role.side == side]
        if labels:
            yield f"- {title}: {'、'.join(labels)}"


def _papers(now: Procedure) -> Iterator[str]:
    yield f"申請書(`{now.form}`)を出す。{'次の書類が要ることがある。' if now.attachments else ''}"
    rows = [(row.label, said(now, row.when), _spared(row)) for row in now.attachments]
    yield from ("", *table(("書類", "要るとき", ""), rows)) if rows else ()


def _spared(row: Attachment) -> str:
    """When a paper need not be brought."""
    if row.linked:
        return f"求めない。情報連携で確認({'・'.join(labels(row))})"
    return "なくてもよい" if row.optional else "代わるものがあれば省ける" if row.replaced_by else ""


def _way(all_: Drawn) -> Iterator[str]:
    states = {state.id: state.label for state in all_.procedure.states}
    for number, (state, way) in enumerate(all_.case.main, start=1):
        taken = all_.case.graph.ways[way]
        told = "、または".join(f"{one.label}({one.who})" for one in taken.told)
        yield f"{number}. {states[state]}: {told} → {states[taken.target]}"


def _periods(now: Procedure, words: Words) -> Iterator[str]:
    for clock in now.clocks.values():
        length, *rest = words.clock(clock)
        mark = ASSUMED if clock.limit.assumption else ""
        yield f"- {clock.label}: {length.removesuffix('仮定').rstrip()}{mark}。{'。'.join(rest)}"
    for timer in now.timers:
        yield f"- {words.timer(timer.id)}"


def _checks(now: Procedure) -> Iterator[str]:
    stages = {state.id: state.label for state in now.states} | {kind: task.label for kind, task in now.tasks.items()}
    events = {event.id: event.label for event in _events(now)}
    rows = [
        (
            stages.get(row.stage, row.stage),
            row.says + CERTAIN[row.confidence],
            "条件で" if row.passes else "人が見る",
            events.get(row.on_fail, row.on_fail),
        )
        for row in now.checks
    ]
    yield from table(("段階", "確かめること", "確かめ方", "合わないとき"), rows) if rows else ()


def _rules(now: Procedure) -> Iterator[str]:
    laws = {law.id: f"{law.act}{law.article}" for law in now.law}
    yield from (f"- {row.says}{f'({laws[row.law]})' if row.law in laws else ''}" for row in now.rules)


def _outcomes(now: Procedure, all_: Drawn) -> Iterator[str]:
    states = {state.id: state.label for state in now.states}
    notices = {notice.id: notice.label for notice in now.notices}
    rows = []
    for row in now.outcomes:
        reasons = "必ず付ける" if row.reasons == "always" else said(now, row.reasons)
        act = "処分" if row.disposition else "処分ではない"
        rows.append((row.label, states.get(row.state, row.state), act, notices.get(row.notice or "", ""), reasons))
    yield from table(("結果", "状態", "", "通知", "理由"), rows) if rows else ()
    if now.appeal:
        yield ""
        yield f"処分に不服があるときは、{now.appeal.months}か月以内に{now.appeal.body}に審査請求ができる。"
    if all_.case.graph.anywhere:
        yield ""
    for one in all_.case.graph.anywhere:
        target = states.get(one.target or "", "状態は変わらない")
        yield f"- {one.source}: {one.told.label}({one.told.who}) → {target}"


def _errors(now: Procedure) -> Iterator[str]:
    checks = {row.id: row for row in now.checks}
    events = {event.id: event.label for event in _events(now)}
    rows = []
    for row in now.common_errors:
        check = checks.get(row.check or "")
        right = row.right or (check.on_fail if check else "")
        rows.append((row.says, check.says if check else "", events.get(right, right), row.teaches))
    yield from table(("誤り", "分かる確認", "正しい扱い", "学ぶこと"), rows) if rows else ()


def _links(now: Procedure) -> Iterator[str]:
    titles = {entry.id: entry.title for entry in library().list()}
    for row in now.links:
        when = f"({said(now, row.when)})" if row.when else ""
        yield f"- {titles.get(row.to, row.to)}: {KINDS_OF_LINK.get(row.kind, row.kind)}{when}"


def _uncertain(now: Procedure) -> Iterator[str]:
    """Everything that a row marks as less than certain, or as assumed."""
    roles = {role.id: role.label for role in now.roles}
    marked = [(f"根拠 {row.act}{row.article}", CERTAIN[row.confidence]) for row in now.law]
    marked += [(f"確認 {row.says}", CERTAIN[row.confidence]) for row in now.checks]
    marked += [(f"期限 {row.label}の長さ", ASSUMED if row.limit.assumption else "") for row in now.clocks.values()]
    marked += list(_uncertain_figures(now))
    levels = [level for route in now.approval.values() for level in route.levels]
    marked += [(f"決裁者 {roles.get(row.decider, row.decider)}", CERTAIN[row.confidence]) for row in levels]
    yield from (f"- {said_}{mark}" for said_, mark in marked if mark)


def _uncertain_figures(now: Procedure) -> Iterator[tuple[str, str]]:
    """The figures in force of the dated tables that a calculation looks into, with their marks."""
    texts = [*(row.cel for row in now.rules), *(row.cel for row in now.conditions)]
    for name in library().tables().ids():
        one = library().tables().table(name)
        for row in one.rows if any(f"'{name}'" in text for text in texts) else ():
            if row.in_force(standing(now)[1] or row.since):
                yield (
                    f"表 {one.title}の `{row.key}` {row.value}({row.law})",
                    ASSUMED if row.assumption else CERTAIN[row.confidence],
                )


def _events(now: Procedure) -> Iterator[Event]:
    yield from now.events
    for task in now.tasks.values():
        yield from task.events


def said(now: Procedure, when: str | None) -> str:
    """A condition as its sentence; one without a name as its text."""
    if when is None:
        return ""
    return next((row.says for row in now.conditions if row.id == when), f"`{' '.join(when.split())}`")


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Rows as a table of Markdown."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
