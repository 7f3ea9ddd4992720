"""Saving, changing, renaming and deleting segments (domain.md 4.1, S9)."""

import pytest
from segment_worlds import definition, inside, moves, saved
from worlds import DAY

from cio_tui import Workspace

PRO = "attribute: plan, is: pro"


class _Stopped(Exception):
    """Whoever watched the build no longer wants it."""


@pytest.fixture
def manual(shop: Workspace) -> Workspace:
    """The shop with Bo in a manual segment."""
    assert shop.save_segment("name: By hand\nkind: manual\n").ok
    assert shop.add_to_segment("By hand", ["43"]).ok
    return shop


def test_s9_saving_again_looks_at_everybody_anew(manual: Workspace) -> None:
    """Those who stay have been in it since they came; the manual segment is as it was."""
    number = saved(manual, "Payers", PRO)
    [(_, first)] = manual.segments.of_person(manual.segments.members("Payers")[0])
    manual.advance(DAY)
    told: list[tuple[int, int]] = []
    text = definition("payers", PRO, "attribute: plan, is: basic", match="any")
    receipt = manual.save_segment(text, progress=lambda done, of: told.append((done, of)))
    assert receipt.id == str(number)
    assert receipt.effects[-1].detail == {"segment": number, "name": "payers", "entered": 1, "left": 0, "members": 2}
    assert told[-1] == (2, 2)
    assert (inside(manual, "Payers"), inside(manual, "By hand")) == (["42", "43"], ["43"])
    since = {one.number: at for one, at in manual.segments.of_person(manual.directory.person("42").person.cio_id)}
    assert since[number] == first
    assert manual.save_segment(definition("Payers", "attribute: plan, is: basic")).effects[-1].detail["left"] == 1
    assert inside(manual, "Payers") == ["43"]


def test_what_the_progress_raises_takes_all_back(shop: Workspace) -> None:
    saved(shop, "Payers", PRO)
    before = shop.digest(), inside(shop, "Payers")

    def stop(_done: int, _of: int) -> None:
        raise _Stopped

    with pytest.raises(_Stopped):
        shop.save_segment(definition("Payers", "attribute: plan, is: basic"), progress=stop)
    assert (shop.digest(), inside(shop, "Payers")) == before
    assert moves(shop.identify("43", {"plan": "pro"})) == [("entered", "Payers")]


def test_building_writes_no_activity(shop: Workspace) -> None:
    """Nobody is told to have entered because somebody else wrote a definition."""
    before = shop.log.last_row()
    saved(shop, "Payers", PRO)
    assert shop.log.last_row() == before
    [movement] = shop.segments.movements(segment="Payers")
    assert (movement.entered, movement.at, movement.cause) == (True, shop.now(), None)


def test_names_are_one_segment_in_any_letter_case(shop: Workspace) -> None:
    first, other = saved(shop, "Straße", PRO), saved(shop, "Others", PRO)
    assert saved(shop, "STRASSE", PRO) == first
    assert [row.segment.name for row in shop.segments.all()] == ["STRASSE", "Others"]
    receipt = shop.save_segment(definition("others", PRO), number=first)
    assert receipt.reasons == ("there is a segment 'Others' already",)
    assert shop.segments.get(" oTHERS ").segment.number == shop.segments.get(str(other)).segment.number == other


@pytest.mark.parametrize(("name", "reason"), [("'  '", "one line"), ("'7'", "its number"), ("x" * 101, "1 to 100")])
def test_names_that_cannot_be(shop: Workspace, name: str, reason: str) -> None:
    receipt = shop.save_segment(definition(name, PRO))
    assert (receipt.status, len(shop.segments.all())) == ("rejected", 0)
    assert reason in receipt.reasons[0]


def test_the_kind_stays(manual: Workspace) -> None:
    saved(manual, "Payers", PRO)
    to_data = manual.save_segment(definition("By hand", PRO))
    to_manual = manual.save_segment("name: Payers\nkind: manual\n")
    assert to_data.reasons == ("'By hand' is a manual segment and stays one: delete it, or take another name",)
    assert to_manual.reasons == ("'Payers' is a data segment and stays one: delete it, or take another name",)
    assert inside(manual, "By hand") == ["43"]


def test_a_new_name_goes_to_those_that_look_at_it(shop: Workspace) -> None:
    number = saved(shop, "Payers", PRO)
    saved(shop, "Both", "in segment: PAYERS", "any: [{not in segment: payers}, {attribute: score, greater than: 1}]")
    shop.save_segment(definition("Who pays", PRO), number=number)
    assert shop.segments.get("Both").uses == ("Who pays",)
    assert "Who pays" in str(shop.segments.get("Both").to_json()["definition"])
    assert inside(shop, "Both") == ["42"]
    assert moves(shop.identify("43", {"plan": "pro"})) == [("entered", "Who pays"), ("entered", "Both")]
    assert shop.save_segment(definition("Payers", PRO)).id != str(number)


