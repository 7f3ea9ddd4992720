"""What names stand for at some place of a text, told from the tags before it. The text need not be finished."""

from collections.abc import Iterable
from typing import Final

from liquid.builtin.output import OutputNode
from liquid.builtin.tags.assign_tag import AssignNode
from liquid.builtin.tags.for_tag import ForNode
from liquid.builtin.tags.tablerow_tag import TablerowNode

from cio_tui.liquid.markup import Markup
from cio_tui.liquid.places import Each
from cio_tui.liquid.profiles import Profile
from cio_tui.liquid.template import parse
from cio_tui.liquid.values import Names, Values, assigned, elements_of, values_of

LOOPS: Final = {"for": "forloop", "tablerow": "tablerowloop"}
"""The tags that loop, and the name under which each tells how far it is."""
_NAMING: Final = frozenset({"assign", "capture", *LOOPS, *(f"end{name}" for name in LOOPS)})
_MOST: Final = 1_000
"""So many tags are looked at, the last ones: a keystroke has no time for more."""


def names_here(source: str, before: Iterable[Markup], profile: Profile) -> Names:
    """What names stand for after these tags: what was assigned or captured, and the variables of the loops that are open."""
    names: Names = {}
    loops: list[tuple[str, dict[str, Values | None]]] = []
    naming = [tag for tag in before if tag.is_tag and tag.closed and tag.name in _NAMING]
    for tag in naming[-_MOST:]:
        if tag.name in LOOPS:
            own = _loop_names(source[tag.start : tag.end], tag.name, names, profile)
            loops.append((f"end{tag.name}", {name: names.get(name) for name in own}))
            names.update(own)
        elif loops and tag.name == loops[-1][0]:
            for name, hidden in loops.pop()[1].items():
                if hidden is None:
                    del names[name]
                else:
                    names[name] = hidden
        else:
            names.update(_new_names(source, tag, names, profile))
    return names


def values_here(text: str, names: Names, profile: Profile) -> Values:
    """What an expression stands for: `event.items | first`. Nothing when it cannot be read."""
    tree = parse(f"{{{{{text}}}}}", profile).tree
    for node in tree.nodes if tree else ():
        if isinstance(node, OutputNode):
            return values_of(node.expression, names)
    return ()


def _loop_names(text: str, tag: str, names: Names, profile: Profile) -> Names:
    own: Names = {LOOPS[tag]: ()}
    tree = parse(f"{text}{{% end{tag} %}}", profile).tree
    for node in tree.nodes if tree else ():
        if isinstance(node, ForNode | TablerowNode):
            own[str(node.expression.identifier)] = elements_of(values_of(node.expression.iterable, names), Each())
    return own


def _new_names(source: str, tag: Markup, names: Names, profile: Profile) -> Names:
    if tag.name == "capture":
        return {source[tag.name_start + len(tag.name) : tag.inner_end].strip(" '\""): ()}
    if tag.name != "assign":
        return {}
    tree = parse(source[tag.start : tag.end], profile).tree
    return {
        str(node.name): assigned(node.expression, names) for node in (tree.nodes if tree else ()) if isinstance(node, AssignNode)
    }
