"""What the README shows is true."""

import re
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def test_its_python_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    [example] = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(example, str(README), "exec"), {})
    assert (tmp_path / "my.cio").exists()


def test_its_links_and_pictures_are_there():
    links = re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8"))
    missing = [link for link in links if not (README.parent / link.replace("%5B", "[").replace("%5D", "]")).exists()]
    assert len(links) > 5
    assert missing == []
