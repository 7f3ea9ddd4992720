"""The right side of the send form: checks, what sending would do, and what differs from the original."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cio_tui.tui.sending.changes import Change
from cio_tui.tui.sending.judging import Verdict
from cio_tui.tui.text import visible

LONGEST_LIST = 60
LONGEST_VALUE = 60
_STYLES = {"✓": "$text-success", "!": "$text-warning", "×": "$text-error", "–": "dim"}
_STATUS = {"accepted": "✓", "duplicate": "!", "rejected": "×"}


class VerdictPanel(VerticalScroll, can_focus=True):
    """Three lists under their headings."""

    DEFAULT_CSS = """
    VerdictPanel {
        padding: 0 1; border-left: solid $border-blurred; scrollbar-size-vertical: 1;
        &:focus { border-left: solid $border; }
        & .heading { color: $text-muted; text-style: bold; }
        & .lines { height: auto; margin: 0 0 1 0; }
        & .changes { display: none; }
        & .changes.-shown { display: block; }
    }
    """

    def compose(self) -> ComposeResult:
        """Headings and lines."""
        yield Static("Checks", classes="heading")
        yield Static("", classes="lines", id="checks")
        yield Static("Would do", classes="heading")
        yield Static("", classes="lines", id="would-do")
        yield Static("Changed from the original", classes="heading changes")
        yield Static("", classes="lines changes", id="changes")

    def show(self, verdict: Verdict) -> None:
        """Show a verdict."""
        self.query_one("#checks", Static).update(_lines((check.mark, check.text) for check in verdict.checks))
        self.query_one("#would-do", Static).update(_lines(would_do(verdict)))
        self.query(".changes").set_class(bool(verdict.changes), "-shown")
        self.query_one("#changes", Static).update(_lines(("", _change(change)) for change in verdict.changes))


def would_do(verdict: Verdict) -> list[tuple[str, str]]:
    """Status, reasons, notes and effects, each with its mark."""
    if verdict.error:
        return [("×", verdict.error)]
    receipt = verdict.receipt
    if receipt is None:
        return [("–", "nothing yet: see the checks")]
    lines: list[tuple[str, str]] = [(_STATUS[receipt.status], receipt.status)]
    lines += [("×" if not receipt.ok else "!", reason) for reason in receipt.reasons]
    lines += [("!", note) for note in verdict.notes]
    lines += [("→", effect) for effect in verdict.effects]
    return lines


def _change(change: Change) -> str:
    return f"{visible(change.what)}  {_cut(change.old)} → {_cut(change.new)}"


def _cut(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= LONGEST_VALUE else f"{shown[: LONGEST_VALUE - 1]}…"


def _lines(lines: Iterable[tuple[str, str]]) -> Content:
    """Lines with their marks in colour; a long list says how many more there are."""
    every = list(lines)
    shown = [
        Content.assemble((f"{mark} " if mark else "", _STYLES.get(mark, "dim")), Content(visible(text)[:400]))
        for mark, text in every[:LONGEST_LIST]
    ]
    if len(every) > LONGEST_LIST:
        shown.append(Content(f"and {len(every) - LONGEST_LIST:,} more"))
    return Content("\n").join(shown)
