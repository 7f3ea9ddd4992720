"""Which branches of a message the last events reach, in a list and in the source itself.

In the margin `✗` stands before what no event ever ran, `◐` before a tag that only went some of its ways, `✓` before one that
went all.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from cio_tui.messages.definition import TITLES, Message, Part
from cio_tui.tui.liquid_area import LiquidArea, Mark
from cio_tui.tui.previewing.over_events import OverEvents, Tell, counted
from cio_tui.tui.rows import FAILED, Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, visible
from cio_tui.workspace import Workspace

if TYPE_CHECKING:
    from cio_tui.liquid.coverage import Branch, Coverage
    from cio_tui.workspace.message_reach import MessageCoverage

_COLUMNS: Final = (
    Column("", 1, sortable=False),
    Column("line", 4, right=True, sortable=False),
    Column("branch", 0, weight=3, sortable=False),
    Column("when", 0, weight=2, sortable=False),
    Column("events", 6, right=True, sortable=False),
)
_NONE: Final = "It has no branches: no if, case, for or default. Every event gives the same text but for its values."
_LEGEND: Final = "✗ never ran   ◐ only some of its ways   ✓ all of them"
_NEVER: Final[Mark] = ("✗", "text-error")
_PARTLY: Final[Mark] = ("◐", "text-warning")
_WHOLLY: Final[Mark] = ("✓", "text-success")


class CoverageView(OverEvents):
    """The branches, those that nothing reached first, and the source. Enter on an unreached one goes to its place in the source,
    on another one it asks for an event that reached it.
    """

    NAME: ClassVar = "coverage"
    SCOPED_CSS: ClassVar[bool] = False  # or else no rule could begin with the screen
    DEFAULT_CSS = """
    CoverageView {
        & .legend { height: 1; padding: 0 1; color: $text-muted; background: $panel; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[Part, Coverage] = {}
        self._part: Part = "body"

    def compose_below(self) -> ComposeResult:
        """The branches, what the signs mean, the source."""
        with Vertical():
            yield VirtualTable(_COLUMNS, empty=_NONE)
            yield Static(plain(_LEGEND), classes="legend")
            yield LiquidArea()

    @property
    def area(self) -> LiquidArea:
        """The source."""
        return self.query_one(LiquidArea)

    def forget(self) -> None:
        """Another message: its source without marks."""
        super().forget()
        self._found = {}
        self._show_part("body")

    def find(
        self, workspace: Workspace, message: Message, line: str, limit: int, tell: Tell, cancelled: Callable[[], bool]
    ) -> "MessageCoverage":
        """The branches with the events that reached them."""
        return workspace.previews.coverage(message, line, limit=limit, progress=tell, cancelled=cancelled)

    def show_found(self, found: Any) -> str:
        """Rows and marks."""
        coverage: MessageCoverage = found
        self._found = dict(coverage.parts)
        every = [(part, one) for part, each in coverage.parts for one in each.branches]
        rows = sorted(every, key=lambda branch: branch[1].hits > 0)
        self.table.replace_rows(HeldRows(rows, _key, _row))
        self._show_part(self._part)
        events = counted(coverage.samples, "event")
        if not every:
            return f"no branches, {events}"
        reached = sum(one.hits > 0 for _, one in every)
        branches = "branch" if len(every) == 1 else "branches"
        return f"{int(coverage.percent())}%: {reached:,} of {len(every):,} {branches} reached by {events}"

    def _show_part(self, part: Part) -> None:
        """The source of a part, with its marks."""
        self._part, area = part, self.area
        source = "" if self.message is None else self.message.part(part)
        if area.text != source:
            area.load_text(source)
        area.as_html(part == "body" and self.message is not None and self.message.format == "html")
        coverage = self._found.get(part)
        never = () if coverage is None else _lines(source, coverage.unreached())
        area.mark_lines({} if coverage is None else {**_marks(coverage.branches), **dict.fromkeys(never, _NEVER)})
        area.shade(never)
        area.point_out({})
        title = "" if part == "body" else f"{TITLES[part]}   "
        self.query_one(".legend", Static).update(plain(f"{title}{_LEGEND}"))

    def _branch(self) -> "tuple[Part, Branch] | None":
        rows = self.table.rows
        return rows.items[self.table.cursor] if isinstance(rows, HeldRows) and self.table.key is not None else None

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        """The source follows the list."""
        event.stop()
        found = self._branch()
        if found is None:
            return
        part, one = found
        if part != self._part:
            self._show_part(part)
        end = one.end_column - 1 if one.end_line == one.line else len(self.area.document.get_line(one.line - 1))
        self.area.point_out({one.line: (one.column - 1, end)})
        self.area.go_to(one.line, one.column)

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        found = self._branch()
        if found is not None and found[1].labels:
            self.want(found[1].labels[0])
        elif found is not None:
            self.area.focus()


def _key(found: "tuple[Part, Branch]") -> str:
    part, one = found
    return f"{part} {one.start} {one.tag} {one.kind} {one.text}"


def _row(found: "tuple[Part, Branch]") -> ShownRow:
    part, one = found
    sign = _WHOLLY[0] if one.hits else _NEVER[0]
    text = one.text if part == "body" else f"{TITLES[part]}: {one.text}"
    cells = (sign, str(one.line), visible(text), one.words, f"{one.hits:,}")
    return ShownRow(cells, "" if one.hits else FAILED)


def _marks(branches: "Iterable[Branch]") -> dict[int, Mark]:
    """A sign for each line with a tag that decides: never, partly, wholly."""
    lines: dict[int, list[bool]] = {}
    for one in branches:
        lines.setdefault(one.line, []).append(one.hits > 0)
    return {line: _WHOLLY if all(hit) else _PARTLY if any(hit) else _NEVER for line, hit in lines.items()}


def _lines(source: str, spans: Iterable[tuple[int, int]]) -> list[int]:
    """The lines, from 1, that have something of the spans on them but white space."""
    found: list[int] = []
    for start, end in spans:
        text = source[start:end]
        first = source.count("\n", 0, start) + 1
        found += [first + number for number, line in enumerate(text.split("\n")) if line.strip()]
    return found
