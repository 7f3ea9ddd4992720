"""What every verb of the command line shares: its options, its workspace, and how an answer is printed."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn

import click

from cio_tui.model.errors import InputError
from cio_tui.model.instants import format_instant
from cio_tui.model.json_values import dumps, parse, parse_object, printable
from cio_tui.model.receipts import Effect, Receipt

if TYPE_CHECKING:
    from cio_tui.workspace import Workspace

EXIT_NO: Final = 1
EXIT_USAGE: Final = 2
EXIT_REFUSED: Final = 3
VARIABLE: Final = "CIO_TUI_WORKSPACE"


def talk(line: str) -> None:
    """A line for the person, on stderr."""
    click.echo(printable(line), err=True)


def default_path() -> Path:
    """The workspace file in the person's data folder."""
    from platformdirs import user_data_path

    return user_data_path("cio-tui", appauthor=False) / "workspace.cio"


@dataclass
class Face:
    """The options that all verbs take, and the printing of answers."""

    path: str | None = None
    json: bool = False

    def workspace(self, *, create: bool = False, needed: bool = True, trial: bool = False, missing: str = "") -> "Workspace":
        """The workspace to work on. One that is only read must be there, else `missing` says what to do first. An empty one
        serves where none is there for a `trial`, and where none is `needed` and none is named.
        """
        from cio_tui.workspace import Workspace

        chosen = self.path or os.environ.get(VARIABLE)
        path = Path(chosen) if chosen else default_path()
        there = path.exists()
        if not there and (trial or not (needed or chosen)):
            return Workspace.in_memory()
        if not there and missing:
            raise InputError(f"there is no workspace at {path}", hint=missing)
        if create and not chosen:
            path.parent.mkdir(parents=True, exist_ok=True)
        workspace = Workspace.open(path, create=create)
        try:
            workspace.engine.pass_time()
        except BaseException:
            workspace.close()
            raise
        return workspace

    def line(self, shape: Any) -> None:
        """One JSON line."""
        click.echo(dumps(shape))

    def say(self, text: str = "") -> None:
        """Lines of text; control characters from data are spelt out."""
        for line in text.split("\n"):
            click.echo(printable(line))

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[Any]], empty: str) -> None:
        """Rows under headers, cut to the width of the terminal, the widest texts first; `empty` says what to do without rows."""
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        shown = [[cell_text(cell) for cell in row] for row in rows]
        if not shown:
            talk(empty)
            return
        console = Console(width=terminal_width(), highlight=False)
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
        for place, name in enumerate(columns):
            widest = max(_cells(row[place]) for row in shown)
            keep = None if name in _FLEXIBLE else min(max(widest, _cells(name)), _FIXED_WIDTH)
            justify: Literal["left", "right"] = "right" if name in _NUMBERS else "left"
            table.add_column(name, no_wrap=name not in _FLEXIBLE, min_width=keep, justify=justify)
        for row in shown:
            table.add_row(*(Text(cell, no_wrap=True, overflow="ellipsis") for cell in row))
        console.print(table, crop=False)

    def refuse(self, error: InputError) -> NoReturn:
        """Say that input was refused before it reached the workspace, in a receipt's words."""
        reason = f"{error}: {error.hint}" if error.hint else str(error)
        self.receipt(Receipt("rejected", reasons=(reason,)), "")
        raise click.exceptions.Exit(EXIT_REFUSED)

    def receipt(self, receipt: Receipt, about: str) -> None:
        """Print a receipt, and leave with 3 when it was rejected."""
        if self.json:
            self.line(receipt.to_json())
        else:
            self._say_receipt(receipt, about)
        if not receipt.ok:
            raise click.exceptions.Exit(EXIT_REFUSED)

    def _say_receipt(self, receipt: Receipt, about: str) -> None:
        if not receipt.ok:
            for reason in receipt.reasons:
                talk(f"rejected: {reason}")
        else:
            would = "would be " if receipt.dry_run else ""
            self.say(f"{would}{receipt.status}  {receipt.id or ''}  {about}".rstrip())
            for reason in receipt.reasons:
                self.say(f"  {reason}")
        for note in receipt.notes:
            self.say(f"  note: {note}")
        for effect in receipt.effects:
            if effect.activity != receipt.id:
                self.say(f"  {effect_text(effect)}")


