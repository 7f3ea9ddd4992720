"""The state of one rendering: variables, the clock, what was missing, what was used up."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from liquid import BoundTemplate, RenderContext
from liquid.token import Token

from cio_tui.liquid.draws import Draws
from cio_tui.liquid.filtered import Filter
from cio_tui.liquid.hints import ELSEWHERE, NO_ITEM_HAS_IT, hint_of
from cio_tui.liquid.limits import NESTING, PARTIAL_DEPTH, LimitReached, Meter
from cio_tui.liquid.paths import ABSENT, Path, latest_property, legacy_property
from cio_tui.liquid.profiles import Profile
from cio_tui.liquid.scope import Scope
from cio_tui.liquid.scopes import FOREIGN, NAMESPACES
from cio_tui.liquid.sheet import Sheet

Parse = Callable[[str], Any]
"""Gives the template of a partial's text, in the profile of the text around it."""


class Context(RenderContext):
    """One rendering of one text. A partial with variables of its own has its own; all share the meter and the problems.

    `names` holds what a name means now: data, variables, loop variables. `frames` keep what a loop's variable hid, so that it
    comes back when the loop ends. `missed` counts missing values: a node that sees it grow prints nothing.
    """

    __slots__ = (
        "caller",
        "cycles",
        "data",
        "draws",
        "frames",
        "meter",
        "missed",
        "names",
        "now",
        "parse",
        "place",
        "profile",
        "property",
        "scope_given",
        "sheet",
        "sheets",
        "stops",
    )

    def __init__(self, tree: BoundTemplate, scope: Scope, sheet: Sheet, parse: Parse, meter: Meter | None = None) -> None:
        super().__init__(tree)
        self.parse = parse
        self.sheets: dict[tuple[str, str], Sheet] = {}
        self.profile: Profile = sheet.profile
        self.scope_given = scope
        self.sheet = sheet
        self.meter = meter or Meter()
        self.now = scope.now
        self.draws = Draws(scope.seed)
        self.property = latest_property if sheet.profile == "latest" else legacy_property
        self.data: dict[str, Any] = {}
        self.names: dict[str, Any] = {}
        self.frames: list[dict[str, Any]] = []
        self.cycles: dict[object, int] = {}
        self.stops: dict[str, int] = {}
        self.missed = 0
        self.caller: Filter | None = None  # the filter that was called last, of those that want the context
        self.place: Callable[[Token], Token] | None = None  # where tokens of an expression stand that a filter was given as text

    def inner(self, tree: BoundTemplate, sheet: Sheet, names: Mapping[str, Any] | None = None) -> "Context":
        """The context of a text that sees the data but none of this one's variables."""
        other = Context(tree, self.scope_given, sheet, self.parse, self.meter)
        other.sheets = self.sheets
        other.draws = self.draws
        other.data = self.data
        other.names = {**self.data, **(names or {})}
        return other

    def sheet_of(self, name: str, template: Any) -> Sheet:
        """The sheet of a partial. Its own mistakes are on it from the first time that it is reached."""
        sheet = self.sheets.get((name, template.source))
        if sheet is None:
            sheet = self.sheets[name, template.source] = Sheet(template.source, self.profile, name)
            sheet.problems.extend(replace(problem, source=name) for problem in template.problems)
        return sheet

    def assign(self, key: str, val: Any) -> None:
        """Set a variable of the text. A loop variable of the same name hides it until the loop ends."""
        before = self.locals.get(key)
        self.meter.hold(_held(val) - _held(before))
        self.locals[key] = val
        self._set(key, val)

    def count(self, name: str, step: int) -> int:
        """Move the counter of `increment` or `decrement`; a number in the data is where it starts. Gives the number after."""
        value = self.counters.get(name, self.data.get(name, 0))
        value = (value if isinstance(value, (int, float)) and not isinstance(value, bool) else 0) + step
        self.counters[name] = value  # type: ignore[assignment]  # LiquidJS counts on from 1.5
        if name not in self.locals:
            self._set(name, value)
        return value  # type: ignore[return-value]

    def _set(self, name: str, value: Any) -> None:
        for frame in self.frames:
            if name in frame:
                frame[name] = value
                return
        self.names[name] = value

    @contextmanager
    def bound(self, names: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Names that hide others for a while: a loop's variable, the arguments of `include`. Gives where to set them."""
        hidden = {name: self.names.get(name, ABSENT) for name in names}
        self.frames.append(hidden)
        self.names.update(names)
        try:
            yield self.names
        finally:
            self.frames.pop()
            for name, value in hidden.items():
                if value is ABSENT:
                    self.names.pop(name, None)
                else:
                    self.names[name] = value

    @contextmanager
    def partial(self, nesting: int, token: Token) -> Iterator[None]:
        """Count a partial in and out again; too many inside one another end the rendering."""
        meter = self.meter
        meter.partials += 1
        meter.nesting += nesting
        try:
            if meter.partials > PARTIAL_DEPTH:
                words = f"Partials and snippets stand more than {PARTIAL_DEPTH} deep in one another. Does one include itself?"
                raise LimitReached(words, token)
            if meter.nesting > NESTING:
                raise LimitReached(f"Blocks stand more than {NESTING} deep in one another, partials counted in", token)
            yield
        finally:
            meter.partials -= 1
            meter.nesting -= nesting

    def missing(self, path: Path, depth: int, holder: Any) -> Any:
        """A path led nowhere at one of its parts: nil, and recorded when the path is strict (L1)."""
        if depth == 0 and path.root in FOREIGN:
            return self.foreign(path)
        if path.strict:
            written = path.written(depth)
            hint = hint_of(path, depth, holder, self.names)
            if depth == 0 and path.root == "event":
                whole = path.written(len(path.ends) - 1)
                name = whole.partition(".")[2] or "<NAME>"
                self._record(path.token, f"event or event.{name} is missing", whole, "No event was given to this preview.")
            else:
                self._record(path.token, f"Variable '{written}' is missing", written, hint)
        return None

    def below_nil(self, path: Path, depth: int) -> Any:
        """A path goes on below nil: nil in LiquidJS, missing in Ruby."""
        return None if self.profile == "latest" else self.missing(path, depth, None)

    def missing_text(self, token: Token, written: str, strict: bool) -> Any:
        """A property that is not there, of something that is no path."""
        if strict:
            self._record(token, f"Variable '{written}' is missing", written, "")
        return None

    def lacking(self, written: str) -> None:
        """An item of an array has no property of the name that the filter at work asks for: a problem of that argument."""
        if self.caller is not None:
            token = self.caller.values[0].token if self.caller.values else self.caller.token
            self._record(token, f"Variable '{written}' is missing", written, NO_ITEM_HAS_IT)

    @contextmanager
    def inside(self, name: str) -> Iterator[dict[str, Any]]:
        """While a filter judges items by an expression: this gives where their name is set; problems stand in its text."""
        caller, before = self.caller, self.place

        def place(token: Token) -> Token:
            moved = caller.within(token) if caller is not None else token
            return before(moved) if before is not None else moved

        self.place = place
        try:
            with self.bound({name: None}) as names:
                yield names
        except LimitReached as limit:
            limit.token = None
            raise
        finally:
            self.place = before

    def foreign(self, path: Path) -> Any:
        """A path into a namespace that this message does not have: nil, and worth a word (L2)."""
        if self.profile == "legacy" and path.root not in NAMESPACES and len(path.ends) > 1:
            return self.missing(path, 1, None)
        if path.root in FOREIGN and path.root not in self.locals:
            words = f"`{path.root}` has nothing in this message: it prints empty"
            token = self._placed(path.token)
            self.sheet.warn(words, token.start_index, len(path.root), ELSEWHERE.get(path.root, ""), "scope")
        return None

    def refused(self, token: Token, message: str) -> None:
        """A filter or comparison could not do what it was asked; what depends on it prints nothing."""
        self.missed += 1
        token = self._placed(token)
        self.sheet.report("argument", message, token.start_index, len(token.value))

    def prints_object(self, token: Token) -> None:
        """An object is printed whole, which nobody means."""
        words = f"An object is printed, as {'[object Object]' if self.profile == 'latest' else 'Ruby writes it'}"
        token = self._placed(token)
        self.sheet.warn(words, token.start_index, len(token.value), "Print one of its properties, or all of it with | json.")

    def _placed(self, token: Token) -> Token:
        return token if self.place is None else self.place(token)

    def _record(self, token: Token, message: str, path: str, hint: str) -> None:
        if self.scope_given.missing == "empty":
            return
        self.missed += 1
        token = self._placed(token)
        self.sheet.report("missing", message, token.start_index, len(path), hint, path=path)


def _held(value: Any) -> int:
    return len(value) if isinstance(value, (str, list)) else 1
