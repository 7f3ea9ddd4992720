"""The fields of the builder: heading, conditions as rows and as text in step with each other, and who matches beside them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import ContentSwitcher
from textual.worker import get_current_worker

from cio_tui.segments.definition import Definition
from cio_tui.segments.errors import DefinitionError
from cio_tui.segments.reading import read
from cio_tui.segments.writing import to_yaml
from cio_tui.tui.building.completing import known_of
from cio_tui.tui.building.drafts import Draft
from cio_tui.tui.building.heading import SIDES, Heading
from cio_tui.tui.building.judging import Question
from cio_tui.tui.building.match_panel import MatchPanel
from cio_tui.tui.building.messages import Learned, Said, TextRead
from cio_tui.tui.building.outline import Outline
from cio_tui.tui.building.outline_editor import OutlineEditor
from cio_tui.tui.building.yaml_editor import YamlEditor

if TYPE_CHECKING:
    from cio_tui.tui.app import Console

PAUSE = 0.2
"""So long nothing is typed before anything is asked, in seconds."""
_ODD = "$text-warning"


class BuilderForm(Vertical):
    """Filled from a draft and read back into one. `number` is that of the saved segment, if any."""

    DEFAULT_CSS = """
    BuilderForm {
        height: 1fr;
        & .sides { height: 1fr; margin: 1 0 0 0; }
        & ContentSwitcher { width: 3fr; height: 1fr; padding: 0 1 0 0; }
        & MatchPanel { width: 2fr; height: 1fr; }
    }
    """

    def __init__(self, draft: Draft, number: int | None) -> None:
        super().__init__()
        self._first = draft
        self._number = number
        self._segment_id = draft.id
        self._broken: DefinitionError | None = None
        self._read_text = ""
        self._text_says: Definition | None = None
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Heading; rows or text, and who matches."""
        yield Heading(self._first)
        with Horizontal(classes="sides"):
            with ContentSwitcher(initial="rows"):
                with Vertical(id="rows"):
                    yield OutlineEditor(self._first.outline)
                with Vertical(id="yaml"):
                    yield YamlEditor()
            yield MatchPanel()

    def on_mount(self) -> None:
        """Ask what the cells are offered, and begin."""
        workspace = cast("Console", self.app).workspace
        self._work(lambda: Learned(known_of(workspace)), "known")
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        draft = self._first
        if draft.text is not None:
            self.turn("yaml")
            self.yaml.area.load_text(draft.text)
            self.read_text()
            self.yaml.area.focus()
        elif self._number is None and not draft.name:
            self.heading.name_input.focus()
        else:
            self.rows.view.focus()
        self._show_kind()
        self.ask()

    def fill(self, draft: Draft) -> None:
        """Begin anew with a draft."""
        self._first, self._broken, self._segment_id = draft, None, draft.id
        self.rows.leave_cell()
        self.heading.fill(draft)
        self.rows.begin(draft.outline)
        if self.side == "yaml":
            self._write_text()
        self._begin()

    @property
    def heading(self) -> Heading:
        """Name, description, match."""
        return self.query_one(Heading)

    @property
    def rows(self) -> OutlineEditor:
        """The conditions as rows."""
        return self.query_one(OutlineEditor)

    @property
    def yaml(self) -> YamlEditor:
        """The definition as text."""
        return self.query_one(YamlEditor)

    @property
    def side(self) -> str:
        """`rows` or `yaml`."""
        return self.query_one(ContentSwitcher).current or "rows"

    @property
    def draft(self) -> Draft:
        """What is written."""
        heading = self.heading
        text = self.yaml.text if self._broken is not None else None
        return Draft(heading.segment_name, heading.description, heading.kind, self.rows.outline, self._segment_id, text)

    def _work(self, job: Callable[[], Message], group: str) -> None:
        """Run a job in a worker; its message comes unless another job of the group took over."""

        def work() -> None:
            worker = get_current_worker()
            message = job()
            if not worker.is_cancelled:
                self.post_message(message)

        self.run_worker(work, thread=True, exclusive=True, group=group, exit_on_error=False)

    @on(Learned)
    def _learned(self, event: Learned) -> None:
        event.stop()
        self.rows.known = event.known

    @on(OutlineEditor.Changed)
    def _rows_changed(self, event: OutlineEditor.Changed) -> None:
        event.stop()
        self._broken = None
        self.heading.show_match(self.heading.kind, self.rows.outline.match)
        self._changed()

    @on(Heading.Changed)
    def _fields_changed(self, event: Heading.Changed) -> None:
        event.stop()
        match = self.heading.match
        if match is not None and match != self.rows.outline.match:
            self.rows.take(Outline(match, self.rows.outline.rows))
        self._show_kind()
        if self.side == "yaml" and self._broken is None:
            self._write_text()
        self._changed()

    def _show_kind(self) -> None:
        self.rows.disabled = self.heading.kind == "manual"

    @on(YamlEditor.Changed)
    def _text_changed(self, event: YamlEditor.Changed) -> None:
        event.stop()
        if self.side == "yaml" and self.yaml.text != self._read_text:
            self._changed()

    def _changed(self) -> None:
        self.post_message(Said(""))
        if self._timer is not None:
            self._timer.stop()
        if self.heading.kind == "data":
            self.query_one(MatchPanel).busy()
        self._timer = self.set_timer(PAUSE, self._ask)

    def _ask(self) -> None:
        if self.side == "yaml" and self.yaml.text != self._read_text:
            self._work(lambda text=self.yaml.text: TextRead(text, _found(text)), "read")  # type: ignore[misc]
        else:
            self.ask()

    def read_text(self) -> None:
        """Read the text at once, where it was changed since it was read."""
        if self.side == "yaml" and self.yaml.text != self._read_text:
            self._take(TextRead(self.yaml.text, _found(self.yaml.text)))

    @on(TextRead)
    def _take(self, event: TextRead) -> None:
        event.stop()
        if event.text != self.yaml.text:
            return  # a later one is on its way
        self._read_text = event.text
        self._broken = event.found if isinstance(event.found, DefinitionError) else None
        self._text_says = None if isinstance(event.found, DefinitionError) else event.found
        self.yaml.show_problems(self._broken)
        if not isinstance(event.found, DefinitionError):
            draft = Draft.of(event.found)
            self._segment_id = draft.id
            self.heading.fill(draft)
            self.rows.take(draft.outline)
            self._show_kind()
        self.ask()

    def ask(self) -> None:
        """Ask who matches, and why the chosen person does."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        draft = self.draft
        self.query_one(MatchPanel).ask(Question(draft.definition, len(draft.outline.reading.problems), self._number))

    @on(MatchPanel.Explained)
    def _explained(self, event: MatchPanel.Explained) -> None:
        """Put the verdicts before the rows."""
        event.stop()
        if event.definition == self.draft.definition:
            known = () if event.explanation is None or isinstance(event.explanation, str) else event.explanation.proof.all()
            proofs = {one.place: one for one in known}
            places = self.rows.outline.reading.places
            told = {row: proofs[place] for row, place in enumerate(places) if place in proofs}
            self.rows.mark({row: one.holds for row, one in told.items()}, {row: one.because for row, one in told.items()})

    @on(OutlineEditor.Asked)
    def _person_wanted(self, event: OutlineEditor.Asked) -> None:
        event.stop()
        self.query_one(MatchPanel).picker.input.focus()

    @on(Heading.Turned)
    def _turned(self, event: Heading.Turned) -> None:
        event.stop()
        self.turn(event.side)

    def switch(self) -> None:
        """Show the other side, with the focus in it."""
        self.turn(SIDES[1 - SIDES.index(self.side)])
        (self.yaml.area if self.side == "yaml" else self.rows.view).focus()

    def turn(self, side: str) -> None:
        """Show a side, with what the other one says."""
        if side == self.side:
            return
        self.rows.leave_cell()
        self.read_text()
        self.query_one(ContentSwitcher).current = side
        self.heading.show_side(side)
        if side == "yaml" and self._broken is None:
            self._write_text()
            unfinished = len(self.rows.outline.reading.problems)
            if unfinished:
                self._say(f"! {unfinished} unfinished: not in the text", _ODD)
        elif self._broken is not None:
            self._say("! the text cannot be read; a change to rows replaces it", _ODD)

    def _write_text(self) -> None:
        """Bring the text in step; one that says the same stays as it was written, with its comments."""
        definition = self.draft.definition
        if definition == self._text_says:
            return
        self._text_says, self._read_text = definition, to_yaml(definition)
        self.yaml.show(self._read_text)

    def refused(self) -> str:
        """Why it cannot be saved as it is, pointing to the place; nothing when it can."""
        self.rows.leave_cell()
        self.read_text()
        problems = self.rows.outline.reading.problems if self.heading.kind == "data" else ()
        if self._broken is not None:
            self.turn("yaml")
            self.yaml.go_to_problem(self._broken)
            return str(self._broken.problems[0])
        if problems:
            self.turn("rows")
            self.rows.go_to(problems[0].row, problems[0].cell)
            return problems[0].text
        if not self.heading.segment_name.strip():
            self.heading.name_input.focus()
            return "a name is missing"
        return ""

    def take_text(self, text: str) -> None:
        """Put a text into the YAML, and read it."""
        self.turn("yaml")
        if text.strip() != self.yaml.text.strip():
            self.yaml.area.load_text(text)
            self.read_text()
        self.yaml.area.focus()

    def step_back(self) -> bool:
        """From the cell in hand to its row, from who matches to the rows; whether there was a step to take."""
        focused = self.screen.focused
        beside = focused is not None and self.query_one(MatchPanel) in focused.ancestors
        if not self.rows.leave_cell() and not beside:
            return False
        (self.rows.view if self.side == "rows" else self.yaml.area).focus()
        return True

    def _say(self, text: str, style: str = "") -> None:
        self.post_message(Said(text, style))


def _found(text: str) -> Definition | DefinitionError:
    try:
        return read(text)
    except DefinitionError as error:
        return error
