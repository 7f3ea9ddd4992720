"""What a template can ask of the loop that it stands in: `forloop` and `tablerowloop`."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from cio_tui.liquid.paths import ABSENT

_LOOP: Final = frozenset({"index", "index0", "rindex", "rindex0", "first", "last", "length", "name", "parentloop"})
_ROW: Final = frozenset(
    {"index", "index0", "rindex", "rindex0", "first", "last", "length", "name", "row", "col", "col0", "col_first", "col_last"}
)


class ForLoop(Mapping[str, Any]):
    """`forloop`: where the loop is."""

    __slots__ = ("i", "length", "name", "parent")

    def __init__(self, name: str, length: int, parent: Any) -> None:
        self.i = 0
        self.name = name
        self.length = length
        self.parent = parent

    def __getitem__(self, key: str) -> Any:
        found = self.get(key, ABSENT)
        if found is ABSENT:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(_LOOP - {"parentloop"}))

    def __len__(self) -> int:
        return len(_LOOP) - 1

    @property
    def printed(self) -> str:
        """What `{{ forloop }}` prints. Nobody needs it; LiquidJS does it so."""
        return f'{{"i":{self.i},"length":{self.length},"name":{javascript_string(self.name)}}}'

    def get(self, key: Any, default: Any = None) -> Any:
        """One of the loop's facts."""
        match key:
            case "index":
                return self.i + 1
            case "index0":
                return self.i
            case "first":
                return self.i == 0
            case "last":
                return self.i == self.length - 1
            case "length":
                return self.length
            case "rindex":
                return self.length - self.i
            case "rindex0":
                return self.length - self.i - 1
            case "name":
                return self.name
            case "parentloop":
                return default if self.parent is ABSENT else self.parent
        return default


class RowLoop(ForLoop):
    """`tablerowloop`: where the table is."""

    __slots__ = ("columns",)

    def __init__(self, name: str, length: int, columns: int) -> None:
        super().__init__(name, length, ABSENT)
        self.columns = columns

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(_ROW))

    def __len__(self) -> int:
        return len(_ROW)

    @property
    def column(self) -> int:
        """The column from 0."""
        return self.i % self.columns if self.columns > 0 else self.i

    def get(self, key: Any, default: Any = None) -> Any:
        """One of the table's facts."""
        match key:
            case "row":
                return (self.i // self.columns if self.columns > 0 else 0) + 1
            case "col":
                return self.column + 1
            case "col0":
                return self.column
            case "col_first":
                return self.column == 0
            case "col_last":
                return self.column + 1 == self.columns
        return super().get(key, default)


def javascript_string(text: str) -> str:
    """A name in quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
