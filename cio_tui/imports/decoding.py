"""Bytes as text without losing any: a byte that the encoding has no sign for is carried as a lone surrogate, and told by row."""

import codecs
import io
import re
from typing import BinaryIO, Final

_CARRIED: Final = re.compile("[\ud800-\udfff]")
_HANDLER: Final = "cio-tui-carry"


def _carry(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_HANDLER, _carry)


def text_reader(file: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """The file as text, line ends as they are."""
    errors = "surrogateescape" if encoding in ("utf-8", "utf-8-sig", "ascii") else _HANDLER
    return io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")


def carried(text: str) -> str | None:
    """What is wrong with a cell that holds a byte which could not be read; None for all others."""
    if text.isascii():
        return None
    found = _CARRIED.search(text)
    if found is None:
        return None
    code = ord(found.group()) - 0xDC00
    byte = f"the byte 0x{code:02x}" if 0 <= code < 256 else "half a character"
    return f"{byte} at character {found.start() + 1} cannot be read in this encoding"


def spelt(text: str) -> str:
    r"""A cell with the bytes that could not be read as `\xNN`."""
    return _CARRIED.sub(lambda found: f"\\x{ord(found.group()) & 0xFF:02x}", text)
