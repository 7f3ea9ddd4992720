"""The inputs: each file of `inputs/` is a group, each of its sections a list of templates or a table of templates and values.

`python -m tests.liquid.vectors.cases latest` prints those of a profile as JSON, for the scripts that ask the real engine.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

HERE: Final = Path(__file__).parent
PROFILES: Final = ("latest", "legacy")
NOW: Final = 1782898200
"""What `now` is: 1 July 2026, 09:30:00 UTC."""


@dataclass(frozen=True)
class Case:
    """One template with its data. Its id is `group/section/number`, or `group/section/template.value` in a table."""

    id: str
    template: str
    data: dict[str, Any]
    profiles: tuple[str, ...]
    partials: dict[str, str] = field(default_factory=dict)

    @property
    def group(self) -> str:
        """The name of its file."""
        return self.id.partition("/")[0]

    @property
    def check(self) -> str:
        """Changes with the template and its data, so that an expected text is not taken for another case's."""
        text = json.dumps([self.template, self.data, self.partials], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:10]


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case of every file, in order."""
    return tuple(case for path in sorted((HERE / "inputs").glob("*.yaml")) for case in _cases_of(path))


def _cases_of(path: Path) -> Iterator[Case]:
    group = yaml.safe_load(path.read_text(encoding="utf-8"))
    shared = group.get("data", {})
    profiles = tuple(group.get("profiles", PROFILES))
    for section, body in group["vectors"].items():
        place = f"{path.stem}/{section}"
        if isinstance(body, dict):
            yield from _table(place, body, shared, tuple(body.get("profiles", profiles)))
            continue
        for number, item in enumerate(body, 1):
            entry = item if isinstance(item, dict) else {"template": item}
            yield Case(
                f"{place}/{number}",
                entry["template"],
                shared | entry.get("data", {}),
                tuple(entry.get("profiles", profiles)),
                group.get("partials", {}) | entry.get("partials", {}),
            )


def _table(place: str, body: dict[str, Any], shared: dict[str, Any], profiles: tuple[str, ...]) -> Iterator[Case]:
    """Each template with each value under the name `value`."""
    for row, template in enumerate(body["templates"], 1):
        for column, value in enumerate(body["values"], 1):
            yield Case(f"{place}/{row}.{column}", template, shared | {"value": value}, profiles)


def main() -> None:
    """Print what the real engine is to be asked."""
    profile = sys.argv[1]
    cases = [
        {"id": case.id, "check": case.check, "template": case.template, "data": case.data, "partials": case.partials}
        for case in all_cases()
        if profile in case.profiles
    ]
    sys.stdout.write(json.dumps({"now": NOW, "cases": cases}))


if __name__ == "__main__":
    main()
