"""What the console looked like when it was left, by workspace: kept in one JSON file, and taken up at the next start."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from platformdirs import user_state_path

from cio_tui.model.errors import InputError

KEPT_WORKSPACES: Final = 50


@dataclass(frozen=True, slots=True)
class ViewState:
    """How one view was asked. `sort` is a column, and whether it descends; no columns means as many as there is room for."""

    line: str = ""
    filtering: bool = True
    sort: tuple[str, bool] | None = None
    who: str = ""
    beyond: bool = False
    columns: tuple[str, ...] = ()
    following: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """The view that was shown, and how each was asked."""

    view: str = "activity"
    views: Mapping[str, ViewState] = field(default_factory=dict)


class SessionError(InputError):
    """The file is not what we wrote."""


def session_path() -> Path:
    """Where the file is on this system."""
    return user_state_path("cio-tui", appauthor=False) / "session.json"


def read_session(path: Path, workspace: str) -> Session | None:
    """How a workspace was left; None when nobody knows. Raises SessionError for a broken file."""
    shape = _read(path).get(workspace)
    if shape is None:
        return None
    try:
        views = {str(name): _view_state(state) for name, state in shape["views"].items()}
        return Session(_checked(shape["view"], str), views)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SessionError(f"{path}: the entry for {workspace} is broken ({error})") from None


def write_session(path: Path, workspace: str, session: Session) -> None:
    """Remember how a workspace was left, the latest last. Raises OSError."""
    try:
        known = _read(path)
    except SessionError:
        known = {}
    known.pop(workspace, None)
    known[workspace] = asdict(session)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_text(json.dumps(dict(list(known.items())[-KEPT_WORKSPACES:]), indent=1), encoding="utf-8")
    os.replace(part, path)


def _read(path: Path) -> dict[str, Any]:
    try:
        shape = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise SessionError(f"{path} cannot be read ({error})") from None
    if not isinstance(shape, dict):
        raise SessionError(f"{path} holds no sessions")
    return shape


def _view_state(shape: Mapping[str, Any]) -> ViewState:
    sort = shape.get("sort")
    return ViewState(
        line=_checked(shape.get("line", ""), str),
        filtering=_checked(shape.get("filtering", True), bool),
        sort=None if sort is None else (_checked(sort[0], str), _checked(sort[1], bool)),
        who=_checked(shape.get("who", ""), str),
        beyond=_checked(shape.get("beyond", False), bool),
        columns=tuple(_checked(name, str) for name in shape.get("columns", ())),
        following=_checked(shape.get("following", False), bool),
    )


def _checked(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} where {kind.__name__} is expected")
    return value
