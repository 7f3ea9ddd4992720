"""Every action of the console, in one table: keys, footer, palette, help and `docs/keys.md` are made from it.

An action has an id (what a key map names), its keys, the context in which they work, and the method that does it. A context is a
widget or a screen: while the focus is in it, its actions and those of the contexts around it work.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a person can do. `method` is Textual's action; `shown` says whether the footer names it.

    `first` says that it goes before what a widget with the focus does with the key: text areas take some for themselves.
    """

    id: str
    title: str
    keys: str
    method: str
    context: str
    shown: bool = False
    first: bool = False


CONTEXTS: Final[Mapping[str, str]] = {
    "console": "Everywhere",
    "view": "In every view",
    "list": "In every list",
    "activity": "Activity",
    "people": "People",
    "index": "Data index",
    "anonymous": "Anonymous ids",
    "segments": "Segments",
    "messages": "Messages",
    "inspector": "Inspector",
    "message": "A message",
    "preview": "Preview of a message",
    "person-segments": "Segments of a person",
    "filter": "Filter line",
    "picker": "Choosing a person",
    "name": "Event name",
    "form": "Forms",
    "send": "Send event",
    "editor": "Message editor",
    "editor-preview": "Preview in the editor",
    "offers": "Text of a message",
    "builder": "Segment builder",
    "outline": "Conditions of a segment",
    "cell": "A cell of a condition",
    "claim": "What if, identify as",
    "dialog": "Dialogs",
    "clock": "Clock",
    "help": "Help",
    "notifications": "Notifications",
    "columns": "Columns",
    "copying": "Copy",
    "export": "Export",
    "import": "Import",
    "import-path": "File of an import",
    "import-line": "Line above or below a list of an import",
    "imports": "Imports that were made",
}
"""The contexts, and what help calls them. One context may lie inside another: a list inside a view
inside the console; Textual looks for an action where its key is bound, so each context's methods are in one class."""

_VIEWS: Final = ("activity", "people", "index", "anonymous", "segments", "messages")
INSIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "view": ("console",),
    **dict.fromkeys(_VIEWS, ("view",)),
    "inspector": _VIEWS[:-1],  # messages have their own: there the brackets step through events
    "filter": _VIEWS,
    "person-segments": ("people",),
    "message": ("messages",),
    "preview": ("activity", "message", "editor-preview", "dialog"),
    "list": ("inspector", "message", "person-segments", "notifications", "editor", "dialog", "import", "imports"),
    "picker": ("form", "claim", "inspector", "builder", "message", "editor-preview"),
    **dict.fromkeys(("import-path", "import-line"), ("import",)),
    "name": ("form",),
    **dict.fromkeys(("builder", "send", "editor"), ("form",)),
    **dict.fromkeys(("editor-preview", "offers"), ("editor",)),
    **dict.fromkeys(("outline", "cell"), ("builder",)),
    **dict.fromkeys(
        ("claim", "clock", "help", "notifications", "columns", "copying", "export", "import", "imports"), ("dialog",)
    ),
}
"""In which contexts a context can lie: their actions work together, so no two of them may have the same key."""

