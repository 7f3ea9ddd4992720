"""The command's frame: which verbs there are, loaded when they are called, and how errors leave the program."""

import os
import sys
from importlib import import_module
from typing import Any, Final

import click

from cio_tui.cli.face import EXIT_REFUSED, EXIT_USAGE, Face, pass_on_options, talk
from cio_tui.model.errors import CioError
from cio_tui.version import __version__

VERBS: Final = {
    "demo": ("demo", "A fresh copy of the demo workspace, in the console; in a pipe, a short tour."),
    "send": ("events", "Send an event, page or screen."),
    "resend": ("events", "Send a copy of an event, changed or not."),
    "activity": ("activity", "The activity log, newest first."),
    "anonymous": ("activity", "Anonymous ids: events, claims, purges."),
    "people": ("people", "List people."),
    "person": ("people", "Show one person."),
    "identify": ("people", "Add or update a person."),
    "merge": ("people", "Merge a person into another."),
    "delete": ("people", "Remove a person."),
    "suppress": ("people", "Remove a person and block the identifiers."),
    "unsuppress": ("people", "Free blocked identifiers."),
    "device": ("people", "Add or remove a person's device."),
    "index": ("index", "The data index: events and attributes."),
    "segment": ("segments", "Segments: list, save, count, members, explain, diff."),
    "message": ("messages", "Messages: list, show, save, delete, versions."),
    "snippet": ("messages", "Snippets: list, show, save, delete."),
    "preview": ("previews", "A message as it would go out: person, event, headers, body."),
    "try": ("previews", "A message over the last events: ok, failed or empty, and why."),
    "compare": ("previews", "Two versions of a message over the last events: what differs."),
    "usage": ("reach", "What a message reads, and which events lack it."),
    "coverage": ("reach", "Which branches of a message events reach."),
    "render": ("liquid", "Render a template with data of your own."),
    "lint": ("liquid", "What is wrong with templates, whatever the data."),
    "clock": ("time", "Show, hold, advance or release the clock."),
    "undo": ("time", "Take the last command back."),
    "redo": ("time", "Do again what was undone last."),
    "history": ("time", "The commands that undo reaches."),
    "import": ("imports", "Import people or events from CSV."),
    "imports": ("imports", "Earlier imports; resume or take back one that stopped half-way."),
    "export": ("exports", "Export people, events, the log, the data index, a segment or one person."),
    "workspace": ("workspace", "Look at, check, export or set the workspace."),
}
"""Each verb's module below `cio_tui.cli`, and its line of help."""


class Verbs(click.Group):
    """A group that loads a verb's module when the verb is called: `--help` loads none."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The verbs, in the order of the table."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The verb of a name."""
        if cmd_name not in VERBS:
            return None
        module = import_module(f"cio_tui.cli.{VERBS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list in `--help`, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in VERBS.items()])


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, message="cio-tui %(version)s")
@pass_on_options
def program() -> None:
    """A Customer.io workspace in your terminal, offline. Without a command, the console opens.

    The workspace is a file: -w PATH, or CIO_TUI_WORKSPACE, or one in your data folder. Every command takes --json, which
    prints JSON lines on stdout and nothing else.
    """
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        _without_verb(context)


def _without_verb(context: click.Context) -> None:
    from cio_tui.cli.console import can_draw, open_console

    face: Face = context.obj
    if can_draw(face):
        with face.workspace(create=True) as workspace:
            context.exit(open_console(workspace))
    click.echo(context.get_help(), err=True)
    context.exit(EXIT_USAGE)


def run() -> None:
    """Run the program, and leave with its exit code."""
    try:
        code: Any = program.main(prog_name="cio-tui", standalone_mode=False)
    except click.exceptions.Abort:
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except CioError as error:
        talk(f"error: {error}")
        if error.hint:
            talk(f"  → {error.hint}")
        code = EXIT_REFUSED
    except BrokenPipeError:
        _close_stdout()
        code = 0
    except OSError as error:
        talk(f"error: {error.filename or 'what is printed cannot be written'}: {(error.strerror or str(error)).lower()}")
        _close_stdout()
        code = EXIT_REFUSED
    except KeyboardInterrupt:
        code = 130
    sys.exit(code if isinstance(code, int) else 0)


def _close_stdout() -> None:
    """What could not be printed is not tried again when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
