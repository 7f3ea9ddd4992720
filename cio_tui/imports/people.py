"""People CSVs (domain.md 7.2): one identify a row, `id` and `email` identify, every other column is an attribute."""

from collections.abc import Sequence
from typing import Final

from cio_tui.imports.columns import Column, Use
from cio_tui.imports.csv_rows import CsvFile
from cio_tui.imports.options import FileIdentifier, Options, read_mapping
from cio_tui.imports.problems import RowRefused
from cio_tui.imports.row_checks import cells_of
from cio_tui.model.commands import Identify
from cio_tui.model.errors import InputError
from cio_tui.model.limits import ATTRIBUTE_NAME_BYTES
from cio_tui.model.people import checked

_OWN: Final = "cio_id"


class PeopleRows:
    """What the rows of one people file mean.

    Raises InputError for a file without the identifying column, unless it may be `unsaid` yet: then `nobody` says so.
    """

    def __init__(self, file: CsvFile, options: Options, *, unsaid: bool = False) -> None:
        self._wanted: tuple[FileIdentifier, ...] = ("id", "email") if options.identifier is None else (options.identifier,)
        self._width = len(file.header)
        names = list(file.header[: self._width - file.has_reasons])
        mapping = dict(options.mapping)
        if _OWN in names:
            mapping.setdefault(_OWN, "")
        named = read_mapping(mapping, names)
        self._targets = list(named.values())
        self.nobody = ""
        if not any(kind in self._targets for kind in self._wanted):
            self.nobody = f"a column {' or '.join(self._wanted)} is needed to know whom a row is about"
            if not unsaid:
                raise InputError(
                    f"{file.path}, row 1: {self.nobody}",
                    hint=f"the columns are {', '.join(names)}; give one that name: --map COLUMN={self._wanted[0]}"[:300],
                )
        for name, target in named.items():
            if len(target.encode("utf-8", "replace")) > ATTRIBUTE_NAME_BYTES:
                raise InputError(
                    f"{file.path}, row 1: the name of column {name[:40]!r} is longer than {ATTRIBUTE_NAME_BYTES} bytes",
                    hint="give it another with --map COLUMN=NAME, or leave the column out with --map COLUMN=",
                )
        self.columns = [Column(name, position, _use(target), target) for position, (name, target) in enumerate(named.items(), 1)]
        for column in self.columns:
            if column.name == _OWN and not column.target:
                column.note = "the workspace gives its own"
            elif column.target != column.target.lower() and column.target.lower() in ("id", "email"):
                column.note = f"an attribute of its own: only {column.target.lower()} identifies"
        if file.has_reasons:
            self.columns.append(Column(file.header[-1], self._width, "left out", "", note="reasons of an earlier import"))
            self._targets.append("")
        self._clears = options.empty == "clear"
        self._only = options.only

    def command(self, cells: Sequence[str]) -> Identify:
        """The identify that a row asks for. Raises RowRefused, with the column."""
        cells = cells_of(cells, self._width, self.columns)
        values = {target: cell for target, cell in zip(self._targets, cells, strict=True) if target}
        kind = next((kind for kind in self._wanted if values.get(kind, "").strip()), None)
        if kind is None:
            raise RowRefused(self._column(self._wanted[0]), "the row says nobody: the cell is empty", "identifier")
        body: dict[str, str] = {}
        for one in ("id", "email"):
            if values.get(one, "").strip():
                try:
                    body[one] = checked(one, values[one]).value
                except InputError as error:
                    raise RowRefused(self._column(one), str(error), "identifier") from None
            values.pop(one, None)
        person: dict[str, str] = {kind: body.pop(kind)}
        attributes = {name: value or None for name, value in values.items() if value or self._clears}
        return Identify(
            person,
            {**body, **attributes},
            update_only=self._only == "existing",
            create_only=self._only == "new",
            quiet=True,
        )

    def _column(self, target: str) -> str:
        return next((column.name for column in self.columns if column.target == target), target)


def _use(target: str) -> Use:
    if not target:
        return "left out"
    return "id" if target == "id" else "email" if target == "email" else "attribute"
