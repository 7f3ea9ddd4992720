"""Deleting, suppressing and unsuppressing people (domain.md 3.1)."""

from cio_tui.model.activity import PROFILE_DELETE
from cio_tui.model.commands import DeletePerson, SuppressPerson, UnsuppressPerson
from cio_tui.model.errors import InputError
from cio_tui.model.people import Identifier, Person, Reference
from cio_tui.model.receipts import Receipt
from cio_tui.workspace.facts import ProfileGone
from cio_tui.workspace.identity import tell_attributes
from cio_tui.workspace.turn import Turn


def existing(turn: Turn, reference: Reference) -> Person:
    """The person a reference means. Raises InputError when there is none."""
    person = turn.roster.refer(reference)
    if person is None:
        raise InputError(f"person {Identifier.of(reference)} was not found", hint="`cio-tui people` lists who is there")
    return person


def delete(turn: Turn, command: DeletePerson) -> Receipt:
    """Remove a person. Their activity stays; the same identifiers make a new person."""
    person = existing(turn, command.person)
    take_out(turn, person, {})
    return Receipt("accepted", person.cio_id)


def take_out(turn: Turn, person: Person, data: dict[str, object], cause: str | None = None, into: str | None = None) -> None:
    """Remove a profile and log it, with its identifiers; `into` is the cio_id of the person it was merged into."""
    turn.changed = True
    turn.roster.remove(person, turn.now)
    gone = turn.log(PROFILE_DELETE, {"identifiers": person.identifiers(), **data}, person=person, cause=cause)
    tell_attributes(turn, person.attributes, {})
    turn.tell(ProfileGone(person.cio_id, into, gone.id))


def suppress(turn: Turn, command: SuppressPerson) -> Receipt:
    """Remove a person and block their identifiers; an identifier that nobody has is blocked as it is."""
    identifier = Identifier.of(command.person)
    if turn.roster.suppression(identifier):
        return Receipt("accepted", notes=(f"{identifier} was suppressed already",))
    person = turn.roster.refer(command.person)
    if person is None:
        if identifier.kind == "cio_id":
            raise InputError(f"no person has the cio_id {identifier.value}: there is nothing to block")
        blocked = [identifier]
    else:
        blocked = [Identifier(kind, value) for kind in ("id", "email") if (value := person.get(kind)) is not None]
        take_out(turn, person, {"suppressed": True})
    turn.roster.suppress(blocked)
    turn.note("suppressed", identifiers=[str(one) for one in blocked])
    return Receipt("accepted", None if person is None else person.cio_id)


def unsuppress(turn: Turn, command: UnsuppressPerson) -> Receipt:
    """Free what was blocked with an identifier; nobody comes back."""
    identifier = Identifier.of(command.person)
    if not turn.roster.unsuppress(identifier):
        raise InputError(f"{identifier} is not suppressed")
    turn.note("unsuppressed", identifiers=[str(identifier)])
    return Receipt("accepted", notes=("the identifiers are free; history does not return",))
