"""The definition as text: coloured by a few patterns of our own, and below it what is wrong with it, and where."""

import re
from typing import Final

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static, TextArea

from cio_tui.segments.errors import DefinitionError
from cio_tui.tui.json_area import JsonArea
from cio_tui.tui.text import plain_lines, visible

_TOKENS: Final = re.compile(
    r"(?P<comment>(?:(?<=\s)|^)#.*)|(?P<key>\"(?:[^\"\\]|\\.)*\"(?=\s*:)|[\w@$][^:#\[\]{},\"']*(?:\[[^\]]*\][^:#{},\"']*)*?(?=:(?:\s|$)))"
    r"|(?P<text>\"(?:[^\"\\]|\\.)*\"?|'(?:[^']|'')*'?)|(?P<number>(?<![\w.-])-?\d+(?:\.\d+)?(?![\w.:-]))"
    r"|(?P<word>\b(?:true|false|null)\b)|(?P<sign>^\s*-(?=\s)|[{}\[\],:])"
)
_STYLES: Final = {
    "comment": "$text-muted",
    "key": "$text-accent",
    "text": "$text-success",
    "number": "$text-primary",
    "word": "$text-secondary",
    "sign": "$text-muted",
}
_LONGEST_LINE: Final = 2000
_SHOWN_PROBLEMS: Final = 3


class YamlArea(JsonArea):
    """A text area for YAML; enter keeps the margin, and goes one step further in after a colon."""

    def _colour(self, line: Text, _index: int) -> None:
        variables = self.app.theme_variables
        for match in _TOKENS.finditer(line.plain, 0, _LONGEST_LINE):
            colour = variables.get(_STYLES[match.lastgroup or "sign"].removeprefix("$"), "")
            if colour and not colour.startswith("auto"):
                line.stylize(colour, match.start(), match.end())

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            start, end = sorted(self.selection)
            before = self.document.get_line(start[0])[: start[1]]
            margin = before[: len(before) - len(before.lstrip(" "))]
            if before.lstrip().startswith("- "):
                margin += "  "
            self.replace(f"\n{margin}{'  ' if before.rstrip().endswith(':') else ''}", start, end)


class YamlEditor(Vertical):
    """The area with its problems."""

    DEFAULT_CSS = """
    YamlEditor {
        height: 1fr;
        & YamlArea { background: $panel; padding: 0; height: 1fr; min-height: 3; }
        & .wrong { height: auto; max-height: 6; color: $text-error; display: none; }
        & .wrong.-shown { display: block; }
    }
    """

    class Changed(Message):
        """The text is another one."""

    def compose(self) -> ComposeResult:
        """The area, and the lines below it."""
        yield YamlArea(editable=True)
        yield Static("", classes="wrong")

    @property
    def area(self) -> YamlArea:
        """The text area."""
        return self.query_one(YamlArea)

    @property
    def text(self) -> str:
        """What is written."""
        return self.area.text

    def show(self, text: str) -> None:
        """Show another text, which is known to be right."""
        if text != self.text:
            with self.prevent(TextArea.Changed):
                self.area.load_text(text)
        self.show_problems(None)

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())

    def show_problems(self, error: DefinitionError | None) -> None:
        """Say what is wrong, and mark the first place."""
        below = self.query_one(".wrong", Static)
        below.set_class(error is not None, "-shown")
        if error is None:
            self.area.mark_problem(0, 0)
            return
        first, more = error.problems[0], len(error.problems) - _SHOWN_PROBLEMS
        self.area.mark_problem(first.line, first.column)
        lines = [f"× {visible(str(problem))}" for problem in error.problems[:_SHOWN_PROBLEMS]]
        below.update(plain_lines("\n".join([*lines, *([f"and {more} more"] if more > 0 else [])])))

    def go_to_problem(self, error: DefinitionError) -> None:
        """Put the cursor where the text goes wrong first."""
        first = error.problems[0]
        self.area.focus()
        if first.line:
            self.area.move_cursor((first.line - 1, max(0, first.column - 1)))
