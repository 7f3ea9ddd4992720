"""What the send form does not send: refused input, dry runs, drafts, and hostile text in every field."""

from tests.tui.conftest import piloted, press, screen_text, settle
from tests.tui.sending import form, newest, toasts

HOSTILE = ["items[/].type [bold", "\x1b[31mred", "a\u202eb\u200b", "👩‍👩‍👧 ß", "x" * 10_000, "a\tb\nc", "]", "\\", "$x"]


def test_refused_input_stays_in_the_form(demo):
    async def flow(pilot, app):
        app.send(person="135", name="x" * 101)
        await settle(pilot)
        await press(pilot, "ctrl+s")
        text = screen_text(app)
        assert "× the event name is 101 bytes long" in text
        assert app.screen.focused.id == "name"
        assert newest(demo).activity.type == "failed_event"
        form(app).query_one("#name").value = ""
        count = demo.log.last_row()
        await press(pilot, "ctrl+s")
        assert "× an event needs a name" in screen_text(app)
        form(app).query_one("#name").value = "fine"
        form(app).query_one("PickerInput").value = "nobody@nowhere"
        await press(pilot, "ctrl+s")
        assert "person nobody@nowhere was not" in screen_text(app)
        assert demo.log.last_row() == count + 1
        assert form(app).draft.name == "fine"

    piloted(demo, flow)


def test_a_timestamp_in_words_is_resolved_or_refused(demo):
    async def flow(pilot, app):
        app.send(person="135", name="fine")
        await settle(pilot)
        stamp = form(app).query_one("#timestamp")
        stamp.value = "1717900000"
        await settle(pilot)
        assert "2024-06-09 02:26:40Z" in screen_text(app)
        stamp.value = "soon"
        await settle(pilot)
        assert "× not a time" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert "write Unix seconds" in screen_text(app)
        assert app.screen.focused is stamp

    piloted(demo, flow)


def test_dry_runs_write_nothing(demo):
    async def flow(pilot, app):
        before = demo.digest()
        await press(pilot, "r")
        form(app).query_one("#name").value = "another"
        await settle(pilot)
        assert "first time: no event of this name" in screen_text(app).replace("\n", " ")
        await press(pilot, "f5", "escape")
        assert demo.digest() == before

    piloted(demo, flow)


def test_a_draft_is_kept_restored_and_dropped(demo):
    async def flow(pilot, app):
        app.send()
        await settle(pilot)
        form(app).query_one("#name").value = "half_written"
        form(app).editor.text = '{"half": '
        await press(pilot, "escape")
        assert "the draft is kept" in toasts(app)
        app.send(person="135")
        await settle(pilot)
        assert "draft restored" in screen_text(app)
        assert "starts empty" in screen_text(app)
        draft = form(app).draft
        assert (draft.name, draft.data) == ("half_written", '{"half": ')
        assert draft.person.startswith("cio_")
        await press(pilot, "ctrl+n")
        assert form(app).draft == app.screen.initial
        assert "draft restored" not in screen_text(app)
        await press(pilot, "escape")
        assert app.drafts.kept == {}

    piloted(demo, flow)


async def resend_and_overwrite(pilot, app, demo, text):
    demo.track(text[:90], person="135", data={text: text, "deep": [{text: [text]}]}, timestamp=demo.now())
    sent = newest(demo)
    app.resend(sent.activity.id)
    await settle(pilot)
    assert form(app).draft.name == sent.activity.name
    await press(pilot, "f5")
    assert "\x1b" not in screen_text(app)
    await press(pilot, "ctrl+s")
    if sent.activity.is_event:
        copy = newest(demo).activity
        assert (copy.name, copy.data, copy.cause) == (sent.activity.name, sent.activity.data, sent.activity.id)
        app.send()
        await settle(pilot)
    for name in ("#name", "#timestamp", "#id", "#anonymous", "#invite", "PickerInput"):
        form(app).query_one(name).value = text
    form(app).query_one("#name").focus()
    await press(pilot, "down")
    form(app).editor.text = text
    for _ in range(3):
        await press(pilot, "f5", "ctrl+s")
        form(app).query_one("#owner-kind").focus()
        await press(pilot, "right")
    assert "\x1b" not in screen_text(app)
    await press(pilot, "escape")
    app.send()
    await settle(pilot)
    assert form(app).draft.timestamp == text.split("\n")[0] or form(app).draft.timestamp == text


def test_hostile_text_crashes_nothing(demo):
    async def flow(pilot, app):
        for text in HOSTILE:
            await resend_and_overwrite(pilot, app, demo, text)
            await press(pilot, "ctrl+n", "escape")
            assert app.drafts.kept == {}

    piloted(demo, flow)
