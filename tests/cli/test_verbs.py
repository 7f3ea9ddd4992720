"""The other verbs that write, each seen through what it leaves in the workspace."""

import pytest

CLOCK = 1718000000


def test_identify_people_and_person(shop):
    assert shop("identify", "bo@shop.example", "-a", 'zip="01234"', "-a", "plan=basic", "-a", "sign up date=1717900000").code == 0
    rows = shop("people", "--json").lines
    assert [(row["id"], row["email"]) for row in rows] == [("42", "ada@shop.example"), (None, "bo@shop.example")]
    assert rows[1]["attributes"] == {"zip": "01234", "plan": "basic", "sign up date": 1717900000}
    assert [row["email"] for row in shop("people", "attr.plan=BASIC", "--json").lines] == ["bo@shop.example"]
    assert shop("person", "ADA@shop.example", "--json").line["attributes"] == {"first_name": "Ada", "score": 9}
    assert "first_name             Ada" in shop("person", "42").out


def test_a_visitor_that_merges(shop):
    assert shop("send", "pricing_viewed", "--anonymous", "v1", "--data", '{"plan": "Pro"}').code == 0
    assert (
        shop("anonymous", "--json").line | {"events": 1, "unclaimed": 1, "claimed_by": None} == shop("anonymous", "--json").line
    )
    merged = shop("identify", "42", "--anonymous-id", "v1", "--json").line
    assert [effect["effect"] for effect in merged["effects"]] == ["attribute_change", "anon_merge", "event_merged"]
    row = shop("anonymous", "--json").line
    assert (row["claimed_by"], row["unclaimed"], row["open_until"]) == ("ada@shop.example", 0, CLOCK + 300)
    assert shop("person", "42", "--json").line["anonymous_ids"][0]["anonymous_id"] == "v1"


def test_merge_previews_and_merges(shop):
    assert shop("identify", "43", "--email", "bo@shop.example", "-a", "plan=basic", "-a", "first_name=Bo").code == 0
    preview = shop("merge", "42", "43", "--dry-run", "--json").line
    assert len(shop("people", "--json").lines) == 2
    done = shop("merge", "42", "43", "--json").line
    assert done["effects"] == preview["effects"]
    assert shop("people", "--json").line["attributes"] == {"first_name": "Ada", "score": 9, "plan": "basic"}
    assert shop("merge", "42", "42").code == 3
    assert shop("merge", "42", "gone").code == 3


def test_delete_suppress_unsuppress(shop):
    assert shop("suppress", "42").code == 0
    assert shop("people", "--json").lines == []
    assert "suppressed" in shop("identify", "42").err
    assert shop("identify", "ADA@shop.example").code == 3
    assert shop("unsuppress", "ada@shop.example").code == 0
    assert shop("identify", "42").code == 0
    assert shop("delete", "42").code == 0
    assert shop("delete", "42").code == 3
    assert shop("person", "42").code == 3


def test_devices(shop):
    assert shop("device", "add", "42", "token-1", "--platform", "ios").code == 0
    assert [device["id"] for device in shop("person", "42", "--json").line["devices"]] == ["token-1"]
    assert shop("device", "remove", "42", "token-1").code == 0
    assert shop("device", "remove", "42", "token-1").code == 3
    assert shop("device", "add", "42", "t", "--platform", "palm").code == 2


def test_clock_moves_and_purges_on_the_way(shop):
    assert shop("clock", "--json").line == {"now": CLOCK, "mode": "held"}
    shop("send", "seen", "--anonymous", "v1")
    assert shop("clock", "advance", "30d", "--json").line["effects"][-1] == {
        "effect": "clock_set",
        "instant": CLOCK + 30 * 86400,
        "mode": "held",
    }
    assert shop("anonymous", "--json").lines != []
    purged = shop("clock", "advance", "1s", "--json").line["effects"][0]
    assert (purged["effect"], purged["count"]) == ("anonymous_purged", 1)
    assert shop("anonymous", "--json").lines == []
    assert shop("clock", "hold", "2020-01-01").code == 3
    assert shop("clock", "advance", "soon").code == 3


