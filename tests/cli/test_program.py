"""The program itself: starting light, helping everywhere, following, the demo's tour."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cio_tui.cli.app import VERBS

PROGRAM = [sys.executable, "-c", "from cio_tui.cli import main; main()"]


def run(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=False, **options)


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        (
            "import sys; sys.argv = ['cio-tui', '--version']; from cio_tui.cli import main; main()",
            "click,apsw,tinydb,rich,textual,orjson",
        ),
        ("import cio_tui.cli.app", "rich,textual,jsonpath_ng,liquid"),
        ("import cio_tui.workspace, cio_tui.exports.csv_file", "rich,textual,click,liquid"),
    ],
)
def test_what_a_start_does_not_load(code, unwanted):
    asked = f"{code}\nimport sys\nprint([name for name in '{unwanted}'.split(',') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_verb_explains_itself():
    listed = run("--help")
    assert listed.returncode == 0
    for name in VERBS:
        assert f"  {name} " in listed.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb(cli, verb):
    helped = cli(verb, "--help")
    assert helped.code == 0
    assert "Usage: cio-tui" in helped.out


def test_unknown_verbs_are_wrong_usage(cli):
    assert cli("sendd").code == 2


def test_the_demo_in_a_pipe_prints_a_tour(tmp_path):
    toured = run("-w", str(tmp_path / "demo.cio"), "demo")
    assert toured.returncode == 0
    assert toured.stderr == ""
    for said in ("Fjord & Field", "$ cio-tui send order_placed", "accepted", "→ anon_merge", "looks like", "undone"):
        assert said in toured.stdout
    assert run("-w", str(tmp_path / "demo.cio"), "demo").returncode == 3


def test_the_demo_is_the_same_every_time(tmp_path):
    exports = []
    for name in ("one", "two"):
        assert run("-w", str(tmp_path / f"{name}.cio"), "demo", "--json").returncode == 0
        assert run("-w", str(tmp_path / f"{name}.cio"), "workspace", "export-json", str(tmp_path / name)).returncode == 0
        exports.append((tmp_path / name).read_bytes())
    assert exports[0] == exports[1]


def test_follow_shows_what_another_process_sends(tmp_path):
    path = str(tmp_path / "followed.cio")
    assert run("-w", path, "send", "before", "--anonymous", "v1").returncode == 0
    log = tmp_path / "log"
    with log.open("w") as out:
        follower = subprocess.Popen([*PROGRAM, "-w", path, "activity", "--follow", "--json"], stdout=out)
        try:
            _until(log, 1)
            assert run("-w", path, "send", "after", "--anonymous", "v1").returncode == 0
            _until(log, 2)
        finally:
            follower.terminate()
            follower.wait()
    assert [json.loads(line)["name"] for line in log.read_text().splitlines()] == ["before", "after"]


def _until(log: Path, lines: int) -> None:
    for _ in range(200):
        if len(log.read_text().splitlines()) >= lines:
            return
        time.sleep(0.05)
    raise AssertionError(f"{lines} lines never came: {log.read_text()}")


def test_a_reader_that_leaves_early_is_no_error(tmp_path):
    path = str(tmp_path / "piped.cio")
    assert run("-w", path, "demo", "--json").returncode == 0
    command = f"{' '.join(map(repr, PROGRAM))} -w {path} activity --limit 1000 --json | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, env=os.environ)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
