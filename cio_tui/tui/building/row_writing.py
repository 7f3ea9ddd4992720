"""Conditions as rows of an outline."""

from collections.abc import Iterator
from typing import Any

from cio_tui.segments.conditions import (
    AttributeIs,
    Condition,
    DataFilter,
    DataGroup,
    DeviceIs,
    ElementFilter,
    Group,
    InSegment,
    MessageDone,
    SameElement,
)
from cio_tui.segments.phrases import write_count
from cio_tui.tui.building.cell_text import write_frame, write_segment, write_test
from cio_tui.tui.building.rows import Row


def rows_of(condition: Condition, depth: int) -> Iterator[Row]:
    """The rows of one condition: itself, then what is in it."""
    if isinstance(condition, Group):
        yield Row("group", depth, match=condition.match)
        for member in condition.members:
            yield from rows_of(member, depth + 1)
    elif isinstance(condition, (AttributeIs, DeviceIs)):
        kind = "attribute" if isinstance(condition, AttributeIs) else "device"
        yield Row("attribute" if kind == "attribute" else "device", depth, subject=condition.path.text, **_test(condition))
    elif isinstance(condition, InSegment):
        yield Row("segment", depth, inverse=condition.inverse, subject=write_segment(condition.segment))
    elif isinstance(condition, MessageDone):
        yield Row(
            "message",
            depth,
            inverse=condition.inverse,
            subject=condition.action,
            named=condition.name,
            count=write_count("at_least", condition.times),
            frame=write_frame(condition.frame),
        )
    else:
        yield Row(
            condition.type,
            depth,
            match=condition.filters.match,
            inverse=condition.inverse,
            subject=condition.name,
            count=write_count(condition.how, condition.times),
            frame=write_frame(condition.frame),
        )
        for filter_ in condition.filters.members:
            yield from _filter_rows(filter_, depth + 1)


def _filter_rows(member: DataFilter | SameElement | DataGroup, depth: int) -> Iterator[Row]:
    if isinstance(member, DataGroup):
        yield Row("where_group", depth, match=member.match)
        for inner in member.members:
            yield from _filter_rows(inner, depth + 1)
    elif isinstance(member, SameElement):
        yield Row("same_element", depth, subject=member.path.text)
        for element in member.filters:
            yield _where(element, depth + 1)
    else:
        yield _where(member, depth)


def _where(one: DataFilter | ElementFilter, depth: int) -> Row:
    return Row("where", depth, subject="" if one.path is None else one.path.text, **_test(one))


def _test(one: AttributeIs | DeviceIs | DataFilter | ElementFilter) -> dict[str, Any]:
    return write_test(one.test)
