"""Is a workspace whole: the file itself, and everything that is kept beside what it was derived from; and making that anew."""

from collections import Counter
from collections.abc import Iterator

from cio_tui.model.activity import Activity
from cio_tui.model.instants import format_instant
from cio_tui.model.json_values import kind_of
from cio_tui.store import Database
from cio_tui.store.history import History
from cio_tui.store.memberships import Memberships, Standing
from cio_tui.workspace.data_index import DataIndex, properties
from cio_tui.workspace.facts import AttributesChanged, EventReceived
from cio_tui.workspace.segment_book import Book


def check(database: Database) -> Iterator[str]:
    """A line for everything that does not fit; none for a workspace that is whole. Reads all of it."""
    for (line,) in database.storage.fetch("PRAGMA integrity_check"):
        if line != "ok":
            yield f"file: {line}"
    with database.storage.snapshot():
        yield from _event_counts(database)
        yield from _attribute_counts(database)
        yield from _owners(database)
        yield from _memberships(database)
        yield from wrong_messages(database)


def wrong_messages(database: Database) -> Iterator[str]:
    """A line for each message and version that does not fit."""
    if len(database.documents("messages")) or len(database.documents("message_versions")):
        from cio_tui.workspace.message_book import check_messages

        yield from check_messages(database)


def _event_counts(database: Database) -> Iterator[str]:
    """The data index against the events that are there; purged ones are counted apart."""
    counted: Counter[tuple[str, ...]] = Counter()
    for document in database.documents("activity"):
        activity = Activity.from_document(dict(document))
        if activity.is_event:
            key = (activity.type, activity.name or "")
            counted[key] += 1
            counted.update((*key, path, kind) for path, kind, _ in properties(activity.data))
    tables: dict[str, tuple[str, ...]] = {"event_index": ("type", "name"), "property_index": ("type", "name", "path", "kind")}
    for table, fields in tables.items():
        for row in database.documents(table):
            found = counted.pop(tuple(row[name] for name in fields), 0)
            if found != row["count"] - row["purged"]:
                named = " ".join(row[name] for name in fields)
                yield f"{table}: {named} counts {row['count'] - row['purged']}, there are {found}"
    for missing, count in counted.items():
        yield f"data index: {' '.join(missing)} is missing, there are {count}"


def _attribute_counts(database: Database) -> Iterator[str]:
    kinds: Counter[tuple[str, str]] = Counter()
    for person in database.documents("people"):
        kinds.update((name, kind_of(value)) for name, value in person["attributes"].items())
    for row in database.documents("attribute_index"):
        found = kinds.pop((row["name"], row["kind"]), 0)
        if found != row["people"]:
            yield f"attribute_index: {row['name']} ({row['kind']}) counts {row['people']} people, there are {found}"
    for (name, kind), count in kinds.items():
        yield f"attribute_index: {name} ({kind}) is missing, {count} people have it"


def _owners(database: Database) -> Iterator[str]:
    known = {one["cio_id"] for table in ("people", "former_people") for one in database.documents(table)}
    for activity in database.documents("activity"):
        if activity.get("person") is not None and activity["person"] not in known:
            yield f"activity {activity['id']}: its person {activity['person']} was never here"
    for claim in database.documents("claims"):
        if claim["person"] not in known:
            yield f"claim of {claim['anonymous_id']}: its person {claim['person']} was never here"


def _memberships(database: Database) -> Iterator[str]:
    """Everybody is looked at for every segment, as of the instant up to which the workspace has been kept current."""
    memberships = Memberships(database.storage)
    for person, number in memberships.strays():
        yield f"membership of {person} in segment {number}: one of them is not here"
    edition = Book(database).current()
    from cio_tui.workspace.segment_build import Builder

    builder = Builder(database.storage, edition, _instant(database))
    for number, segment in edition.segments.items():
        stored, members = memberships.standings(number), memberships.members(number)
        expected = builder.standings(number, members) if segment.condition is not None else stored
        for person in sorted(stored.keys() | expected.keys()):
            if stored.get(person) != expected.get(person):
                found, wanted = _said(stored.get(person)), _said(expected.get(person))
                yield f"membership of {person} in {segment.name}: {found}, it should be {wanted}"
        told = memberships.members_at(number)
        if told != members:
            odd = sorted(person for person, _ in told.items() ^ members.items())
            yield f"movements of {segment.name}: they tell otherwise of {', '.join(dict.fromkeys(odd))}"[:300]


def _said(one: Standing | None) -> str:
    if one is None:
        return "not in it"
    due = "" if one.due is None else f", to be looked at again at {format_instant(one.due)}"
    return ("not in it" if one.since is None else f"in it since {format_instant(one.since)}") + due


def _instant(database: Database) -> int:
    return max((document["instant"] for document in database.documents("settings")), default=0)


def rebuild(database: Database) -> None:
    """Make the data index and who is in which segment anew from activity and people: what was purged is forgotten. The history
    is cleared, as its changesets would no longer fit.
    """
    with database.storage.transaction():
        _rebuild_index(database)
        _rebuild_memberships(database)
        History(database.storage).clear()


def _rebuild_index(database: Database) -> None:
    for table in ("event_index", "property_index", "attribute_index"):
        database.documents(table).truncate()
    index = DataIndex(database)
    for document in database.documents("activity"):
        activity = Activity.from_document(dict(document))
        if activity.is_event:
            index.hear(EventReceived(activity), activity.received_at)
    for person in database.documents("people"):
        for name, value in person["attributes"].items():
            index.hear(AttributesChanged({}, {name: value}), person["changed_at"].get(name, person["added_at"]))
    index.write()


def _rebuild_memberships(database: Database) -> None:
    """Since when the members are in is what the movements tell, and they are made to tell what is found."""
    memberships, edition, now = Memberships(database.storage), Book(database).current(), _instant(database)
    memberships.drop(memberships.strays())
    from cio_tui.workspace.segment_build import Builder

    builder = Builder(database.storage, edition, now)
    manual = [number for number, segment in edition.segments.items() if segment.condition is None]
    for number in (*manual, *edition.order):
        told, stored = memberships.members_at(number), memberships.standings(number)
        by_hand = {person: Standing(member=True, since=told.get(person, now), due=None) for person in stored}
        builder.put(number, stored, told, by_hand if number in manual else builder.standings(number, told))
