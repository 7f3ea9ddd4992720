"""Whatever stands in a file: a report or an InputError, never a traceback; and the import does what the check said."""

import tempfile
from pathlib import Path
from typing import Any, Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from cio_tui import Workspace
from cio_tui.imports.options import Options
from cio_tui.model.errors import InputError

T = 1718000000
brief = settings(deadline=None, max_examples=80)

HEADS = st.sampled_from(
    (
        b"",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"id,email,plan\n",
        b"id;email\n",
        b"_cio_name,_cio_customer_id,_cio_timestamp,a\n",
        b'{"id":',
    )
)
BITS = st.lists(
    st.sampled_from(
        (b",", b";", b'"', b"'", b"\n", b"\r\n", b"\t", b"\0", b"42", b"\xe9", b"\xc3\xa9", b"=1", b"e", b"{}", b"1717990000")
    )
    | st.binary(max_size=3),
    max_size=40,
).map(b"".join)
OPTIONS = st.builds(
    lambda encoding, delimiter, quote, only: {"encoding": encoding, "delimiter": delimiter, "quote": quote, "only": only},
    st.sampled_from((None, None, "utf-8", "utf-16", "cp1252", "ascii", "shift_jis", "utf-7")),
    st.sampled_from((None, None, "tab", ";", "x")),
    st.sampled_from((None, None, "none", "'")),
    st.sampled_from(("all", "new", "existing")),
)


def said(ws: Workspace, content: bytes, kind: Literal["people", "events"], options: dict[str, Any]) -> None:
    """Check and import; the two must agree, and undo must take all of it back."""
    with tempfile.TemporaryDirectory() as folder:
        path, bad = Path(folder) / "file.csv", Path(folder) / "bad.csv"
        path.write_bytes(content)
        before = ws.digest()
        try:
            review = ws.imports.inspect(path, kind, Options(**options), errors=bad)
        except InputError:
            assert ws.digest() == before
            assert not bad.exists()
            return
        report = ws.imports.run(review)
        assert (report.imported, report.failed, report.skipped, report.duplicates, report.added, report.updated) == (
            (review.good, review.bad, review.skipped, review.duplicates, review.added, review.updated)
        )
        assert ws.check() == []
        if report.number:
            ws.undo()
        assert ws.digest() == before


@brief
@given(HEADS, BITS, st.sampled_from(("people", "events")), OPTIONS)
def test_any_bytes(head: bytes, rest: bytes, kind: Literal["people", "events"], options: dict[str, Any]) -> None:
    if kind == "events":
        options = {**options, "only": "all"}
    with Workspace.in_memory(now=T) as ws:
        ws.identify("42", {"email": "e@x"})
        said(ws, head + rest, kind, options)


IDS = st.sampled_from(("", "1", "2", "3", "42", "gone", " 1 "))
EMAILS = st.sampled_from(("", "a@x.example", "A@x.example", "b@x.example", "ada@shop.example", "none"))
ROWS = st.lists(st.tuples(IDS, EMAILS, st.sampled_from(("", "x", "y"))), max_size=12)


@settings(deadline=None, max_examples=200)
@given(ROWS, st.sampled_from((None, "id", "email")), st.sampled_from(("all", "new", "existing")), st.sampled_from(("on", "off")))
def test_people_who_meet(rows: list[tuple[str, str, str]], identifier: Any, only: Any, email_updates: str) -> None:
    """Rows about the same people, and about identifiers of others: who is added, changed and refused is foreseen."""
    text = "id,email,plan\n" + "".join(f"{','.join(row)}\n" for row in rows)
    with Workspace.in_memory(now=T) as ws:
        ws.set("email_updates_by_id", email_updates)
        ws.identify("42", {"email": "ada@shop.example"})
        ws.identify("3")
        ws.identify({"email": "b@x.example"})
        ws.identify("gone")
        ws.suppress("gone")
        said(ws, text.encode(), "people", {"identifier": identifier, "only": only})
