"""What a message would say: for one person and event, for the last events of a filter, and beside another version.

A message is a saved one, by name or number, or a `Message` that nobody has saved. Rendering changes nothing and depends on
nothing but the workspace and the arguments: the same call gives the same answer. `at` is the instant that `now` means; people
and events are as they are known today.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tinydb import where
from tinydb.queries import QueryInstance

from cio_tui import filters
from cio_tui.liquid.known_paths import Known
from cio_tui.liquid.profiles import Profile
from cio_tui.messages.definition import Message
from cio_tui.messages.rendering import Rendered, Verdict, render
from cio_tui.messages.scopes import Event, Sample
from cio_tui.model.activity import EVENT_TYPES, Activity
from cio_tui.model.errors import InputError, UnknownPerson
from cio_tui.model.json_values import check_given, dumps, size
from cio_tui.model.limits import EVENT_DATA_BYTES
from cio_tui.model.paths import spell
from cio_tui.model.people import Person, Reference
from cio_tui.workspace.directory import Directory
from cio_tui.workspace.engine import Engine
from cio_tui.workspace.index_reader import IndexReader
from cio_tui.workspace.log import Log
from cio_tui.workspace.message_book import MessageBook
from cio_tui.workspace.message_differences import Comparison, difference
from cio_tui.workspace.message_reach import MessageCoverage, MessageUsage, coverage_of, usage_of
from cio_tui.workspace.message_readers import Readers, readers
from cio_tui.workspace.turn import Progress

Named = str | int | Message
"""A saved message, by name or number, or one that may not be saved."""
LAST: Final = 100
"""So many events are looked at when no number is given."""
_EVENT: Final = where("type").one_of(list(EVENT_TYPES))


@dataclass(frozen=True, slots=True)
class Preview:
    """A message rendered, and for whom: the sample says which person, event and instant. `activity` is the event's id in the
    log, None for an event that nobody has sent.
    """

    message: Message
    sample: Sample
    rendered: Rendered
    profile: Profile
    activity: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The message, person, event, instant and profile; then verdict, reasons, notes and parts."""
        person, event = self.sample.person, self.sample.event
        return {
            "message": self.message.name,
            "person": None if person is None else person.identifiers(),
            "event": None if event is None else {"id": event.id, "name": event.name, "timestamp": event.timestamp},
            "activity": self.activity,
            "at": self.sample.now,
            "profile": self.profile,
            **self.rendered.to_json(),
        }


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What came of a message for one event. `person` is the owner's best-known identifier, None for nobody; `length` counts the
    characters of the body; `missing` are the values that were missing, as the message writes them.
    """

    activity: str
    name: str
    timestamp: int
    person: str | None
    verdict: Verdict
    reason: str
    to: str
    subject: str
    length: int
    missing: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The fields by name."""
        return {name: getattr(self, name) for name in self.__slots__} | {"missing": list(self.missing)}


