"""Reading anonymous ids: what each holds, who claimed it, and when what is left goes."""

from dataclasses import dataclass
from typing import Any

from cio_tui.model.limits import ANONYMOUS_RETENTION, CLAIM_WINDOW
from cio_tui.workspace.directory import Directory
from cio_tui.workspace.engine import Engine


@dataclass(frozen=True, slots=True)
class AnonymousRow:
    """One anonymous id. Instants are Unix seconds: `first` and `last` of its events, `open_until` the end of the five minutes
    in which later events still merge, `purge_at` when the oldest event that nobody owns is deleted.
    """

    anonymous_id: str
    events: int
    unclaimed: int
    first: int | None
    last: int | None
    claimed_by: str | None
    claimed_at: int | None
    open_until: int | None
    purge_at: int | None

    def to_json(self) -> dict[str, Any]:
        """The row's fields by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def anonymous_rows(engine: Engine, directory: Directory) -> list[AnonymousRow]:
    """Every anonymous id with events or a claim, the latest first."""
    claims = {one["anonymous_id"]: one for one in engine.database.documents("claims")}
    rows = []
    for anonymous_id, events, unclaimed, first, last, oldest in engine.queries.anonymous_ids():
        claim = claims.pop(anonymous_id, None)
        rows.append(_row(directory, anonymous_id, (events, unclaimed, first, last), oldest, claim))
    rows += [_row(directory, anonymous_id, (0, 0, None, None), None, claim) for anonymous_id, claim in claims.items()]
    return rows


def _row(
    directory: Directory,
    anonymous_id: str,
    counts: tuple[int, int, int | None, int | None],
    oldest: int | None,
    claim: dict[str, Any] | None,
) -> AnonymousRow:
    return AnonymousRow(
        anonymous_id,
        *counts,
        claimed_by=None if claim is None else directory.label(claim["person"]),
        claimed_at=None if claim is None else claim["claimed_at"],
        open_until=None if claim is None else claim["claimed_at"] + CLAIM_WINDOW,
        purge_at=None if oldest is None else oldest + ANONYMOUS_RETENTION + 1,
    )
