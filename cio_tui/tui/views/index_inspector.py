"""One event or one attribute of the data index: facts, counts by day, properties with their kinds, recent activity."""

from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Sparkline, Static, TabbedContent, TabPane

from cio_tui.model.instants import format_instant
from cio_tui.model.limits import DAY
from cio_tui.tui.rows import DIMMED, NO_ROWS, PENDING, Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, plain_lines, visible
from cio_tui.tui.views.activity_inspector import ActivityInspector
from cio_tui.tui.views.facts import Fact, Facts
from cio_tui.tui.views.gathering import GatheringInspector
from cio_tui.workspace.index_reader import AttributeRow, EventRow, PropertyRow
from cio_tui.workspace.index_uses import Users, Uses
from cio_tui.workspace.log import LogEntry
from cio_tui.workspace.wording import owner, signs

DAYS: Final = 30
_RECENT: Final = 50
_PROPERTIES: Final = (
    Column("property", 0, sortable=False, weight=2),
    Column("kind", 7, sortable=False),
    Column("count", 6, right=True, sortable=False, least=48),
    Column("share", 5, right=True, sortable=False),
    Column("examples", 0, sortable=False, weight=2, least=48),
)
_LATEST: Final = (Column("", 2, sortable=False), Column("timestamp", 14, sortable=False), Column("person", 0, sortable=False))
_NO_PROPERTIES: Final = """It never came with data.

The paths of its data stand here, with kinds and examples: s sends one with data."""
_NONE_LEFT: Final = """None of its activity is left: anonymous events go after 30 days.

The latest of them stand here: s sends one."""
_KINDS: Final = (
    Column("kind", 0, sortable=False),
    Column("people", 7, right=True, sortable=False),
    Column("share", 5, right=True, sortable=False),
)


@dataclass(frozen=True, slots=True)
class EventFound:
    """What is read of an event: what uses it, its properties, how often it came on each of the last days, its latest activity."""

    users: Users
    properties: list[PropertyRow]
    days: list[tuple[int, int]]
    latest: list[LogEntry]


