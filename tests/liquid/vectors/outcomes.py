"""What we make of a case, beside what is expected of it.

`python -m tests.liquid.vectors.outcomes latest dates/` prints the differences of that profile that are not listed.
"""

import json
import sys
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from cio_tui.liquid.scope import Rendering, Scope
from cio_tui.liquid.template import parse
from tests.liquid.vectors.cases import HERE, NOW, Case, all_cases


@dataclass(frozen=True)
class Handwritten:
    """A case of customerio.yaml."""

    id: str
    template: str
    data: dict[str, Any]
    profile: str
    output: str = ""
    matches: str = ""
    fails: str = ""

    def render(self) -> Rendering:
        """What we make of it."""
        return parse(self.template, self.profile).render(Scope(data=self.data, now=NOW))


@cache
def handwritten() -> tuple[Handwritten, ...]:
    """Every case that was written by hand."""
    group = yaml.safe_load((HERE / "customerio.yaml").read_text(encoding="utf-8"))
    return tuple(
        Handwritten(
            f"{section}/{number}",
            item["template"],
            group["data"],
            item.get("profile", "latest"),
            **{name: item[name] for name in ("output", "matches", "fails") if name in item},
        )
        for section, items in group["vectors"].items()
        for number, item in enumerate(items, 1)
    )


@cache
def expected_of(profile: str) -> dict[str, dict[str, str]]:
    """`check` and either `output` or `error` of each case, as the real engine gave them."""
    return json.loads((HERE / "expected" / f"{profile}.json").read_text(encoding="utf-8"))["vectors"]


@cache
def engine_of(profile: str) -> str:
    """The engine and version that gave them."""
    return json.loads((HERE / "expected" / f"{profile}.json").read_text(encoding="utf-8"))["engine"]


@cache
def reasons(profile: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Why we differ, and where."""
    listed = yaml.safe_load((HERE / "differences.yaml").read_text(encoding="utf-8"))
    return tuple((entry["because"], tuple(entry["vectors"])) for entry in listed.get(profile, ()))


@cache
def differences(profile: str) -> frozenset[str]:
    """The ids of the cases that are known to differ."""
    return frozenset(name for _, names in reasons(profile) for name in names)


def verdict(case: Case, profile: str) -> str:
    """Empty when we agree with the real engine, else what each says.

    Its words for an error are its own. That a value is missing has to be said, unless the template cannot even be read.
    """
    expected = expected_of(profile)[case.id]
    rendering = parse(case.template, profile).render(Scope(data=case.data, now=NOW, partials=case.partials))
    if "error" in expected:
        if rendering.ok:
            return f"fails with {expected['error']!r}, we print {rendering.text!r}"
        missing = "undefined variable" in expected["error"]
        if missing and not any(problem.kind in {"missing", "scope", "syntax", "unclosed"} for problem in rendering.problems):
            return f"fails with {expected['error']!r}, we with {'; '.join(map(str, rendering.problems))!r}"
        return ""
    if not rendering.ok:
        return f"prints {expected['output']!r}, we fail with {'; '.join(map(str, rendering.problems))!r}"
    return "" if rendering.text == expected["output"] else f"prints {expected['output']!r}, we print {rendering.text!r}"


def main() -> None:
    """Print the differences that are not listed."""
    profile, beginning = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    for case in all_cases():
        if profile in case.profiles and case.id.startswith(beginning) and case.id not in differences(profile):
            difference = verdict(case, profile)
            if difference:
                value = f"  value: {case.data['value']!r}" if "value" in case.data else ""
                sys.stdout.write(f"{case.id}: {case.template!r}{value}\n    {difference}\n")


if __name__ == "__main__":
    main()
