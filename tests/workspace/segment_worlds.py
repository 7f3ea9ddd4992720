"""What the tests of live segments share: short definitions, and who moved because of what."""

from collections.abc import Iterable

from cio_tui import Workspace
from cio_tui.model.activity import Activity
from cio_tui.model.receipts import Receipt


def saved(ws: Workspace, name: str, *conditions: str, match: str = "all") -> int:
    """A segment whose conditions are lines of YAML in braces; its number."""
    receipt = ws.save_segment(definition(name, *conditions, match=match))
    assert receipt.ok, receipt
    return int(receipt.id or 0)


def definition(name: str, *conditions: str, match: str = "all") -> str:
    """The text of such a segment."""
    return f"name: {name}\nmatch: {match}\nconditions:\n" + "".join(f"  - {{{one}}}\n" for one in conditions)


def inside(ws: Workspace, name: str | int) -> list[str]:
    """The ids of a segment's members."""
    return [str(ws.directory.person({"cio_id": cio_id}).person.id) for cio_id in ws.segments.members(name)]


def moves(receipt: Receipt) -> list[tuple[str, str]]:
    """What a command did to memberships, in order: `("entered", "VIP")`."""
    ours = (effect for effect in receipt.effects if effect.kind in ("entered_segment", "left_segment"))
    return [(effect.kind.removesuffix("_segment"), str(effect.detail["name"])) for effect in ours]


def cause_of(ws: Workspace, receipt: Receipt) -> Activity:
    """The activity that everybody who moved in a command moved because of."""
    causes = {effect.cause for effect in receipt.effects if effect.kind in ("entered_segment", "left_segment")}
    assert len(causes) == 1, causes
    return ws.log.get(str(causes.pop())).activity


def history(ws: Workspace, names: Iterable[str]) -> set[tuple[int, str, int, bool]]:
    """All movements of some segments: segment, person, instant, and whether it was an entry."""
    found = [one for name in names for one in ws.segments.movements(segment=name, limit=100_000)]
    return {(one.segment, one.person, one.at, one.entered) for one in found}
