"""Templates: text that was parsed once and can be rendered often, by several threads at a time."""

from dataclasses import dataclass, field, replace
from functools import partial

from liquid import BoundTemplate
from liquid.exceptions import LiquidError, LiquidInterrupt

from cio_tui.liquid.cache import Cache
from cio_tui.liquid.context import Context
from cio_tui.liquid.environment import Tree, environment_of
from cio_tui.liquid.limits import Buffer, LimitReached, metered
from cio_tui.liquid.lint import lint
from cio_tui.liquid.nodes import render_nodes, weight_of
from cio_tui.liquid.partials import Snippets
from cio_tui.liquid.problems import Problem
from cio_tui.liquid.profiles import Profile
from cio_tui.liquid.scope import Rendering, Scope
from cio_tui.liquid.sheet import Sheet


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A parsed template. `problems` are those that its text shows; `tree` is None when they leave nothing to render.

    `weight` and `nesting` are what its nodes cost and how deep its blocks stand, as `limits` counts them.
    """

    source: str
    profile: Profile
    problems: tuple[Problem, ...]
    tree: BoundTemplate | None
    weight: int = field(default=0, repr=False)
    nesting: int = field(default=0, repr=False)

    def render(self, scope: Scope) -> Rendering:
        """The text and every problem of one rendering; a bad template or bad data never raises."""
        if self.tree is None:
            return Rendering("", self.problems)
        sheet = Sheet(self.source, self.profile)
        context = Context(self.tree, scope, sheet, partial(parse, profile=self.profile))
        context.data = dict(scope.data)
        given = context.data.get("snippets")
        context.data["snippets"] = Snippets(context, {**(given if isinstance(given, dict) else {}), **scope.partials})
        context.names = dict(context.data)
        buffer = Buffer()
        try:
            with metered(context.meter):
                render_nodes(self.tree.nodes, self.weight, context, buffer)
        except LiquidInterrupt:
            pass  # `break` outside a loop ends the message, in both engines
        except LimitReached as limit:
            token = limit.token
            (limit.sheet or sheet).report(
                "limit", limit.message, token.start_index if token else 0, len(token.value) if token else 1
            )
        except Exception as error:
            sheet.report("argument", _words(error), 0)
        found = [*sheet.in_order(), *(problem for other in context.sheets.values() for problem in other.in_order())]
        return Rendering(printable(buffer.getvalue()), _merged(self.problems, found, scope))


def parse(source: str, profile: Profile = "latest") -> Template:
    """The parsed template of a text. It never raises: what is wrong is in `Template.problems`."""
    return _CACHE.get((profile, source), len(source), lambda: parse_anew(source, profile))


def parse_anew(source: str, profile: Profile) -> Template:
    """As `parse`, with a tree that nobody else has: coverage puts its probes into it."""
    sheet = Sheet(source, profile)
    environment = environment_of(profile)
    try:
        nodes, nesting = environment.read(sheet)
        tree = Tree(environment, nodes)
        lint(tree, sheet)
    except Exception as error:
        sheet.report("limit" if isinstance(error, RecursionError) else "syntax", _words(error), 0)
    if any(problem.severity == "error" and problem.kind != "scope" for problem in sheet.problems):
        return Template(source, profile, sheet.in_order(), None)
    return Template(source, profile, sheet.in_order(), tree, sum(map(weight_of, nodes)), nesting)


def _merged(static: tuple[Problem, ...], found: list[Problem], scope: Scope) -> tuple[Problem, ...]:
    """Problems of the text and of the rendering in one list: the message's own in the order of their places, then the partials'.

    Of a missing value and a wrong name at one place the error is kept, with the hint that is there. A warning about a name that
    no message has is dropped when the data has it: whoever gave it knows better.
    """
    kept: dict[object, Problem] = {}
    for problem in (*static, *found):
        if problem.kind == "scope" and problem.severity == "warning" and problem.path in scope.data:
            continue
        kind = "name" if problem.kind in ("missing", "scope") else problem.kind
        key = (problem.source, problem.line, problem.column, kind)
        other = kept.get(key)
        if other is None:
            kept[key] = problem
        elif other.severity == "warning" and problem.severity == "error":
            kept[key] = replace(problem, hint=problem.hint or other.hint)
    return tuple(
        sorted(kept.values(), key=lambda problem: (bool(problem.source), not problem.source and (problem.line, problem.column)))
    )


def _words(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "This template or its data is nested too deeply"
    return str(error.args[0]) if isinstance(error, LiquidError) and error.args else f"{type(error).__name__}: {error}"


def printable(text: str) -> str:
    """Text that any file can hold: halves of emoji that found no other half become U+FFFD, as JavaScript writes them."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


_CACHE: Cache[Template] = Cache(entries=256, characters=8_000_000)
