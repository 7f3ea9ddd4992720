"""One pass over a template's tree, with what names mean and what conditions prove at each place of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from liquid.ast import BlockNode, Node
from liquid.builtin.expressions import Filter, FilteredExpression, LoopExpression, StringLiteral
from liquid.builtin.tags.assign_tag import AssignNode
from liquid.builtin.tags.case_tag import CaseNode, MultiExpressionBlockNode
from liquid.builtin.tags.for_tag import ForNode
from liquid.builtin.tags.if_tag import IfNode
from liquid.builtin.tags.include_tag import IncludeNode
from liquid.builtin.tags.render_tag import RenderNode
from liquid.builtin.tags.tablerow_tag import TablerowNode
from liquid.builtin.tags.unless_tag import UnlessNode
from liquid.expression import Expression

from cio_tui.liquid.guards import Facts, equal_to, has_element, place_and_around, proven
from cio_tui.liquid.paths import Path
from cio_tui.liquid.places import Each, Place, Use, plain, spell
from cio_tui.liquid.sheet import Places
from cio_tui.liquid.template import Template, parse
from cio_tui.liquid.values import (
    BY_EXPRESSION,
    LENIENT_KEYS,
    Names,
    Values,
    assigned,
    elements_of,
    filtered,
    listed,
    merged,
    names_after,
    path_values,
    property_of,
    values_of,
)

_LOOP_NAMES: Final = ("forloop", "tablerowloop")
_MOST_STEPS: Final = 200_000
"""So many nodes are visited, and names and facts copied, at most: partials that include others twice and twice again must end."""
_MOST_NESTED: Final = 160
"""Blocks inside one another, those of partials counted in; deeper ones no rendering reaches either."""
_DEEPEST: Final = 20
_NO_CONTEXT: Final[Any] = None


@dataclass(frozen=True, slots=True)
class _Text:
    """The text that is being read. One that is quoted in another has that one's places, `shift` characters further on."""

    source: str
    places: Places
    shift: int = 0

    def position(self, index: int) -> tuple[int, int]:
        """Line and column of an offset in it."""
        return self.places.of(self.shift + index)


@dataclass(slots=True)
class _Here:
    """What holds at a node: meanings of names, which change as the text goes on, and what conditions around it prove.

    In a `strict` place even a condition fails over a missing value.
    """

    text: _Text
    names: Names
    facts: Facts = frozenset()
    strict: bool = False

    def inside(self, facts: Facts = frozenset(), names: Names | None = None) -> "_Here":
        """What holds in a block in here: its own names end with it."""
        return _Here(self.text, {**self.names, **(names or {})}, self.facts | facts, self.strict)

    def place_of(self, path: Path) -> Place | None:
        """The one place that a path stands for."""
        values = path_values(path, self.names)
        return values[0].place if len(values) == 1 and values[0].exact else None


