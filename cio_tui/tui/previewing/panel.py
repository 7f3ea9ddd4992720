"""One message rendered once: whether it would be sent, its headers, and the body as people read it or as it is sent."""

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, ClassVar, Final, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message as Told
from textual.widgets import Static

from cio_tui.model.errors import CioError
from cio_tui.tui.actions import bindings
from cio_tui.tui.browser import open_page
from cio_tui.tui.json_area import JsonArea
from cio_tui.tui.liquid_area import LiquidArea
from cio_tui.tui.previewing.newest import Newest
from cio_tui.tui.previewing.shown import SIGNS_OF, Asked, Header, Shown, answer
from cio_tui.tui.text import notify_plain, plain, visible
from cio_tui.tui.views.facts import Fact, Facts
from cio_tui.workspace import Workspace

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

SIGNS: Final[Mapping[str, tuple[str, str]]] = {
    "ok": ("✓", "$text-success"),
    "failed": ("✗", "$text-error"),
    "empty": ("!", "$text-warning"),
}
"""What each verdict is shown as."""
_PROBLEMS: Final = 3
_LONGEST: Final = 60_000
_MOST_LINES: Final = 3_000
"""More of a body than this would keep the screen waiting; the browser gets all of it."""
_NOTHING: Final = {"failed": "(nothing came out)", "empty": "(nothing to read)", "ok": ""}
_NOTES: Final = 2
"""So many problems and notes are told beside the verdict; the list of problems has all."""


class TextAsRead(JsonArea):
    """Text that was made from HTML or is none: no colours."""

    def _colour(self, line: Text, _index: int) -> None:
        """It has none."""


class PreviewPanel(Vertical):
    """It asks for itself, in a thread, and shows the newest answer; what it shows stays until the next one is there."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("preview")
    DEFAULT_CSS = """
    PreviewPanel {
        height: 1fr;
        & .verdict { height: auto; max-height: 7; padding: 0 1; }
        & .headers { max-height: 9; }
        & .body-title { height: 1; padding: 0 1; color: $text-muted; background: $panel; }
        & .body-title { text-wrap: nowrap; text-overflow: ellipsis; }
        & .body-title:hover { background: $panel-lighten-1; }
        & .nothing { height: 1fr; padding: 0 1; color: $text-muted; display: none; }
        &.-nothing > * { display: none; }
        &.-nothing > .nothing { display: block; }
        & LiquidArea { display: none; }
        &.-source LiquidArea { display: block; }
        &.-source TextAsRead { display: none; }
    }
    """

    class Answered(Told):
        """A rendering is shown."""

        def __init__(self, asked: Asked, shown: Shown) -> None:
            super().__init__()
            self.asked = asked
            self.shown = shown

    class MessageWanted(Told):
        """Another message is to be rendered."""

    def __init__(self, *, chooses: bool = False) -> None:
        super().__init__()
        self.shown: Shown | None = None
        self.chooses = chooses
        self._wanted: Asked | None = None
        self._newest: Newest[Asked, Shown | CioError] = Newest(self, "preview", self._answer, self._tell)

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Static("", classes="nothing")
        yield Static("", classes="verdict")
        yield Facts(classes="headers")
        yield BodyTitle("", classes="body-title")
        yield TextAsRead(classes="as-text")
        yield LiquidArea(classes="as-source")

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return cast("Console", self.app).workspace

    def say(self, text: str) -> None:
        """Show no rendering, but some words."""
        self.shown = self._wanted = None
        self._newest.forget()
        self.add_class("-nothing")
        self.query_one(".nothing", Static).update(Content(text))

    def ask(self, asked: Asked) -> None:
        """Render a message, in a thread."""
        self._wanted = asked
        self._newest.ask(asked)

    def _answer(self, asked: Asked) -> Shown | CioError:
        try:
            return answer(self.workspace, asked)
        except CioError as error:
            return error

    def _tell(self, asked: Asked, found: Shown | CioError | None) -> None:
        if self._wanted is None:
            return
        if isinstance(found, Shown):
            self.show(found)
            self.post_message(self.Answered(asked, found))
        elif isinstance(found, CioError):
            self.say(f"× {visible(str(found))}\n\n{visible(found.hint)}".rstrip())
        else:
            self.say("× this cannot be rendered")

    def show(self, shown: Shown) -> None:
        """Show a rendering."""
        before, self.shown = self.shown, shown
        self.remove_class("-nothing")
        self.query_one(".verdict", Static).update(verdict_lines(shown))
        self.query_one(".headers", Facts).show(_headers(shown))
        if before is None or before.text != shown.text:
            self._fill(self.query_one(".as-text", TextAsRead), cut(shown.text) or _NOTHING[shown.verdict])
        if before is None or before.source != shown.source or before.html != shown.html:
            area = self.query_one(".as-source", LiquidArea)
            area.as_html(shown.html)
            self._fill(area, cut(shown.source))
        self._say_title()

    def _fill(self, area: JsonArea, text: str) -> None:
        """Another text; one that is being read stays where it was scrolled to."""
        top = area.scroll_offset.y
        area.load_text(text)
        area.scroll_to(y=top, animate=False, force=True)

    def _say_title(self) -> None:
        shown = self.shown
        if shown is None:
            return
        source = self.has_class("-source")
        what = "text" if not shown.html else "as it is sent   v as read" if source else "as it is read   v source"
        said = f"rendered as {shown.profile} · {what}"
        self.query_one(".body-title", Static).update(plain(said))

    @property
    def body(self) -> JsonArea:
        """The area that is in sight."""
        return self.query_one(".as-source" if self.has_class("-source") else ".as-text", JsonArea)

    def action_source(self) -> None:
        """Show the body as it is sent instead of as it is read, or the other way round; the focus goes along."""
        focused = self.body.has_focus
        self.toggle_class("-source")
        if focused:
            self.body.focus()
        self._say_title()

    def action_browser(self) -> None:
        """Show the body in the person's browser."""
        shown = self.shown
        if shown is None:
            return
        page = shown.source if shown.html else f"<!doctype html><meta charset=utf-8><pre>{escape(shown.source)}</pre>"
        try:
            path = open_page(page)
        except CioError as error:
            notify_plain(self.app, str(error), failed=True)
            return
        notify_plain(self.app, f"The page is in {path}", title="In the browser")

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """A message is chosen only where one is not edited or listed."""
        return action != "message" or self.chooses

    def action_message(self) -> None:
        """Ask for another message."""
        self.post_message(self.MessageWanted())


