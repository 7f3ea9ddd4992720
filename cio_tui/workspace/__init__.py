"""The engine: one `Workspace` with the verbs, and what they are made of."""

from cio_tui.workspace.workspace import Workspace

__all__ = ["Workspace"]