class Walk:
    """Reads one template and the texts that it brings in."""

    def __init__(self, template: Template, partials: Mapping[str, str]) -> None:
        self.never_empty: set[int] = set()
        """Loops of the template that are only reached when they have an item, by the offsets of their tags."""
        self._template = template
        self._partials = partials
        self._found: dict[tuple[str, str, int, int], Use] = {}
        self._steps = 0
        self._depth = 0
        self._under_way: list[str] = []
        self._snippets: list[str] = []

    def read(self) -> Iterable[Use]:
        """The template, then the snippets that it prints, each in a scope of its own."""
        self._read_text(self._template, "", {})
        for name in self._snippets:  # grows while snippets print others
            self._read_text(parse(self._partials[name], self._template.profile), f"snippets.{name}", {})
        return self._found.values()

    def _read_text(self, template: Template, source: str, names: Names) -> Names:
        here = _Here(_Text(source, Places(template.source)), names)
        if template.tree is not None:
            self._nodes(template.tree.nodes, here)
        return here.names

    def _nodes(self, nodes: Iterable[Node], here: _Here) -> None:
        self._depth += 1
        for node in nodes:
            if self._spent(1) or self._depth > _MOST_NESTED:
                break
            self._node(node, here)
        self._depth -= 1

    def _spent(self, steps: int) -> bool:
        """Whether these steps are more than are left."""
        self._steps += steps
        return self._steps > _MOST_STEPS

    def _node(self, node: Node, here: _Here) -> None:
        if isinstance(node, BlockNode):
            self._nodes(node.nodes, here)
        elif isinstance(node, IfNode | UnlessNode):
            self._branches(node, here)
        elif isinstance(node, CaseNode):
            self._case(node, here)
        elif isinstance(node, ForNode | TablerowNode):
            self._loop(node, here)
        elif isinstance(node, AssignNode):
            self._expression(node.expression, here)
            here.names[str(node.name)] = assigned(node.expression, here.names)
        elif isinstance(node, IncludeNode | RenderNode):
            self._partial(node, here)
        elif node.token.value == "cio_link":
            self._link(node, here)
        else:
            self._expressions(node.expressions(), here)
            self._nodes(_blocks(node), here)
            here.names.update({str(name): () for name in node.template_scope()})

    def _branches(self, node: IfNode | UnlessNode, here: _Here) -> None:
        clauses = [(node.condition, node.consequence, isinstance(node, IfNode))]
        clauses += [(each.expression, each.block, True) for each in node.alternatives]
        otherwise: Facts = frozenset()
        ends: list[Names] = []
        for condition, block, wanted in clauses:
            if self._spent(len(here.names) + len(otherwise) >> 3):
                break
            self._expression(condition, here.inside(otherwise))
            inner = here.inside(otherwise | proven(condition, here.place_of, holds=wanted))
            self._nodes(block.nodes, inner)
            ends.append(inner.names)
            otherwise |= proven(condition, here.place_of, holds=not wanted)
        inner = here.inside(otherwise)
        self._nodes(node.default.nodes if node.default else (), inner)
        here.names = names_after(here.names, [*ends, inner.names])

    def _case(self, node: CaseNode, here: _Here) -> None:
        self._expression(node.expression, here)
        ends = [here.names]
        for block in node.blocks:
            if self._spent(len(here.names) >> 3):
                break
            inner = here.inside()
            if isinstance(block, MultiExpressionBlockNode):
                values = list(block.expression.children())
                for value in values:
                    self._expression(value, here)
                inner = here.inside(equal_to(node.expression, values, here.place_of))
                self._node(block.block, inner)
            else:
                self._node(block, inner)
            ends.append(inner.names)
        here.names = names_after(here.names, ends)

    def _loop(self, node: ForNode | TablerowNode, here: _Here) -> None:
        loop: LoopExpression = node.expression
        self._expressions(loop.children(), here)
        own: Names = dict.fromkeys(_LOOP_NAMES, ())
        own[str(loop.identifier)] = elements_of(values_of(loop.iterable, here.names), Each())
        over = here.place_of(loop.iterable) if isinstance(loop.iterable, Path) else None
        if loop.limit is None and loop.offset is None and has_element(over, here.facts) and not here.text.source:
            self.never_empty.add(node.token.start_index)
        inner = here.inside(place_and_around(over), own)
        for name, values in self._assignments(node.block, inner.names).items():  # the next round begins with them
            inner.names[name] = merged(inner.names.get(name, ()), values)
        self._nodes(node.block.nodes, inner)
        otherwise = here.inside()
        if isinstance(node, ForNode) and node.default:
            self._nodes(node.default.nodes, otherwise)
        kept = {name: values for name, values in inner.names.items() if name not in own}
        here.names = names_after(here.names, [otherwise.names, {**here.names, **kept}])

    def _assignments(self, node: Node, names: Names) -> Names:
        """What is assigned somewhere in a block, as far as it can be told at its beginning."""
        found: Names = {}
        for child in _blocks(node):
            if self._spent(1):
                break
            if isinstance(child, AssignNode):
                found[str(child.name)] = merged(found.get(str(child.name), ()), assigned(child.expression, names))
            for name, values in self._assignments(child, names).items():
                found[name] = merged(found.get(name, ()), values)
        return found

    def _partial(self, node: IncludeNode | RenderNode, here: _Here) -> None:
        self._expressions(node.expressions(), here)
        shares = isinstance(node, IncludeNode)
        name = node.name.value if isinstance(node.name, StringLiteral) else None
        if name is None or name not in self._partials or name in self._under_way or len(self._under_way) >= _DEEPEST:
            return
        own: Names = {argument.name: values_of(argument.value, here.names) for argument in node.args}
        if node.var is not None:
            values = values_of(node.var, here.names)
            each = elements_of(values, Each())
            alias = str(node.alias or name.rpartition("/")[2])
            own[alias] = merged(values, each) if isinstance(node, IncludeNode) else each if node.loop else values
        self._under_way.append(name)
        text = parse(self._partials[name], self._template.profile)
        after = self._read_text(text, name, {**(here.names if shares else {}), **own})
        self._under_way.pop()
        if shares:
            here.names = {**here.names, **{name: values for name, values in after.items() if name not in own}}

    def _expressions(self, expressions: Iterable[Expression], here: _Here) -> None:
        for expression in expressions:
            self._expression(expression, here)

    def _expression(self, expression: Expression, here: _Here) -> None:
        if isinstance(expression, Path):
            self._path(expression, here)
        elif isinstance(expression, FilteredExpression):
            self._expression(expression.left, here)
            self._filters(values_of(expression.left, here.names), expression.filters or [], here)
        else:
            for child in expression.children():
                self._expression(child, here)

    def _path(self, path: Path, here: _Here) -> None:
        asked = not path.strict and not here.strict
        for value in path_values(path, here.names):
            if value.place is not None:
                self._note(value.place, path.token.start_index, here, guarded=asked or value.sure)
        self._expressions(path.children(), here)

    def _filters(self, values: Values, applied: list[Filter], here: _Here) -> None:
        for each in applied:
            self._expressions(each.children(), here)
            key = property_of(each)
            lenient = each.name in LENIENT_KEYS or self._template.profile == "legacy"
            for elements in [listed(value) for value in values] if key else ():
                if elements is not None and key is not None:
                    self._note((*elements, *key), each.args[0].token.start_index, here, guarded=lenient)
            if each.name in BY_EXPRESSION:
                self._by_expression(values, each, here)
            values = filtered(values, each, here.names)

    def _by_expression(self, values: Values, applied: Filter, here: _Here) -> None:
        """`where_exp: "item", "item.price > 3"`: the second text is an expression in which the first names the element."""
        texts = [argument for argument in applied.children()[:2] if isinstance(argument, StringLiteral)]
        if len(texts) < 2:
            return
        name, expression = texts[0].value, texts[1]
        inner = here.inside(names={name: elements_of(values, Each())})
        inner.strict = True
        for opening, closing in (("{% if ", " %}{% endif %}"), ("{{ ", " }}")):
            tree = parse(opening + expression.value + closing, self._template.profile).tree
            if tree is not None:
                inner.text = replace(here.text, shift=here.text.shift + expression.token.start_index + 1 - len(opening))
                for node in tree.nodes:
                    self._expressions(node.expressions(), inner)
                return

    def _link(self, node: Node, here: _Here) -> None:
        """`cio_link url:"https://example.com/{{ event.id }}"`: outputs in an address are rendered, too."""
        for expression in node.expressions():
            self._expression(expression, here)
            if isinstance(expression, StringLiteral) and "{{" in expression.value:
                start = expression.token.start_index
                inner = here.inside()
                quoted = here.text.places.text[here.text.shift + start] in "\"'"
                inner.text = replace(here.text, shift=here.text.shift + start + quoted)
                tree = parse(expression.value, self._template.profile).tree
                self._nodes(tree.nodes if tree else (), inner)

    def _note(self, place: Place, index: int, here: _Here, *, guarded: bool) -> None:
        line, column = here.text.position(index)
        text, source = spell(place), here.text.source
        guarded = guarded or place in here.facts
        known = self._found.get((source, text, line, column))
        self._found[source, text, line, column] = Use(
            plain(place), text, line, column, guarded and (known is None or known.guarded), source
        )
        if place[0] == "snippets" and len(place) > 1:
            name = str(place[1])
            if name in self._partials and name not in self._snippets:
                self._snippets.append(name)


def _blocks(node: Node) -> Iterable[Node]:
    """What stands inside a node. Partials are read by their names, so no context is needed to find them."""
    if isinstance(node, IncludeNode | RenderNode):
        return ()
    return node.children(_NO_CONTEXT, include_partials=False)
