"""What somebody else writes while the console is open."""

from tests.tui.conftest import piloted, press, screen_text, settle


def test_views_that_are_not_shown_catch_up_when_they_are(demo):
    async def flow(pilot, app):
        await press(pilot, "1", "3", "4", "2")
        demo.identify("newcomer@x.example", {})
        demo.track("hello_new", anonymous_id="anon-new")
        app.look()
        await settle(pilot)
        for key, shown in (("1", "newcomer@x.example"), ("3", "hello_new"), ("4", "anon-new")):
            await press(pilot, key)
            assert shown in screen_text(app)

    piloted(demo, flow, size=(130, 40))


def test_an_empty_list_says_what_to_press_on_lines_of_their_own(demo):
    async def flow(pilot, app):
        app.view.show_filter("nothing-like-it")
        await settle(pilot)
        lines = [line.strip(" │") for line in screen_text(app).splitlines()]
        assert any(line.startswith("Nothing matches nothing-like-it") and "\\n" not in line for line in lines)

    piloted(demo, flow)
