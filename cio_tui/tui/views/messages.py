"""Messages: what is saved to be sent, and the snippets that messages share. What one becomes is in `messages_inspector`."""

from typing import ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from cio_tui import filters
from cio_tui.messages.definition import Message
from cio_tui.model.receipts import Receipt
from cio_tui.tui.actions import bindings
from cio_tui.tui.filter_line import FilterLine
from cio_tui.tui.kind_switch import KindName, KindSwitch
from cio_tui.tui.list_view import ListView
from cio_tui.tui.previewing.problems import ProblemsView
from cio_tui.tui.previewing.shown import Told
from cio_tui.tui.rows import NO_ROWS, Cancelled, HeldRows, Progress, Question, Rows
from cio_tui.tui.text import notify_plain, visible
from cio_tui.tui.views.messages_inspector import MessageInspector
from cio_tui.tui.views.messages_rows import COLUMNS, Kind, MessageRow, SnippetRow, copies_of, message_rows


class MessagesView(ListView):
    """The two lists."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("messages")
    list_name: filters.ListName = "messages"
    columns = COLUMNS["messages"]

    def __init__(self) -> None:
        super().__init__(id="messages")
        self.question = Question(who="messages")
        self._shown: Kind = "messages"
        self._asked: dict[Kind, Question] = {}
        self._awaited: str | None = None

    @property
    def kind(self) -> Kind:
        """Which of the two lists is shown."""
        return _kind(self.question)

    def make_inspector(self) -> Widget:
        """Preview, problems, events, coverage, usage, versions."""
        return MessageInspector()

    @property
    def inspector(self) -> MessageInspector:
        """The inspector."""
        return self.query_one(MessageInspector)

    def on_mount(self) -> None:
        """The switch stands above the filter line."""
        self.query_one(".list-side").mount(KindSwitch(tuple(COLUMNS)), before=0)
        self.call_after_refresh(self._turn)

    def load(self, question: Question, _cancelled: Cancelled, _progress: Progress) -> Rows:
        """The messages or snippets that match, in order."""
        return message_rows(self.workspace, _kind(question), question)

    def count_all(self) -> int:
        """How many there are without a filter."""
        messages = self.workspace.messages
        return len(messages.snippets() if self.kind == "snippets" else messages.all())

    def why_empty(self) -> str:
        """What to press first."""
        if self.question.filter:
            return super().why_empty()
        if self.kind == "snippets":
            return "No snippets yet: n writes one\nA message puts it in with {{ snippets.name }}"
        return "No messages yet: n writes one\nand shows what it becomes for any event"

    def row(self, key: str | None) -> MessageRow | SnippetRow | None:
        """The row with a key."""
        if key is None or not isinstance(self._rows, HeldRows):
            return None
        place = self._rows.place(key)
        found: MessageRow | SnippetRow | None = None if place is None else self._rows.items[place]
        return found

    @property
    def message(self) -> MessageRow | None:
        """The message under the cursor."""
        row = self.row(self.table.key)
        return row if isinstance(row, MessageRow) else None

    def inspect(self, key: str | None) -> None:
        """Show a message or a snippet."""
        self.inspector.show(self.row(key))
        self.refresh_bindings()

    def ask(self, question: Question) -> None:
        """Show the answer to another question; the other list's line and order are kept for it."""
        before = self.kind
        self._asked[before] = self.question
        super().ask(question)
        if self.kind != before:
            self._turn()

    def _turn(self) -> None:
        """Make everything around the list follow the switch."""
        for switch in self.query(KindSwitch):
            switch.show(self.kind)
        if self._shown == self.kind:
            return
        self._shown = self.kind
        self.list_name = self.kind
        self.columns = COLUMNS[self.kind]
        self._rows = None
        self.only_marked = False
        self.table.marks.clear()
        self.table.replace_rows(NO_ROWS, stay=False)
        self.table.column = 0
        self.table.show_columns(self.columns, of=self.columns)
        self.query_one(FilterLine).turn_to(self.list_name, self.question.line)
        self.refresh_bindings()

    @on(KindName.Clicked)
    def _kind_clicked(self, event: KindName.Clicked) -> None:
        event.stop()
        self.show_kind("snippets" if event.kind == "snippets" else "messages")

    def show_kind(self, kind: Kind) -> None:
        """Show messages or snippets, asked as they were asked last."""
        if kind != self.kind:
            self.ask(self._asked.get(kind, Question(who=kind)))
            self.action_back()

    def action_switch(self) -> None:
        """Snippets instead of messages, or the other way round."""
        self.show_kind("messages" if self.kind == "snippets" else "snippets")

    def show_rows(self, rows: Rows) -> None:
        """Go to what was just saved, too."""
        super().show_rows(rows)
        if self._awaited is not None and self.table.go_to(self._awaited):
            self._awaited = None

    def after_load(self) -> None:
        """What is awaited and not there is hidden by the filter, or gone."""
        if self._awaited is not None and self.question.filter:
            self.action_toggle_filter()
        else:
            self._awaited = None

    def go_to(self, key: str) -> None:
        """Put the cursor on a message by its number, or on a snippet by its name, without the filter if that hides it."""
        if not self.table.go_to(key):
            self._awaited = key
            self.reload()

    def go_to_message(self, number: int) -> None:
        """Put the cursor on a message, whichever list is shown."""
        self.show_kind("messages")
        self.go_to(str(number))

    def open_row(self) -> None:
        """Look at the row in the inspector, at the tab that is shown."""
        self.add_class("-reading")
        self.call_after_refresh(self.inspector.take_focus)  # on narrow screens it is shown only then

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """A snippet has no event, and nobody whom it is for."""
        return action not in ("event", "person", "send") or self.kind == "messages"

    def action_event(self, step: int) -> None:
        """Preview with a later event, or with an earlier one: -1."""
        self.inspector.step(step)

    def action_person(self) -> None:
        """Choose for whom it is previewed."""
        if self.message is not None:
            self.add_class("-reading")
            self.call_after_refresh(self.inspector.picker.input.focus)

    def action_send(self) -> None:
        """Send an event that starts the message."""
        row = self.message
        if row is not None:
            self.console.send(name=row.saved.message.event or None)

    def action_new(self) -> None:
        """Write a message or a snippet."""
        if self.kind == "snippets":
            self._edit_snippet(None)
        else:
            self._edit(None)

    def action_edit(self) -> None:
        """Edit what is under the cursor."""
        row = self.row(self.table.key)
        if isinstance(row, SnippetRow):
            self._edit_snippet(row.snippet.name)
        elif row is not None:
            self._edit(row.saved.number)

    @on(ProblemsView.Wanted)
    def _problem_wanted(self, event: ProblemsView.Wanted) -> None:
        """Edit the message where the problem is; a snippet's own are in the snippet."""
        event.stop()
        row, source = self.message, event.told.problem.source
        name = source.removeprefix("snippets.")
        if source and name in {snippet.name for snippet in self.workspace.messages.snippets()}:
            self._edit_snippet(name, event.told)
        elif row is not None:
            self._edit(row.saved.number, event.told)

    def _edit(self, number: int | None, at: Told | None = None) -> None:
        from cio_tui.tui.screens.message_editor import MessageEditor

        event = None if number is None else self.inspector.event_id
        self.app.push_screen(MessageEditor(number, event=event, at=at), self._saved)

    def _edit_snippet(self, name: str | None, at: Told | None = None) -> None:
        from cio_tui.tui.screens.snippet_editor import SnippetEditor

        self.app.push_screen(SnippetEditor(name, at=at), self._saved)

    def _saved(self, receipt: Receipt | None) -> None:
        if receipt is not None and receipt.ok:
            notify_plain(self.app, "; ".join(receipt.notes) or "it is kept as its own version", title="Saved")
            self._awaited = receipt.id
            self.reload()

    def action_delete(self) -> None:
        """Delete what is under the cursor, when the question is answered by y."""
        from cio_tui.tui.screens.confirm import ConfirmScreen

        row = self.row(self.table.key)
        if row is None:
            return
        workspace = self.workspace
        if isinstance(row, SnippetRow):
            name, detail = row.snippet.name, "Messages that put it in fail from then on. u takes it back."
            verb = lambda: workspace.delete_snippet(row.snippet.name)  # noqa: E731
        else:
            count = row.saved.version
            kept = "its only version" if count == 1 else f"all its {count:,} versions"
            name, detail = row.saved.name, f"With it goes {kept}. u takes it back."
            verb = lambda: workspace.delete_message(row.saved.number)  # noqa: E731

        def said(receipt: Receipt) -> None:
            text = "; ".join((name, *receipt.notes)) if receipt.ok else "; ".join(receipt.reasons)
            notify_plain(self.app, text, title="Deleted" if receipt.ok else "Refused", failed=not receipt.ok)

        def answered(yes: bool | None) -> None:
            if yes:
                self.console.perform(verb, lambda receipt: said(cast(Receipt, receipt)))

        self.app.push_screen(ConfirmScreen(f"Delete {visible(name)}?", detail, "y"), answered)

    def copies(self, key: str) -> list[tuple[str, str]]:
        """Name, file, body, JSON, command line; of a snippet how Liquid writes it."""
        row = self.row(key)
        return [] if row is None else copies_of(row)

    def new_message(self, message: Message, event: str | None = None) -> None:
        """Write a new message that begins as this one, previewed with a past event."""
        from cio_tui.tui.screens.message_editor import MessageEditor

        self.app.push_screen(MessageEditor(start=message, event=event), self._saved)


def _kind(question: Question) -> Kind:
    return "snippets" if question.who == "snippets" else "messages"
