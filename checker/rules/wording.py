"""F4 to F13: words that people read on a form, and how plainly they say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from checker.finding import Finding
from checker.form_files import FormFiles
from checker.rules.letters import untidy
from forms.definition import Words3

_LABEL, _LABEL_AT_MOST, _HELP, _SENTENCE, _RUN = 30, 60, 200, 50, 5
_ENDS = ("。", "：", ":", "、", ".")
_SENTENCES = re.compile(r"[^。！？!?\n]+")
_KANJI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_TWICE_NOT = re.compile(
    r"ない[ \u3000]*(?:わけ|こと)[ \u3000]*[^。、]{0,6}?(?:ない|ありません|できません)"
    r"|(?:な(?:い|く|かった)|以外)(?:(?!とき|時|ひと|人|場合|ばあい)[^。、・ \u3000]){0,12}"
    r"(?:ない|なく|なかった|ません|以外)"
)
_BLAMES = re.compile("不正|無効|正しくありません|エラー|違反|入力ミス|誤った")
_REGEX = re.compile(r"\[[^\]]+\][+*{]|\\[dws]|\^.*\$|\b(?:pattern|maxLength|minLength|enum|regex)\b")
_ACTS = re.compile("ください|ましょう|します|できます|お願い|書け|受け付け")
_DEMANDS_FORM = re.compile("正しい形式|形式で入力|正しく入力")
_BY_LOOK = re.compile(
    "(?:赤い|赤字の|青い|緑の|黄色の|色の付いた)(?:欄|文字|ボタン|所|印|枠)|[右左上下](?:の|側の)(?:欄|枠|ボタン|メニュー)"
)
_LINK = re.compile("こちら(?:を|から|の)?(?:クリック|ご覧|参照|へ)?|ここをクリック")
Said = tuple[str, tuple[str, ...], str, Words3]


def texts(files: FormFiles) -> Iterator[Said]:
    """Everything that people read: the file, the place in its page, what it is, and the words."""
    for owner, pair in files.pairs.items():
        page = pair.page
        if page is None:
            continue
        yield owner, ("title",), "title", page.title
        for step in page.steps:
            yield owner, ("steps", step.id), "label", step
        for row in page.fields:
            yield owner, ("fields", row.id), "label", row
        for choice in page.choices:
            yield owner, ("choices", f"{choice.field}.{choice.id}"), "choice", choice
        for text in page.help:
            yield owner, ("help", text.field), "help", text
        for message in page.messages:
            yield owner, ("messages", message.field), "message", message


def untidy_words(files: FormFiles) -> Iterator[Finding]:
    """A5: words with blanks at their ends, half-width kana, or a dash in place of ー."""
    for owner, path, _, words in texts(files):
        for lang in ("ja", "easy"):
            if found := untidy(words.text(lang)):
                yield files.at_page("A5", owner, (*path, lang), *found)


def too_long(files: FormFiles) -> Iterator[Finding]:
    """F4: a label or an explanation that nobody reads to its end."""
    for owner, path, kind, words in texts(files):
        most = {"label": _LABEL_AT_MOST, "choice": _LABEL_AT_MOST, "help": _HELP}.get(kind)
        if most is not None and len(words.ja) > most:
            ja = f"{len(words.ja)}字あります。{most}字までにし、続きは説明(help)に書きます。"
            yield files.at_page("F4", owner, (*path, "ja"), ja, f"{len(words.ja)} letters; at most {most}")


def same_label(files: FormFiles) -> Iterator[Finding]:
    """F5: two fields of one step with the same label: who hears the page read aloud cannot tell them apart."""
    asked = [one for one in files.form.fields if one.type not in {"block", "list"} and not one.pointer.endswith("/*")]
    by_label = sorted(asked, key=lambda one: (one.step, one.full_label.ja, one.pointer))
    for _, group in groupby(by_label, key=lambda one: (one.step, one.full_label.ja)):
        first, *others = group
        for other in others:
            twice = f"「{other.full_label.ja}」が2つあります({first.path}・{other.path})"
            ja = f"同じステップに{twice}。だれの・何のかを書き分けます。"
            yield files.at_field("F5", other, ja, f"{first.path} and {other.path} have one label", key="ja")


def label_ends(files: FormFiles) -> Iterator[Finding]:
    """F6: a label that ends like a sentence, or says nothing."""
    for owner, path, kind, words in texts(files):
        if kind == "label" and (words.ja.endswith(_ENDS) or not re.search(r"\w", words.ja)):
            yield files.at_page(
                "F6",
                owner,
                (*path, "ja"),
                f"「{words.ja}」: ラベルの終わりの記号を消します。",
                "a label ends in a mark",
            )


def hard_to_read(files: FormFiles) -> Iterator[Finding]:
    """F7: やさしい日本語 with long sentences, double negatives, or a run of kanji without its reading."""
    for owner, path, _, words in texts(files):
        for found in _hard(words.easy):
            yield files.at_page("F7", owner, (*path, "easy"), *found)


def _hard(text: str) -> Iterator[tuple[str, str]]:
    for sentence in _SENTENCES.findall(text):
        if len(sentence.replace(" ", "")) > _SENTENCE:
            yield (
                f"「{sentence.strip()[:20]}…」は{len(sentence)}字です。{_SENTENCE}字までの文に分けます。",
                "a long sentence",
            )
    if found := _TWICE_NOT.search(text):
        yield f"「{found[0]}」は二重の否定です。「…のときは」と言い換えます。", "a double negative"
    for run in _KANJI.findall(text):
        if len(run) >= _RUN:
            yield f"「{run}」は漢字が{len(run)}字続きます。読みを添えるか、かなで書きます。", "a long run of kanji"


def blames(files: FormFiles) -> Iterator[Finding]:
    """F9 and F10: a message that blames, does not say what to do, or demands a form without showing one."""
    for owner, path, kind, words in texts(files):
        if kind != "message":
            continue
        if found := _BLAMES.search(words.ja) or _REGEX.search(words.ja):
            ja = f"「{found[0]}」は人を責めるか、機械の言葉です。どうすればよいかを書きます。"
            yield files.at_page("F9", owner, (*path, "ja"), ja, f"{found[0]!r} blames, or is a machine's word")
        elif not _ACTS.search(words.ja):
            ja = f"「{words.ja}」: どうすればよいかが書いてありません。"
            yield files.at_page("F9", owner, (*path, "ja"), ja, "it does not say what to do")
        if _DEMANDS_FORM.search(words.ja) and "例" not in words.ja:
            yield files.at_page(
                "F10", owner, (*path, "ja"), "形を求めるなら、例を1つ書きます。", "a form is demanded, none shown"
            )


def by_look(files: FormFiles) -> Iterator[Finding]:
    """F12 and F13: words that only who sees the page understands, and links that do not say where they lead."""
    for owner, path, _, words in texts(files):
        if found := _BY_LOOK.search(words.ja):
            ja = f"「{found[0]}」は、見えない人と狭い画面では分かりません。項目の名前で言います。"
            yield files.at_page("F12", owner, (*path, "ja"), ja, f"{found[0]!r} tells only those who see the page")
        if found := _LINK.search(words.ja):
            yield files.at_page(
                "F13", owner, (*path, "ja"), f"「{found[0]}」では行き先が分かりません。", "where does it lead?"
            )


RULES = (untidy_words, too_long, same_label, label_ends, hard_to_read, blames, by_look)
