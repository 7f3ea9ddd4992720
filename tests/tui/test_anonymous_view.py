"""Anonymous ids on the screen: states and windows, before and after, and what a merge would do."""

from cio_tui.model.limits import DAY
from cio_tui.tui.screens.claim import ClaimScreen, outcome
from cio_tui.tui.screens.send import SendScreen
from cio_tui.tui.views.anonymous import COLUMNS, state_in_words
from cio_tui.workspace import Workspace
from tests.tui.conftest import piloted, press, screen_text, settle, write

HOSTILE = "items[/].type [bold"


def row_of(workspace, anonymous_id):
    return next(row for row in workspace.anonymous() if row.anonymous_id == anonymous_id)


async def look_at(pilot, app, anonymous_id):
    await press(pilot, "4", "slash")
    await write(pilot, anonymous_id)
    await press(pilot, "enter")
    assert app.view.table.key == anonymous_id


def test_ids_with_their_states(demo):
    async def flow(pilot, app):
        await press(pilot, "4")
        shown = screen_text(app)
        assert "anon-e55" in shown
        assert "unclaimed" in shown
        assert "claimed, 1 late" in shown
        assert "lukasz.wrona@" in shown

    piloted(demo, flow, size=(140, 40))


def test_the_filter_knows_states(demo):
    async def flow(pilot, app):
        await press(pilot, "4", "slash")
        await write(pilot, "is:unclaimed")
        await press(pilot, "enter")
        keys = {app.view.table.rows.key(place) for place in range(len(app.view.table.rows))}
        assert keys == {row.anonymous_id for row in demo.anonymous() if row.claimed_at is None}
        assert "hidden by filter" in screen_text(app)

    piloted(demo, flow)


def test_sorted_by_every_column(demo):
    async def flow(pilot, app):
        await press(pilot, "4")
        for column in (one.name for one in COLUMNS):
            app.view.ask(app.view.question.sorted_by(column))
            await settle(pilot)
            down = [app.view.table.rows.key(place) for place in range(len(app.view.table.rows))]
            app.view.ask(app.view.question.sorted_by(column))
            await settle(pilot)
            up = [app.view.table.rows.key(place) for place in range(len(app.view.table.rows))]
            assert sorted(down) == sorted(up), column
            assert down != up, column

    piloted(demo, flow)


def test_before_and_after_of_a_merge(demo):
    async def flow(pilot, app):
        await look_at(pilot, app, "anon-c03")
        shown = screen_text(app)
        assert "merged   2024-06-01 18:07:49Z" in shown
        assert "○ 06-01 17:37:49" in shown
        assert "● +30m" in shown
        assert "● at once" in shown
        assert "○ too late" in shown
        assert "late     ○ 1 came after it" in shown
        assert "purge    2024-07-01 18:12:51Z, in 21d11h" in shown

    piloted(demo, flow)


def test_events_too_old_for_campaigns_are_pointed_out(demo):
    async def flow(pilot, app):
        await look_at(pilot, app, "anon-84e")
        shown = screen_text(app)
        assert "72 h     ! 3 are too old to start campaigns" in shown
        assert "claimed  by nobody" in shown
        assert "●" not in shown

    piloted(demo, flow)


def test_what_if_writes_nothing_and_stays_in_view(demo):
    digest = demo.digest()

    async def flow(pilot, app):
        await look_at(pilot, app, "anon-e55")
        await press(pilot, "v")
        await write(pilot, "hanne")
        await press(pilot, "enter")
        assert isinstance(app.screen, ClaimScreen)
        shown = screen_text(app)
        assert "3 events would go to hanne.vikstad@fjordpost.example" in shown
        assert "pricing_viewed → ● +17m40s" in shown
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, ClaimScreen)
        await press(pilot, "escape")
        shown = screen_text(app)
        assert "what if  ? 3 would go to" in shown
        assert "? +17m40s" in shown
        assert demo.digest() == digest
        await press(pilot, "backslash", "down")
        assert "what if" not in screen_text(app)

    piloted(demo, flow)


def test_identify_as_after_seeing_it(demo):
    async def flow(pilot, app):
        await look_at(pilot, app, "anon-e55")
        await press(pilot, "m", "ctrl+s")
        assert isinstance(app.screen, ClaimScreen), "nobody is chosen yet"
        await write(pilot, "hanne")
        await press(pilot, "enter", "ctrl+s")
        assert row_of(demo, "anon-e55").claimed_by == "hanne.vikstad@fjordpost.example"
        await settle(pilot)
        shown = screen_text(app)
        assert "open until 06:18" in shown
        assert "● +17m40s" in shown
        await press(pilot, "u")
        assert row_of(demo, "anon-e55").claimed_by is None
        assert "unclaimed" in screen_text(app)

    piloted(demo, flow)


