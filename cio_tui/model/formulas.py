"""Text that a spreadsheet would take for a formula, made harmless in a CSV and read back without loss.

A text that begins like a formula gets an apostrophe before it. So does one that has apostrophes before such a beginning already:
one apostrophe goes on and one comes off, whatever the text is. Plain numbers stay as they are, signs and all.
"""

import re
from typing import Final

_BEGINNING: Final = "[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
"""Signs that begin a formula, or that a spreadsheet skips before one; the last four are their full-width forms."""
_NUMBER: Final = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_FORMULA: Final = re.compile(f"'*(?!{_NUMBER}\\Z){_BEGINNING}", re.ASCII)


def guarded(text: str) -> str:
    """A text as a cell may hold it."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made a cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
