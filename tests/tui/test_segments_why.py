"""Why somebody is in a segment or is not, on the screen: the proof, what would change it, and when time does."""

import pytest

from cio_tui.model.limits import DAY
from cio_tui.tui.views.segments_why import MOST_EVENTS, ProofView, explained, proof_lines, verdict_lines
from tests.tui.conftest import piloted, press, screen_text, settle, write
from tests.tui.segments import LATELY, NOW, WIDE, cio_id, look_at, proof, shop_with_segments, verdict


@pytest.fixture
def shop(tmp_path):
    with shop_with_segments(tmp_path / "shop.cio") as workspace:
        yield workspace


def test_why_of_a_member(shop):
    async def flow(pilot, app):
        await look_at(pilot, app, "Bought lately")
        await press(pilot, "enter", "w")
        text = screen_text(app)
        assert "✓ ada@shop.example is in it, since 2024-06-10" in text
        assert "Leaves at 2024-07-08 06:13:21Z, 28d1s on, if nothing happens" in verdict(app)
        lines = proof(app)
        assert lines[0].startswith("✓ all of these hold")
        assert any("✓ order_placed has been performed" in line for line in lines)
        [event] = [place for place, line in enumerate(lines) if "● 06-08" in line]
        app.view.query_one(ProofView).table.cursor = event
        await press(pilot, "enter")
        assert app.view.id == "activity"
        assert app.workspace.log.get(app.view.table.key).activity.name == "order_placed"

    piloted(shop, flow, size=WIDE)


def test_why_not_of_somebody_who_is_chosen(shop):
    async def flow(pilot, app):
        await look_at(pilot, app, "Pros")
        await press(pilot, "w")
        await write(pilot, "bo@")
        await press(pilot, "enter")
        text = screen_text(app)
        assert "✗ bo@shop.example is not in it" in text
        assert 'Would enter if you set plan to "pro"' in text
        assert "Time alone changes nothing" in text
        assert "✗ plan is equal to" in "".join(proof(app))
        shop.identify("2", {"plan": "pro"})
        app.look()
        await settle(pilot)
        assert "✓ bo@shop.example is in it" in screen_text(app)

    piloted(shop, flow, size=WIDE)


def test_the_chosen_person_stays_when_another_segment_is_looked_at(shop):
    async def flow(pilot, app):
        await look_at(pilot, app, "Pros")
        await press(pilot, "w")
        await write(pilot, "ada")
        await press(pilot, "enter", "escape")
        assert "in segment" not in "".join(proof(app))
        await press(pilot, "down")
        assert 'in segment "Pros"' in "".join(proof(app)) or "in segment Pros" in "".join(proof(app))
        await press(pilot, "down")
        text = screen_text(app)
        assert "ada@shop.example is not in it" in text
        assert "put in and taken out by hand" in text

    piloted(shop, flow, size=WIDE)


def test_rules_that_are_not_confirmed_are_marked(shop):
    why = explained(shop, shop.segments.get("Bought lately").segment.number, cio_id(shop, "1"), None)
    assert any("! not confirmed: both ends of a rolling frame" in line.text for line in proof_lines(why))


def test_of_many_deciding_events_a_few_are_shown(shop):
    for total in range(20, 29):
        shop.track("order_placed", person="1", data={"total": total})
    shop.save_segment(LATELY.replace("Bought lately", "Often").replace("performed: true", "performed: at least 10 times"))
    why = explained(shop, shop.segments.get("Often").segment.number, cio_id(shop, "1"), None)
    lines = [line.text.strip() for line in proof_lines(why)]
    assert sum(line.startswith("●") for line in lines) == MOST_EVENTS
    assert "… and 5 more" in lines


def test_why_at_another_instant(shop):
    why = explained(shop, shop.segments.get("Bought lately").segment.number, cio_id(shop, "1"), NOW + 60 * DAY)
    assert verdict_lines(why)[0] == "✗ ada@shop.example is not in it, at 2024-08-09 06:13:20Z"
