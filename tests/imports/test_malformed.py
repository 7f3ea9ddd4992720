"""A table of files that are wrong in some way: what is said of each, by row and column, before anything is written."""

from pathlib import Path

import pytest
from malformed import CASES, Case

from cio_tui import Workspace
from cio_tui.imports.options import Options
from cio_tui.model.errors import InputError


def _written(case: Case, folder: Path) -> Path:
    path = folder / "file.csv"
    path.write_bytes(case.content)
    return path


def test_there_are_enough_and_no_two_are_the_same() -> None:
    assert len(CASES) >= 40
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_said(shop: Workspace, tmp_path: Path, case: Case) -> None:
    """The check says it, and the import does what the check said; a refused file leaves no trace."""
    path, options = _written(case, tmp_path), Options(**dict(case.options))
    before = shop.digest()
    if case.refused:
        with pytest.raises(InputError) as error:
            shop.imports.inspect(path, case.kind, options)
        assert case.refused in str(error.value)
        assert shop.digest() == before
        return
    review = shop.imports.inspect(path, case.kind, options)
    assert shop.digest() == before
    assert [(one.row, one.column) for one in review.problems] == [(row, column) for row, column, _ in case.said]
    for problem, (_, _, words) in zip(review.problems, case.said, strict=True):
        assert words in problem.problem
    if case.dialect:
        assert str(review.dialect) == case.dialect
    report = shop.imports.run(review)
    assert (report.imported, report.failed) == (case.good, review.bad) == (review.good, review.rows - case.good)
    assert shop.check() == []
    if report.number:
        shop.undo()
    assert shop.digest() == before


def _stays_bad(case: Case) -> bool:
    """Short rows are filled up in the file of bad rows, and bytes that could not be read are spelt out."""
    return not case.refused and not any("cells where" in words or "byte" in words for _, _, words in case.said)


@pytest.mark.parametrize("case", filter(_stays_bad, CASES), ids=lambda case: case.name)
def test_the_bad_rows_say_the_same_again(shop: Workspace, tmp_path: Path, case: Case) -> None:
    """A file of bad rows is read as it is, its column of reasons passed over: each row is still bad, for the same reason."""
    bad, options = tmp_path / "bad.csv", Options(**dict(case.options))
    review = shop.imports.inspect(_written(case, tmp_path), case.kind, options, errors=bad)
    shop.imports.run(review)
    again = shop.imports.inspect(bad, case.kind, Options(**{**dict(case.options), "quote": None}))
    assert (again.rows, again.bad) == (review.bad, review.bad)
    reasons = [one.problem for one in again.problems if one.severity == "error"]
    assert reasons == [one.problem for one in review.problems if one.severity == "error"]
