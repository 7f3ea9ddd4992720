"""Is a workspace whole: the file itself, and everything that is kept beside what it was derived from; and making that anew."""

from collections import Counter
from collections.abc import Iterator

from cio_tui.model.activity import Activity
from cio_tui.model.json_values import kind_of
from cio_tui.store import Database
from cio_tui.store.history import History
from cio_tui.workspace.data_index import DataIndex, properties
from cio_tui.workspace.facts import AttributesChanged, EventReceived


def check(database: Database) -> Iterator[str]:
    """A line for everything that does not fit; none for a workspace that is whole. Reads all of it."""
    for (line,) in database.storage.fetch("PRAGMA integrity_check"):
        if line != "ok":
            yield f"file: {line}"
    with database.storage.snapshot():
        yield from _event_counts(database)
        yield from _attribute_counts(database)
        yield from _owners(database)


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


def rebuild(database: Database) -> None:
    """Make the data index anew from activity and people: what was purged is forgotten. The history is cleared, as its
    changesets would no longer fit.
    """
    with database.storage.transaction():
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
        History(database.storage).clear()
