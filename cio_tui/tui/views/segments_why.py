"""Why a person is in a segment or is not, on the screen: the proof line by line, what would turn it, and when it turns."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from cio_tui.model.instants import format_duration, format_instant
from cio_tui.segments.explain import Explanation, Proof
from cio_tui.tui.rows import DIMMED, FAILED, NO_ROWS, Column, HeldRows, ShownRow
from cio_tui.tui.table import VirtualTable
from cio_tui.tui.text import plain, visible
from cio_tui.tui.views.activity_inspector import ActivityInspector
from cio_tui.workspace import Workspace
from cio_tui.workspace.wording import what

HOLDS: Final = "✓"
FAILS: Final = "✗"
MOST_EVENTS: Final = 5
"""So many deciding events of a condition have a line of their own."""
_COLUMNS: Final = (Column("condition", 0, sortable=False),)
_STEP: Final = "  "


@dataclass(frozen=True, slots=True)
class Why:
    """The verdict on a person at an instant, and since when they are in. Of a manual segment nothing is proved.

    `events` says the deciding activities in words.
    """

    label: str
    member: bool
    at: int
    since: int | None
    explanation: Explanation | None
    events: dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the proof; `activity` is what enter opens."""

    key: str
    text: str
    style: str = ""
    activity: str | None = None


def explained(workspace: Workspace, number: int, person: str, at: int | None) -> Why:
    """The verdict on the person with a cio_id. Raises InputError, UnknownPerson."""
    now = workspace.now()
    segment = workspace.segments.get(number).segment
    label = workspace.directory.label(person)
    since = (
        next((since for one, since in workspace.segments.of_person(person) if one.number == number), None) if at is None else None
    )
    if segment.kind == "manual":
        member = person in workspace.segments.members(number, at=at)
        return Why(label, member, now if at is None else at, since, None, {})
    explanation = workspace.segments.explain(number, {"cio_id": person}, at=at)
    wanted = {event for proof in explanation.proof.all() for event in proof.events[:MOST_EVENTS]}
    events = {event: _event(workspace, event) for event in wanted}
    return Why(label, explanation.member, explanation.at, since, explanation, events)


def _event(workspace: Workspace, activity_id: str) -> str:
    entry = workspace.log.find(activity_id)
    if entry is None:
        return f"{activity_id}, which is gone"
    return f"{format_instant(entry.activity.timestamp)[5:-1]} {what(entry.activity)}"


def proof_lines(why: Why) -> list[Line]:
    """The proof, a line for each condition, each reason, each deciding event and each rule that is not confirmed."""
    return [] if why.explanation is None else [line for one in why.explanation.proof.all() for line in _lines(one, why.events)]


def _lines(proof: Proof, events: dict[str, str]) -> Iterator[Line]:
    margin, key = _STEP * len(proof.place), proof.path
    newest = proof.events[0] if proof.events else None
    sign, style = (HOLDS, "") if proof.holds else (FAILS, FAILED)
    if proof.members or not proof.place:
        yield Line(key, f"{margin}{sign} {proof.words}: {proof.because}", style)
        return
    yield Line(key, f"{margin}{sign} {proof.words}", style, newest)
    yield Line(f"{key} because", f"{margin}  {proof.because}", DIMMED, newest)
    for event in proof.events[:MOST_EVENTS]:
        yield Line(f"{key} {event}", f"{margin}  ● {events.get(event, event)}", activity=event)
    if len(proof.events) > MOST_EVENTS:
        yield Line(f"{key} more", f"{margin}  … and {len(proof.events) - MOST_EVENTS} more", DIMMED)
    for place, doubt in enumerate(proof.not_confirmed):
        yield Line(f"{key} doubt {place}", f"{margin}  ! not confirmed: {doubt}", DIMMED)


def verdict_lines(why: Why) -> list[str]:
    """The verdict, the change that would turn it, and when it turns by itself."""
    at = f", at {format_instant(why.at)}"
    since = "" if why.since is None else f", since {format_instant(why.since)}"
    lines = [f"{HOLDS if why.member else FAILS} {visible(why.label)} is {'' if why.member else 'not '}in it{since or at}"]
    one = why.explanation
    if one is None:
        return [*lines, "People are put in and taken out by hand: a adds, r removes"]
    would = "leave" if why.member else "enter"
    if one.flip is not None:
        lines.append(f"Would {would} if you {visible(one.flip.words)}")
    else:
        lines.append(f"Would {would}? {visible(one.no_flip)}")
    if one.next_change_at is None:
        lines.append("Time alone changes nothing")
    else:
        away = format_duration(one.next_change_at - why.at)
        lines.append(f"{str(one.then).capitalize()} at {format_instant(one.next_change_at)}, {away} on, if nothing happens")
    return lines


class ProofView(Vertical):
    """A verdict, and below it the proof. Enter on a line opens the event that decided."""

    SCOPED_CSS: ClassVar[bool] = False  # or else no rule could begin with the screen
    DEFAULT_CSS = """
    ProofView {
        height: 1fr;
        & .verdict { height: auto; max-height: 8; padding: 0 1; }
        & .whole { height: auto; max-height: 4; padding: 0 1; color: $text-muted; }
    }
    Screen.-short ProofView .whole { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.why: Why | None = None

    def compose(self) -> ComposeResult:
        """The verdict, the lines, and the whole of the line under the cursor."""
        yield Static("", classes="verdict")
        yield VirtualTable(_COLUMNS, empty="No condition decides: people are put in by hand", classes="proof")
        yield Static("", classes="whole")

    @property
    def table(self) -> VirtualTable:
        """The lines."""
        return self.query_one(VirtualTable)

    def say(self, text: str) -> None:
        """Show no proof, but some words."""
        self.why = None
        self.query_one(".verdict", Static).update(plain(text))
        self.table.replace_rows(NO_ROWS, stay=False)
        self.query_one(".whole", Static).update("")

    def show(self, why: Why) -> None:
        """Show a proof."""
        same = self.why is not None and self.why.label == why.label
        self.why = why
        self.query_one(".verdict", Static).update(Content("\n".join(verdict_lines(why))))
        rows = HeldRows(proof_lines(why), lambda line: line.key, lambda line: ShownRow((visible(line.text),), line.style))
        self.table.replace_rows(rows, stay=same)
        self._say_whole()

    @property
    def _line(self) -> Line | None:
        rows = self.table.rows
        return rows.items[self.table.cursor] if isinstance(rows, HeldRows) and self.table.key is not None else None

    def on_resize(self) -> None:
        """Another width cuts other lines."""
        self.call_after_refresh(self._say_whole)

    @on(VirtualTable.Highlighted)
    def _highlighted(self, event: VirtualTable.Highlighted) -> None:
        event.stop()
        self._say_whole()

    def _say_whole(self) -> None:
        """What the table had to cut; nothing when it shows all of the line."""
        line = self._line
        cut = line is not None and 0 < self.table.size.width - 4 < cell_len(visible(line.text))
        self.query_one(".whole", Static).update(plain(line.text.strip() if line is not None and cut else ""))

    @on(VirtualTable.Chosen)
    def _chosen(self, event: VirtualTable.Chosen) -> None:
        event.stop()
        line = self._line
        if line is not None and line.activity is not None:
            self.post_message(ActivityInspector.Wanted(line.activity))

    @on(VirtualTable.SortAsked)
    def _sort_asked(self, event: VirtualTable.SortAsked) -> None:
        event.stop()
