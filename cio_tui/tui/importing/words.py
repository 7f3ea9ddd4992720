"""What the wizard says: sizes, progress, and what a check or an import came to, as lines."""

from collections.abc import Iterator
from pathlib import Path

from cio_tui.model.instants import format_duration, format_instant
from cio_tui.tui.text import visible
from cio_tui.workspace.import_progress import ImportProgress
from cio_tui.workspace.import_records import ImportRecord
from cio_tui.workspace.import_report import ImportReport
from cio_tui.workspace.import_review import Review

_WIDEST = 140
_PASSED = "passed over"
_KNOWN = "received before"
_EARLIER = 2
_NAMED = 12
_UNITS = ("B", "kB", "MB", "GB", "TB")


def size_text(size: float) -> str:
    """Bytes for a reader: `812 B`, `1.4 MB`."""
    for unit in _UNITS:
        if size < 1000 or unit == _UNITS[-1]:
            return f"{size:,.0f} {unit}" if unit == "B" else f"{size:,.1f} {unit}"
        size /= 1000
    return ""


def rows_text(count: int) -> str:
    """`1 row`, `3 rows`."""
    return f"{count:,} row{'' if count == 1 else 's'}"


def bar(share: float, screen: int) -> str:
    """How much is done, as a line with its percentage, for a screen of so many cells."""
    width = max(4, min(screen, _WIDEST) - 10)
    done = int(share * width)
    return f"{'━' * done}{'─' * (width - done)} {share:4.0%}"


def progress_text(progress: ImportProgress) -> str:
    """How far it is, how fast, and how long it will take."""
    if progress.phase == "checking":
        parts = [f"checking {size_text(progress.done)} of {size_text(progress.total)}", f"{size_text(progress.rate)}/s"]
    else:
        parts = [f"{progress.phase} {progress.done:,} of {rows_text(progress.total)}", f"{progress.rate:,.0f} rows/s"]
    if progress.seconds_left is not None:
        parts.append(f"{format_duration(round(progress.seconds_left))} left")
    return " · ".join(parts)


def review_lines(review: Review) -> Iterator[tuple[str, str]]:
    """What a check came to: each line with its style."""
    by = f" · people found by {review.plan.identifier}" if review.plan.identifier else ""
    yield f"{visible(review.path.name)} · {size_text(review.size)} · {visible(str(review.dialect))}{by}", "$text-muted"
    counts = [f"{review.good:,} will be imported"]
    if review.kind == "people":
        counts.append(f"{review.added:,} added, {review.updated:,} updated")
    counts += [f"{count:,} {what}" for count, what in ((review.skipped, _PASSED), (review.duplicates, _KNOWN)) if count]
    yield f"{rows_text(review.rows)}: {' · '.join(counts)}", "bold"
    if review.bad:
        yield (
            f"× {rows_text(review.bad)} cannot be taken and will be left out; e writes them to a file of their own",
            "$text-error",
        )
    if review.warned:
        yield f"! {rows_text(review.warned)} with a warning", "$text-warning"
    if review.young:
        yield f"! {rows_text(review.young)} at most 72 h old: campaigns may start", "$text-warning"
    for earlier in review.earlier[:_EARLIER]:
        when = format_instant(earlier.created_at)
        yield f"! This file was imported before: import {earlier.number}, {when}, {visible(earlier.stands)}", "$text-warning"
    if len(review.earlier) > _EARLIER:
        yield f"! and {len(review.earlier) - _EARLIER:,} times before that", "$text-warning"
    if review.new_attributes:
        more = len(review.new_attributes) - _NAMED
        said = f"{visible(', '.join(review.new_attributes[:_NAMED]))}{f' and {more:,} more' if more > 0 else ''}"
        yield f"New attributes: {said}", "$text-muted"
    for note in review.notes:
        yield f"! {visible(note)}", "$text-muted"


def kinds_text(review: Review) -> str:
    """How many problems there are of each kind, the most first."""
    ordered = sorted(review.kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    return " · ".join(f"{visible(kind)} {count:,}" for kind, count in ordered)


def report_lines(report: ImportReport) -> Iterator[tuple[str, str]]:
    """What an import did."""
    if report.state == "canceled":
        yield f"○ {visible(report.error) or 'Stopped'}: everything it had written was taken back", "bold"
        return
    if report.state == "importing":
        yield "× It stopped half-way: what was imported until then is there", "$text-error bold"
    counts = [f"{report.imported:,} imported"]
    if report.kind == "people":
        counts.append(f"{report.added:,} added, {report.updated:,} updated")
    others = ((report.skipped, _PASSED), (report.duplicates, _KNOWN), (report.failed, "refused"))
    counts += [f"{count:,} {what}" for count, what in others if count]
    sign = "✓" if report.imported or not report.failed else "×"
    yield f"{sign} {rows_text(report.rows)}: {' · '.join(counts)}", "bold"
    if report.young:
        yield f"! {rows_text(report.young)} at most 72 h old: campaigns may start", "$text-warning"
    for note in report.notes:
        yield f"! {visible(note)}", "$text-muted"


def _near(file: str) -> str:
    """A path as it is from here, when it is below here."""
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file


def record_lines(record: ImportRecord) -> Iterator[tuple[str, str]]:
    """One import as it stands."""
    sign, style = ("×", "$text-error bold") if record.unfinished or record.state == "failed" else ("", "bold")
    yield f"{sign} {visible(record.stands)}".strip(), style
    counts = ((record.added, "added"), (record.updated, "updated"), (record.skipped, _PASSED), (record.duplicates, _KNOWN))
    problems = ((record.failed, "refused"), (record.warned, "with a warning"))
    said = [f"{count:,} {what}" for count, what in (*counts, *problems) if count]
    if said:
        yield " · ".join(said), "$foreground"
    by = f"by {record.identifier}, " if record.identifier else ""
    yield f"{record.type} {by}{record.data_to_process.replace('_', ' ')} · {visible(_near(record.file))}", "$text-muted"
    if record.description:
        yield visible(record.description), "$text-muted"