def test_what_cannot_be_read_is_told_with_line_and_column(shop: Workspace) -> None:
    receipt = shop.save_segment("name: Payers\nconditions:\n  - attribute: plan\n    resembles: pro\n  - evnt: order\n")
    assert receipt.status == "rejected"
    assert [reason.split(": ")[0] for reason in receipt.reasons] == ["line 4, column 5", "line 5, column 5"]
    assert shop.segments.all() == []


def test_an_unknown_segment_is_refused(shop: Workspace) -> None:
    saved(shop, "Payers", PRO)
    for wanted, said in (("Payer", "'Payer'"), ("7", "7")):
        receipt = shop.save_segment(definition("Both", f"in segment: {wanted}"))
        assert receipt.reasons == (f"there is no segment {said}: there are: Payers",), wanted


def test_a_ring_is_refused_with_its_names(shop: Workspace) -> None:
    saved(shop, "A", PRO)
    saved(shop, "B", "in segment: A")
    saved(shop, "C", "in segment: B")
    before = shop.digest()
    [reason] = shop.save_segment(definition("A", "not in segment: C")).reasons
    assert reason == "segments look at each other in a ring: A → C → B → A"
    [alone] = shop.save_segment(definition("D", "in segment: d")).reasons
    assert alone == "segments look at each other in a ring: D → D"
    assert shop.digest() == before


def test_a_chain_of_three_follows_in_order(shop: Workspace) -> None:
    """The ones that look at others were made first, so that only what they look at puts them in order."""
    for name in ("Third", "Second", "First"):
        saved(shop, name, "attribute: never, is: x")
    saved(shop, "Third", "in segment: Second")
    saved(shop, "Second", "in segment: First")
    receipt = shop.save_segment(definition("First", PRO))
    assert [inside(shop, name) for name in ("First", "Second", "Third")] == [["42"]] * 3
    assert receipt.effects[-1].detail["entered"] == 1
    receipt = shop.identify("43", {"plan": "pro"})
    assert moves(receipt) == [("entered", "First"), ("entered", "Second"), ("entered", "Third")]
    assert moves(shop.identify("43", {"plan": "basic"})) == [("left", "First"), ("left", "Second"), ("left", "Third")]


def test_deleting_is_refused_while_another_one_looks_at_it(shop: Workspace) -> None:
    saved(shop, "Payers", PRO)
    saved(shop, "Both", "in segment: Payers")
    assert shop.delete_segment("payers").reasons == ("'Payers' is looked at by Both: change or delete those first",)
    receipt = shop.delete_segment("Both")
    assert receipt.effects[-1].detail["members"] == 1
    assert shop.delete_segment("Payers").ok
    assert shop.delete_segment("Payers").status == "rejected"
    assert (shop.segments.all(), shop.check()) == ([], [])
    assert moves(shop.identify("43", {"plan": "pro"})) == []


def test_the_products_numbers(shop: Workspace) -> None:
    """A condition means the product's number before ours; a command means ours."""
    payers, basics = saved(shop, "Payers", PRO), saved(shop, "Basics", "attribute: plan, is: basic")
    saved(shop, "Look", f"in segment: {payers}")
    assert inside(shop, "Look") == ["42"]
    text = f"id: {payers}\n" + definition("Basics", "attribute: plan, is: basic")
    assert shop.save_segment(text).id == str(basics)
    assert (inside(shop, "Look"), shop.segments.get("Look").uses) == (["43"], ("Basics",))
    assert shop.segments.get(payers).segment.name == "Payers"
    assert moves(shop.identify("42", {"plan": "basic"})) == [("left", "Payers"), ("entered", "Basics"), ("entered", "Look")]
    saved(shop, "Basics", "attribute: plan, is: basic")
    assert shop.segments.get("Look").uses == ("Basics",)
    shop.save_segment(f"id: 70\n{definition('Seventy', PRO)}")
    saved(shop, "Look", "in segment: 70")
    taken = shop.save_segment(f"id: 70\n{definition('Payers', PRO)}")
    changed = shop.save_segment(f"id: 71\n{definition('Seventy', PRO)}")
    assert taken.reasons == ("the id 70 is that of segment 'Seventy': leave it out, or take another",)
    assert changed.reasons == ("'Look' looks at segment 70: its id cannot change",)


def test_by_hand(manual: Workspace) -> None:
    saved(manual, "Chosen payers", "in segment: By hand", PRO)
    receipt = manual.add_to_segment("by hand", ["42", {"email": "bo@shop.example"}])
    assert receipt.notes == ("1 were in it already",)
    assert moves(receipt) == [("entered", "By hand"), ("entered", "Chosen payers")]
    assert moves(manual.remove_from_segment("By hand", ["42"])) == [("left", "By hand"), ("left", "Chosen payers")]
    unknown = manual.add_to_segment("By hand", ["42", "nobody"])
    assert (unknown.status, inside(manual, "By hand")) == ("rejected", ["43"])
    assert "conditions" in manual.add_to_segment("Chosen payers", ["42"]).reasons[0]
    assert "limit is 1,000" in manual.add_to_segment("By hand", ["42"] * 1001).reasons[0]
    assert manual.check() == []
