"""The engine: one `Workspace` with the verbs, and what they are made of.

`Workspace` is loaded on first use: a template is rendered without one.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cio_tui.workspace.workspace import Workspace

__all__ = ["Workspace"]


def __getattr__(name: str) -> Any:
    if name == "Workspace":
        from cio_tui.workspace.workspace import Workspace

        return Workspace
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