class BodyTitle(Static):
    """How the body is shown; a click shows it the other way."""

    def on_click(self) -> None:
        """Turn it."""
        self.query_ancestor(PreviewPanel).action_source()


def cut(text: str) -> str:
    """What can be shown of a text at once; the last line says what is left out."""
    kept = "\n".join(text[:_LONGEST].split("\n", _MOST_LINES)[:_MOST_LINES])
    left = len(text) - len(kept)
    return f"{kept}\n… {left:,} more characters: o shows all of it in a browser" if left else text


def verdict_lines(shown: Shown) -> Content:
    """The verdict with its sign, then the first problems and notes."""
    sign, style = SIGNS[shown.verdict]
    lines = [Content.assemble((f"{sign} {visible(shown.said)}", f"bold {style}"))]
    for one in sorted(shown.problems, key=lambda one: one.severity == "note")[:_PROBLEMS]:
        mark, colour = SIGNS_OF[one.severity]
        lines.append(Content.assemble((f"  {mark} ", f"${colour}"), visible(one.told)))
    more = len(shown.problems) - _PROBLEMS
    if more > 0:
        lines.append(Content.styled(f"  and {more:,} more", "dim"))
    lines += [Content.assemble(("  ! ", "$text-warning"), (visible(note), "dim")) for note in shown.notes[:_NOTES]]
    return Content("\n").join(lines)


def _headers(shown: Shown) -> list[Fact]:
    return [(header.title, _value(header)) for header in shown.headers]


def _value(header: Header) -> str:
    text = visible(header.text) or "—"
    return f"{text}  ! {header.replaced_by} replaces it" if header.replaced_by else text
