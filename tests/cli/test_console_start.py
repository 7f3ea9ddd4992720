"""Starting the console from the command line: in a terminal it opens, in a pipe it never does."""

import os
import pty
import select
import signal
import subprocess
import sys

import pytest

PROGRAM = [sys.executable, "-c", "from cio_tui.cli import main; main()"]
CTRL_Q = b"\x11"


def in_terminal(arguments, tmp_path, until: bytes, *, cwd=None) -> tuple[int, bytes]:
    """Run the program in a terminal of its own until it has drawn `until`, then press ctrl+q; exit code and output."""
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    environment |= {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "STATE")}
    environment.pop("CIO_TUI_WORKSPACE", None)
    child = subprocess.Popen([*PROGRAM, *arguments], stdin=slave, stdout=slave, stderr=slave, env=environment, close_fds=True)
    os.close(slave)
    seen, left = b"", False
    try:
        while select.select([master], [], [], 30)[0]:
            try:
                read = os.read(master, 65536)
            except OSError:
                break
            if not read:
                break
            seen += read
            if not left and until in seen:
                os.write(master, CTRL_Q)
                left = True
        return child.wait(timeout=30), seen
    finally:
        if child.poll() is None:
            child.send_signal(signal.SIGKILL)
            child.wait()
        os.close(master)


def test_without_a_verb_the_console_opens_on_the_workspace_and_makes_it(tmp_path):
    code, seen = in_terminal([], tmp_path, b"No activity yet")
    assert code == 0, seen[-2000:]
    assert (tmp_path / "data" / "cio-tui" / "workspace.cio").exists()
    assert (tmp_path / "state" / "cio-tui" / "session.json").exists()


def test_the_demo_opens_on_its_fresh_copy(tmp_path):
    code, seen = in_terminal(["demo", "-w", str(tmp_path / "demo.cio")], tmp_path, b"demo.cio")
    assert code == 0, seen[-2000:]
    assert (tmp_path / "demo.cio").exists()
    assert b"$ cio-tui send" not in seen


def test_json_in_a_terminal_opens_nothing(tmp_path):
    code, seen = in_terminal(["demo", "--json", "-w", str(tmp_path / "demo.cio")], tmp_path, b"never")
    assert code == 0
    assert seen.startswith(b'{"workspace":')


@pytest.mark.parametrize("arguments", [[], ["-w", "x.cio"]])
def test_in_a_pipe_it_is_the_help(tmp_path, arguments):
    done = subprocess.run(
        [*PROGRAM, *arguments], capture_output=True, text=True, check=False, cwd=tmp_path, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Usage: cio-tui" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_only_the_console_loads_textual():
    asked = (
        "import sys, cio_tui.cli.app as app, cio_tui.cli.console, importlib\n"
        "for module, _ in app.VERBS.values(): importlib.import_module(f'cio_tui.cli.{module}')\n"
        "print([name for name in sys.modules if name.startswith(('textual', 'cio_tui.tui'))])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
