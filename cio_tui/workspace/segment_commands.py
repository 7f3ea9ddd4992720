"""Saving and deleting segments, and putting people into manual ones (domain.md 4.1)."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from typing import Any, Final

from cio_tui.model.commands import ChangeMembers, DeleteSegment, SaveSegment
from cio_tui.model.comparing import fold
from cio_tui.model.errors import InputError
from cio_tui.model.json_values import dumps
from cio_tui.model.receipts import Receipt
from cio_tui.segments.conditions import Condition, Group, InSegment
from cio_tui.segments.definition import Definition
from cio_tui.segments.reading import read_tree
from cio_tui.segments.writing import to_json_tree
from cio_tui.workspace.removal import existing
from cio_tui.workspace.segment_book import Edition, Segment, named_in
from cio_tui.workspace.segment_build import Builder
from cio_tui.workspace.turn import Turn

NAME_LENGTH: Final = 100
AT_ONCE: Final = 1000
"""So many people are put into a manual segment or taken out of it at once (4.1)."""
_NEW: Final = -1


def save(turn: Turn, command: SaveSegment) -> Receipt:
    """Save a segment, and look at everybody anew; segments that look at it follow, in its new name too. Refuses rings and
    unknown segments.
    """
    life, edition = turn.segments, turn.segments.edition
    definition = read_tree(command.definition)
    definition = replace(definition, name=_checked_name(definition.name))
    before = edition.find(definition.name) if command.number is None else edition.segments.get(command.number)
    if before is None and command.number is not None:
        raise InputError(f"there is no segment {command.number}", hint="`cio-tui segment list` names them")
    if before is not None and definition.id is None:
        definition = replace(definition, id=before.definition.id)
    _refuse_taken(edition, definition, before)
    saved = Segment(_NEW if before is None else before.number, definition, turn.now, turn.now)
    followers = [] if before is None else list(_renamed(edition, before, definition.name))
    planned = Edition({**edition.segments, **{one.number: one for one in (*followers, saved)}}.values())
    _refuse_unknown(planned, saved)
    for one in followers:
        _write(turn, one)
    number = _write(turn, saved if before is None else replace(saved, created_at=before.created_at))
    life.reread()
    moved = {other for other in edition.segments if planned.targets(other) != edition.targets(other)}
    counts = Builder(turn.database.storage, life.edition, turn.now, turn.progress).build({number, *moved})
    came, went = counts.get(number, (0, 0))
    members = life.memberships.count(number)
    turn.note("segment_saved", segment=number, name=definition.name, entered=came, left=went, members=members)
    return Receipt("accepted", str(number), notes=(f"{members:,} {'person is' if members == 1 else 'people are'} in it",))


def _checked_name(name: str) -> str:
    text = name.strip()
    if not text or not text.isprintable() or len(text) > NAME_LENGTH:
        raise InputError(f"a segment needs a name of 1 to {NAME_LENGTH} characters that can be printed, not {name!r}"[:200])
    if text.isdecimal():
        raise InputError(f"a segment cannot be named {text!r}: that would be its number")
    return text


def _refuse_taken(edition: Edition, definition: Definition, before: Segment | None) -> None:
    for other in edition.segments.values():
        if before is not None and other.number == before.number:
            continue
        if fold(other.name) == fold(definition.name):
            raise InputError(f"there is a segment {other.name!r} already")
        if definition.id is not None and other.definition.id == definition.id:
            raise InputError(f"the id {definition.id} is that of segment {other.name!r}", hint="leave it out, or take another")
    if before is not None and before.kind != definition.kind:
        raise InputError(f"{before.name!r} is a {before.kind} segment and stays one", hint="delete it, or take another name")


def _refuse_unknown(planned: Edition, saved: Segment) -> None:
    """Every segment that a condition names must be there, and stay there for those that look at this one."""
    for one in (saved, *planned.segments.values()):
        for leaf in () if one.condition is None else named_in(one.condition):
            if planned.meant(leaf.segment) is None:
                if one is not saved:
                    raise InputError(f"{one.name!r} looks at segment {leaf.segment!r}: its id cannot change")
                known = ", ".join(other.name for other in planned.segments.values() if other is not saved)
                raise InputError(
                    f"there is no segment {leaf.segment!r}", hint=f"there are: {known}"[:300] if known else "save it first"
                )


def _renamed(edition: Edition, before: Segment, name: str) -> Iterator[Segment]:
    """Those that look at a segment by its name, looking at it by another one."""
    old = fold(before.name)
    if old == fold(name):
        return
    for number in sorted(edition.watching_segment(before.number)):
        one = edition.segments[number]
        if any(_is_called(leaf, old) for leaf in named_in(one.definition.condition)):
            yield replace(one, definition=replace(one.definition, condition=_calling(one.definition.condition, old, name)))


def _is_called(leaf: InSegment, key: str) -> bool:
    return isinstance(leaf.segment, str) and fold(leaf.segment.strip()) == key


def _calling(group: Group, old: str, name: str) -> Group:
    def inner(one: Condition) -> Condition:
        if isinstance(one, Group):
            return _calling(one, old, name)
        return replace(one, segment=name) if isinstance(one, InSegment) and _is_called(one, old) else one

    return replace(group, members=tuple(map(inner, group.members)))


def _write(turn: Turn, segment: Segment) -> int:
    turn.changed = True
    tree = to_json_tree(segment.definition)
    document: dict[str, Any] = {
        "name_key": fold(segment.name),
        "definition": tree,
        "created_at": segment.created_at,
        "updated_at": segment.updated_at,
    }
    # Of the content, not a count: undo gives a count back, and another process could take the next content for this one.
    document["revision"] = int.from_bytes(blake2b(dumps(document).encode(), digest_size=7).digest())
    table = turn.database.documents("segments")
    if segment.number == _NEW:
        return table.insert(document)
    table.replace(document, segment.number)
    return segment.number


def delete(turn: Turn, command: DeleteSegment) -> Receipt:
    """Take a segment away. Refused while another one looks at it."""
    life, edition = turn.segments, turn.segments.edition
    segment = edition.get(command.segment)
    users = [edition.segments[number].name for number in sorted(edition.watching_segment(segment.number))]
    if users:
        raise InputError(f"{segment.name!r} is looked at by {', '.join(users)}", hint="change or delete those first")
    count = life.memberships.count(segment.number)
    life.memberships.forget(segment.number)
    turn.database.documents("segments").remove(doc_ids=[segment.number])
    life.reread()
    turn.note("segment_deleted", segment=segment.number, name=segment.name, members=count)
    return Receipt("accepted", str(segment.number))


def change_members(turn: Turn, command: ChangeMembers) -> Receipt:
    """Put people into a manual segment, or take them out. Who is not there is refused, and nobody moves."""
    life = turn.segments
    segment = life.edition.get(command.segment)
    if segment.kind == "data":
        raise InputError(f"{segment.name!r} goes by conditions: its members cannot be chosen by hand")
    if len(command.people) > AT_ONCE:
        raise InputError(f"{len(command.people):,} people at once; the limit is {AT_ONCE:,}")
    people = [existing(turn, reference) for reference in command.people]
    moved = 0
    for person in people:
        if life.memberships.is_member(segment.number, person.cio_id) == command.remove:
            (life.take_from if command.remove else life.put_in)(turn, segment, person.cio_id)
            moved += 1
    rest = len(people) - moved
    already = f"{rest} {'were not in it' if command.remove else 'were in it already'}"
    return Receipt("accepted", str(segment.number), notes=(already,) if rest else ())
