"""`activity` and `anonymous`."""

from collections.abc import Sequence
from typing import Any, Final

import click

from cio_tui.cli.face import NARROW, Face, cell_text, moment, talk, terminal_width, verb
from cio_tui.model.activity import FAILED_EVENT
from cio_tui.workspace import Workspace, clock
from cio_tui.workspace.log import LogEntry
from cio_tui.workspace.wording import lag, owner, signs, what

_COLUMNS: Final = ("", "timestamp", "lag", "what", "person", "id", "data")
_NARROW: Final = ("", "timestamp", "what", "person", "id")
_POLL_SECONDS: Final = 0.2


@click.command("activity")
@click.argument("line", metavar="[FILTER]", default="")
@click.option("--limit", default=50, show_default=True, help="How many at the most.")
@click.option("--hidden", is_flag=True, help="Also what the product's log hides after 30 days.")
@click.option("--follow", is_flag=True, help="Go on with what arrives, oldest first, until ctrl+c.")
@verb
def activity_command(face: Face, line: str, limit: int, hidden: bool, follow: bool) -> None:
    """The activity log, newest first. FILTER is like: type:event name:order* data.total>100 since:7d -is:failed

    \b
    ○ anonymous   ● identified   → merge   × failed   ◌ beyond 30 days
    lag: how much later it was processed than it happened; — not processed
    """
    with face.workspace() as workspace:
        page = workspace.log.page(line, limit=limit, hidden=hidden)
        if follow:
            _follow(face, workspace, page.entries, line, hidden)
        elif face.json:
            for entry in page.entries:
                face.line(entry.to_json())
        else:
            show_log(face, page.entries, _nothing(workspace, line))
            if page.more is not None:
                talk(f"the newest {limit:,}: --limit shows more")


def _nothing(workspace: Workspace, line: str) -> str:
    if line:
        return f"no activity matches {line}; `--hidden` also looks beyond 30 days"
    if workspace.log.last_row():
        return "no activity in the last 30 days: `--hidden` shows what came before"
    return "no activity yet: `cio-tui send NAME --person REF` sends an event"


def show_log(face: Face, entries: Sequence[LogEntry], empty: str) -> None:
    """Entries as a table; a narrow terminal gets what matters most."""
    rows = map(cells, entries)
    if terminal_width() >= NARROW:
        face.table(_COLUMNS, rows, empty)
    else:
        face.table(_NARROW, ((sign, at[5:-1], said, who, name) for sign, at, _, said, who, name, _ in rows), empty)


def cells(entry: LogEntry) -> tuple[Any, ...]:
    """One row of the log as a table shows it: mark, timestamp, lag, what, whose, id, data."""
    one = entry.activity
    data = one.data.get("reasons", one.data) if one.type == FAILED_EVENT else one.data
    return (signs(entry), moment(one.timestamp), lag(one), what(one), owner(entry), one.id, data or None)


def _follow(face: Face, workspace: Workspace, entries: list[LogEntry], line: str, hidden: bool) -> None:
    """Print the page oldest first, then each arrival; a look at a counter tells whether anybody wrote."""
    last = workspace.log.last_row()
    for entry in reversed(entries):
        _print(face, entry)
    version = workspace.database.storage.data_version()
    while True:
        clock.wait(_POLL_SECONDS)
        workspace.engine.pass_time()
        if (seen := workspace.database.storage.data_version()) == version:
            continue
        version = seen
        last = min(last, workspace.log.last_row())  # an undo frees row ids, and what comes next takes them
        for row, entry in workspace.log.after(last, line, hidden=hidden):
            last = max(last, row)
            _print(face, entry)


def _print(face: Face, entry: LogEntry) -> None:
    if face.json:
        face.line(entry.to_json())
    else:
        face.say("  ".join(cell_text(cell) for cell in cells(entry) if cell not in ("", None)))


@click.command("anonymous")
@verb
def anonymous_command(face: Face) -> None:
    """Anonymous ids, the latest first: their events, who claimed them, when later events still merge, when the rest is purged."""
    with face.workspace() as workspace:
        rows = workspace.anonymous()
        if face.json:
            for row in rows:
                face.line(row.to_json())
            return
        columns = ("anonymous id", "events", "unclaimed", "first", "last", "claimed by", "claimed", "open until", "purged")
        shown = (
            (
                row.anonymous_id,
                row.events,
                row.unclaimed,
                moment(row.first),
                moment(row.last),
                row.claimed_by or "nobody",
                moment(row.claimed_at),
                moment(row.open_until),
                moment(row.purge_at),
            )
            for row in rows
        )
        face.table(columns, shown, "no anonymous events: `cio-tui send NAME --anonymous ID` sends one")
