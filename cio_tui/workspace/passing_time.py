"""The clock's commands, and what falls due as time passes (design.md 4).

Whatever happens later is a `Due` (turn.py): it knows the next instant at which it has something to do. Going forward visits those
instants in order, so that one long jump leaves the same workspace as many short steps.
"""

from cio_tui.model.commands import AdvanceClock, ChangeSetting, HoldClock, PassTime, ReleaseClock
from cio_tui.model.errors import InputError
from cio_tui.model.instants import check_timestamp, format_instant
from cio_tui.model.receipts import Receipt
from cio_tui.workspace import clock
from cio_tui.workspace.turn import Turn


def next_due(turn: Turn) -> int | None:
    """The instant at which anything falls due next."""
    return min((at for due in turn.due if (at := due.next_due(turn)) is not None), default=None)


def pass_time(turn: Turn, to: int) -> None:
    """Go forward, handling in order all that falls due up to and at `to`."""
    while True:
        instants = [(at, place) for place, due in enumerate(turn.due) if (at := due.next_due(turn)) is not None and at <= to]
        if not instants:
            break
        at, place = min(instants)
        turn.now = max(turn.now, at)
        turn.due[place].handle(turn)
    turn.now = max(turn.now, to)


def hold(turn: Turn, command: HoldClock) -> Receipt:
    """Stop the clock, at an instant if one is given. Back is possible only to where nothing was received yet."""
    instant = turn.now if command.instant is None else check_timestamp(command.instant)
    if instant < turn.now:
        latest = turn.queries.latest_arrival()
        if latest is not None and latest > instant:
            raise InputError(
                f"the clock cannot go back to {format_instant(instant)}: activity was received at {format_instant(latest)}",
                hint="undo what came after, or use a fresh workspace",
            )
        saved = max(turn.segments.book.all(), key=lambda one: one.updated_at, default=None)
        if saved is not None and saved.updated_at > instant:
            raise InputError(
                f"the clock cannot go back to {format_instant(instant)}: segment {saved.name} was saved "
                f"at {format_instant(saved.updated_at)}",
                hint="undo what came after, or use a fresh workspace",
            )
        turn.now = instant
    else:
        pass_time(turn, instant)
    turn.settings.mode = "held"
    return _said(turn)


def advance(turn: Turn, command: AdvanceClock) -> Receipt:
    """Go forward by some seconds and stand there."""
    to = check_timestamp(turn.now + command.seconds)
    if to < turn.now:
        raise InputError("the clock only goes forward")
    pass_time(turn, to)
    turn.settings.mode = "held"
    return _said(turn)


def release(turn: Turn, _command: ReleaseClock) -> Receipt:
    """Follow the wall clock; a workspace that is ahead of it stands until the wall clock has caught up."""
    wall = clock.wall_seconds()
    notes = () if wall >= turn.now else (f"the workspace stands at {format_instant(turn.now)} until the wall clock gets there",)
    turn.settings.mode = "live"
    pass_time(turn, max(wall, turn.now))
    said = _said(turn)
    return Receipt("accepted", said.id, notes=notes)


def catch_up(_turn: Turn, _command: PassTime) -> Receipt:
    """What fell due was handled on the way to this command's instant; nothing more is to do."""
    return Receipt("accepted")


def change_setting(turn: Turn, command: ChangeSetting) -> Receipt:
    """Change a setting of the workspace."""
    before = turn.settings.choices()
    turn.settings.choose(command.name, command.value)
    if before == turn.settings.choices():
        return Receipt("accepted", notes=("nothing changed",))
    turn.note("setting_changed", settings=turn.settings.choices())
    return Receipt("accepted")


def _said(turn: Turn) -> Receipt:
    turn.note("clock_set", instant=turn.now, mode=turn.settings.mode)
    return Receipt("accepted")
