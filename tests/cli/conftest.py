"""Running the command line inside the test's process, as the installed command would."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from cio_tui.cli import main

CLOCK = 1718000000


@dataclass(frozen=True)
class Result:
    """What a call left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """stdout as JSON lines: every one of them must be JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def line(self) -> Any:
        """The only JSON line."""
        [line] = self.lines
        return line


Run = Callable[..., Result]


@pytest.fixture
def cli(tmp_path, monkeypatch, capsys) -> Run:
    """`cli("send", "x", "--person", "42")` on a workspace of the test's own, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CIO_TUI_WORKSPACE", str(tmp_path / "test.cio"))
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "argv", ["cio-tui", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            main()
            code = 0
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run


@pytest.fixture
def shop(cli) -> Run:
    """The same, with a held clock and one person: 42, ada@shop.example."""
    assert cli("clock", "hold", str(CLOCK)).code == 0
    assert cli("identify", "42", "--email", "ada@shop.example", "-a", "first_name=Ada", "-a", "score=9").code == 0
    return cli
