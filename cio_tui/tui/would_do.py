"""What a change to a person would do, from the receipt of its dry run: values from → to, what is refused, what to know."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from textual.content import Content

from cio_tui.model.activity import ATTRIBUTE_CHANGE, FAILED_ATTRIBUTE_CHANGE, PROFILE_CREATE, SKIPPED_UPDATE
from cio_tui.model.receipts import Receipt
from cio_tui.tui.attribute_text import written
from cio_tui.tui.text import visible

GOOD: Final = "$text-success"
BAD: Final = "$text-error"
ODD: Final = "$text-warning"
FAINT: Final = "$text-muted"
Line = tuple[str, str]
"""A text and its style."""


def would_do(receipt: Receipt) -> list[Line]:
    """The lines, what is refused first."""
    refused, done, others = [(f"× {reason}", BAD) for reason in receipt.reasons], [], Counter[str]()
    told: set[str] = set()
    for effect in receipt.effects:
        data = effect.detail.get("data", {})
        if effect.kind == PROFILE_CREATE:
            done.append(("✓ adds a person", GOOD))
        elif effect.kind == ATTRIBUTE_CHANGE:
            done += [(f"✓ {visible(name)}   {from_to(change)}", GOOD) for name, change in data.items()]
        elif effect.kind == FAILED_ATTRIBUTE_CHANGE and receipt.ok:
            refused += [(f"× {visible(name)}: {failure['reason']}", BAD) for name, failure in data.items()]
            told.update(f"{name} was not set: {failure['reason']}" for name, failure in data.items())
        elif effect.kind not in (SKIPPED_UPDATE, FAILED_ATTRIBUTE_CHANGE):
            others[effect.kind] += 1
    done += [(f"✓ {count:,} × {kind.replace('_', ' ')}", GOOD) for kind, count in others.items()]
    notes = [(f"! {note}", ODD) for note in receipt.notes if note not in told]
    return [*refused, *done, *notes]


def from_to(change: dict[str, Any]) -> str:
    """A change as `from → to`."""
    before = "(none)" if change.get("from") == "" else _value(change.get("from"))
    return f"{before} → {'(removed)' if change.get('to') is None else _value(change['to'])}"


def _value(value: Any) -> str:
    return visible(written(value))


def as_content(lines: Sequence[Line]) -> Content:
    """The lines, styled."""
    return Content("\n").join(Content.styled(visible(text), style) for text, style in lines)
