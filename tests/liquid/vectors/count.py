"""The part of docs/fidelity.md that counts: `python -m tests.liquid.vectors.count` says it, `--write` puts it there."""

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Final

from tests.liquid.vectors.cases import PROFILES, all_cases
from tests.liquid.vectors.outcomes import differences, engine_of, handwritten, reasons

DOCUMENT: Final = Path(__file__).parents[3] / "docs" / "fidelity.md"
BEGIN, END = "<!-- vectors: begin -->\n", "<!-- vectors: end -->\n"


def report() -> str:
    """A table of groups, then every known difference with its reason."""
    groups = sorted({case.group for case in all_cases()})
    lines = [f"| group | {' | '.join(f'{profile}: vectors, known differences' for profile in PROFILES)} |", "| --- | --- | --- |"]
    totals = {profile: Counter(case.group for case in all_cases() if profile in case.profiles) for profile in PROFILES}
    differing = {profile: Counter(name.partition("/")[0] for name in differences(profile)) for profile in PROFILES}
    for group in groups:
        cells = [
            f"{totals[profile][group]}, {differing[profile][group]}" if totals[profile][group] else "" for profile in PROFILES
        ]
        lines.append(f"| {group} | {' | '.join(cells)} |")
    cells = [f"{totals[profile].total():,}, {differing[profile].total()}" for profile in PROFILES]
    lines += [f"| all | {' | '.join(cells)} |", f"| Customer.io's additions, by hand | {len(handwritten())} |  |"]
    for profile in PROFILES:
        lines += ["", f"Known differences of `{profile}` from {engine_of(profile)}:", ""]
        lines += [f"- {because} ({_places(names)})" for because, names in reasons(profile)] or ["- none"]
    return "\n".join(lines) + "\n"


def _places(names: tuple[str, ...]) -> str:
    """Ids, those of one section together: `dates/inputs 1.3, 1.4`."""
    sections: dict[str, list[str]] = {}
    for name in names:
        section, _, number = name.rpartition("/")
        sections.setdefault(section, []).append(number)
    return "; ".join(f"{section} {', '.join(numbers)}" for section, numbers in sections.items())


def in_document() -> str:
    """What stands in the document now."""
    _, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    return rest.partition(END)[0].strip() + "\n"


def write() -> None:
    """Replace what stands between the markers."""
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    part = DOCUMENT.with_suffix(".part")
    part.write_text(f"{before}{BEGIN}\n{report()}\n{END}{after}", encoding="utf-8", newline="\n")
    os.replace(part, DOCUMENT)


if __name__ == "__main__":
    write() if "--write" in sys.argv else sys.stdout.write(report())
