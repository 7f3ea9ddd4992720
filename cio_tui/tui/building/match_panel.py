"""The right side of the builder: how many match, who for instance, what saving changes, and why a chosen person."""

from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from cio_tui.model.instants import format_instant
from cio_tui.segments.definition import Definition
from cio_tui.segments.explain import Explanation
from cio_tui.tui.building.judging import CHANGES, Changed, Question, Somebody, Verdict, explained, judge
from cio_tui.tui.person_picker import PersonPicker
from cio_tui.tui.text import plain, visible
from cio_tui.workspace import Workspace

if TYPE_CHECKING:
    from cio_tui.tui.app import Console


class Sample(OptionList):
    """A few of those who match; the chosen one is explained."""


class MatchPanel(VerticalScroll, can_focus=False):
    """Count, sample, changes, why."""

    DEFAULT_CSS = """
    MatchPanel {
        padding: 0 1; border-left: solid $border-blurred; scrollbar-size-vertical: 1;
        & .count { dock: top; height: 1; text-style: bold; color: $foreground; text-wrap: nowrap; text-overflow: ellipsis; }
        & .heading { height: 1; color: $text-muted; text-style: bold; margin: 1 0 0 0; }
        & .changes { height: auto; display: none; margin: 1 0 0 0; }
        & .changes.-shown { display: block; }
        & Sample { height: auto; max-height: 6; background: transparent; padding: 0; scrollbar-size-vertical: 1; }
        & .why { height: auto; }
    }
    """

    class Judged(Message):
        """There is something to say to a question."""

        def __init__(self, question: Question, verdict: Verdict) -> None:
            super().__init__()
            self.question = question
            self.verdict = verdict

    class Explained(Message):
        """Why the chosen person matches a definition or does not; None when nobody is chosen."""

        def __init__(self, definition: Definition, cio_id: str, explanation: Explanation | str | None) -> None:
            super().__init__()
            self.definition = definition
            self.cio_id = cio_id
            self.explanation = explanation

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[Somebody, ...] = ()
        self._question: Question | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Static("", classes="count")
        yield Sample(compact=True)
        yield Static("", classes="changes")
        yield Static("Why", classes="heading")
        yield PersonPicker(id="why-person")
        yield Static(plain("choose somebody to see which conditions hold"), classes="why")

    @property
    def picker(self) -> PersonPicker:
        """Who is to be explained."""
        return self.query_one(PersonPicker)

    def on_resize(self) -> None:
        """Another width or height."""
        self._scroll_to_person()

    def watch_virtual_size(self) -> None:
        """There is more or less to show; where it stands is known when that is laid out."""
        self.call_later(self._scroll_to_person)

    def _scroll_to_person(self) -> None:
        """Keep in sight who is being chosen or explained, whatever came first: the room or the answers."""
        if not self.is_attached:
            return
        picker, focused = self.picker, self.screen.focused
        elsewhere = focused is not None and self in focused.ancestors and picker not in focused.ancestors
        if not elsewhere and (picker.chosen is not None or picker.has_class("-open")):
            heading = self.query_one(".heading")
            self.scroll_to(y=heading.virtual_region.y - heading.styles.margin.top - 1, animate=False, immediate=True)

    @property
    def _workspace(self) -> Workspace:
        return cast("Console", self.app).workspace

    def ask(self, question: Question) -> None:
        """Ask who matches, and why the chosen person does; what was asked before is given up."""
        self._question = question
        if question.definition.kind == "manual":
            self.workers.cancel_group(self, "judge")
            self._say_manual()
            self._explain()
            return
        self.busy()
        workspace = self._workspace

        def work() -> None:
            worker = get_current_worker()

            def tell(verdict: Verdict) -> None:
                if not worker.is_cancelled:
                    self.post_message(self.Judged(question, verdict))

            judge(workspace, question, lambda: worker.is_cancelled, tell)

        self.run_worker(work, thread=True, exclusive=True, group="judge", exit_on_error=False)
        self._explain()

    @on(Judged)
    def _judged(self, event: Judged) -> None:
        event.stop()
        if event.question == self._question:
            self._show(event.verdict)

    def _explain(self) -> None:
        row, question, workspace = self.picker.chosen, self._question, self._workspace
        if question is None:
            return
        definition = question.definition
        if row is None or definition.kind == "manual":
            self.post_message(self.Explained(definition, "", None))
            return
        cio_id = row.person.cio_id

        def work() -> None:
            worker = get_current_worker()
            explanation = explained(workspace, definition, cio_id)
            if not worker.is_cancelled:
                self.post_message(self.Explained(definition, cio_id, explanation))

        self.run_worker(work, thread=True, exclusive=True, group="why", exit_on_error=False)

    @on(Explained)
    def _explained(self, event: Explained) -> None:
        """Show it, and let it go on to the rows, unless something else is asked meanwhile."""
        chosen = self.picker.chosen
        wanted = "" if chosen is None else chosen.person.cio_id
        asked = self._question is not None and self._question.definition == event.definition
        if asked and (event.cio_id == wanted or event.explanation is None):
            self._show_why(event.explanation)
        else:
            event.stop()

    @on(PersonPicker.Chosen)
    @on(PersonPicker.Cleared)
    def _person(self, event: Message) -> None:
        event.stop()
        self._explain()

    def busy(self) -> None:
        """Say that the count is under way; the one before stays in sight, dimmed."""
        said = self.query_one(".count", Static)
        before = str(said.content).removesuffix(" …")
        said.update(Content.styled(f"{before or 'counting'} …", "dim"))

    def _show(self, verdict: Verdict) -> None:
        """Show what is known so far."""
        if verdict.error:
            self.query_one(".count", Static).update(Content.styled(f"× {visible(verdict.error)}", "$text-error"))
        elif verdict.count is not None:
            unfinished = f", {verdict.unfinished} unfinished" if verdict.unfinished else ""
            matched = f"{verdict.count:,} of {verdict.people:,} people match"
            under_way = " …" if verdict.sample is None else ""
            said = Content.assemble(matched + under_way, (unfinished, "$text-warning"))
            self.query_one(".count", Static).update(said)
        if verdict.sample is not None:
            self._show_sample(verdict.sample, (verdict.count or 0) - len(verdict.sample))
        if verdict.sample is not None or verdict.error:
            self._show_changes(verdict.changed)

    def _say_manual(self) -> None:
        """Nothing is counted for a manual segment."""
        self.query_one(".count", Static).update(plain("members are put in by hand"))
        self._show_sample((), 0)
        self._show_changes(None)

    def _show_sample(self, people: tuple[Somebody, ...], others: int) -> None:
        if people == self._people:
            return
        self._people = people
        sample = self.query_one(Sample)
        sample.clear_options()
        sample.add_options([Option(plain(one.label)) for one in people])
        if others > 0:
            sample.add_option(Option(Content.styled(f"and {others:,} more", "dim"), disabled=True))
        sample.can_focus = bool(people)

    def _show_changes(self, changed: Changed | None) -> None:
        said = self.query_one(".changes", Static)
        said.set_class(changed is not None, "-shown")
        if changed is not None:
            said.update(_changes(changed))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index < len(self._people):
            self.picker.choose({"cio_id": self._people[event.option_index].cio_id})

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()

    def _show_why(self, explanation: Explanation | str | None) -> None:
        """Show why somebody matches or does not."""
        said = self.query_one(".why", Static)
        if explanation is None:
            said.update(plain("choose somebody to see which conditions hold"))
        elif isinstance(explanation, str):
            said.update(Content.styled(visible(explanation), "$text-warning"))
        else:
            said.update(_why(explanation))


