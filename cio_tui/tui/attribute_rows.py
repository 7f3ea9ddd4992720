"""The rows of the form for a person: a name and a value each, and always an empty one below to add with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static

from cio_tui.model.json_values import dumps
from cio_tui.model.people import IdentifierKind
from cio_tui.tui.attribute_text import doubt, read, written
from cio_tui.tui.plain_input import PlainInput
from cio_tui.tui.text import plain, visible

IDENTIFIERS: Final[tuple[IdentifierKind, ...]] = ("id", "email")
"""They are text whatever they look like, and can be changed but not taken away."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed: who is meant, the values that differ from the person's, and the rows that were added."""

    person: str = ""
    typed: tuple[tuple[str, str], ...] = ()
    added: tuple[tuple[str, str], ...] = ()


class RemoveSign(Static):
    """A click on it empties the row."""

    def on_click(self, event: events.Click) -> None:
        """Empty the row."""
        event.stop()
        if isinstance(self.parent, AttributeRow):
            self.parent.clear()


class AttributeRow(Horizontal):
    """One attribute. `given` is the text of the value as it is stored; None for a row that adds one."""

    DEFAULT_CSS = """
    AttributeRow {
        height: 1;
        & .name { width: 1fr; max-width: 30; margin: 0 1 0 0; text-wrap: nowrap; text-overflow: ellipsis; }
        & .value { width: 2fr; }
        & RemoveSign { width: 3; content-align: center middle; color: $text-muted; }
        & RemoveSign:hover { color: $text-error; background: $panel; }
    }
    """

    def __init__(self, name: str, given: str | None, text: str) -> None:
        super().__init__()
        self._given = given
        self._fixed_name = name
        gone = "none" if given == "" else "will be removed"
        self._name_field = PlainInput(name, placeholder="another attribute", classes="name")
        self._value_field = PlainInput(text, placeholder="value" if given is None else gone, classes="value")

    def compose(self) -> ComposeResult:
        """Name, value, and the sign that empties."""
        yield self._name_field if self.is_new else Static(plain(self._fixed_name), classes="name")
        yield self._value_field
        yield RemoveSign("×")

    @property
    def is_new(self) -> bool:
        """Whether the row adds an attribute."""
        return self._given is None

    @property
    def key(self) -> str:
        """The attribute's name."""
        return self._name_field.value.strip() if self.is_new else self._fixed_name

    @property
    def text(self) -> str:
        """The typed value."""
        return self._value_field.value

    @text.setter
    def text(self, text: str) -> None:
        self._value_field.value = text

    @property
    def changed(self) -> bool:
        """Whether the row asks for anything."""
        return bool(self.key and self.text.strip()) if self.is_new else self.text != self._given

    def clear(self) -> None:
        """Empty the row: an added one is forgotten, another one's attribute is to be removed."""
        self.text = ""
        if self.is_new:
            self._name_field.value = ""
        self._value_field.focus()


class AttributeRows(VerticalScroll, can_focus=False):
    """All rows. It tells of every change, and reads them back."""

    DEFAULT_CSS = "AttributeRows { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }"

    class Changed(Message):
        """Something was typed."""

    def __init__(self, identifiers: Mapping[str, str], attributes: Mapping[str, Any], draft: Draft) -> None:
        super().__init__()
        self._values = {name: attributes[name] for name in sorted(attributes)}
        self._given = {**identifiers, **{name: written(value) for name, value in self._values.items()}}
        self._identifiers = frozenset(identifiers)
        self._draft = draft

    def compose(self) -> ComposeResult:
        """Identifiers, attributes by name, what a draft added, an empty row."""
        typed = dict(self._draft.typed)
        for name, given in self._given.items():
            yield AttributeRow(name, given, typed.get(name, given))
        for name, text in (*self._draft.added, ("", "")):
            yield AttributeRow(name, None, text)

    @property
    def rows(self) -> list[AttributeRow]:
        """The rows, from top to bottom."""
        return list(self.query(AttributeRow))

    def draft(self, person: str) -> Draft:
        """What was typed so far."""
        typed = tuple((row.key, row.text) for row in self.rows if not row.is_new and row.changed)
        added = tuple((row.key, row.text) for row in self.rows if row.is_new and (row.key or row.text.strip()))
        return Draft(person, typed, added)

    def changes(self) -> dict[str, Any]:
        """What is to be set; None takes away."""
        asked: dict[str, Any] = {}
        for row in self.rows:
            if row.changed:
                value = row.text.strip() if row.key in self._identifiers else read(row.text)
                if row.is_new or row.key not in self._values or not _same(value, self._values[row.key]):
                    asked[row.key] = value
        return asked

    def problems(self) -> list[str]:
        """What is wrong with the rows themselves, before any workspace is asked."""
        names = [row.key for row in self.rows if row.key]
        found = [f"{visible(name)} stands in two rows" for name in dict.fromkeys(names) if names.count(name) > 1]
        for row in self.rows:
            if row.key in self._identifiers and row.changed and not row.text.strip():
                found.append(f"{row.key} can be changed, but not removed")
            if row.is_new and not row.key and row.text.strip():
                found.append(f"the value {visible(row.text)[:40]} has no name")
        return found

    def doubts(self) -> list[str]:
        """What may not be meant."""
        changed = [row for row in self.rows if row.changed and row.key not in self._identifiers]
        return [f"{visible(row.key)} is {said}" for row in changed if (said := doubt(row.text))]

    def as_json(self) -> dict[str, Any]:
        """All attributes as the rows have them, for an editor."""
        found = {row.key: read(row.text) for row in self.rows if row.key and row.key not in self._identifiers}
        return {name: value for name, value in found.items() if value is not None}

    async def take_json(self, values: Mapping[str, Any]) -> None:
        """Put what an editor left into the rows; what it left out is to be removed."""
        left = dict(values)
        for row in self.rows:
            if row.key in self._identifiers and not row.is_new:
                identifier = left.pop(row.key, None)
                row.text = row.text if identifier is None else str(identifier)
            elif row.is_new:
                await row.remove()
            else:
                value = left.pop(row.key, None)
                if not _same(value, read(row.text)):
                    row.text = "" if value is None else written(value)
        await self.mount(*(AttributeRow(name, None, written(value)) for name, value in left.items()))
        await self.mount(AttributeRow("", None, ""))
        self.post_message(self.Changed())

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        rows = self.rows
        if rows and rows[-1].key:
            self.mount(AttributeRow("", None, ""))
        self.post_message(self.Changed())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field."""
        event.stop()
        self.screen.focus_next()


def _same(one: Any, other: Any) -> bool:
    return one is not None and other is not None and dumps(one) == dumps(other)
