"""A Customer.io workspace on your own machine.

    from cio_tui import Workspace

    with Workspace.open("shop.cio") as workspace:
        workspace.identify("42", {"email": "ada@shop.example"})
        receipt = workspace.track("order_placed", person="42", data={"total": 215})

`Workspace` is loaded on first use, so that importing the package costs nothing.
"""

from typing import TYPE_CHECKING, Any

from cio_tui.version import __version__

if TYPE_CHECKING:
    from cio_tui.workspace import Workspace

__all__ = ["Workspace", "__version__"]


def __getattr__(name: str) -> Any:
    if name == "Workspace":
        from cio_tui.workspace import Workspace  # noqa: PLC0415

        return Workspace
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