class IndexInspector(GatheringInspector):
    """The inspector of the data index."""

    SCOPED_CSS: ClassVar[bool] = False  # or else no rule could begin with the screen
    DEFAULT_CSS = """
    IndexInspector {
        & .event-side, & .attribute-side { height: 1fr; }
        & .facts { max-height: 10; }
        & Sparkline { height: 2; margin: 0 1; }
        & .axis { height: 1; padding: 0 1; color: $text-muted; }
        & .axis Static { width: 1fr; color: $text-muted; }
        & .axis .most { width: auto; }
        & .axis .to { text-align: right; }
        & .detail { height: auto; min-height: 3; max-height: 6; padding: 0 1; color: $text-muted; }
        & .shown { height: auto; padding: 0 1; color: $text-muted; }
        & .examples { height: auto; padding: 0 1; }
    }
    Screen.-short IndexInspector Sparkline { height: 1; }
    Screen.-short IndexInspector .detail { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.row: EventRow | AttributeRow | None = None
        self._used_by = ""

    def compose(self) -> ComposeResult:
        """One side for events, one for attributes; one of them is shown."""
        with Vertical(classes="event-side"):
            yield Facts()
            yield Sparkline([])
            with Horizontal(classes="axis"):
                yield Static("", classes="from")
                yield Static("", classes="most")
                yield Static("", classes="to")
            with TabbedContent(initial="properties"):
                with TabPane("Properties", id="properties"):
                    yield VirtualTable(_PROPERTIES, empty=_NO_PROPERTIES, classes="properties")
                    yield Static("", classes="detail")
                with TabPane("Recent", id="recent"):
                    yield VirtualTable(_LATEST, empty=_NONE_LEFT, classes="recent")
                    yield Static("", classes="shown")
        with Vertical(classes="attribute-side"):
            yield Facts()
            yield VirtualTable(_KINDS, classes="kinds")
            with VerticalScroll():
                yield Static("", classes="examples")

    def show(self, key: str | None, row: EventRow | AttributeRow | None) -> None:
        """Show an event, an attribute, or nothing."""
        other = key != self.wanted
        self.row, self.wanted = row, key
        self.set_class(row is None, "-nothing")
        if key is None or row is None:
            self.border_title = plain("")
            return
        self.border_title = plain(row.name)
        events = isinstance(row, EventRow)
        self.query_one(".event-side").display = events
        self.query_one(".attribute-side").display = not events
        self._show_facts(row, "…" if other else self._used_by)
        if isinstance(row, AttributeRow):
            self._show_attribute(row)
            self.gather(key, lambda: Uses(self.workspace).of(row))
            return
        if other:
            for table in self.query(".event-side VirtualTable").results(VirtualTable):
                table.replace_rows(NO_ROWS, stay=False)
            self.query_one(".detail", Static).update("")
        self.gather(key, lambda: self._read(row))

    def _read(self, row: EventRow) -> EventFound:
        index, log = self.workspace.index, self.workspace.log
        today = self.workspace.now() // DAY * DAY
        counts = dict(index.per_day(row.name, row.type))
        days = [(day, counts.get(day, 0)) for day in range(today - (DAYS - 1) * DAY, today + DAY, DAY)]
        users = Uses(self.workspace).of(row)
        return EventFound(users, index.properties(row.name, row.type), days, log.latest(row.name, row.type, limit=_RECENT))

    def show_found(self, found: EventFound | Users) -> None:
        """What uses it; of an event also counts by day, properties, recent activity."""
        users = found if isinstance(found, Users) else found.users
        if self.row is not None:
            self._show_facts(self.row, visible(users.in_words()) or "no message, no segment")
        if isinstance(found, EventFound):
            self._show_event(found)

    def _show_facts(self, row: EventRow | AttributeRow, used_by: str) -> None:
        """The facts; the line of what uses it is there from the start, so that nothing below it moves."""
        self._used_by = used_by
        if isinstance(row, EventRow):
            self.query_one(".event-side Facts", Facts).show(_event_facts(row, used_by))
        else:
            self.query_one(".attribute-side Facts", Facts).show(_attribute_facts(row, used_by))

    def _show_event(self, found: EventFound) -> None:
        counts = [count for _, count in found.days]
        self.query_one(Sparkline).data = counts
        most = f"at most {max(counts)} a day" if max(counts) else "none in 30 days"
        for name, text in (("from", _day(found.days[0][0])), ("most", most), ("to", _day(found.days[-1][0]))):
            self.query_one(f".axis .{name}", Static).update(plain(text))
        drifting = drifting_paths(found.properties)
        rows = HeldRows(found.properties, _property_key, lambda row: _property_row(row, drifting))
        self.query_one(".properties", VirtualTable).replace_rows(rows)
        self.query_one(".recent", VirtualTable).replace_rows(HeldRows(found.latest, _entry_key, _entry_row))
        received = self.row.count if isinstance(self.row, EventRow) else 0
        self.query_one(".shown", Static).update(plain(latest_in_words(len(found.latest), received)))
        self._show_detail()

    def _show_attribute(self, row: AttributeRow) -> None:
        kinds = sorted(row.kinds.items(), key=lambda pair: (-pair[1], pair[0]))
        shown = HeldRows(kinds, lambda pair: pair[0], lambda pair: _kind_row(pair, row.people))
        table = self.query_one(".kinds", VirtualTable)
        table.styles.height = len(shown) + 2
        table.replace_rows(shown)
        lines = "\n".join(f"  {visible(example)}" for example in row.examples) or "  none that is a text or a number"
        self.query_one(".examples", Static).update(plain_lines(f"examples\n{lines}"))

    @on(VirtualTable.Highlighted, ".properties")
    def _property_highlighted(self) -> None:
        self._show_detail()

    def _show_detail(self) -> None:
        table = self.query_one(".properties", VirtualTable)
        if not isinstance(table.rows, HeldRows) or not len(table.rows):
            self.query_one(".detail", Static).update("")
            return
        row: PropertyRow = table.rows.items[table.cursor]
        examples = ", ".join(visible(example) for example in row.examples)
        lines = (row.path, f"{row.kind} in {row.count:,} of them, {row.share:.0%}", f"e.g. {examples}" if examples else "")
        self.query_one(".detail", Static).update(plain_lines("\n".join(visible(line) for line in lines)))

    @on(VirtualTable.Chosen, ".recent")
    def _entry_chosen(self, event: VirtualTable.Chosen) -> None:
        if event.key is not None:
            self.post_message(ActivityInspector.Wanted(event.key))

    @property
    def chosen_entry(self) -> str | None:
        """The recent activity under the cursor, while its list has the focus."""
        table = self.query_one(".recent", VirtualTable)
        return table.key if table.has_focus else None

    def take_focus(self) -> None:
        """Go to the list of what is shown."""
        self._focus_target().focus()

    def _focus_target(self) -> Widget:
        if isinstance(self.row, AttributeRow):
            return self.query_one(".kinds")
        return self.query_one(f".{self.query_one(TabbedContent).active}")

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """An attribute has no tabs."""
        return not (action == "tab" and isinstance(self.row, AttributeRow))

    def action_tab(self, step: int) -> None:
        """The next tab, or the one before."""
        if isinstance(self.row, EventRow):
            tabs = self.query_one(TabbedContent)
            names = ["properties", "recent"]
            tabs.active = names[(names.index(tabs.active) + step) % len(names)]
            self.call_after_refresh(self.take_focus)


def latest_in_words(shown: int, received: int) -> str:
    """Which part of an event's activity is shown; nothing when it is all."""
    if not 0 < shown < received:
        return ""
    if shown < _RECENT:
        return f"{shown:,} of {received:,} received are left: anonymous ones go after 30 days"
    return f"the latest {shown:,} of {received:,} received: o shows the activity"


