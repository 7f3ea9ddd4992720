"""Settings: strict, errors that name file, line and key; what they change on the screen; a broken file stops nothing."""

import pytest

from cio_tui.tui.settings import Settings, SettingsError, read_settings, settings_path
from tests.tui.conftest import piloted, press, screen_text, write

FULL = """
theme = "cio-light"
spacing = "compact"
glyphs = "ascii"
follow = true

[filters]
orders = "type:event name:order*"

[keys]
"activity.send" = "s,f6"
"""


def write_settings(text: str):
    path = settings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_is_the_defaults(tmp_path):
    assert read_settings(tmp_path / "none.toml") == Settings()


def test_a_full_file():
    settings = read_settings(write_settings(FULL))
    assert (settings.theme, settings.spacing, settings.glyphs, settings.follow) == ("cio-light", "compact", "ascii", True)
    assert settings.filters == {"orders": "type:event name:order*"}
    assert settings.keys == {"activity.send": "s,f6"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('theme = "x"\nthema = "y"', "line 2: thema is no setting"),
        ("\nfollow = 1", "line 2: follow must be true or false, not 1"),
        ("theme = 3", "line 1: theme must be a text, not 3"),
        ('spacing = "wide"', "line 1: spacing must be one of normal, compact, not 'wide'"),
        ('filters = "x"', "line 1: filters must be a table: [filters]"),
        ("[filters]\na = 1", "line 2: filters.a must be a text, not 1"),
        ('[keys]\n"undo" = ["u"]', "line 2: keys.undo must be a text"),
        ("[extra]\nx = 1", "line 1: extra is no setting"),
        ("theme = \nx = 1", "at line 1, column"),
    ],
)
def test_errors_name_file_line_and_key(text, said):
    path = write_settings(text)
    with pytest.raises(SettingsError) as caught:
        read_settings(path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)


def test_a_file_that_is_no_text(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings(path)


def test_settings_show(demo):
    write_settings(FULL)

    async def flow(pilot, app):
        assert app.theme == "cio-light"
        assert app.view.following
        text = screen_text(app)
        assert "●" not in text
        assert "╭" not in text
        await press(pilot, "f6")
        assert "Send" in screen_text(app)
        assert len(app.screen_stack) == 2
        await press(pilot, "escape", "1", "2")
        await press(pilot, "ctrl+p")
        await write(pilot, "filter: orders")
        await press(pilot, "enter")
        assert app.view.question.line == "type:event name:order*"

    piloted(demo, flow)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theme = 3", "theme must be a text"),
        ('theme = "nowhere"', "there is no 'nowhere'"),
        ('[keys]\nundo = "ctrl+i"', "ctrl+i"),
    ],
)
def test_a_wrong_file_is_said_and_the_console_starts_with_defaults(demo, text, said):
    path = write_settings(text)

    async def flow(pilot, app):
        assert app.theme == "cio-dark"
        [toast] = app.said
        assert str(path) in toast.message
        assert said in toast.message
        assert toast.severity == "error"
        assert app.view.table.has_focus

    piloted(demo, flow)


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "textual-light", "cio-light"])
def test_every_kind_of_theme_draws(demo, theme):
    write_settings(f'theme = "{theme}"')

    async def flow(pilot, app):
        assert app.theme == theme
        assert "TIMESTAMP" in screen_text(app)
        await press(pilot, "1", "3", "4", "2", "f1")
        assert "Help" in screen_text(app)

    piloted(demo, flow)


def test_without_colour_states_are_still_told_apart(demo, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    demo.track("x", person="nobody-at-all")

    async def flow(pilot, app):
        assert app.no_color
        text = screen_text(app)
        assert "● " in text
        assert "○ " in text
        assert "× " in text

    piloted(demo, flow)