def test_identify_by_mouse(demo):
    async def flow(pilot, app):
        await pilot.click("#name-anonymous")
        await settle(pilot)
        await press(pilot, "m")
        picker = app.screen.query_one("PersonPicker")
        hits = picker.query_one("Hits")
        await pilot.click(hits, offset=(5, 1))
        await settle(pilot)
        chosen = picker.chosen.person.label
        await pilot.click(app.screen.query("FormFoot Button").first())
        await settle(pilot)
        assert row_of(demo, "anon-e55").claimed_by == chosen

    piloted(demo, flow)


def test_escape_identifies_nobody(demo):
    digest = demo.digest()

    async def flow(pilot, app):
        await look_at(pilot, app, "anon-e55")
        await press(pilot, "m")
        await write(pilot, "hanne")
        await press(pilot, "enter", "escape")
        assert app.view.id == "anonymous"
        assert demo.digest() == digest

    piloted(demo, flow)


def test_a_claimed_id_is_refused_to_another_person(demo):
    async def flow(pilot, app):
        await look_at(pilot, app, "anon-c01")
        await press(pilot, "v")
        await write(pilot, "hanne")
        await press(pilot, "enter")
        shown = screen_text(app)
        assert "No event would be merged" in shown
        assert "another person has claimed it" in shown

    piloted(demo, flow)


def test_send_takes_the_anonymous_id(demo):
    async def flow(pilot, app):
        await look_at(pilot, app, "anon-7f3")
        await press(pilot, "s")
        assert isinstance(app.screen, SendScreen)
        assert app.screen.initial.anonymous_id == "anon-7f3"

    piloted(demo, flow)


def test_an_event_is_gone_to(demo):
    async def flow(pilot, app):
        await look_at(pilot, app, "anon-c03")
        await press(pilot, "enter", "down")
        chosen = app.view.query_one(".events").key
        await press(pilot, "enter")
        assert app.view.id == "activity"
        assert app.view.table.key == chosen

    piloted(demo, flow)


def test_narrow_shows_the_inspector_alone_and_comes_back(demo):
    async def flow(pilot, app):
        await press(pilot, "4", "enter")
        assert "BEFORE" in screen_text(app)
        assert "STATE" not in screen_text(app)
        await press(pilot, "escape")
        assert "STATE" in screen_text(app)

    piloted(demo, flow, size=(80, 24))


def test_no_ids_names_the_next_key(tmp_path):
    with Workspace.open(tmp_path / "new.cio", seed=1, now=1_718_000_000) as workspace:

        async def flow(pilot, app):
            await press(pilot, "4")
            assert "No anonymous events: s sends one" in screen_text(app)
            await press(pilot, "v", "m", "enter")
            assert app.screen.id == "_default"
            await press(pilot, "s")
            assert isinstance(app.screen, SendScreen)

        piloted(workspace, flow)


def test_hostile_text_is_only_text(tmp_path):
    with Workspace.open(tmp_path / "hostile.cio", seed=1, now=1_718_000_000) as workspace:
        workspace.identify(HOSTILE, {"note": HOSTILE})
        workspace.track(HOSTILE, anonymous_id=HOSTILE, data={HOSTILE: HOSTILE})

        async def flow(pilot, app):
            await press(pilot, "4")
            assert app.view.table.key == HOSTILE
            assert app.view.copies(HOSTILE)
            await press(pilot, "m")
            await write(pilot, "bold")
            await press(pilot, "enter")
            assert HOSTILE in screen_text(app)
            await press(pilot, "ctrl+s")
            assert row_of(workspace, HOSTILE).claimed_by == HOSTILE
            await press(pilot, "enter")
            assert app.view.query_one(".events").key is not None

        piloted(workspace, flow, size=(140, 40))


def test_states_in_words(tmp_path):
    with Workspace.in_memory(now=1_718_000_000) as workspace:
        workspace.identify("1")
        workspace.track("seen", anonymous_id="a", timestamp=1_718_000_000 - 4 * DAY)
        assert state_in_words(row_of(workspace, "a"), workspace.now()) == "unclaimed"
        preview = outcome("1", workspace.identify("1", {"anonymous_id": "a"}, dry_run=True), workspace.now())
        assert preview[0] == "→ 1 event would go to 1"
        assert preview[1].endswith("seen → ● +4d  ! older than 72 h")
        assert preview[-1] == "! 1 of 1 merged events are older than 72 h and start no campaign"
        workspace.identify("1", {"anonymous_id": "a"})
        assert state_in_words(row_of(workspace, "a"), workspace.now()) == "open until 06:18"
        workspace.advance(301)
        workspace.track("seen", anonymous_id="a")
        assert state_in_words(row_of(workspace, "a"), workspace.now()) == "claimed, 1 late"
        assert outcome("1", workspace.identify("nobody", {}, update_only=True, dry_run=True), 0)[0] == "× It would be rejected"
