"""Files that are wrong in one way each, and what is said of them.

A whole-file refusal is a text that the error holds; else the rows that are imported, and `(row, column, words)` for each problem.
"""

from dataclasses import dataclass
from typing import Any, Literal

HEAD = "_cio_name,_cio_customer_id,_cio_timestamp,total\n"
GOOD = "order_placed,42,1717990000,5\n"
Said = tuple[int, str, str]


@dataclass(frozen=True)
class Case:
    """One file. `good` is how many rows are imported; `dialect` is how it was found to be written, where that is the point."""

    name: str
    kind: Literal["people", "events"]
    content: bytes
    refused: str = ""
    good: int = 0
    said: tuple[Said, ...] = ()
    dialect: str = ""
    options: tuple[tuple[str, Any], ...] = ()


def events(name: str, rows: str, good: int = 0, *said: Said, head: str = HEAD, **more: Any) -> Case:
    """An event file in UTF-8."""
    return Case(name, "events", (head + rows).encode(), good=good, said=said, **more)


def people(name: str, text: str, good: int = 0, *said: Said, **more: Any) -> Case:
    """A people file in UTF-8."""
    return Case(name, "people", text.encode(), good=good, said=said, **more)


def raw(name: str, kind: Literal["people", "events"], content: bytes, good: int = 0, *said: Said, **more: Any) -> Case:
    """A file byte by byte."""
    return Case(name, kind, content, good=good, said=said, **more)


WIDTH = "cells where the header has 4"
TIMESTAMP = "_cio_timestamp"
CUSTOMER = "_cio_customer_id"