def drifting_paths(properties: list[PropertyRow]) -> set[str]:
    """Paths that came with more than one kind of value, null aside."""
    kinds: dict[str, set[str]] = {}
    for row in properties:
        if row.kind != "null":
            kinds.setdefault(row.path, set()).add(row.kind)
    return {path for path, found in kinds.items() if len(found) > 1}


def _event_facts(row: EventRow, used_by: str) -> list[Fact]:
    facts = [
        ("name", visible(row.name)),
        ("type", f"{row.type}, {row.count:,} received"),
        ("first", format_instant(row.first_received)),
        ("last", format_instant(row.last_received)),
        ("used by", used_by),
    ]
    if row.near:
        facts.append(("like", f"≈ {', '.join(map(visible, row.near))}"))
    if row.drifting:
        facts.append(("drift", f"! {row.drifting} {'path' if row.drifting == 1 else 'paths'} of several kinds"))
    return facts


def _attribute_facts(row: AttributeRow, used_by: str) -> list[Fact]:
    facts = [
        ("name", visible(row.name)),
        ("people", f"{row.people:,} {'has' if row.people == 1 else 'have'} it; set {_times(row.count)}"),
        ("first", format_instant(row.first_received)),
        ("last", format_instant(row.last_received)),
        ("used by", used_by),
    ]
    if row.near:
        facts.append(("like", f"≈ {', '.join(map(visible, row.near))}"))
    if len(row.kinds) > 1:
        facts.append(("drift", f"! {len(row.kinds)} kinds of value"))
    return facts


def _property_key(row: PropertyRow) -> str:
    return f"{row.kind} {row.path}"


def _property_row(row: PropertyRow, drifting: set[str]) -> ShownRow:
    drift = "! " if row.path in drifting else ""
    examples = ", ".join(visible(example) for example in row.examples)
    return ShownRow((f"{drift}{visible(row.path)}", row.kind, f"{row.count:,}", f"{row.share:.0%}", examples))


def _entry_key(entry: LogEntry) -> str:
    return entry.activity.id


def _entry_row(entry: LogEntry) -> ShownRow:
    one = entry.activity
    style = DIMMED if entry.hidden else PENDING if one.processed_at is None else ""
    return ShownRow((signs(entry), format_instant(one.timestamp)[5:-1], visible(owner(entry))), style)


def _kind_row(pair: tuple[str, int], people: int) -> ShownRow:
    return ShownRow((visible(pair[0]), f"{pair[1]:,}", f"{pair[1] / people:.0%}" if people else ""))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _day(instant: int) -> str:
    return format_instant(instant)[5:10]
