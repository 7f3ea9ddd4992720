"""The send form in a test: what it shows, and what it wrote."""

from textual.widgets import Button

from cio_tui.tui.screens.send import SendScreen
from cio_tui.tui.screens.send_form import SendForm


def newest(workspace, line="", hidden=True):
    return max(
        (entry for entry in workspace.log.page(line, limit=10_000, hidden=hidden).entries), key=lambda one: one.position[1]
    )


def form(app):
    assert isinstance(app.screen, SendScreen)
    return app.screen.query_one(SendForm)


def button(app, name):
    """The button of a form that does what a method does."""
    return next(one for one in app.screen.query(Button) if one.name == name)


def toasts(app):
    return "\n".join(toast.message for toast in app._notifications)