CASES = [
    raw("empty file", "events", b"", refused="is empty: a header line is expected"),
    raw("nothing but a mark", "people", b"\xef\xbb\xbf", refused="is empty"),
    raw("blank lines only", "people", b"\n\r\n\n", refused="is empty"),
    events("header alone", ""),
    people("header alone, people", "id,plan\n"),
    events("too few cells", GOOD + "e,42\n", 1, (3, "", f"2 {WIDTH}")),
    events("too many cells", "e,42,1717990000,5,6\n" + GOOD, 1, (2, "", f"5 {WIDTH}")),
    events("a row of one word", "nonsense\n" + GOOD, 1, (2, "", f"1 {WIDTH}")),
    events("wholly empty rows", ",,,\n\n" + GOOD, 1),
    events("wrong headers", GOOD, head="name,person,when,total\n", refused="the first two columns must be _cio_name"),
    events(
        "headers the other way round", GOOD, head="_cio_customer_id,_cio_name,_cio_timestamp,total\n", refused="first two columns"
    ),
    events("headers in capitals", GOOD, head="_CIO_NAME,_CIO_CUSTOMER_ID,_cio_timestamp,total\n", refused="first two columns"),
    events("no header", GOOD, head="", refused="first two columns"),
    events("a column twice", GOOD, head="_cio_name,_cio_customer_id,total,total\n", refused="the column 'total' stands 2 times"),
    events("twice but for spaces", GOOD, head="_cio_name,_cio_customer_id,total, total\n", refused="stands 2 times"),
    events("a column without a name", GOOD, head="_cio_name,_cio_customer_id,,total\n", refused="column 3 has no name"),
    people("no identifier", "name,plan\nAda,pro\n", refused="a column id or email is needed"),
    people("identifier in capitals", "ID,Email\n1,a@x.example\n", refused="a column id or email is needed"),
    people(
        "the asked identifier is not there", "id\n1\n", refused="a column email is needed", options=(("identifier", "email"),)
    ),
    people("the row says nobody", "id,email\n,\n,a@x.example\n ,\t\n", 1, (4, "id", "the row says nobody")),
    people("no email address", "id,email\n7,nobody\n8,x@x.example\n", 1, (2, "email", "'nobody' is not an email address")),
    people("spaces in an email", "id,email\n7,a b@x.example\n", 0, (2, "email", "is not an email address")),
    events(
        "an email in a column of ids",
        "e,ada@shop.example,,1\n" + GOOD,
        1,
        (2, CUSTOMER, "is an email address in a column of ids"),
    ),
    events(
        "an id in a column of emails",
        "e,42,,1\ne,ada@shop.example,,1\n",
        1,
        (2, CUSTOMER, "'42' is not an email address"),
        options=(("identifier", "email"),),
    ),
    events("an unknown person", "e,nobody,,1\n" + GOOD, 1, (2, CUSTOMER, "person nobody was not found")),
    events("an id of another letter case", "e,ADA,,1\ne,ada,,1\n", 1, (2, CUSTOMER, "person ADA was not found")),
    events("nobody", "e,,,1\n" + GOOD, 1, (2, CUSTOMER, "id is empty")),
    events("an id that is too long", f"e,{'x' * 151},,1\n" + GOOD, 1, (2, CUSTOMER, "151 bytes long; the limit is 150")),
    events("no name", " ,42,,1\n" + GOOD, 1, (2, "_cio_name", "the event name is empty")),
    events("a name that is too long", "é" * 51 + ",42,,1\n" + GOOD, 1, (2, "_cio_name", "102 bytes long; the limit is 100")),
    events(
        "spaces in names", " a ,42,,1\nnew sign up,42,,1\n", 2, (2, "_cio_name", "is sent as 'a'"), (3, "_cio_name", "has spaces")
    ),
    events("NUL in a name", "a\0b,42,,1\n" + GOOD, 1, (2, "_cio_name", "NUL character at position 2")),
    events("NUL in an id", "e,4\0,,1\n" + GOOD, 1, (2, CUSTOMER, "cannot be printed")),
    events("NUL in a value", "e,42,,a\0b\n", 1, (2, "total", "NUL character")),
    events(
        "a quotation mark that is not closed",
        GOOD * 3 + '"e,42,,1\n' + GOOD,
        refused="row 5: a quotation mark is opened and never",
    ),
    events("text behind a quotation mark", '"e"x,42,,1\n', refused="row 2: a quoted cell goes on behind"),
    events("quotation marks inside words", 'e,42,,5" screen\n', 1),
    events("quotation marks that mean nothing", '"e,42,,1\n', 1, options=(("quote", "none"),)),
    events("line ends in cells", '"e",42,,"a\r\nb"\ne,nobody,,1\n', 1, (4, CUSTOMER, "person nobody was not found")),
    events(
        "old line ends", (GOOD + "e,nobody,,1\n").replace("\n", "\r"), 1, (3, CUSTOMER, "nobody"), head=HEAD.replace("\n", "\r")
    ),
    events(
        "a huge cell", f"e,42,,{'x' * 100_001}\n" + GOOD, 1, (2, "", "the event data is 100,013 bytes long; the limit is 100,000")
    ),
    events("a cell without end", f'e,42,,"{"x" * 1_000_001}"\n', refused="row 2: a cell has more than 1,000,000 characters"),
    people("a value that is too long", f"id,bio\n7,{'x' * 1001}\n8,x\n", 1, (2, "", "attribute 'bio' is 1,001 bytes long")),
    people("a name of an attribute that is too long", f"id,{'x' * 151}\n7,x\n", refused="is longer than 150 bytes"),
    people(
        "too many attributes",
        f"id,{','.join(f'a{n}' for n in range(301))}\n7{',x' * 301}\n",
        0,
        (2, "", "301 attributes at once"),
    ),
    events("formulas", "e,42,,=1+1\ne,42,,-5\ne,42,,'=1+1\n", 3, (2, "total", "begins like a formula")),
    events("the same row twice", GOOD + GOOD, 2, (3, "", "the same as row 2")),
    people("the same person twice", "id,plan\n7,a\n7,b\n", 2, (3, "", "row 2 is about the same person")),
    people(
        "an email that is another person's",
        "id,email\n7,ada@shop.example\n",
        0,
        (2, "id", "the email ada@shop.example is another person's"),
    ),
    people(
        "an identifier that is set", "id,email\n42,new@shop.example\n", 1, (2, "email", "email is set already (ada@shop.example)")
    ),
    people(
        "two people of one email in the file",
        "id,email\n7,z@x.example\n8,Z@x.example\n",
        1,
        (3, "id", "another person's, whose id is 7"),
    ),
    people("a suppressed person", "id,plan\ngone,x\n", 0, (2, "id", "gone is suppressed")),
    events("milliseconds", "e,42,1717990000000,1\n", 0, (2, TIMESTAMP, "is in milliseconds: divide it by 1000: 1717990000")),
    events("seconds with a point", "e,42,1717990000.5,1\n", 0, (2, TIMESTAMP, "is not a time")),
    events("a negative time", "e,42,-5,1\n", 0, (2, TIMESTAMP, "is not a time after 3 March 1973")),
    events("zero", "e,42,0,1\n", 0, (2, TIMESTAMP, "is not a time after 3 March 1973")),
    events("an American date", "e,42,06/09/2024,1\n", 0, (2, TIMESTAMP, "'06/09/2024' is not a time")),
    events("a European date", "e,42,09.06.2024,1\n", 0, (2, TIMESTAMP, "is not a time")),
    events("a date in words", 'e,42,"9 June 2024",1\n', 0, (2, TIMESTAMP, "is not a time")),
    events("a mail's date", 'e,42,"Sun, 09 Jun 2024 10:00:00 GMT",1\n', 0, (2, TIMESTAMP, "is not a time")),
    events("yesterday", "e,42,yesterday,1\n", 0, (2, TIMESTAMP, "'yesterday' is not a time")),
    events("a month that is none", "e,42,2024-13-01,1\n", 0, (2, TIMESTAMP, "is not a time")),
    events("a time ahead", "e,42,2024-06-11T00:00:00Z,1\n", 1, (2, TIMESTAMP, "ahead")),
    events(
        "times that are taken",
        "".join(
            f"e{n},42,{when},1\n"
            for n, when in enumerate(
                (
                    "1717990000",
                    "2024-06-09",
                    "2024-06-09T10:00:00Z",
                    "2024-06-09 10:00:00",
                    "2024-06-09T10:00:00+02:00",
                    "20240609T100000Z",
                    "",
                )
            )
        ),
        7,
    ),
    raw("UTF-8 with a mark", "people", "id,navn\n7,Åse\n".encode("utf-8-sig"), 1, dialect="UTF-8 with a byte-order mark, comma"),
    raw("UTF-16 with a mark", "people", "id\tnavn\n7\tÅse\n".encode("utf-16"), 1, dialect="UTF-16, tab"),
    raw("UTF-16 without a mark", "people", "id,navn\n7,Åse\n".encode("utf-16-le"), 1, dialect="UTF-16 LE, comma"),
    raw("UTF-16 cut in half a character", "people", "id,navn\n7,Åse\n8,x".encode("utf-16")[:-1], 1, (3, "navn", "the byte 0x78")),
    raw("Windows-1252", "people", "id;navn\n7;Bjørn Åsen\n8;José\n".encode("cp1252"), 2, dialect="Windows-1252, semicolon"),
    raw(
        "Windows-1251", "people", "id;имя\n7;Привет мир\n8;Москва улица\n".encode("cp1251"), 2, dialect="Windows-1251, semicolon"
    ),
    raw("Shift JIS", "people", "id,name\n7,日本語テスト\n8,東京都千代田区\n".encode("shift_jis"), 2, dialect="Shift JIS, comma"),
    raw(
        "a stray byte in UTF-8",
        "people",
        "id,navn\n7,Åse Øyen æøå\n8,".encode() + b"caf\xe9\n",
        1,
        (3, "navn", "the byte 0xe9 at character 4"),
        dialect="UTF-8, comma",
    ),
    raw(
        "an encoding that does not fit",
        "people",
        "id,navn\n7,Åse\n8,x\n".encode("cp1252"),
        1,
        (2, "navn", "the byte 0xc5 at character 1"),
        options=(("encoding", "utf-8"),),
    ),
    raw(
        "a header that cannot be read",
        "people",
        b"id,n\xe9\n7,x\n",
        refused="row 1, column 2: the byte 0xe9",
        options=(("encoding", "utf-8"),),
    ),
    raw(
        "an encoding that is none",
        "people",
        b"id\n7\n",
        refused="there is no encoding 'klingon'",
        options=(("encoding", "klingon"),),
    ),
    raw("an encoding of bytes", "people", b"id\n7\n", refused="there is no encoding 'base64'", options=(("encoding", "base64"),)),
    people("pipes", "id|plan\n7|a,b\n", 1, dialect="UTF-8, pipe"),
    people("a delimiter that is said", "id#plan\n7#a\n", 1, dialect="UTF-8, '#'", options=(("delimiter", "#"),)),
    people(
        "a wrong delimiter that is said",
        "id,plan\n7,a\n",
        refused="a column id or email is needed",
        options=(("delimiter", "tab"),),
    ),
    people("a delimiter that is none", "id,plan\n7,a\n", refused="'ab' cannot separate cells", options=(("delimiter", "ab"),)),
    people("single quotation marks", "'id','plan'\n'7','a,b'\n", 1, dialect="UTF-8, comma, quoted by '"),
    people(
        "a column to map that is not there",
        "id\n7\n",
        refused="there is no column 'plan' to map",
        options=(("mapping", {"plan": "x"}),),
    ),
    people(
        "two columns of one name",
        "id,a,b\n7,1,2\n",
        refused="'a' and 'b' would both be 'x'",
        options=(("mapping", {"a": "x", "b": "x"}),),
    ),
    raw(
        "a spreadsheet",
        "people",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(128, 256)) * 4,
        refused="is a spreadsheet or an archive, not a CSV",
    ),
    raw("a PDF", "people", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", refused="is a PDF, not a CSV"),
    raw("a database", "events", b"SQLite format 3\0\x10\0\x01\x01", refused="is a workspace or another database, not a CSV"),
    raw("a JSON array", "people", b'[\n {"id": "7"},\n {"id": "8"}\n]\n', refused="is one JSON array"),
]
