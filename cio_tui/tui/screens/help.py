"""All keys and the whole filter language, searchable; what works where the person was stands first."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from cio_tui import filters
from cio_tui.tui.actions import CONTEXTS, actions_of, bindings
from cio_tui.tui.form_foot import FormFoot
from cio_tui.tui.keys_page import shown_keys
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.screens.dialog import Dialog
from cio_tui.tui.text import visible

Section = tuple[str, list[tuple[str, str]]]

_LISTS: Final[dict[filters.ListName, str]] = {
    "activity": "Filter line of the log",
    "people": "Filter line of people",
    "events": "Filter line of events",
    "attributes": "Filter line of attributes",
    "anonymous": "Filter line of anonymous ids",
    "segments": "Filter line of segments",
    "messages": "Filter line of messages",
    "snippets": "Filter line of snippets",
}


class HelpScreen(Dialog[None]):
    """Help; `own` are the keys that the person gave to actions."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("help")
    DEFAULT_CSS = """
    HelpScreen {
        & .frame { height: 94%; width: 84; }
        & VerticalScroll { height: 1fr; margin: 1 0 0 0; scrollbar-size-vertical: 1; }
        & .sections { height: auto; }
    }
    """

    def __init__(self, contexts: Sequence[str], own: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._sections = sections(contexts, own or {})

    def compose(self) -> ComposeResult:
        """A line to search with, and what it finds."""
        with Vertical(classes="frame") as frame:
            frame.border_title = "Help"
            frame.border_subtitle = "type to search   ↑ ↓ scroll"
            yield PlainInput(placeholder="search keys and filters")
            with VerticalScroll(can_focus=False):
                yield Static(classes="sections")
            yield FormFoot({"close": ("dialog.close", "Close")})

    def on_mount(self) -> None:
        """Show all, ready to search."""
        self.query_one(PlainInput).focus()
        self._show("")

    @on(Input.Changed)
    def _searched(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll, while the search has the focus."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by what is in sight."""
        self.action_scroll(pages * max(1, self.query_one(VerticalScroll).size.height - 1))

    def _show(self, text: str) -> None:
        found = [(title, [row for row in rows if _has(row, text) or _has((title, ""), text)]) for title, rows in self._sections]
        lines: list[Content] = []
        for title, rows in found:
            if rows:
                lines += [Content.styled(title, "bold $text-accent"), *map(_line, rows), Content("")]
        nothing = [Content.styled(f"nothing about {visible(text)}", "$text-muted")]
        self.query_one(".sections", Static).update(Content("\n").join(lines or nothing))


def sections(contexts: Sequence[str], own: Mapping[str, str]) -> list[Section]:
    """What help shows, in order: the contexts that were given, the others, the filter lines."""
    order = [*contexts, *(context for context in CONTEXTS if context not in contexts)]
    keys = [(CONTEXTS[context], [(shown_keys(action, own), action.title) for action in actions_of(context)]) for context in order]
    lines = [(title, list(filters.help_for(name))) for name, title in _LISTS.items()]
    return [*keys, *lines]


def _has(row: tuple[str, str], text: str) -> bool:
    return text.casefold().strip() in f"{row[0]} {row[1]}".casefold()


def _line(row: tuple[str, str]) -> Content:
    return Content.assemble((f"  {row[0]:<26} ", "bold"), row[1])
