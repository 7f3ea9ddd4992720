"""Adding and updating people (domain.md 3.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cio_tui.model.activity import ATTRIBUTE_CHANGE, FAILED_ATTRIBUTE_CHANGE, PROFILE_CREATE, SKIPPED_UPDATE
from cio_tui.model.commands import Identify
from cio_tui.model.errors import InputError
from cio_tui.model.instants import check_timestamp
from cio_tui.model.json_values import check_given, size
from cio_tui.model.limits import ATTRIBUTE_NAME_BYTES, ATTRIBUTE_VALUE_BYTES, ATTRIBUTES_PER_PERSON
from cio_tui.model.people import Identifier, IdentifierKind, Person, checked, same_identifier
from cio_tui.model.receipts import Receipt
from cio_tui.workspace.anonymous import claim, claim_of
from cio_tui.workspace.facts import AttributesChanged, ProfileChanged
from cio_tui.workspace.roster import Roster
from cio_tui.workspace.settings import Settings
from cio_tui.workspace.turn import Turn

SETTABLE: Final[tuple[IdentifierKind, ...]] = ("id", "email")


@dataclass(slots=True)
class Update:
    """What an identify asks for, sorted out, and what becomes of it."""

    path: Identifier
    body: list[Identifier]
    attributes: dict[str, Any]
    failures: dict[str, tuple[Any, str]] = field(default_factory=dict)
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Outlook:
    """What an identify would meet: whom, what would refuse it (`conflict`: its identifiers are two people's), why the product
    would drop it, or why it would be passed over.
    """

    update: Update
    person: Person | None
    refusals: list[str]
    conflict: str = ""
    dropped: str = ""
    skipped: str = ""


def identify(turn: Turn, command: Identify) -> Receipt:
    """Update the person that the reference or an identifier among the attributes names, or add one.

    Identifiers and attributes that cannot be set are logged as `failed_attribute_change`; the others apply. Nothing but
    unchanged values gives `skipped_update`. A deleted or unknown cio_id, and a suppressed identifier, drop the call.
    """
    outlook = look_ahead(turn.roster, command)
    update, person = outlook.update, outlook.person
    when = turn.now if command.timestamp is None else check_timestamp(command.timestamp)
    if outlook.dropped:
        raise InputError(outlook.dropped)
    if outlook.skipped:
        return Receipt("skipped", None if person is None else person.cio_id, reasons=(outlook.skipped,))
    if outlook.conflict:
        raise InputError(outlook.conflict)
    if outlook.refusals:
        if not command.quiet:
            data = {"reasons": outlook.refusals, "identifier": str(update.path), "attributes": sorted(update.attributes)}
            turn.log(FAILED_ATTRIBUTE_CHANGE, data, person=person)
        return Receipt("rejected", reasons=tuple(outlook.refusals))
    created = person is None
    if person is None:
        person = Person(turn.next_cio_id(), added_at=turn.now)
    return _apply(turn, person, update, when, created=created)


def look_ahead(roster: Roster, command: Identify) -> Outlook:
    """What an identify would meet; reads only. Raises InputError for one that cannot be read."""
    update = _read(command)
    blocked = roster.suppression(update.path, *update.body)
    outlook = Outlook(update, None, limit_problems(update.attributes))
    if blocked:
        outlook.dropped = f"{blocked} is suppressed: the product drops this silently"
        return outlook
    person = outlook.person = _target(roster, update)
    unknown = next((one for one in (update.path, *update.body) if one.kind == "cio_id"), None)
    if person is None and unknown is not None:
        outlook.dropped = f"no person has the cio_id {unknown.value}: the product drops this silently"
    elif person is None and command.update_only and command.quiet:
        outlook.skipped = f"person {update.path} is not there"
    elif person is not None and command.create_only:
        outlook.skipped = f"person {update.path} is there already"
    elif person is None and command.update_only:
        outlook.refusals.append(f"person {update.path} was not found, and the call only updates")
    elif person is not None and command.quiet:
        current = person.get(update.path.kind)
        if current is not None and not person.has(update.path):
            known = next(one for one in update.body if person.has(one))
            outlook.conflict = f"the {known.kind} {known} is another person's, whose {update.path.kind} is {current}"
    return outlook


def _read(command: Identify) -> Update:
    if not isinstance(command.attributes, Mapping):
        raise InputError("the attributes must be an object")
    attributes = check_given(command.attributes)
    body = []
    for kind in ("id", "email", "cio_id"):
        value = attributes.pop(kind, None)
        if value not in (None, ""):
            body.append(checked(kind, value))
    return Update(Identifier.of(command.person), body, attributes)


def limit_problems(attributes: Mapping[str, Any]) -> list[str]:
    """What breaks a limit of domain.md 1.3, attribute by attribute."""
    problems = []
    if len(attributes) > ATTRIBUTES_PER_PERSON:
        problems.append(f"{len(attributes)} attributes at once; the limit is {ATTRIBUTES_PER_PERSON}")
    for name, value in attributes.items():
        shown = name if len(name) <= 40 else name[:39] + "…"
        if not name or "\0" in name:
            problems.append(f"attribute name {shown!r} is empty or has a NUL character")
        elif len(name.encode()) > ATTRIBUTE_NAME_BYTES:
            problems.append(f"attribute name {shown!r} is {len(name.encode())} bytes long; the limit is {ATTRIBUTE_NAME_BYTES}")
        length = len(value.encode()) if isinstance(value, str) else size(value)
        if length > ATTRIBUTE_VALUE_BYTES:
            problems.append(f"attribute {shown!r} is {length:,} bytes long; the limit is {ATTRIBUTE_VALUE_BYTES:,}")
    return problems


def _target(roster: Roster, update: Update) -> Person | None:
    """Rules 1, 2 and 5: the path's person, else the first that an identifier of the body names."""
    found = roster.find(update.path)
    if found is None and update.path.kind != "cio_id":
        known = (roster.find(identifier) for identifier in update.body)
        found = next((person for person in known if person is not None), None)
    return found


def _apply(turn: Turn, person: Person, update: Update, when: int, *, created: bool) -> Receipt:
    before = dict(person.attributes)
    wanted = [update.path, *update.body] if update.path.kind != "cio_id" else update.body
    for identifier in wanted:
        _set_identifier(turn, person, update, identifier)
    _refuse_foreign_anonymous_id(turn, person, update)
    _set_attributes(person, update, when)
    cause = None
    if update.changes or created:
        turn.save(person)
    if created:
        cause = turn.log(PROFILE_CREATE, {"identifiers": person.identifiers()}, person=person, timestamp=when).id
    if update.changes:
        cause = turn.log(ATTRIBUTE_CHANGE, update.changes, person=person, cause=cause, timestamp=when).id
        tell_attributes(turn, before, person.attributes)
    if update.changes or created:
        turn.tell(ProfileChanged(person.cio_id, frozenset(update.changes), added=created, cause=cause))
    for name, (value, reason) in update.failures.items():
        turn.log(FAILED_ATTRIBUTE_CHANGE, {name: {"to": value, "reason": reason}}, person=person, name=name, timestamp=when)
        update.notes.append(f"{name} was not set: {reason}")
    anonymous_id = update.attributes.get("anonymous_id")
    if anonymous_id not in (None, ""):
        update.notes += claim(turn, person, str(anonymous_id), cause)
    if not (created or update.changes or update.failures):
        data = {"reason": "nothing to change", "attributes": sorted(update.attributes), "notes": update.notes}
        turn.log(SKIPPED_UPDATE, {key: value for key, value in data.items() if value != []}, person=person)
        update.notes.append("nothing changed")
    return Receipt("accepted", person.cio_id, notes=tuple(update.notes), created=created)


def _set_identifier(turn: Turn, person: Person, update: Update, identifier: Identifier) -> None:
    kind, value = identifier.kind, identifier.value
    current = person.get(kind)
    if same_identifier(kind, current, value):
        return
    problem = identifier_problem(turn.roster, turn.settings, person, update, identifier)
    if problem:
        update.failures[kind] = (value, problem)
    elif kind in SETTABLE:
        setattr(person, kind, value)
        update.changes[kind] = {"from": current if current is not None else "", "to": value}


def identifier_problem(roster: Roster, settings: Settings, person: Person, update: Update, identifier: Identifier) -> str:
    """Why a person cannot be given an identifier, empty when they can or have it: rules 2 and 4, and what may replace one that
    is set: only a call by cio_id, or the email setting.
    """
    kind = identifier.kind
    current = person.get(kind)
    if same_identifier(kind, current, identifier.value):
        return ""
    owner = roster.find(identifier)
    if owner is not None and owner.cio_id != person.cio_id:
        return f"it belongs to another person ({owner.label})"
    if current is not None and not _may_replace(settings, update, kind):
        return f"{kind} is set already ({current}) and changes only by cio_id"
    return ""


def _may_replace(settings: Settings, update: Update, kind: IdentifierKind) -> bool:
    by_email_setting = kind == "email" and settings.email_updates_by_id == "on" and update.path.kind == "id"
    return kind != "cio_id" and (update.path.kind == "cio_id" or by_email_setting)


def _refuse_foreign_anonymous_id(turn: Turn, person: Person, update: Update) -> None:
    """The first claimant keeps an anonymous id (A7); the rest of the call applies."""
    value = update.attributes.get("anonymous_id")
    if value in (None, ""):
        return
    if not isinstance(value, str) or not value.strip().isprintable():
        update.failures["anonymous_id"] = (value, "it must be text that can be printed")
    else:
        update.attributes["anonymous_id"] = value.strip()
        known = claim_of(turn, value.strip())
        if known is None or known["person"] == person.cio_id:
            return
        update.failures["anonymous_id"] = (value, "another person has claimed it, and an anonymous_id is not reusable")
    del update.attributes["anonymous_id"]


def _set_attributes(person: Person, update: Update, when: int) -> None:
    """Set what differs and is not older than what is there; null takes an attribute away."""
    for name, value in update.attributes.items():
        known = name in person.attributes
        current = person.attributes.get(name)
        if person.changed_at.get(name, 0) > when:
            update.notes.append(f"{name} was not set: a later update is there already")
        elif value is None and known:
            del person.attributes[name]
            update.changes[name] = {"from": current, "to": None}
        elif value is not None and (not known or current != value or type(current) is not type(value)):
            if not known and len(person.attributes) >= ATTRIBUTES_PER_PERSON:
                update.failures[name] = (value, f"the person has {ATTRIBUTES_PER_PERSON} attributes, which is the limit")
                continue
            person.attributes[name] = value
            update.changes[name] = {"from": current if known else "", "to": value}
        else:
            continue
        if name in update.changes:
            person.changed_at[name] = when


def tell_attributes(turn: Turn, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Tell what differs between two states of a person's attributes."""
    gone = {name: value for name, value in before.items() if name not in after or after[name] is not value}
    come = {name: value for name, value in after.items() if name not in before or before[name] is not value}
    if gone or come:
        turn.tell(AttributesChanged(gone, come))