def _changes(changed: Changed) -> Content:
    if not changed.enter and not changed.leave:
        return Content.styled("saving changes nobody's membership", "dim")
    lines = [Content.styled("Saving", "bold dim")]
    for sign, count, people, verb in (
        ("→", changed.enter, changed.entering, "would enter"),
        ("←", changed.leave, changed.leaving, "would leave"),
    ):
        if count:
            more = f" and {count - CHANGES:,} more" if count > CHANGES else ""
            names = ", ".join(visible(one.label) for one in people)
            style = "$text-success" if sign == "→" else "$text-warning"
            lines.append(Content.assemble((f"{sign} {count:,} {verb}", style), f"  {names}{more}"))
    return Content("\n").join(lines)


def _why(explanation: Explanation) -> Content:
    verdict = ("✓ matches", "$text-success") if explanation.member else ("× does not match", "$text-error")
    lines = [Content.assemble(verdict)]
    for one in explanation.proof.all():
        mark = ("✓ ", "$text-success") if one.holds else ("× ", "$text-error")
        if one.place:
            lead = "  " * (len(one.place) - 1)
            lines.append(Content.assemble(lead, mark, visible(one.words), (f": {visible(one.because)}", "dim")))
    turn = "to leave" if explanation.member else "to enter"
    how = explanation.flip.words if explanation.flip is not None else explanation.no_flip
    lines.append(Content.assemble((f"{turn}: ", "bold"), visible(how)))
    if explanation.next_change_at is not None:
        lines.append(Content(f"{explanation.then} at {format_instant(explanation.next_change_at)} if nothing happens"))
    return Content("\n").join(lines)
