"""People: who is there, and what is done with them. Anonymous visitors are nobody here, as in the product."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.widget import Widget

from cio_tui.model.instants import format_instant
from cio_tui.model.json_values import dumps
from cio_tui.model.paths import liquid_path, spell
from cio_tui.model.people import CIO_PREFIX
from cio_tui.model.receipts import Receipt
from cio_tui.tui.actions import bindings
from cio_tui.tui.list_view import ListView
from cio_tui.tui.rows import DIMMED, NO_ROWS, Cancelled, Column, FetchedRows, Progress, Question, Rows, ShownRow, Sort
from cio_tui.tui.text import notify_plain, visible
from cio_tui.tui.views.people_inspector import PeopleInspector
from cio_tui.workspace import Workspace
from cio_tui.workspace.directory import PersonRow

if TYPE_CHECKING:
    from cio_tui.exports.person_files import PersonExport

COLUMNS: Final = (
    Column("id", 8),
    Column("email", 0),
    Column("events", 6, right=True, sortable=False),
    Column("last", 11, sortable=False),
    Column("added", 10),
)
NEWEST: Final = Sort("added", descending=True)
_ROOM: Final = 66
"""Below this width the list leaves out when people were added: the email needs the room."""


class PeopleView(ListView):
    """The list of people."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("people")
    list_name = "people"
    columns = COLUMNS
    empty = "No people yet: n adds one, i imports a CSV, s sends an anonymous event"

    def __init__(self) -> None:
        super().__init__(id="people")
        self.question = Question(sort=NEWEST)
        self.drafts: dict[str, Any] = {}
        self._awaited: str | None = None

    def make_inspector(self) -> Widget:
        """Attributes, activity, anonymous ids, devices."""
        return PeopleInspector()

    def load(self, question: Question, cancelled: Cancelled, progress: Progress) -> Rows:
        """The row ids of all that match; people come when they are in sight."""
        return people_rows(self.workspace, question, cancelled, progress)

    def count_all(self) -> int:
        """How many people there are."""
        return self.workspace.directory.count()

    def inspect(self, key: str | None) -> None:
        """Show a person."""
        self.query_one(PeopleInspector).show(key)

    def on_resize(self, _event: events.Resize) -> None:
        """Show as many columns as there is room for, unless they were chosen."""
        if not hasattr(self, "shown_columns"):
            self.call_after_refresh(self._fit_columns)

    def _fit_columns(self) -> None:
        wanted = COLUMNS if self.table.size.width >= _ROOM else COLUMNS[:-1]
        if self.table.size.width and self.table.columns != wanted:
            self.table.show_columns(wanted)

    def show_rows(self, rows: Rows) -> None:
        """Go to the person who was just added or merged, too."""
        super().show_rows(rows)
        if self._awaited is not None:
            awaited, self._awaited = self._awaited, None
            if not self.table.go_to(awaited) and self.question.filter:
                notify_plain(self.app, "The filter hides the person: \\ switches it off")

    def go_to(self, cio_id: str) -> None:
        """Put the cursor on a person; one whom the filter hides is shown without it."""
        self.when_loaded(lambda: self._go_to(cio_id))

    def _go_to(self, cio_id: str) -> None:
        if not self.table.go_to(cio_id):
            self._awaited = cio_id
            if self.question.filter:
                self.action_toggle_filter()
            else:
                self.reload()

    def open_row(self) -> None:
        """Look at the person in the inspector, at the list of the tab that is shown."""
        self.add_class("-reading")
        self.call_after_refresh(self.query_one(PeopleInspector).focus_tab)  # on narrow screens it is shown only then

    @property
    def person(self) -> PersonRow | None:
        """The person under the cursor."""
        return self.query_one(PeopleInspector).row if self.table.key else None

    def copies(self, key: str) -> list[tuple[str, str]]:
        """Identifiers, JSON, the command line's line, the selected attribute as Liquid."""
        row = self.person
        if row is None or row.person.cio_id != key:
            return []
        one = row.person
        found = [("id", one.id), ("email", one.email), ("cio_id", one.cio_id), ("JSON", dumps(row.to_json()))]
        found.append(("cio-tui line", f"cio-tui person {_reference(row)}"))
        attribute = self.query_one(PeopleInspector).attribute
        if attribute is not None:
            found.append((f"Liquid of {visible(attribute)}", "{{" + liquid_path("customer", spell((attribute,))) + "}}"))
        return [(name, text) for name, text in found if text]

    def action_send(self) -> None:
        """Send an event to this person; without one, the form asks who."""
        row = self.person
        self.console.send(person=None if row is None else _reference(row))

    def action_identify(self) -> None:
        """Add a person."""
        from cio_tui.tui.screens.identify import IdentifyScreen

        self.app.push_screen(IdentifyScreen(None, self.drafts), self._saved)

    def action_edit(self) -> None:
        """Edit this person's attributes."""
        from cio_tui.tui.screens.identify import IdentifyScreen

        row = self.person
        if row is not None:
            self.app.push_screen(IdentifyScreen(row, self.drafts), self._saved)

    def _saved(self, receipt: Receipt | None) -> None:
        if receipt is not None:
            added = any(effect.kind == "profile_create" for effect in receipt.effects)
            notify_plain(self.app, "; ".join(receipt.notes) or "u takes it back", title="Added" if added else "Saved")
            self._await(receipt.id)

    def _await(self, cio_id: str | None) -> None:
        """The list is being read anew, or will be; the cursor goes to the person when they are there."""
        self._awaited = cio_id
        self.reload()

    def action_export_profile(self) -> None:
        """Write all that is known of this person to files."""
        row = self.person
        if row is not None:
            verb = lambda: self.workspace.exports.person(_reference(row))  # noqa: E731
            self.console.perform(verb, lambda found: self._export_profile(found, row))

    def _export_profile(self, found: "PersonExport", row: PersonRow) -> None:
        from cio_tui.tui.exporting import person_forms
        from cio_tui.tui.screens.export import ExportScreen

        what = f"Everything that is known of {visible(row.person.label)}"
        self.app.push_screen(ExportScreen(what, found.name, person_forms(found)))

    def action_merge(self) -> None:
        """Merge another person into this one."""
        from cio_tui.tui.screens.merge import MergeScreen

        row = self.person
        if row is not None:
            self.app.push_screen(MergeScreen(row), self._merged)

    def _merged(self, receipt: Receipt | None) -> None:
        if receipt is not None:
            notify_plain(self.app, "u takes it back", title="Merged")
            self._await(receipt.id)

    def action_delete(self) -> None:
        """Delete this person, when the question is answered by y."""
        row = self.person
        if row is None:
            return
        stays = f"{_counted(row)} {'stays' if row.events == 1 else 'stay'} in the log."
        detail = f"{stays} The identifiers may be used again. u takes it back."
        self._ask(f"Delete {visible(row.person.label)}?", detail, "Deleted", lambda: self.workspace.delete(_reference(row)), row)

    def action_suppress(self) -> None:
        """Delete this person and block the identifiers, when the question is answered by y."""
        row = self.person
        if row is None:
            return
        blocked = ", ".join(visible(value) for value in (row.person.id, row.person.email) if value)
        detail = (
            f"The profile goes. Blocked from then on: {blocked or 'nothing, since there is no id and no email'}. "
            "The product drops later calls for them silently. u takes it back."
        )
        verb = lambda: self.workspace.suppress(_reference(row))  # noqa: E731
        self._ask(f"Suppress {visible(row.person.label)}?", detail, "Suppressed", verb, row)

    def _ask(self, question: str, detail: str, done: str, verb: Any, row: PersonRow) -> None:
        from cio_tui.tui.screens.confirm import ConfirmScreen

        def said(receipt: Receipt) -> None:
            text = row.person.label if receipt.ok else "; ".join(receipt.reasons)
            notify_plain(self.app, text, title=done if receipt.ok else "Refused", failed=not receipt.ok)

        def answered(yes: bool | None) -> None:
            if yes:
                self.console.perform(verb, said)

        self.app.push_screen(ConfirmScreen(question, detail, "y"), answered)


