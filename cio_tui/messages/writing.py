"""A message as a file that `reading` reads back to the same message."""

import json
import re
from typing import Final

from cio_tui.messages.definition import Message
from cio_tui.messages.reading import FENCE, FRONT_KEYS

_PLAIN: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_ .,!?()/@+-]*")


def write(message: Message) -> str:
    """Front matter and body; fields that say nothing are left out."""
    document = message.to_document()
    lines = [f"{key}: {_scalar(document[key])}" for key in FRONT_KEYS if key in document]
    if "format" not in document:
        lines.append("format: html")
    return "\n".join([FENCE, *lines, FENCE, message.body])


def _scalar(text: str) -> str:
    """As it is where YAML takes it for just that text, else between double quotes."""
    if _PLAIN.fullmatch(text) and text == text.strip() and len(text) < 200:
        return text
    # JSON's escapes are YAML's; characters that YAML does not print are escaped, and so are halves of none
    return json.dumps(text, ensure_ascii=not _printable(text))


def _printable(text: str) -> bool:
    return all(character.isprintable() for character in text)
