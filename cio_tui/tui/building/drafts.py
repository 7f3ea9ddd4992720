"""What was written in a builder that was left: kept for a workspace until it is opened again."""

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from cio_tui.segments.conditions import Group
from cio_tui.segments.definition import Definition, Kind
from cio_tui.tui.building.outline import Outline
from cio_tui.workspace import Workspace


@dataclass(frozen=True)
class Draft:
    """The fields as they were written. `text` is the YAML where it was left and cannot be read."""

    name: str = ""
    description: str = ""
    kind: Kind = "data"
    outline: Outline = field(default_factory=Outline)
    id: int | None = None
    text: str | None = None

    @classmethod
    def of(cls, definition: Definition) -> "Draft":
        """The fields for a definition."""
        outline = Outline.of(definition.condition)
        return cls(definition.name, definition.description, definition.kind, outline, definition.id)

    @property
    def definition(self) -> Definition:
        """What the fields say, without the rows that cannot be read."""
        condition = Group() if self.kind == "manual" else self.outline.condition
        return Definition(self.name.strip(), self.description, self.kind, condition, self.id)


Drafts = MutableMapping[int | None, Draft]
_KEPT: WeakKeyDictionary[Workspace, dict[int | None, Draft]] = WeakKeyDictionary()


def drafts_of(workspace: Workspace) -> Drafts:
    """The drafts of a workspace, by the segment's number; under None that of a new one."""
    return _KEPT.setdefault(workspace, {})
