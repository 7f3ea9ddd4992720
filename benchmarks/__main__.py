"""`python -m benchmarks [--quick] [--folder FOLDER] [--write] [NAME ...]`: measure, and print one table."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from benchmarks import (
    console,
    csv_import,
    liquid_events,
    liquid_reach,
    liquid_templates,
    log_pages,
    opening,
    segments,
    segments_live,
    sends,
    starting,
)
from benchmarks.measuring import COLUMNS, Line, Plan

BENCHMARKS: Final[dict[str, Callable[[Plan], list[Line]]]] = {
    "sends": sends.run,
    "log-pages": log_pages.run,
    "opening": opening.run,
    "csv-import": csv_import.run,
    "starting": starting.run,
    "segments": segments.run,
    "segments-live": segments_live.run,
    "liquid": liquid_templates.run,
    "liquid-events": liquid_events.run,
    "liquid-reach": liquid_reach.run,
    "console": console.run,
}
DOCUMENT: Final = Path(__file__).parent.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"


def main() -> None:
    """Run what was asked for, each on its own, so that one that cannot run does not take the others with it."""
    asked = _arguments()
    asked.folder.mkdir(parents=True, exist_ok=True)
    plan = Plan(asked.folder, asked.quick)
    lines: list[Line] = []
    failed = []
    for name in asked.names or BENCHMARKS:
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            lines += BENCHMARKS[name](plan)
        except Exception as error:
            failed.append(f"{name}: {type(error).__name__}: {error}")
    table = as_markdown(lines)
    print(table, end="")
    if asked.write and not failed:
        write_into(DOCUMENT, merged(DOCUMENT, table) if asked.names else table)
    for problem in failed:
        print(problem, file=sys.stderr)
    sys.exit(bool(failed))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure cio_tui beside plainer ways.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)}; all when none is given")
    parser.add_argument("--quick", action="store_true", help="small data and few rounds: a look, not a measurement")
    home = Path(tempfile.gettempdir()) / "cio-tui-benchmarks"
    parser.add_argument("--folder", type=Path, default=home, help="where data is kept between runs")
    parser.add_argument("--write", action="store_true", help=f"put the table into docs/{DOCUMENT.name}")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}: it is one of {', '.join(BENCHMARKS)}")
    if asked.write and asked.quick:
        parser.error("--write takes a measurement, not a look: no --quick")
    return asked


def as_markdown(lines: Iterable[Line]) -> str:
    """The lines as a table."""
    rows = [COLUMNS, tuple("---" for _ in COLUMNS)]
    rows += [(line.what, line.ours, line.beside, line.ratio, line.target) for line in lines]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def merged(path: Path, table: str) -> str:
    """The table of a document with the rows of another one in the places of those that measure the same, new ones at its end."""
    _, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    rows = [row for row in rest.partition(END)[0].splitlines() if row]
    known = {row.split(" | ")[0]: row for row in [*rows, *table.splitlines()]}
    return "".join(f"{row}\n" for row in known.values())


def write_into(path: Path, table: str) -> None:
    """Replace what stands between the markers of a document; the prose around it stays."""
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    part = path.with_suffix(".part")
    part.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8", newline="\n")
    os.replace(part, path)


if __name__ == "__main__":
    main()
