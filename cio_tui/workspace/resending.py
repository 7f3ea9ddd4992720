"""Sending an event again, changed or not: always a new event that names the original as its cause (E9)."""

from collections.abc import Mapping
from typing import Any

from cio_tui.model.activity import Activity
from cio_tui.model.commands import Track
from cio_tui.model.errors import InputError
from cio_tui.model.paths import PropertyPath
from cio_tui.model.people import Reference


def resent(
    original: Activity,
    *,
    data: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    person: Reference | None = None,
    timestamp: int | None = None,
    keep_id: bool = False,
) -> Track:
    """The command that sends `original` again, now and under a new id unless told otherwise.

    `data` replaces the data, `changes` sets single paths in it (`items[0].price`). Without `person` it goes to whom the
    original belongs, or to its anonymous id. Raises InputError for an activity that is no event, and for paths that lead
    nowhere.
    """
    if not original.is_event:
        raise InputError(f"{original.id} is a {original.type}; only events, pages and screens can be sent again")
    content = dict(original.data if data is None else data)
    for path, value in (changes or {}).items():
        content = PropertyPath.parse(path).assign(content, value)
    owner: Reference | None = person
    if owner is None and original.person is not None:
        owner = {"cio_id": original.person}
    return Track(
        name=original.name or "",
        type=original.type,
        person=owner,
        anonymous_id=None if owner is not None else original.anonymous_id,
        data=content,
        timestamp=timestamp,
        id=original.id if keep_id else None,
        cause=original.id,
    )
