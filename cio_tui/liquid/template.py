"""Templates: text that was parsed once and can be rendered often."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from liquid import BoundTemplate, DictLoader, Environment
from liquid.exceptions import LiquidError
from liquid.undefined import FalsyStrictUndefined

from cio_tui.liquid.problems import Problem
from cio_tui.liquid.profiles import Profile
from cio_tui.liquid.scope import Rendering, Scope


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A parsed template. `tree` is None when its problems leave nothing to render."""

    source: str
    profile: Profile
    problems: tuple[Problem, ...]
    tree: BoundTemplate | None

    def render(self, scope: Scope) -> Rendering:
        """The text and every problem of one rendering; a bad template or bad data never raises."""
        if self.tree is None:
            return Rendering("", self.problems)
        data: dict[str, Any] = dict(scope.data)
        data.setdefault("now", datetime.fromtimestamp(scope.now, UTC))
        try:
            return Rendering(self.tree.render(data), self.problems)
        except Exception as error:
            return Rendering("", (*self.problems, _problem(error)))


@lru_cache(maxsize=256)
def parse(source: str, profile: Profile = "latest") -> Template:
    """The parsed template of a text. It never raises: what is wrong is in `Template.problems`."""
    try:
        tree = _environment(profile).from_string(source)
    except Exception as error:
        return Template(source, profile, (_problem(error),), None)
    return Template(source, profile, (), tree)


@lru_cache(maxsize=2)
def _environment(profile: Profile) -> Environment:
    del profile
    return Environment(loader=DictLoader({}), undefined=FalsyStrictUndefined)


def _problem(error: Exception) -> Problem:
    place = error.context() if isinstance(error, LiquidError) else None
    line, column = (place[0], place[1] + 1) if place else (1, 1)
    text = str(error.message) if isinstance(error, LiquidError) else str(error)
    return Problem("missing" if "is undefined" in text else "syntax", text, line, column)
