"""How templates, what comes out of them, and what is wrong with them are printed."""

import sys

import click

from cio_tui.cli.face import talk
from cio_tui.liquid.problems import Problem
from cio_tui.model.json_values import printable


def problem_line(file: str, problem: Problem) -> str:
    """`file:line:column: severity: words (hint)`; a problem in a snippet names that in the file's place."""
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{problem.source or file}:{problem.line}:{problem.column}: {problem.severity}: {problem.message}{hint}"


def say_problem(file: str, problem: Problem) -> None:
    """The line, on stderr."""
    talk(problem_line(file, problem))


def put_out(text: str) -> None:
    """Just these characters, at once, for files and programs; on a terminal, control characters are spelt out."""
    if sys.stdout.isatty():
        text = "\n".join(map(printable, text.split("\n")))
    click.echo(whole_text(text).encode(), nl=False)


def whole_text(text: str) -> str:
    """The text as any output can carry it: halves of characters are put together, or become U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
