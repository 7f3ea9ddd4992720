"""An attribute's value as a person types it: JSON, or else text; in quotes it is text in any case, nothing takes it away."""

import json
from typing import Any

from cio_tui.model.errors import InputError
from cio_tui.model.json_values import dumps, parse
from cio_tui.tui.text import visible


def written(value: Any) -> str:
    """A value as one would type it: `read` gives the same value back. What cannot be seen is escaped in quotes."""
    if isinstance(value, str) and value and value == value.strip() and visible(value) == value and not _reads_otherwise(value):
        return value
    text = dumps(value) if not isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if visible(text) == text else json.dumps(value)


def read(text: str) -> Any:
    """The value of a typed text; None when there is none. Spaces around it count only in quotes."""
    typed = text.strip()
    if not typed:
        return None
    try:
        return parse(typed)
    except InputError:
        return typed


def doubt(text: str) -> str:
    """What is odd about a typed text: it looks like JSON and is taken as text. Empty when nothing is."""
    typed = text.strip()
    if typed[:1] not in ("{", "[", '"'):
        return ""
    try:
        parse(typed)
    except InputError as error:
        return f"taken as text: {str(error).replace('the data', 'it', 1)}"
    return ""


def _reads_otherwise(text: str) -> bool:
    try:
        parse(text)
    except InputError:
        return text[0] == '"'
    return True