class Previews:
    """Messages of one workspace, rendered."""

    def __init__(self, engine: Engine, directory: Directory, log: Log, book: MessageBook) -> None:
        self._engine = engine
        self._directory = directory
        self._log = log
        self._book = book

    def preview(
        self,
        message: Named,
        *,
        person: Reference | None = None,
        event: str | None = None,
        data: Mapping[str, Any] | None = None,
        name: str | None = None,
        journey: Mapping[str, Any] | None = None,
        at: int | None = None,
        profile: Profile | None = None,
    ) -> Preview:
        """Render a message for an event of the log (`event`, its id), or for one that nobody has sent (`data`, `name`).

        Without `person`, it is the event's owner; an anonymous event and an invite have none, and neither has an invented event.
        An invented event happens at `at`, which is the workspace's instant when it is not given, and has the message's event
        as its name. For a message that has a `trigger`, `data` is that. Raises InputError for arguments that do not fit, and
        its kinds UnknownPerson and UnknownActivity.
        """
        if event is not None and (data is not None or name is not None):
            raise InputError("a preview is for an event of the log or for one that nobody has sent, not for both")
        number, known = self._message(message)
        now = self._engine.now() if at is None else at
        activity = None if event is None else self._activity(event)
        whom = self._owner(activity) if person is None else self._directory.person(person).person
        sample = Sample(now, whom, journey=_given(journey or {}, "journey"), snippets=self._book.texts(), number=number)
        if known.trigger != "event":
            sample = replace(sample, trigger=None if data is None else _given(data, "the data"))
        elif activity is not None:
            sample = replace(sample, event=_event_of(activity))
        elif data is not None or name is not None:
            called = (known.event if name is None else name).strip()
            sample = replace(sample, event=Event(called, _given(data or {}, "the data"), now))
        rendered = render(known, sample, profile=profile)
        if activity is not None:
            rendered = replace(rendered, notes=(*rendered.notes, *_starts_nothing(known, activity)))
        return Preview(known, sample, rendered, profile or known.profile, None if activity is None else activity.id)

    def over_events(
        self,
        message: Named,
        line: str = "",
        *,
        limit: int = LAST,
        at: int | None = None,
        profile: Profile | None = None,
        progress: Progress = lambda _done, _of: None,
        found: Callable[[PreviewRow], None] = lambda _row: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[PreviewRow]:
        """The message for the last events that a filter line matches, newest first, each with its own person.

        Without a `name:` in the line, only events of the message's own name count. `cancelled` is asked before each event; what
        was found so far is the answer then. `progress` is told how many of `limit` are done, `found` each row as it comes.
        Raises InputError, FilterError.
        """
        rows: list[PreviewRow] = []
        number, known = self._message(message)
        for activity, sample in self._each(known, line, limit, at, progress, cancelled, number):
            rows.append(self._row(activity, sample, render(known, sample, profile=profile)))
            found(rows[-1])
        return rows

    def compare(
        self,
        before: Named,
        after: Named,
        line: str = "",
        *,
        limit: int = LAST,
        at: int | None = None,
        progress: Progress = lambda _done, _of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Comparison:
        """Two messages, or versions of one, over the same events: only those for which what comes out differs."""
        number, one = self._message(before)
        _, other = self._message(after)
        looked, found = 0, []
        for activity, sample in self._each(other, line, limit, at, progress, cancelled, number):
            looked += 1
            known = difference(activity, self._label(sample.person), render(one, sample), render(other, sample))
            if known is not None:
                found.append(known)
        return Comparison(tuple(found), looked)

    def usage(
        self,
        message: Named,
        line: str = "",
        *,
        limit: int = LAST,
        at: int | None = None,
        progress: Progress = lambda _done, _of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> MessageUsage:
        """What a message reads, where, whether guarded, and which of the last events that a filter line matches lack it."""
        _, known = self._message(message)
        return usage_of(known, self._each(known, line, limit, at, progress, cancelled), self._book.texts())

    def coverage(
        self,
        message: Named,
        line: str = "",
        *,
        limit: int = LAST,
        at: int | None = None,
        progress: Progress = lambda _done, _of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> MessageCoverage:
        """Which branches of a message the last events that a filter line matches reach."""
        _, known = self._message(message)
        return coverage_of(known, self._each(known, line, limit, at, progress, cancelled))

    def known(self, message: Named) -> Known:
        """The paths that a message's data is known to have, for completion: attributes, and properties of its event, each with
        its kinds of value and an example.
        """
        _, one = self._message(message)
        index = IndexReader(self._engine)
        paths = {"customer.id": "identifier", "customer.email": "identifier", "customer.cio_id": "identifier"}
        for row in index.attributes():
            paths[spell(("customer", row.name))] = _about(list(row.kinds), row.examples)
        names = [one.event] if one.event else [row.name for row in index.events() if one.trigger == "event"]
        for name in names:
            try:
                properties = index.properties(name)
            except InputError:  # nobody has sent it yet
                continue
            for found in properties:
                paths.setdefault(_below_event(found.path), _about([found.kind], found.examples))
        return Known(paths, tuple(snippet.name for snippet in self._book.snippets()))

    def readers(self) -> Readers:
        """Which messages use which event, attribute and snippet."""
        return readers(self._book)

    def _each(
        self,
        message: Message,
        line: str,
        limit: int,
        at: int | None,
        progress: Progress,
        cancelled: Callable[[], bool],
        number: int = 0,
    ) -> Iterator[tuple[Activity, Sample]]:
        """The samples, until it is cancelled; each is told as done when the next one is asked for."""
        for done, found in enumerate(self.samples(message, line, limit=limit, at=at, number=number), 1):
            if cancelled():
                return
            yield found
            progress(done, limit)

    def samples(
        self, message: Message, line: str = "", *, limit: int = LAST, at: int | None = None, number: int = 0
    ) -> Iterator[tuple[Activity, Sample]]:
        """The last events that a filter line matches, newest first, each with what the message is rendered for."""
        now = self._engine.now() if at is None else at
        snippets = self._book.texts()
        people: dict[str, Person | None] = {}
        for activity in self._events(message, line, limit):
            owner = activity.person
            if owner is not None and owner not in people:
                people[owner] = self._owner(activity)
            whom = None if owner is None else people[owner]
            event = _event_of(activity) if message.trigger == "event" else None
            yield activity, Sample(now, whom, event, snippets=snippets, number=number)

    def past_events(self, message: Named, *, person: Reference | None = None, line: str = "", limit: int = LAST) -> list[str]:
        """Ids of the events that a preview can step through, newest first: of the message's own name, of one person if given."""
        _, known = self._message(message)
        whom = None if person is None else self._directory.person(person).person.cio_id
        return [one.id for one in self._events(known, line, limit, whom)]

    def _events(self, message: Message, line: str, limit: int, person: str | None = None) -> Iterator[Activity]:
        """With those that the product's log no longer shows: for what a template does, they count as much."""
        read = filters.parse(line, "activity")
        condition: QueryInstance = _EVENT
        if message.event and message.trigger == "event" and not read.uses("name"):
            condition = (where("name") == message.event) & condition
        if person is not None:
            condition = (where("person") == person) & condition
        asked = read.compile(filters.FilterContext(now=self._engine.now(), people=self._directory.matching))
        if asked is not None:
            condition = condition & asked
        for count, found in enumerate(self._engine.queries.newest(condition)):
            if count >= limit:
                return
            yield Activity.from_document(found.document)

    def _message(self, message: Named) -> tuple[int, Message]:
        if isinstance(message, Message):
            return 0, message
        saved = self._book.get(message)
        return saved.number, saved.message

    def _activity(self, activity_id: str) -> Activity:
        activity = self._log.get(activity_id).activity
        if not activity.is_event:
            raise InputError(f"{activity.id} is {activity.type}, not an event", hint="`cio-tui activity type:event` lists events")
        return activity

    def _owner(self, activity: Activity | None) -> Person | None:
        """The person an event belongs to, if that person is still there."""
        if activity is None or activity.person is None:
            return None
        try:
            return self._directory.person({"cio_id": activity.person}).person
        except UnknownPerson:
            return None

    def _row(self, activity: Activity, sample: Sample, rendered: Rendered) -> PreviewRow:
        missing = dict.fromkeys(problem.path for _, problem in rendered.problems if problem.kind == "missing" and problem.path)
        return PreviewRow(
            activity.id,
            activity.name or "",
            activity.timestamp,
            self._label(sample.person),
            rendered.verdict,
            rendered.reason,
            rendered.text("to"),
            rendered.text("subject"),
            len(rendered.text()),
            tuple(missing),
        )

    def _label(self, person: Person | None) -> str | None:
        return None if person is None else person.label


def _event_of(activity: Activity) -> Event:
    return Event(activity.name or "", activity.data, activity.timestamp, activity.id)


def _starts_nothing(message: Message, activity: Activity) -> Iterator[str]:
    if message.trigger != "event":
        yield "no event starts this message: it does not see one"
    elif activity.person is None and activity.anonymous_id is not None:
        yield "an anonymous event starts nothing until it is merged into a person (AN7)"


def _below_event(path: str) -> str:
    return f"event{path}" if path.startswith("[") else f"event.{path}"


def _about(kinds: list[str], examples: tuple[Any, ...]) -> str:
    told = ", ".join(kinds)
    return f"{told}, like {dumps(examples[0])}" if examples else told


def _given(data: Mapping[str, Any], what: str) -> dict[str, Any]:
    """Data that an event could carry. Raises InputError."""
    given = check_given(data)
    if size(given) > EVENT_DATA_BYTES:
        raise InputError(f"{what} is {size(given):,} bytes long; the limit is {EVENT_DATA_BYTES:,}")
    return given
