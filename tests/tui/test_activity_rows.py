"""What rows and inspectors say in words and signs: lag, hidden, marked, where the cursor is, empty, cut, ready filters."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from cio_tui.model.activity import Activity
from cio_tui.tui.glyphs import ASCII
from cio_tui.tui.settings import settings_path
from cio_tui.tui.views.anonymous_inspector import facts
from cio_tui.tui.views.index_inspector import latest_in_words
from cio_tui.tui.views.rail import FilterTable
from cio_tui.workspace.wording import HIDDEN, LAG_WIDTH, lag, signs
from tests.tui.conftest import piloted, press, screen_text, settle

AT = 1_718_000_000
HOUR, DAY = 3600, 86_400


def _activity(late: int) -> Activity:
    return Activity("01J", "event", AT, AT, "e", processed_at=AT + late)


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (0, ""),
        (9, "+9s"),
        (540, "+9m"),
        (545, "+9m5s"),
        (3599, "+59m"),
        (-3 * HOUR, "−3h"),
        (2 * DAY + 5 * HOUR, "+2d5h"),
        (-2 * DAY - 59 * 60, "−2d"),
        (12 * DAY + 23 * HOUR, "+12d"),
        (999 * DAY, "+999d"),
        (1000 * DAY, "+2y"),
        (-3_100 * 365 * DAY, "−3ky"),
    ],
)
def test_the_lag_is_short_and_plain(late, said):
    assert lag(_activity(late)) == said


def test_every_lag_fits_its_column(record_property):
    lates = [
        sign * count * unit + rest
        for sign in (1, -1)
        for count in range(1, 1200)
        for unit in (1, 60, HOUR, DAY)
        for rest in (0, 1)
    ]
    lates += [sign * 10**power for sign in (1, -1) for power in range(12)]
    assert max(cell_len(lag(_activity(late))) for late in lates) == LAG_WIDTH
    record_property("cases: lags", len(lates))


def test_signs_tell_what_the_product_hides(demo):
    shown, hidden = demo.log.page(limit=1).entries[0], demo.log.page("is:hidden", limit=1).entries[0]
    assert signs(shown) == "●"
    assert signs(hidden) == "●◌"
    assert cell_len(HIDDEN) == 1
    assert signs(hidden).translate(ASCII) == "*:"


def test_states_of_rows_are_seen_without_colour(demo):
    async def flow(pilot, app):
        shown = screen_text(app)
        assert "▸●  06-12 06:13:20   −2d workshop_booked" in shown
        assert "▸" in shown.splitlines()[4]
        assert shown.count("▸●") == 1
        await press(pilot, "space")
        assert "▎ ●  06-12 06:13:20" in screen_text(app)
        await press(pilot, "slash", *"is:hidden", "enter")
        await settle(pilot)
        assert " ●◌ 05-10 19:41:12" in screen_text(app)
        assert "hidden     ◌ older than 30 days" in screen_text(app)
        await press(pilot, "b")
        assert "◌ beyond 30 d" in screen_text(app)

    piloted(demo, flow)


def test_the_effects_tab_has_words_and_names_its_keys(demo):
    async def flow(pilot, app):
        await press(pilot, "enter", "right_square_bracket", "right_square_bracket")
        assert "Nothing caused this" in screen_text(app)
        assert "( goes to the cause" in screen_text(app)
        app.view.go_to(demo.log.page("type:profile_create", limit=1).entries[0].activity.id)
        await settle(pilot)
        shown = screen_text(app)
        assert ") goes to its effect" in shown
        assert "↳ effect ● attribute_change" in shown
        await press(pilot, "right_parenthesis")
        shown = screen_text(app)
        assert "( goes to its cause" in shown
        assert "↑ cause  ● profile_create" in shown
        assert "Nothing caused this" not in shown

    piloted(demo, flow)


def test_empty_tabs_of_a_person_say_what_they_are_for_and_long_emails_are_whole(demo):
    email = "a-very-long-name-before-the-sign.and-more@department.of.shop.example"
    demo.identify(email, {})

    async def flow(pilot, app):
        app.go_to_person(demo.directory.person(email).person.cio_id)
        await settle(pilot)
        lines = [line.split("│") for line in screen_text(app).splitlines()]
        assert email in "".join(line[-2].strip() for line in lines if len(line) > 2)
        await press(pilot, "enter", *["right_square_bracket"] * 3)
        assert "No anonymous id was claimed" in screen_text(app)
        assert "m there identifies" in screen_text(app)
        await press(pilot, "right_square_bracket")
        assert "No devices: `cio-tui device add`" in screen_text(app)

    piloted(demo, flow)


def test_brackets_step_through_the_events_of_an_anonymous_id(demo):
    async def flow(pilot, app):
        await press(pilot, "4", "enter")
        table = app.focused
        assert table.cursor == 0
        assert "○ not yet" in screen_text(app)
        await press(pilot, "right_square_bracket", "right_square_bracket")
        assert table.cursor == 2
        await press(pilot, "left_square_bracket")
        assert table.cursor == 1

    piloted(demo, flow)


def test_what_is_cut_is_said(demo):
    assert latest_in_words(50, 1234) == "the latest 50 of 1,234 received: o shows the activity"
    assert latest_in_words(40, 60) == "40 of 60 received are left: anonymous ones go after 30 days"
    assert latest_in_words(50, 50) == latest_in_words(0, 7) == ""
    row = replace(demo.anonymous()[0], events=1234)
    entries = demo.log.page(limit=3).entries
    assert facts(row, entries, None, demo.now())[0] == ("id", f"{row.anonymous_id}, 1,234 events, the latest 3 below")
    assert facts(replace(row, events=3), entries, None, demo.now())[0][1].endswith("3 events")


def test_ready_filters_stand_beside_a_wide_log_only(demo):
    async def flow(pilot, app):
        rail = app.query_one(FilterTable)
        assert "▎ All" in screen_text(app)
        await pilot.click(rail, offset=(5, 9))
        await settle(pilot)
        assert app.view.question.line == "is:failed"
        assert app.view.table.has_focus
        assert "▎ Failed      is:failed" in screen_text(app)
        app.set_focus(rail)
        await press(pilot, "home", "down", "enter")
        assert app.view.question.line == "is:identified"
        assert rail.marks == {"Identified"}
        await press(pilot, "w")
        assert rail.marks == set()
        await pilot.resize_terminal(120, 30)
        await settle(pilot)
        assert "is:anonymous" not in screen_text(app)
        assert rail not in app.screen.focus_chain

    piloted(demo, flow, size=(140, 30))


def test_saved_filters_stand_among_the_ready_ones(demo):
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text('[filters]\n"big [/] orders" = "data.total>100"\n', encoding="utf-8")

    async def flow(pilot, app):
        rail = app.query_one(FilterTable)
        assert "big [/] or…" in screen_text(app)
        app.set_focus(rail)
        await press(pilot, "end", "enter")
        assert app.view.question.line == "data.total>100"
        assert rail.marks == {"big [/] orders"}

    piloted(demo, flow, size=(140, 30))


def test_a_copy_says_what_it_changed(demo):
    first = demo.track("order_placed", person="42", data={"total": 215, "items": [{"price": 200}], "note": "[/]"})
    copy = demo.resend(first.id, changes={"total": 315, "items[0].price": 300})
    same = demo.resend(first.id)

    async def flow(pilot, app):
        app.go_to_activity(copy.id)
        await settle(pilot)
        assert "copy       total 215 → 315" in screen_text(app)
        assert "           items[0].price 200 → 300" in screen_text(app)
        app.go_to_activity(same.id)
        await settle(pilot)
        assert "copy       with the same data" in screen_text(app)
        app.go_to_activity(first.id)
        await settle(pilot)
        assert "copy  " not in screen_text(app)

    piloted(demo, flow, size=(160, 40))
