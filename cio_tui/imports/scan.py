"""One look at every byte of a file: how large it is, a digest of its content, and which encoding its bytes allow."""

import codecs
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cio_tui.model.errors import InputError

_PIECE: Final = 1 << 20
_SAMPLE: Final = 1 << 16
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SHEET: Final = ("a spreadsheet or an archive, not a CSV", "save the sheet as CSV UTF-8")
_OTHERS: Final = {
    b"PK\x03\x04": _SHEET,
    b"\xd0\xcf\x11\xe0": _SHEET,
    b"\x1f\x8b": _SHEET,
    b"%PDF-": ("a PDF, not a CSV", "export the table as CSV UTF-8 from where the PDF was made"),
    b"SQLite format 3\0": ("a workspace or another database, not a CSV", "export a CSV or JSON lines from it"),
}
"""How other files begin: those of Excel, new and old, of gzip, and so on; what they are, and what to do."""
_ARRAY: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{")
_GUESSES: Final = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "cp932", "euc_jp", "cp949", "big5", "gb18030",
)  # fmt: skip
_NAMES: Final = {
    "utf-8-sig": "UTF-8 with a byte-order mark", "utf-8": "UTF-8", "ascii": "ASCII", "utf-16": "UTF-16", "utf-32": "UTF-32",
    "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE", "cp932": "Shift JIS",
}  # fmt: skip

Step = Callable[[int, int], None]
"""Told how many bytes of how many are done; what it raises ends the work."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes are read: Python's name of it, and how we know. `sure` is false for what a library took for likely."""

    name: str
    how: str
    sure: bool = True

    @property
    def spoken(self) -> str:
        """Its name for a reader."""
        return _NAMES.get(self.name, f"Windows-{self.name[2:]}" if self.name.startswith("cp125") else self.name)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a look at the whole file gave. `start` is its first 64 KiB."""

    size: int
    content: str
    encoding: Encoding
    start: bytes


def content_of(path: Path, step: Step = lambda _done, _of: None) -> str:
    """The digest of a file's content. Raises InputError when it cannot be read."""
    return scan(path, "latin-1", step).content


def scan(path: Path, said: str | None = None, step: Step = lambda _done, _of: None) -> Scan:
    """Read a file once from end to end; `said` is the encoding when somebody knows it. Raises InputError."""
    encoding = None if said is None else Encoding(known_encoding(said), "as was said")
    digest = hashlib.blake2b(digest_size=16)
    size, start, odd = 0, b"", b""
    decoder = codecs.getincrementaldecoder("utf-8")() if encoding is None else None
    try:
        whole = path.stat().st_size
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                start = start or piece[:_SAMPLE]
                if decoder is not None:
                    try:
                        decoder.decode(piece)
                    except UnicodeDecodeError as error:
                        decoder, odd = None, error.object[max(error.start - _SAMPLE // 2, 0) : error.start + _SAMPLE]
                step(size, whole)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None
    if encoding is not None and encoding.name in ("utf-16", "utf-32") and not start.startswith(_WIDE_MARKS):
        encoding = Encoding(f"{encoding.name}-le", encoding.how)
    for begins, (what, hint) in _OTHERS.items():
        if start.startswith(begins):
            raise InputError(f"{path} is {what}", hint=hint)
    if _ARRAY.match(start):
        raise InputError(f"{path} is one JSON array", hint="JSON lines are imported: one object a line, with no brackets around")
    if encoding is None:
        encoding = _found(start, odd, whole_utf8=decoder is not None and _ends_well(decoder))
    return Scan(size, digest.hexdigest(), encoding, start)


def refuse_pipe(path: Path) -> None:
    """Raises InputError for what can be read only once."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise InputError(f"{path} is a pipe or a device, and a file is read three times", hint="write it to a file first")


def known_encoding(name: str) -> str:
    """Python's name of an encoding of text. Raises InputError."""
    try:
        known = codecs.lookup(name)
        known.incrementaldecoder().decode(b"", final=True)
        if not isinstance("".encode(known.name), bytes) or known.name in ("idna", "punycode", "undefined"):
            raise LookupError
    except (LookupError, UnicodeError, TypeError, ValueError, AttributeError):
        raise InputError(
            f"there is no encoding {name!r}", hint="such as utf-8, utf-16, windows-1252, iso-8859-1 or shift_jis"
        ) from None
    return known.name


def _ends_well(decoder: codecs.IncrementalDecoder) -> bool:
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _found(start: bytes, odd: bytes, *, whole_utf8: bool) -> Encoding:
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Encoding(name, "it begins with a byte-order mark")
    wide = _wide(start)
    if wide is not None:
        return Encoding(wide, "every other byte is zero")
    if whole_utf8:
        return Encoding("utf-8", "all of its bytes are")
    mended = (odd or start).decode("utf-8", "replace")
    wrong = mended.count("\ufffd")
    if sum(1 for sign in mended if sign > "\x7f") - wrong > 3 * wrong:
        return Encoding("utf-8", "nearly all of its bytes are")
    return _guessed(odd or start)


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark: text of most languages has a zero in every other byte."""
    pairs = min(len(start), 4096) // 2
    even, odd = (start[place : pairs * 2 : 2].count(0) for place in (0, 1))
    if pairs and odd > pairs * 0.4 and even < pairs * 0.1:
        return "utf-16-le"
    if pairs and even > pairs * 0.4 and odd < pairs * 0.1:
        return "utf-16-be"
    return None


def _guessed(sample: bytes) -> Encoding:
    """What charset-normalizer takes for likely; of equals the one that is met most."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- 20 ms that most files never need

    matches = list(from_bytes(sample, cp_isolation=list(_GUESSES), threshold=0.5))
    close = [match for match in matches if match.percent_chaos <= matches[0].percent_chaos + 2]
    likely = {name for match in close for name in match.could_be_from_charset}
    order = [name for name in _GUESSES if name in likely]
    if not order:
        return Encoding("cp1252", "it is not UTF-8, and nothing fits: taken for the most usual", sure=False)
    others = [Encoding(name, "").spoken for name in order[1:4]]
    also = f"; it could also be {', '.join(others)}" if others else ""
    return Encoding(order[0], f"it is not UTF-8, and looks like this{also}", sure=False)
