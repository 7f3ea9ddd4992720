"""Events of an import by the piece: what `tracking.track` makes of a quiet event of a known person, at a third of the price.

Nothing is refused here. What breaks a rule, carries an id, or needs a look at anything but its person, is left to `track`.
"""

from typing import Any, Final

from cio_tui.model.commands import Command, Track
from cio_tui.model.errors import InputError
from cio_tui.model.instants import check_timestamp
from cio_tui.model.json_values import dumps
from cio_tui.model.limits import EVENT_DATA_BYTES
from cio_tui.model.receipts import Receipt
from cio_tui.store.plain_events import PlainEventRows
from cio_tui.workspace.data_index import DataIndex, is_flat_text
from cio_tui.workspace.tracking import checked_data, name_problems, normal_name
from cio_tui.workspace.turn import Turn

_TAKEN: Final = Receipt("accepted")
"""An import counts, and asks for no ids: one receipt is enough."""
_NAMES: Final = 5_000
_LONG: Final = EVENT_DATA_BYTES // 4
"""Characters of data that are within the limit whatever they are."""


class PlainEvents:
    """The plain events of one turn. They are among the log's rows, and so for other commands, when `write` was called."""

    def __init__(self, turn: Turn, index: DataIndex) -> None:
        self._turn = turn
        self._index = index
        self._rows = PlainEventRows(turn.database.storage)
        self._names: dict[str, str] = {}
        self._keys: set[tuple[str, ...]] = set()
        self._watched = bool(turn.segments.edition.order)

    def take(self, command: Command) -> Receipt | None:
        """Take an event in, as `track` would; None for what is not plain."""
        if not self._turn.silent or type(command) is not Track or not _is_plain(command) or command.person is None:
            return None
        turn = self._turn
        try:
            name = self._names.get(command.name) or self._name(command.name)
            timestamp = turn.now if command.timestamp is None else check_timestamp(command.timestamp)
            keys = self._known_keys(data := command.data)
            data = data if keys and isinstance(data, dict) else checked_data(data)
            person = turn.roster.owner(command.person)
        except InputError:
            return None
        document = dumps({"data": data})
        if person is None or not name or len(document) > _LONG:
            return None
        if self._watched and turn.segments.watching(person, "event", name, timestamp, turn.now):
            return None
        self._rows.add(turn.next_id(), name, person, timestamp, turn.now, document)
        if keys:
            self._index.received_flat(("event", name), keys, data, turn.now)
        else:
            self._index.received("event", name, data, turn.now)
        turn.changed = True
        return _TAKEN

    def write(self) -> None:
        """Put those that were taken in into the log."""
        self._rows.write()

    def _known_keys(self, data: Any) -> tuple[str, ...] | None:
        """The keys of data that is plain ASCII text under keys that were checked; None for all that has to be looked into."""
        if type(data) is not dict or not is_flat_text(data, ascii_only=True):
            return None
        keys = tuple(data)
        if keys not in self._keys:
            checked_data(data)
            if len(self._keys) >= _NAMES:
                self._keys.clear()
            self._keys.add(keys)
        return keys

    def _name(self, given: str) -> str | None:
        """The name as it is stored; None for one that cannot be."""
        name, _ = normal_name(given)
        if name_problems(name):
            return None
        if len(self._names) >= _NAMES:
            self._names.clear()
        self._names[given] = name
        return name


def _is_plain(command: Track) -> bool:
    return (
        command.quiet
        and type(command.name) is str
        and command.id is None
        and command.anonymous_id is None
        and command.cause is None
        and command.type == "event"
    )