def _reference(row: PersonRow) -> str:
    """The one identifier that means nobody else, whatever it looks like."""
    return f"{CIO_PREFIX}{row.person.cio_id}"


def _counted(row: PersonRow) -> str:
    return "1 event" if row.events == 1 else f"{row.events:,} events"


def people_rows(workspace: Workspace, question: Question, cancelled: Cancelled, progress: Progress) -> Rows:
    """The answer to a question about people."""
    sort = question.sort or NEWEST
    directory = workspace.directory

    def rows(ids: Sequence[int]) -> Rows:
        return FetchedRows(ids, lambda page: _fetch(workspace, page), directory.row_of)

    def grown(ids: Sequence[int]) -> bool:
        if len(ids):
            progress(lambda: rows(ids[:]))
        return not cancelled()

    ids = directory.row_ids(question.filter, order=sort.column, descending=sort.descending, grown=grown)
    return NO_ROWS if cancelled() else rows(ids)


def _fetch(workspace: Workspace, page: Sequence[int]) -> list[tuple[str, ShownRow]]:
    found = dict(workspace.directory.rows(page))
    return [shown(found[row]) if row in found else ("", ShownRow(("", "gone meanwhile", "", "", ""), DIMMED)) for row in page]


def shown(row: PersonRow) -> tuple[str, ShownRow]:
    """The key and the cells of a person."""
    one = row.person
    last = "" if row.last_event is None else format_instant(row.last_event)[5:-4]
    email = one.email or ("" if one.id else one.label)
    return one.cio_id, ShownRow((visible(one.id), visible(email), f"{row.events:,}", last, format_instant(one.added_at)[:10]))
