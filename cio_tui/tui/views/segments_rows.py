"""The list of segments without a screen: its columns, its rows, and what can be copied of one."""

import shlex
from collections.abc import Callable
from typing import Any, Final

from cio_tui import filters
from cio_tui.model.errors import CioError
from cio_tui.model.instants import format_instant
from cio_tui.model.json_values import dumps
from cio_tui.segments.dialects import DIALECTS
from cio_tui.segments.writing import to_json_tree, to_yaml
from cio_tui.tui.rows import DIMMED, Column, HeldRows, Question, Rows, ShownRow
from cio_tui.tui.text import visible
from cio_tui.workspace import Workspace
from cio_tui.workspace.segment_reader import SegmentRow

COLUMNS: Final = (
    Column("name", 0, weight=2),
    Column("kind", 6, least=40),
    Column("people", 7, right=True),
    Column("saved", 11, least=50),
    Column("uses", 0, least=72),
    Column("used by", 0, least=72),
)
_ORDER: Final[dict[str, Callable[[SegmentRow], Any]]] = {
    "name": lambda row: row.segment.name.casefold(),
    "kind": lambda row: row.segment.kind,
    "people": lambda row: row.members,
    "saved": lambda row: row.segment.updated_at,
    "uses": lambda row: (len(row.uses), row.uses),
    "used by": lambda row: (len(row.used_by), row.used_by),
}


def segment_key(row: SegmentRow) -> str:
    """What a segment's row is called: its number."""
    return str(row.segment.number)


def segment_rows(workspace: Workspace, question: Question) -> Rows:
    """The answer to a question about segments, in the order they were made unless it asks for another. Raises FilterError."""
    context = filters.FilterContext(now=workspace.now(), people=lambda _: [])
    condition = filters.parse(question.filter, "segments").compile(context)
    rows = [row for row in workspace.segments.all() if condition is None or condition(_document(row))]
    if question.sort is not None and question.sort.column in _ORDER:
        rows.sort(key=_ORDER[question.sort.column], reverse=question.sort.descending)
    return HeldRows(rows, segment_key, _shown)


def _document(row: SegmentRow) -> dict[str, Any]:
    one = row.segment
    return {
        "name": one.name,
        "description": one.definition.description,
        "kind": one.kind,
        "members": row.members,
        "uses": row.uses,
        "used_by": row.used_by,
        "updated_at": one.updated_at,
    }


def _shown(row: SegmentRow) -> ShownRow:
    one = row.segment
    cells = (
        visible(one.name),
        one.kind,
        f"{row.members:,}",
        format_instant(one.updated_at)[5:16],
        visible(", ".join(row.uses)),
        visible(", ".join(row.used_by)),
    )
    return ShownRow(cells, "" if row.members else DIMMED)


def copies_of_segment(workspace: Workspace, row: SegmentRow) -> list[tuple[str, str]]:
    """Name, definition as YAML and as the product's JSON, the SQL that finds its people, and the line that lists them."""
    definition = row.segment.definition
    found = [("Name", row.segment.name), ("YAML", to_yaml(definition)), ("JSON tree", dumps(to_json_tree(definition)))]
    for dialect in DIALECTS if row.segment.kind == "data" else ():
        try:
            found.append((f"SQL {dialect}", workspace.segments.sql(row.segment.number, dialect)))
        except CioError:
            continue  # changed or deleted meanwhile
    dashed = ["--"] if row.segment.name.startswith("-") else []
    found.append(("Command line", shlex.join(["cio-tui", "segment", "members", *dashed, row.segment.name])))
    return found
