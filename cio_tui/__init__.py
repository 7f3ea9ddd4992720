"""A Customer.io workspace on your own machine.

    from cio_tui import Workspace

    with Workspace.open("shop.cio") as workspace:
        workspace.identify("42", {"email": "ada@shop.example"})
        receipt = workspace.track("order_placed", person="42", data={"total": 215})

What a name stands for is loaded on first use, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from cio_tui.version import __version__

if TYPE_CHECKING:
    from cio_tui.messages.definition import Message
    from cio_tui.workspace import Workspace

__all__ = ["Message", "Workspace", "__version__"]

_ROOMS: Final = {"Message": "cio_tui.messages.definition", "Workspace": "cio_tui.workspace"}


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
