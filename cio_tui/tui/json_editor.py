"""A JSON object to be written: the text, and below it what is wrong with it, and where."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static, TextArea

from cio_tui.tui.json_area import JsonArea
from cio_tui.tui.sending.drafts import editable_json
from cio_tui.tui.sending.reading import Problem, read_data
from cio_tui.tui.text import plain


class JsonEditor(Vertical):
    """The area with its problem."""

    DEFAULT_CSS = """
    JsonEditor {
        height: 1fr; min-height: 4;
        & JsonArea:focus { background-tint: $foreground 4%; }
        & .problem { height: auto; max-height: 3; color: $text-error; display: none; }
        & .problem.-shown { display: block; }
    }
    """

    class Changed(Message):
        """The text is another one."""

    def compose(self) -> ComposeResult:
        """The area, and the line below it."""
        yield JsonArea(editable=True)
        yield Static("", classes="problem")

    @property
    def area(self) -> JsonArea:
        """The text area."""
        return self.query_one(JsonArea)

    @property
    def text(self) -> str:
        """What is written."""
        return self.area.text

    @text.setter
    def text(self, text: str) -> None:
        area = self.area
        area.load_text(text)
        first = text.find("\n") + 1
        line = text[first:].split("\n", 1)[0]
        area.move_cursor((1, len(line)) if first else (0, len(text)))

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        data = read_data(event.text_area.text)
        self.show_problem(data if isinstance(data, Problem) else None)
        self.post_message(self.Changed())

    def show_problem(self, problem: Problem | None) -> None:
        """Say what is wrong, and mark the line."""
        below = self.query_one(".problem", Static)
        below.set_class(problem is not None, "-shown")
        self.area.mark_problem(problem.line if problem else 0, problem.column if problem else 0)
        if problem is not None:
            where = f"line {problem.line}, column {problem.column}: " if problem.line else ""
            below.update(plain(f"× {where}{problem.text}"))

    def format(self) -> bool:
        """Write the JSON with an indent of two; whether it could be read. It can be undone in the area."""
        data = read_data(self.text)
        if isinstance(data, Problem):
            self.area.focus()
            if data.line:
                self.area.move_cursor((data.line - 1, data.column - 1))
            return False
        self.area.replace(editable_json(data), (0, 0), self.area.document.end)
        return True
