"""Why somebody meets a condition or does not, what would change that, and when it changes by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from cio_tui.model.instants import format_instant
from cio_tui.segments.changes import Change
from cio_tui.segments.conditions import Condition, DeviceIs, Group, InSegment, MessageDone, Place
from cio_tui.segments.facts import Facts
from cio_tui.segments.flips import next_change_of
from cio_tui.segments.prepared import Ready, prepare, ready_leaves
from cio_tui.segments.proposing import smallest_change
from cio_tui.segments.reasons import not_confirmed, reason
from cio_tui.segments.wording import words

_OTHERS: Final[dict[type, str]] = {InSegment: "another segment", DeviceIs: "a device", MessageDone: "activity of messages"}
Turn = Literal["enters", "leaves"]


_TOLD: Final = 3


@dataclass(frozen=True, slots=True)
class Proof:
    """One condition: where it stands, what it says, its verdict and why. `events` are the ids of the activities that decided,
    newest first; `not_confirmed` the rules that it rests on and no documentation of the product tells.
    """

    place: Place
    words: str
    holds: bool
    because: str
    events: tuple[str, ...] = ()
    not_confirmed: tuple[str, ...] = ()
    members: "tuple[Proof, ...]" = ()

    @property
    def path(self) -> str:
        """The place as text: `0.1` is the second member of the first; empty for the whole."""
        return ".".join(map(str, self.place))

    def all(self) -> "Iterator[Proof]":
        """This one and all below, in the order in which they are written."""
        yield self
        for member in self.members:
            yield from member.all()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The verdict on one person at an instant.

    `flip` is the smallest single change found that turns the verdict, where other segments stay as they are; without one
    `no_flip` says why. `next_change_at` is when the verdict turns if nothing happens, `then` which way.
    """

    member: bool
    at: int
    proof: Proof
    flip: Change | None
    no_flip: str
    next_change_at: int | None
    then: Turn | None

    def to_json(self) -> dict[str, Any]:
        """The explanation as JSON; `conditions` are all of the proof, the whole first."""
        flip = {"change": None if self.flip is None else self.flip.to_json()}
        told = {"words": self.flip.words} if self.flip is not None else {"because": self.no_flip}
        return {
            "member": self.member,
            "at": self.at,
            "conditions": [
                {
                    "path": one.path,
                    "words": one.words,
                    "holds": one.holds,
                    "because": one.because,
                    "events": list(one.events),
                    "not_confirmed": list(one.not_confirmed),
                }
                for one in self.proof.all()
            ],
            "flip": {**flip, **told},
            "next_change_at": self.next_change_at,
            "then": self.then,
        }

    def lines(self) -> list[str]:
        """The explanation as text, a line for each condition, indented as they are nested."""
        found = [f"{'a member' if self.member else 'no member'} at {format_instant(self.at)}"]
        for one in self.proof.all():
            found.append(f"{'  ' * len(one.place)}{'✓' if one.holds else '✗'} {one.words}: {one.because}")
            if one.events:
                more = f" and {len(one.events) - _TOLD} more" if len(one.events) > _TOLD else ""
                found.append(f"{'  ' * len(one.place)}  decided by {', '.join(one.events[:_TOLD])}{more}")
            found.extend(f"{'  ' * len(one.place)}  not confirmed: {doubt}" for doubt in one.not_confirmed)
        turn = "leave" if self.member else "enter"
        found.append(f"to {turn}: {self.flip.words if self.flip is not None else self.no_flip}")
        if self.next_change_at is not None:
            found.append(f"{self.then} at {format_instant(self.next_change_at)} if nothing happens")
        else:
            found.append("time alone changes nothing")
        return found


def explain(condition: Condition, facts: Facts) -> Explanation:
    """The verdict on one person, and why."""
    ready = prepare(condition)
    proof = _proof(condition, ready, facts)
    change = smallest_change(ready, facts)
    turns_at = next_change_of(ready, facts)
    then: Turn | None = None if turns_at is None else "leaves" if proof.holds else "enters"
    no_flip = "" if change is not None else _no_change(ready, turns_at)
    return Explanation(proof.holds, facts.now, proof, change, no_flip, turns_at, then)


def _no_change(ready: Ready, turns_at: int | None) -> str:
    if not any(True for _ in ready_leaves(ready)):
        return "an empty group matches nobody"
    if turns_at is not None:
        return f"no single change does; the passing of time does, at {format_instant(turns_at)}"
    others = sorted({_OTHERS[type(leaf.leaf)] for leaf in ready_leaves(ready) if type(leaf.leaf) in _OTHERS})
    rests = f"; it also rests on {' and '.join(others)}" if others else ""
    return f"no single change of an attribute does, and no event that is sent{rests}"


def _proof(condition: Condition, ready: Ready, facts: Facts) -> Proof:
    by_place = {leaf.place: leaf for leaf in ready_leaves(ready)}

    def prove(one: Condition, place: Place) -> Proof:
        if isinstance(one, Group):
            members = tuple(prove(member, (*place, number)) for number, member in enumerate(one.members))
            met = sum(member.holds for member in members)
            return Proof(place, words(one), _met(one, met), _group_reason(one, met), members=members)
        leaf = by_place[place]
        why = reason(leaf, facts)
        return Proof(place, words(one), leaf.holds(facts, facts.now), why.because, why.events, not_confirmed(one))

    return prove(condition, ())


def _met(group: Group, met: int) -> bool:
    if not group.members:
        return False
    return met == len(group.members) if group.match == "all" else (met > 0) != (group.match == "none")


def _group_reason(group: Group, met: int) -> str:
    if not group.members:
        return "an empty group matches nobody"
    return f"{met} of {len(group.members)} hold{'s' if met == 1 else ''}"