_NUMBERS: Final = ("events", "count", "people", "properties", "drift", "unclaimed", "share", "lag")
_FLEXIBLE: Final = ("data", "attributes", "examples", "kinds", "like", "looks like", "what", "person")
"""Columns that give way first when the terminal is narrow."""
_FIXED_WIDTH: Final = 36
NARROW: Final = 110
"""Below so many columns a list shows less."""
_PIPED_WIDTH: Final = 160


def terminal_width() -> int:
    """How many columns there are to print on: the terminal's, or plenty when the output goes elsewhere."""
    wanted = os.environ.get("COLUMNS", "")
    if wanted.isdecimal() and int(wanted):
        return int(wanted)
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPED_WIDTH


def effect_text(effect: Effect) -> str:
    """One effect as a line: what, then what is particular to it."""
    detail = dict(effect.detail)
    name = detail.pop("name", None)
    parts = [f"→ {effect.kind}", name, *(_part(key, value) for key, value in detail.items() if value not in (None, {}, []))]
    return "  ".join(part for part in parts if part)


def _part(key: str, value: Any) -> str:
    if key in ("at", "timestamp", "instant"):
        return format_instant(value)
    if key != "data" or not isinstance(value, dict):
        return f"{key} {cell_text(value)}"
    return ", ".join(f"{name}: {_change(content)}" for name, content in value.items())


def _change(value: Any) -> str:
    if isinstance(value, dict) and value.keys() == {"from", "to"}:
        return f"{cell_text(value['from']) or 'unset'} → {cell_text(value['to']) or 'unset'}"
    return cell_text(value)


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def cell_text(value: Any) -> str:
    """A value as one line of text: JSON for lists and objects, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return printable(value)
    return dumps(value) if isinstance(value, (dict, list, bool)) else str(value)


def moment(seconds: int | None) -> str:
    """An instant for a table, an em dash for none."""
    return "—" if seconds is None else format_instant(seconds)


def pass_on_options(function: Callable[..., None]) -> Callable[..., None]:
    """`-w` and `--json` for the program itself: they may stand before the verb as well as behind it."""

    def outer(context: click.Context, /, path: str | None, as_json: bool, **options: Any) -> None:
        known = context.obj if isinstance(context.obj, Face) else Face()
        context.obj = Face(path or known.path, as_json or known.json)
        function(**options)

    with_context = click.pass_context(update_wrapper(outer, function))
    path = click.option("-w", "--workspace", "path", metavar="PATH", help=f"The workspace file (or {VARIABLE}).")
    as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON lines and nothing else.")
    return path(as_json(with_context))


def verb(function: Callable[..., None]) -> Callable[..., None]:
    """A command that is handed its `Face` first; adds `-w` and `--json`."""

    def inner(**options: Any) -> None:
        function(click.get_current_context().obj, **options)

    return pass_on_options(update_wrapper(inner, function))


def read_text(source: str, what: str) -> str | bytes:
    """What an option gives: itself, `@FILE`'s content, or `-` for stdin."""
    try:
        if source == "-":
            return sys.stdin.buffer.read()
        if source.startswith("@"):
            return Path(source[1:]).read_bytes()
    except OSError as error:
        raise InputError(f"{what} cannot be read from {source[1:]}: {(error.strerror or str(error)).lower()}") from None
    return source


def read_object(source: str | None, what: str = "--data") -> dict[str, Any] | None:
    """A JSON object given as text, `@FILE` or `-`."""
    return None if source is None else parse_object(read_text(source, what), what)


def read_pairs(pairs: Iterable[str], what: str) -> dict[str, Any]:
    """`name=value` arguments: a value that reads as JSON is that, any other is text. `"42"` in quotes is text too."""
    found: dict[str, Any] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise InputError(f"{what} {pair!r} must be name=value")
        try:
            found[name] = parse(text)
        except InputError:
            found[name] = text
    return found


def written(count: int, noun: str) -> str:
    """`1 row`, `3 rows`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
