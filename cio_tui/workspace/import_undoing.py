"""Taking an import back: all of it, and of what others did meanwhile only what a person agreed to."""

from dataclasses import replace

from cio_tui.model.commands import NoteImport
from cio_tui.model.errors import InputError
from cio_tui.store.history import Entry
from cio_tui.workspace.engine import Engine
from cio_tui.workspace.import_records import ImportRecord, ImportRecords


def step_of(engine: Engine, record: ImportRecord) -> int | None:
    """The step of an import whose commands are all still in the history."""
    if record.step is None:
        return None
    found = [entry for entry in engine.history.since(record.step) if entry.step == record.step]
    return record.step if len(found) == record.slices and all(entry.kind == "import" for entry in found) else None


def others_since(engine: Engine, record: ImportRecord) -> list[Entry]:
    """Commands of others that ran since an import began, newest first."""
    if record.step is None:
        return []
    return [one for one in engine.history.since(record.step) if one.step != record.step and not one.automatic]


def take_back(engine: Engine, records: ImportRecords, record: ImportRecord, *, later: bool, why: str) -> ImportRecord:
    """Undo an import's step in one transaction, and write a record that says so; it cannot be done again. Raises InputError."""
    if record.state not in ("importing", "imported"):
        raise InputError(f"import {record.number} is {record.state}: there is nothing to take back")
    with engine.database.storage.transaction():
        step = step_of(engine, record)
        if step is None:
            raise InputError(
                f"import {record.number} cannot be taken back: its history is gone",
                hint="it was cleared, or too many commands came after" + ("; resume it" if record.unfinished else ""),
            )
        others = others_since(engine, record)
        if others and not later:
            listed = "; ".join(entry.summary for entry in others[:3])
            raise InputError(
                f"commands that came after import {record.number} began would be taken back with it ({len(others)}): {listed}",
                hint="agree to that (--with-later), undo them first, or resume the import",
            )
        engine.history.back_to(step)
        empty = replace(record, state="canceled", error=why, rows_done=0, rows_imported=0, added=0, updated=0)
        document = replace(empty, skipped=0, duplicates=0, failed=0, young=0, step=None, slices=0).to_document()
        kept: list[int] = []
        engine.run_slice(
            [[NoteImport(document)]],
            lambda receipt: kept.append(int(receipt.id or 0)),
            summary=f"import {record.name} {why}"[:120],
            automatic=True,
        )
    return records.get(kept[0], running=False)