ACTIONS: Final = (
    Action("view.people", "People", "1", "view('people')", "console"),
    Action("view.activity", "Activity", "2", "view('activity')", "console"),
    Action("view.index", "Data index", "3", "view('index')", "console"),
    Action("view.anonymous", "Anonymous ids", "4", "view('anonymous')", "console"),
    Action("view.segments", "Segments", "5", "view('segments')", "console"),
    Action("view.messages", "Messages", "6", "view('messages')", "console"),
    Action("palette", "Palette", "ctrl+p,colon", "command_palette", "console", shown=True),
    Action("help", "Help", "f1,question_mark", "help", "console", shown=True),
    Action("jump", "Jump", "ctrl+o", "jump", "console"),
    Action("clock", "Clock", "ctrl+t", "clock", "console", shown=True),
    Action("undo", "Undo", "u", "undo", "console", shown=True),
    Action("redo", "Redo", "ctrl+r", "redo", "console"),
    Action("notifications", "Notifications", "f2", "notifications", "console"),
    Action("zoom", "Zoom", "z", "zoom", "console"),
    Action("redraw", "Redraw", "ctrl+l", "redraw", "console"),
    Action("quit", "Quit", "ctrl+q", "quit", "console"),
    Action("list.up", "Up", "up,k", "move(-1)", "list"),
    Action("list.down", "Down", "down,j", "move(1)", "list"),
    Action("list.page-up", "Page up", "pageup", "page(-1)", "list"),
    Action("list.page-down", "Page down", "pagedown", "page(1)", "list"),
    Action("list.half-up", "Half a page up", "ctrl+u", "page(-0.5)", "list"),
    Action("list.half-down", "Half a page down", "ctrl+d", "page(0.5)", "list"),
    Action("list.first", "First row", "home,g", "first", "list"),
    Action("list.last", "Last row", "end,G", "last", "list"),
    Action("list.column-left", "Column to the left", "less_than_sign,left,h", "column(-1)", "list"),
    Action("list.column-right", "Column to the right", "greater_than_sign,right,l", "column(1)", "list"),
    Action("list.sort", "Sort by the column", "equals_sign", "sort", "list"),
    Action("list.mark", "Mark", "space", "mark", "list"),
    Action("list.only-marked", "Only marked", "M", "only_marked", "view"),
    Action("list.choose", "Open", "enter", "choose", "list"),
    Action("list.filter", "Filter", "slash", "edit_filter", "view", shown=True),
    Action("list.filter-toggle", "Filter off and on", "backslash", "toggle_filter", "view"),
    Action("list.columns", "Columns", "c", "choose_columns", "view"),
    Action("list.export", "Export", "x", "export", "view"),
    Action("list.copy", "Copy", "y", "copy", "view", shown=True),
    Action("import", "Import a CSV", "i", "app.import", "view"),
    Action("imports", "Imports that were made", "I", "app.imports", "view"),
    Action("activity.send", "Send", "s", "send", "activity", shown=True),
    Action("activity.resend", "Resend", "r", "resend", "activity", shown=True),
    Action("activity.follow", "Follow", "f", "follow", "activity", shown=True),
    Action("activity.who", "Identified, anonymous, all", "w", "who", "activity"),
    Action("activity.beyond", "Beyond 30 days", "b", "beyond", "activity"),
    Action("activity.cause", "Go to its cause", "left_parenthesis", "to_cause", "activity"),
    Action("activity.effect", "Go to what it caused", "right_parenthesis", "to_effect", "activity"),
    Action("people.send", "Send", "s", "send", "people", shown=True),
    Action("people.add", "Add", "n", "identify", "people", shown=True),
    Action("people.edit", "Edit", "e", "edit", "people", shown=True),
    Action("people.merge", "Merge", "m", "merge", "people", shown=True),
    Action("people.export", "Export profile data", "X", "export_profile", "people"),
    Action("people.delete", "Delete", "d", "delete", "people"),
    Action("people.suppress", "Suppress", "S", "suppress", "people"),
    Action("index.switch", "Switch list", "t", "switch", "index", shown=True),
    Action("index.send", "Send", "s", "send", "index", shown=True),
    Action("index.resend", "Resend", "r", "resend", "index", shown=True),
    Action("index.open", "Its activity", "o", "open_activity", "index"),
    Action("anonymous.identify", "Identify as", "m", "identify", "anonymous", shown=True),
    Action("anonymous.what-if", "What if", "v", "what_if", "anonymous", shown=True),
    Action("anonymous.send", "Send", "s", "send", "anonymous", shown=True),
    Action("segments.new", "New", "n", "new", "segments", shown=True),
    Action("segments.edit", "Edit", "e", "edit", "segments", shown=True),
    Action("segments.why", "Why", "w", "why", "segments", shown=True),
    Action("segments.as-of", "As of", "t", "as_of", "segments", shown=True),
    Action("segments.add", "Add people", "a", "add", "segments", shown=True),
    Action("segments.remove", "Remove people", "r", "remove", "segments"),
    Action("segments.delete", "Delete", "d", "delete", "segments"),
    Action("messages.new", "New", "n", "new", "messages", shown=True),
    Action("messages.edit", "Edit", "e", "edit", "messages", shown=True),
    Action("messages.earlier", "Earlier event", "left_square_bracket", "event(-1)", "messages", shown=True),
    Action("messages.later", "Later event", "right_square_bracket", "event(1)", "messages", shown=True),
    Action("messages.person", "For whom", "p", "person", "messages"),
    Action("messages.switch", "Switch list", "t", "switch", "messages", shown=True),
    Action("messages.send", "Send its event", "s", "send", "messages"),
    Action("messages.delete", "Delete", "d", "delete", "messages"),
    Action(
        "inspector.next-tab",
        "Next tab, next anonymous event",
        "right_square_bracket,right_curly_bracket",
        "tab(1)",
        "inspector",
    ),
    Action(
        "inspector.previous-tab",
        "Previous tab, previous anonymous event",
        "left_square_bracket,left_curly_bracket",
        "tab(-1)",
        "inspector",
    ),
    Action("inspector.back", "Back to the list", "escape,q", "back", "inspector"),
    Action("message.next-tab", "Next tab", "right_curly_bracket", "tab(1)", "message"),
    Action("message.previous-tab", "Previous tab", "left_curly_bracket", "tab(-1)", "message"),
    Action("message.back", "Stop, back to the list", "escape,q", "back", "message"),
    Action("preview.source", "Text or source", "v", "source", "preview", shown=True),
    Action("preview.browser", "In a browser", "o", "browser", "preview", shown=True),
    Action("preview.message", "Which message", "m", "message", "preview", shown=True),
    Action("person-segments.others", "Those without the person, too", "o", "others", "person-segments"),
    Action("person-segments.when", "Why, and when it changes", "w", "when", "person-segments"),
    Action("filter.accept", "To the list", "enter,down", "accept", "filter"),
    Action("filter.back", "Back, keeping it", "escape", "back", "filter"),
    Action("filter.complete", "Complete", "tab", "complete", "filter"),
    Action("picker.hits", "To the hits", "down", "hits", "picker"),
    Action("picker.choose", "Choose the first", "enter", "choose", "picker"),
    Action("name.next", "Next match", "down", "match(1)", "name"),
    Action("name.previous", "Previous match", "up", "match(-1)", "name"),
    Action("name.take", "Take the match", "enter", "take", "name"),
    Action("form.submit", "Do it", "ctrl+s", "submit", "form", shown=True),
    Action("form.dry-run", "Dry run", "f5", "dry_run", "form", shown=True),
    Action("form.editor", "In $EDITOR", "f4", "external_editor", "form", shown=True),
    Action("form.format", "Format the JSON", "f8", "format", "form"),
    Action("form.new", "Start empty", "ctrl+n", "new", "form"),
    Action("form.close", "Close", "escape", "close", "form", shown=True),
    Action("form.help", "Help", "f1", "app.help", "form"),
    Action("form.jump", "Jump", "ctrl+o", "app.jump", "form"),
    Action("send.preview", "Preview a message", "f6", "preview", "send", shown=True, first=True),
    Action("editor.switch", "Write, preview", "f3", "switch", "editor", shown=True),
    Action("editor.earlier", "Earlier event", "f6", "event(-1)", "editor", shown=True, first=True),
    Action("editor.later", "Later event", "f7", "event(1)", "editor", shown=True, first=True),
    Action("editor.source", "Text or source", "f9", "source", "editor"),
    Action("editor.browser", "In a browser", "ctrl+b", "browser", "editor"),
    Action("editor.compare", "Compare with what is saved", "f12", "compare", "editor"),
    Action("editor-preview.earlier", "Earlier event", "left_square_bracket", "event(-1)", "editor-preview"),
    Action("editor-preview.later", "Later event", "right_square_bracket", "event(1)", "editor-preview"),
    Action("offers.open", "Complete", "ctrl+@", "offer", "offers"),
    Action("builder.switch", "Rows, YAML", "f3", "switch", "builder", shown=True),
    Action("outline.up", "Up", "up,k", "move(-1)", "outline"),
    Action("outline.down", "Down", "down,j", "move(1)", "outline"),
    Action("outline.left", "Cell to the left", "left,h", "cell(-1)", "outline"),
    Action("outline.right", "Cell to the right", "right,l", "cell(1)", "outline"),
    Action("outline.edit", "Edit the cell", "enter", "ask('edit')", "outline", shown=True),
    Action("outline.add", "Condition below", "a", "ask('add')", "outline", shown=True),
    Action("outline.where", "Where-row", "w", "ask('where')", "outline", shown=True),
    Action("outline.group", "Into a group", "g", "ask('group')", "outline", shown=True),
    Action("outline.delete", "Delete", "d,delete", "ask('delete')", "outline", shown=True),
    Action("outline.undo", "Undo in the form", "u", "ask('undo')", "outline", shown=True),
    Action("outline.earlier", "Move up", "shift+up", "ask('up')", "outline"),
    Action("outline.later", "Move down", "shift+down", "ask('down')", "outline"),
    Action("outline.person", "Why for a person", "p", "ask('person')", "outline", shown=True),
    Action("cell.next-offer", "Next of what is offered", "down", "offer(1)", "cell"),
    Action("cell.previous-offer", "Previous of what is offered", "up", "offer(-1)", "cell"),
    Action("cell.take", "Take it, and to the next cell", "enter,tab", "leave(1)", "cell"),
    Action("cell.back", "To the cell before", "shift+tab", "leave(-1)", "cell"),
    Action("claim.submit", "Identify", "ctrl+s", "submit", "claim", shown=True),
    Action("dialog.close", "Close", "escape", "close", "dialog", shown=True),
    Action("dialog.help", "Help", "f1", "app.help", "dialog"),
    Action("dialog.jump", "Jump", "ctrl+o", "app.jump", "dialog"),
    Action("clock.do", "Do it", "ctrl+s", "do", "clock"),
    Action("help.up", "Up", "up", "scroll(-1)", "help"),
    Action("help.down", "Down", "down", "scroll(1)", "help"),
    Action("help.page-up", "Page up", "pageup", "page(-1)", "help"),
    Action("help.page-down", "Page down", "pagedown", "page(1)", "help"),
    Action("notifications.copy", "Copy", "y", "copy", "notifications"),
    Action("columns.show", "Show these", "ctrl+s", "show", "columns"),
    Action("copying.file", "Into a file", "f", "to_file", "copying"),
    Action("export.write", "Write the file", "ctrl+s", "write", "export"),
    Action("import.next", "Next step", "ctrl+s", "next", "import", shown=True),
    Action("import.back", "Step back", "b", "back", "import", shown=True),
    Action("import.name", "Name the column", "n", "name", "import"),
    Action("import.leave-out", "Leave the column out, take it in", "d", "leave_out", "import"),
    Action("import.filter", "Filter the problems", "slash", "filter", "import"),
    Action("import.bad-rows", "Write the bad rows", "e", "bad_rows", "import"),
    Action("import.take-back", "Take the import back", "u", "take_back", "import"),
    Action("import.records", "Earlier imports", "o", "records", "import"),
    Action("import-path.complete", "Complete", "tab", "want('complete')", "import-path"),
    Action("import-path.list", "To the list", "down", "want('list')", "import-path"),
    Action("import-line.take", "Take it, and to the list", "enter", "leave(True)", "import-line"),
    Action("import-line.leave", "To the list", "down", "leave(False)", "import-line"),
    Action("imports.resume", "Resume one that stopped half-way", "r", "resume", "imports"),
    Action("imports.take-back", "Take it back", "t", "take_back", "imports"),
    Action("imports.bad-rows", "Write its bad rows", "e", "bad_rows", "imports"),
)
"""The whole table, in the order in which help and the footer show it."""


def actions_of(context: str) -> tuple[Action, ...]:
    """The actions of one context."""
    return tuple(action for action in ACTIONS if action.context == context)


def bindings(context: str) -> list[BindingType]:
    """Textual's bindings for one context; each carries its action's id, so that a key map can change it."""
    return [
        Binding(action.keys, action.method, action.title, show=action.shown, priority=action.first, id=action.id)
        for action in actions_of(context)
    ]
