"""Opening the console from the command line: the only place outside `tui` that loads it."""

import sys

from cio_tui.cli.face import Face
from cio_tui.workspace import Workspace


def can_draw(face: Face) -> bool:
    """Whether somebody sits at a terminal; JSON is for programs."""
    return not face.json and sys.stdin.isatty() and sys.stdout.isatty()


def open_console(workspace: Workspace) -> int:
    """Open the console on a workspace and wait until it is left; the exit code."""
    from cio_tui.tui.app import Console

    console = Console(workspace)
    console.run()
    return console.return_code or 0
