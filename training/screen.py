"""The full screen of a lesson, 80 by 24 and the keyboard alone: the only module that knows textual.

Everything is done by the desk and is in the diary at once: whoever closes the terminal goes on where he was.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ClassVar, TypeVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, Label, OptionList, RichLog, Static
from textual.widgets.option_list import Option

from engine.definition.rows import Input as SmallForm
from engine.errors import MadoguchiError, NotPossibleNow
from training import debriefing, showing, telling
from training.desk import Desk
from training.flow.play import FlowPlay
from training.menu import Choice, choices, starts, typed, word_of, written
from training.play import Act, Play, safe

KEYS = "↑↓で選び、Enterで行います。確認は p で済、f で不可。Tabで右へ移り、↑↓で読み返します。"
WIDTH = 31
"""Letters of the menu in one line; a kanji is two."""
Answers = dict[str, Any] | None
T = TypeVar("T")


class Answering(ModalScreen[Answers]):
    """The small form of an event, with what a colleague would write in it. Escape leaves it and does nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "やめる"),
        Binding("ctrl+s", "send", "行う"),
    ]

    def __init__(self, asks: SmallForm, draft: dict[str, Any]) -> None:
        super().__init__()
        self._asks = asks
        self._draft = draft

    def compose(self) -> ComposeResult:
        """The fields, one below the other."""
        with VerticalScroll(id="form"):
            yield Static(Text(f"{self._asks.label}  Enterで次へ、最後のEnterかCtrl+Sで行う、Escでやめる"))
            for name in self._asks.fields:
                yield Label(Text(self._label(name)))
                yield Input(word_of(self._draft.get(name)), id=f"field-{name}", compact=True)

    def _label(self, name: str) -> str:
        kind = self._asks.fields[name]
        choose = f"({'・'.join(kind)})" if not isinstance(kind, str) else ""
        needed = " *" if name in self._asks.required else ""
        return f"{self._asks.labels.get(name, name)}{choose}{needed}"

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field, or send."""
        event.stop()
        if event.input is self.query(Input).last():
            self.action_send()
        else:
            self.focus_next()

    def action_send(self) -> None:
        """Give the answers back."""
        words = {(one.id or "").removeprefix("field-"): one.value for one in self.query(Input)}
        self.dismiss(written(self._asks, words, self._draft))


class Classroom(App[None]):
    """The screen of one learner: what can be done on the left, what came of it on the right.

    `busy` is true while the engine works.
    """

    TITLE = "窓口の研修"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #head { height: 2; background: $primary; color: $text; padding: 0 1; }
    #menu { width: 34; height: 1fr; border: none; padding: 0; }
    #told { width: 1fr; height: 1fr; border-left: solid $primary; padding: 0 1; scrollbar-size-vertical: 1; }
    #line { display: none; height: 1; border: none; padding: 0 1; }
    #line.open { display: block; }
    Answering { align: center middle; }
    #form { width: 76; height: 20; border: solid $primary; background: $surface; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "record('passed')", "済"),
        Binding("f", "record('failed')", "不可"),
        Binding("h", "hint", "手がかり"),
        Binding("n", "type('note ')", "メモ"),
        Binding("w", "type('wait 1')", "待つ"),
        Binding("c", "another", "次の案件"),
        Binding("d", "debrief", "振り返る"),
        Binding("colon", "type('')", "命令"),
        Binding("escape", "close_line", "戻る", show=False),
        Binding("q", "quit", "閉じる"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.busy = False
        self._desk = desk
        self._hand = ThreadPoolExecutor(max_workers=1)
        self._choices: list[Choice] = []
        self._starts: list[str] = []
        self._number: int | None = None
        self._play: Play | FlowPlay | None = None

    def compose(self) -> ComposeResult:
        """Head, menu, what was told, a command line and the keys."""
        yield Static(id="head")
        with Horizontal():
            yield OptionList(id="menu")
            yield RichLog(id="told", wrap=True, min_width=1)
        yield Input(
            id="line", select_on_focus=False, placeholder="例: check identity passed  終わりはEnter、やめるのはEsc"
        )
        yield Footer(compact=True)

    async def on_mount(self) -> None:
        """Take the lesson up where it was left, or offer what there is."""
        self.query_one("#menu", OptionList).focus()
        self._tell([KEYS])
        await self._show()

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        place = event.option_index
        if self._starts:
            await self._start(self._starts[place])
            return
        choice = self._choices[place]
        if choice.act is None:
            self.action_type(choice.types)
        elif choice.asks is not None and isinstance(self._play, Play):
            draft = await self._do(lambda: self._drafted(choice.act))
            asks, act = choice.asks, choice.act
            self.push_screen(Answering(asks, draft or {}), lambda said: self._answered(act, said))
        else:
            await self._act(choice.act)

    def _drafted(self, act: Act | None) -> dict[str, Any]:
        return self._play.drafted(act.name) if isinstance(self._play, Play) and act is not None else {}

    def _answered(self, act: Act, said: Answers) -> None:
        if said is not None:
            self.run_worker(self._act(Act(act.kind, act.name, act.value, said)))

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Do what was typed."""
        if event.input.id == "line":
            line = event.value
            self.action_close_line()
            if line.strip():
                await self._act(typed(line))

    async def action_record(self, result: str) -> None:
        """Record the check on which the mark stands."""
        place = self.query_one("#menu", OptionList).highlighted
        choice = self._choices[place] if place is not None and place < len(self._choices) else None
        if choice is None or not choice.check:
            self._tell(["確認の行を選んでから、p(済)か f(不可)を押します。"])
            return
        await self._act(Act("check", choice.check, result))

    async def action_hint(self) -> None:
        """Say what is worth doing next."""
        if self._play is not None:
            play = self._play
            self._tell(await self._do(lambda: [showing.hint(play)]) or [])

    def action_type(self, begin: str) -> None:
        """Open the command line with the beginning of a command."""
        if self._play is None:
            return
        line = self.query_one("#line", Input)
        line.value = begin
        line.add_class("open")
        line.focus()
        line.cursor_position = len(begin)

    def action_close_line(self) -> None:
        """Close the command line."""
        self.query_one("#line", Input).remove_class("open")
        self.query_one("#menu", OptionList).focus()

    async def action_another(self) -> None:
        """Turn to the next case of the lesson."""
        if self._play is not None:
            many = len(self._desk.begun["cases"])
            self._number = (self._number or 0) % many + 1
            await self._show()

    async def action_debrief(self) -> None:
        """Look back: over this case, or over the whole lesson when all is done."""
        lines = await self._do(self._looked_back)
        self._tell(lines or [])
        await self._show()

    def _looked_back(self) -> list[str]:
        if self._play is None:
            raise NotPossibleNow("まだ課題を始めていません。", "no lesson is begun")
        if all(self._desk.over()):
            found: list[str] = []
            if len(self._desk.over()) > 1:
                found, _ = showing.debrief(*debriefing.of_case(self._desk, self._number))
            self._number = None
            return [*found, *debriefing.finished(self._desk)[0]]
        return showing.debrief(*debriefing.of_case(self._desk, self._number))[0]

    async def _start(self, name: str) -> None:
        self._tell([f"{name} を用意しています。"])

        def begin() -> list[str]:
            if name == "next":
                return [telling.standing_line(self._desk.start_next()[0])]
            self._desk.start(name, len(self._desk.diary.rows) + 1)
            return [f"{name} を始めます。"]

        self._number = None
        self._tell(await self._do(begin) or [])
        await self._show()

    async def _act(self, act: Act) -> None:
        number = self._number

        def do() -> list[str]:
            _, play, judged = self._desk.act(act, number)
            return telling.judged_lines(judged, play.score())

        lines = await self._do(do)
        if lines is not None:
            self._tell(["", *lines])
            await self._show()

    async def _show(self) -> None:
        """Draw the head and the menu as things stand."""
        found = await self._do(self._standing) if self._desk.has_lesson else None
        menu = self.query_one("#menu", OptionList)
        place = menu.highlighted or 0
        if found is None:
            self._play, self._choices = None, []
            offered = await self._do(lambda: starts(self._desk.school.declared)) or {}
            self._starts, labels = list(offered), list(offered.values())
            head = "課題を選んでください。学習者 " + self._desk.diary.learner
        else:
            self._number, self._play, self._choices, head = found
            self._starts = []
            labels = [one.label for one in self._choices] or ["終わりました。d で振り返ります"]
        menu.clear_options()
        menu.add_options(Option(_in_a_line(label)) for label in labels)
        menu.highlighted = min(place, len(labels) - 1)
        self.query_one("#head", Static).update(Text(safe(head, "\n")))

    def _standing(self) -> tuple[int, Play | FlowPlay, list[Choice], str]:
        number, play = self._desk.play(self._number)
        lines, facts = showing.desk(number, len(self._desk.begun["cases"]), play, self._desk.wall())
        second = "  ".join(line.strip() for line in lines[1:3]) if isinstance(play, FlowPlay) else lines[1].strip()
        first = f"{lines[0]}  {facts['points']}点  {self._desk.wall()}"
        return number, play, choices(play), f"{first}\n{second}"

    async def _do(self, work: Callable[[], T]) -> T | None:
        """What came of some work on the one hand that holds the engine; None where it was refused, which is told."""
        menu = self.query_one("#menu", OptionList)
        menu.disabled, self.busy = True, True
        try:
            return await asyncio.get_running_loop().run_in_executor(self._hand, work)
        except MadoguchiError as refused:
            self._tell([refused.ja])
            return None
        finally:
            menu.disabled, self.busy = False, False
            if not self.query_one("#line", Input).has_class("open"):
                menu.focus()

    def _tell(self, lines: Iterable[str]) -> None:
        log = self.query_one("#told", RichLog)
        for line in lines:
            log.write(Text(safe(line, "\n")))
        log.scroll_end(animate=False)


def _in_a_line(label: str) -> Text:
    """A label as one line of the menu, cut where it is longer."""
    line = Text(safe(label))
    line.truncate(WIDTH, overflow="ellipsis")
    return line


def played(desk: Desk) -> None:
    """Let the learner of a desk play on the full screen until he closes it."""
    Classroom(desk).run()