def test_undo_and_redo_to_the_byte(shop):
    before = shop("workspace", "check", "--json").line["digest"]
    shop("send", "x", "--person", "42")
    after = shop("workspace", "check", "--json").line["digest"]
    assert "event x of 42" in shop("undo").out
    assert shop("workspace", "check", "--json").line["digest"] == before
    assert shop("redo", "--json").line["redone"][0]["kind"] == "track"
    assert shop("workspace", "check", "--json").line["digest"] == after
    assert shop("redo").code == 1
    assert shop("history", "--json").lines[0]["summary"] == "event x of 42"


def test_settings(shop):
    assert shop("workspace", "set", "anonymous-event-merge", "off").code == 0
    assert shop("workspace", "info", "--json").line["settings"]["anonymous_event_merge"] == "off"
    assert "settings:" in shop("workspace", "set", "colour", "red").err


def test_export_and_import_json(shop, tmp_path):
    from tinydb import TinyDB

    shop("send", "x", "--person", "42", "--data", '{"ü": ["ж", 1.5, null, true]}')
    assert shop("workspace", "export-json", "out.json").code == 0
    with TinyDB(tmp_path / "out.json") as plain:
        assert plain.table("people").all()[0]["email"] == "ada@shop.example"
    assert shop("-w", "copy.cio", "workspace", "import-json", "out.json").code == 0
    same = shop("-w", "copy.cio", "workspace", "check", "--json").line
    assert same == shop("workspace", "check", "--json").line
    assert same["sound"]
    assert shop("workspace", "import-json", "out.json").code == 3
    assert shop("workspace", "import-json", "out.json", "--replace").code == 0


def test_csv_imports_report_by_row(shop, tmp_path):
    """C1, C2, C3."""
    shop("identify", "43")
    (tmp_path / "events.csv").write_text(
        "_cio_name,_cio_customer_id,_cio_timestamp,total,property.subproperty\n"
        "order_placed,42,1717990000,12.5,x\n"
        "order_placed,nobody,1717990000,1,y\n"
        " padded ,43,2024-06-09T10:00:00Z,3,z\n"
        "bad_time,43,1717990000000,4,w\n"
    )
    for dry in (("--dry-run",), ()):
        report = shop("import", "events", "events.csv", "--json", *dry)
        assert report.code == 1
        counts = {name: report.line[name] for name in ("rows", "imported", "failed", "young")}
        assert counts == {"rows": 4, "imported": 2, "failed": 2, "young": 2}
        assert [(one["row"], one["severity"]) for one in report.line["problems"]] == [(3, "error"), (4, "warning"), (5, "error")]
        assert len(shop("activity", "type:event", "--json").lines) == (0 if dry else 2)
    assert shop("activity", "name:padded", "--json").line["data"] == {"total": "3", "property.subproperty": "z"}
    (tmp_path / "wrong.csv").write_text("name,person\nx,42\n")
    assert "_cio_name and _cio_customer_id" in shop("import", "events", "wrong.csv").err
    (tmp_path / "people.csv").write_text("id,email,plan\n50,eve@shop.example,pro\n,,\n51,bad,\n")
    people = shop("import", "people", "people.csv", "--json")
    assert (people.code, people.line["imported"], people.line["failed"]) == (1, 1, 1)


@pytest.mark.parametrize("verb", ["identify", "send", "suppress"])
def test_no_verb_leaves_a_traceback_for_surrogates(shop, verb):
    """An argument that is not UTF-8 reaches Python with lone surrogates."""
    extra = ("--person", "42") if verb == "send" else ()
    refused = shop(verb, "x\udcff", *extra)
    assert refused.code == 3
    assert "surrogate" in refused.err or "printed" in refused.err
