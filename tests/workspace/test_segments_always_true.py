"""Whatever is done, everybody stands where a full evaluation of everybody puts them."""

from collections.abc import Callable

from worlds import DAY, HOUR, T

from cio_tui import Workspace
from cio_tui.model import commands
from cio_tui.model.commands import Command
from cio_tui.segments.conditions import Group, InSegment, MessageDone, leaves
from cio_tui.segments.definition import Definition
from cio_tui.segments.evaluate import Evaluator
from cio_tui.segments.stored_facts import PersonFacts
from cio_tui.segments.writing import to_json_tree
from cio_tui.store.memberships import Standing
from tests.segments.people import random_tree
from tests.segments.random_worlds import EVENTS, RandomWorld

WORLDS, COMMANDS = 25, 60
PEOPLE = [{"id": str(number)} for number in range(6)]
VISITORS = ("anon-1", "anon-2")


def condition(world: RandomWorld, names: list[str]) -> Group:
    """A random tree without messages, which nothing here sends; some look at other segments."""
    while True:
        tree = random_tree(world.chance.randrange(2**40))
        found = [leaf for _, leaf in leaves(tree)]
        if not any(isinstance(leaf, MessageDone | InSegment) for leaf in found):
            break
    others = (InSegment(world.pick(*names), world.chance.random() < 0.4),) if names and world.chance.random() < 0.5 else ()
    return Group(world.pick("all", "any", "any", "none"), (tree, *others))


def segment(world: RandomWorld, number: int) -> Command:
    """Segment `number`, which may look at those before it; the first one is manual."""
    names = [f"S{other}" for other in range(number)]
    kind = "data" if number else "manual"
    tree = condition(world, names) if number else Group()
    return commands.SaveSegment(to_json_tree(Definition(f"S{number}", kind=kind, condition=tree)))


def command(world: RandomWorld) -> Command:
    person, kind = world.pick(*PEOPLE), world.chance.random()
    timestamp = T + world.chance.randrange(-40 * DAY, 20 * DAY)
    if kind < 0.25:
        return commands.Track(world.pick(*EVENTS), person, None, world.data(), world.pick("event", "event", "page"), timestamp)
    if kind < 0.35:
        return commands.Track(world.pick(*EVENTS), None, world.pick(*VISITORS), world.data(), "event", timestamp)
    if kind < 0.55:
        attributes = {key: value for key, value in world.data().items() if key and "\0" not in key}
        claim = {"anonymous_id": world.pick(*VISITORS)} if world.chance.random() < 0.3 else {}
        return commands.Identify(person, {**attributes, **claim}, timestamp=world.pick(None, timestamp))
    if kind < 0.6:
        return commands.AddDevice(person, world.pick("d1", "d2"), world.pick("ios", "android"), timestamp, world.data())
    if kind < 0.65:
        return world.pick(commands.MergePeople(person, world.pick(*PEOPLE)), commands.RemoveDevice(person, "d1"))
    if kind < 0.7:
        return world.pick(commands.DeletePerson(person), commands.SuppressPerson(person), commands.UnsuppressPerson(person))
    if kind < 0.8:
        return commands.ChangeMembers("S0", (person,), remove=world.chance.random() < 0.4)
    if kind < 0.87:
        return segment(world, world.chance.randrange(1, 6))
    return commands.AdvanceClock(world.pick(0, 1, HOUR, DAY, 7 * DAY, world.chance.randrange(10 * DAY)))


def expected(ws: Workspace) -> dict[tuple[int, str], Standing]:
    """Everybody looked at anew for every segment; what a segment looks at is taken from the answers found before it."""
    edition, now, found = ws.engine.book.current(), ws.now(), {}
    for number, one in edition.segments.items():
        if one.condition is None:
            found |= {(number, person): standing for person, standing in ws.engine.memberships.standings(number).items()}

    def is_member(person: str, reference: str | int, _now: int) -> bool:
        other = edition.meant(reference)
        return other is not None and (number := (other.number, person)) in found and found[number].member

    people = [row for row, _ in ws.engine.segment_queries.people()]
    for number in edition.order:
        evaluator = Evaluator(edition.segments[number].condition)
        since = ws.engine.memberships.members(number)
        for person in people:
            facts = PersonFacts(ws.engine.segment_queries, person, now, is_member)
            member, due = evaluator.holds(facts), evaluator.next_change(facts)
            if member or due is not None:
                found[number, person] = Standing(member, since.get(person) if member else None, due)
    return found


def stored(ws: Workspace) -> dict[tuple[int, str], Standing]:
    numbers = ws.engine.book.current().segments
    return {(number, who): one for number in numbers for who, one in ws.engine.memberships.standings(number).items()}


def test_membership_is_always_what_a_full_evaluation_says(record_property: Callable[[str, object], None]) -> None:
    """Rows beside Evaluator, and their count beside the compiler's, after each of many random commands; then all the way back."""
    compared = moved = 0
    for seed in range(WORLDS):
        world = RandomWorld(seed)
        with Workspace.in_memory(seed=seed, now=T - DAY) as ws:
            for person in PEOPLE[:3]:
                ws.identify(person, {"plan": world.scalar()})
            script = [segment(world, number) for number in range(6)] + [command(world) for _ in range(COMMANDS)]
            digests = []
            for step in script:
                digests.append((ws.digest(), stored(ws)))
                receipt = ws.engine.run(step)
                if receipt.command is None:
                    digests.pop()
                assert stored(ws) == expected(ws), f"world {seed}: after {step}"
                for row in ws.segments.all():
                    if row.segment.condition is not None:
                        counted = ws.segments.count(row.segment.definition)
                        assert row.members == counted, f"world {seed}: {row.segment.definition} after {step}"
                        compared += 1
                moved += sum(effect.kind in ("entered_segment", "left_segment") for effect in receipt.effects)
            assert ws.check() == []
            for digest, standings in reversed(digests):
                ws.undo()
                assert (ws.digest(), stored(ws)) == (digest, standings)
    record_property("cases: segments beside a full evaluation", compared)
    record_property("cases: people who entered or left a segment", moved)
    assert compared >= 1_000
    assert moved >= 250
