"""What was written in an editor that was left: kept for a workspace until it is opened again."""

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from cio_tui.messages.definition import Message
from cio_tui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Draft:
    """A message as it was written, and the event that it was tried with. `own` says that this is one that nobody has sent."""

    message: Message = field(default_factory=Message)
    person: str | None = None
    own: bool = False
    data: str = "{\n  \n}"


Drafts = MutableMapping[int | None, Draft]
_KEPT: WeakKeyDictionary[Workspace, dict[int | None, Draft]] = WeakKeyDictionary()


def drafts_of(workspace: Workspace) -> Drafts:
    """The drafts of a workspace, by the message's number; under None that of a new one."""
    return _KEPT.setdefault(workspace, {})


SnippetDrafts = MutableMapping[str | None, tuple[str, str]]
_SNIPPETS: WeakKeyDictionary[Workspace, dict[str | None, tuple[str, str]]] = WeakKeyDictionary()


def snippet_drafts_of(workspace: Workspace) -> SnippetDrafts:
    """Names and texts of snippets, by the name as it is saved; under None those of a new one."""
    return _SNIPPETS.setdefault(workspace, {})
