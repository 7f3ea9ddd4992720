"""The two environments, one for each profile, and the way from a text to a tree.

python-liquid's tree and classes are used through its extension points only: an `Environment` with tags and filters of ours, a
template class with our context, and nodes and expressions that are subclasses of its own. Nothing of it is changed.
"""

from functools import lru_cache
from typing import Final

from liquid import BoundTemplate, Environment
from liquid.ast import Node
from liquid.exceptions import FilterArgumentError
from liquid.expression import Expression
from liquid.token import TOKEN_EXPRESSION, Token

from cio_tui.liquid.cache import Cache
from cio_tui.liquid.context import Context
from cio_tui.liquid.filters.registry import filters_of
from cio_tui.liquid.limits import SOURCE_LENGTH
from cio_tui.liquid.parsing import ContentTag, OutputTag, Stream, Tag
from cio_tui.liquid.profiles import Profile
from cio_tui.liquid.reading import Reader, Unreadable
from cio_tui.liquid.sheet import Sheet
from cio_tui.liquid.suggesting import other_profile
from cio_tui.liquid.tags import conditions, customerio, loops, partials, turns, variables
from cio_tui.liquid.tokens import scan

TAGS: Final[tuple[type[Tag], ...]] = (
    *conditions.TAGS,
    *loops.TAGS,
    *turns.TAGS,
    *variables.TAGS,
    *partials.TAGS,
    *customerio.TAGS,
)
"""Every tag there is; which profile has it says the tag."""


class Tree(BoundTemplate):
    """python-liquid's template with our context."""

    context_class = Context


class LiquidEnvironment(Environment):
    """Tags and filters of one profile."""

    template_class = Tree

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._expressions: Cache[Expression] = Cache(entries=256, characters=1_000_000)
        super().__init__()
        self.blocks = frozenset({tag.name for tag in TAGS if tag.end and profile in tag.profiles} | {"raw"})
        other = other_profile(profile)
        self.tags_elsewhere = frozenset(tag.name for tag in TAGS if profile not in tag.profiles and other in tag.profiles)

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """Register what the profile has."""
        del extra
        self.add_tag(ContentTag)
        self.add_tag(OutputTag)
        for tag in TAGS:
            if self.profile in tag.profiles:
                self.add_tag(tag)
        self.filters.update(filters_of(self.profile))

    def read(self, sheet: Sheet) -> tuple[list[Node], int]:
        """The nodes of a sheet's text and how deep its blocks stand in one another. What is wrong is on the sheet."""
        if len(sheet.source) > SOURCE_LENGTH:
            sheet.report("limit", f"This text is longer than {SOURCE_LENGTH:,} characters", SOURCE_LENGTH)
            return [], 0
        stream = Stream(scan(sheet), sheet, self)
        nodes = stream.nodes()
        return nodes, stream.deepest

    def expression(self, text: str) -> Expression:
        """The value or condition that a filter was given as text, its paths strict; FilterArgumentError when it is none."""
        return self._expressions.get(text, len(text), lambda: self._expression(text))

    def _expression(self, text: str) -> Expression:
        sheet = Sheet(text, self.profile)
        try:
            found = Reader(Token(TOKEN_EXPRESSION, text, 0, text), sheet, self.filters).filtered(logic=True)
        except Unreadable:
            found = None
        problem = next((problem for problem in sheet.problems if problem.severity == "error"), None)
        if found is None or problem is not None:
            raise FilterArgumentError(f"the expression {text[:60]!r}: {problem.message if problem else 'unreadable'}", token=None)
        return found


@lru_cache(maxsize=2)
def environment_of(profile: Profile) -> LiquidEnvironment:
    """The profile's environment. There is one of each in a process."""
    return LiquidEnvironment(profile)
