"""Definitions from YAML or JSON text, or from Python objects.

A file is a mapping of `name`, `description`, `kind` (`data` or `manual`), `id`, `match` (`all`, `any`, `none`) and `conditions`:

    name: Bought a monitor lately
    match: all
    conditions:
      - attribute: plan                     # one operator of domain.md 4.3 with its value; "is" may be left out of its label
        is: pro                             # is equal to; also: greater than: 50, between: [1, 9], exists: false
      - attribute: trial_ends
        is a timestamp before: 3 days from now      # or 2 days ago, now, 2024-06-10
      - event: order_placed                 # or page, screen, attribute changed (with from: and to:)
        performed: at least 2 times         # or true, never, exactly once, at most 3 times; "not performed" negates
        within: 30 days                     # or since: 2024-06-01 and until: 2024-06-30
        where:                              # all of these; {any: [...]} for any
          - items[].type: monitor           # is equal to
          - total: {greater than: 50}
          - property: any                   # the long form, for a property with a name that means something here
            contains: x
          - at least one of items: [{type: monitor}, {price: {greater than: 100}}]
          - at least one of tags: [itself: sale]
      - in segment: VIP                     # or not in segment; a name, or the product's number
      - device: platform
        is: ios
      - message: opened_email               # an activity type; performed and within as for events
        named: Welcome
      - any:                                # or all, none: a group inside
          - attribute: city
            is not: Berlin

The tree that real workspaces store (domain.md 4.7; tree_json.py) may stand in place of any condition or of all, in YAML and in
JSON, bare or in a segment's object. JSON text begins with `{"`, `{}` or `[`. Conditions beside each other mean all of them.
"""

import re
from collections.abc import Callable
from typing import Any, Final, NoReturn, get_args

from cio_tui.segments import phrase_leaves, tree_json
from cio_tui.segments.conditions import Condition, Group, Match
from cio_tui.segments.decoding import Decoder, nearest
from cio_tui.segments.definition import Definition, Kind
from cio_tui.segments.errors import DefinitionError, Problems, Refused
from cio_tui.segments.json_text import compose_json
from cio_tui.segments.nodes import Array, Node, Object, from_object
from cio_tui.segments.tree_json import is_null
from cio_tui.segments.yaml_text import compose_yaml

__all__ = ["DefinitionError", "read", "read_tree"]

MAX_BYTES: Final = 1_000_000
GROUPS: Final[dict[str, Match]] = {"and": "all", "or": "any", "not": "none", "all": "all", "any": "any", "none": "none"}
_KINDS: Final[dict[str, Kind]] = {"data": "data", "dynamic": "data", "data-driven": "data", "manual": "manual"}
_KEYS: Final = ("name", "description", "kind", "id", "match", "conditions")
_PRODUCT_KEYS: Final = ("type", "state", "progress", "deduplicate_id", "tags")
"""Keys of the product's own segment objects; `type` is the kind, the others say nothing about who belongs."""
_LEAVES: Final = dict.fromkeys((*phrase_leaves.LEAVES, *tree_json.LEAVES))
_JSON: Final = re.compile(r"\s*(?:\[|\{\s*[\"}])")
_ONE_LINE: Final = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]*")


def read(text: str, *, file: str = "") -> Definition:
    """Read a definition from YAML or JSON text. Raises DefinitionError with all that is wrong; `file` is named in it."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        too_large = Problems(None, file)
        too_large.add(0, (), f"the definition is larger than {MAX_BYTES // 1_000_000} MB")
        too_large.check()
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    problems = Problems(text, file)
    return _read(problems, lambda: _compose(text, problems))


def read_tree(value: Any, *, file: str = "") -> Definition:
    """Read a definition from Python objects of JSON's types. Raises DefinitionError."""
    problems = Problems(None, file)
    return _read(problems, lambda: from_object(problems, value))


def _compose(text: str, problems: Problems) -> Node:
    return compose_json(text, problems) if _JSON.match(text) else compose_yaml(text, problems)


def _read(problems: Problems, compose: Callable[[], Node]) -> Definition:
    try:
        definition = _Reader(Decoder(problems)).definition(compose())
    except Refused:
        problems.check()
        raise
    problems.check()
    return definition


class _Reader:
    """The definition and its groups; leaves are read by their notation's module."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder

    def definition(self, node: Node) -> Definition:
        decoder = self._decoder
        if not isinstance(node, Object):
            decoder.expect(node, "a segment with name and conditions, or a tree of conditions")
        if isinstance(inner := node.fields.get("segment"), Object):
            decoder.only(node, ["segment"], "a segment's file")
            return self._segment(inner)
        if not {*_KEYS, *_PRODUCT_KEYS} & node.fields.keys() and {*GROUPS, *_LEAVES} & node.fields.keys():
            return Definition(condition=self._root(node))
        return self._segment(node)

    def _segment(self, node: Object) -> Definition:
        decoder = self._decoder
        decoder.only(node, (*_KEYS, *_PRODUCT_KEYS), "a segment", dict.fromkeys((*GROUPS, *_LEAVES), "put it under conditions"))
        name = self._name(node.fields["name"]) if "name" in node.fields else ""
        described = node.fields.get("description")
        description = "" if described is None or is_empty(described) else decoder.text(described, "a description")
        number = node.fields.get("id")
        id_ = None if number is None or is_null(number) else decoder.whole(number, "a segment's number", 0, 2**63 - 1)
        kind = self._kind(node)
        if kind == "manual":
            self._no_conditions(node)
            return Definition(name, description, kind, Group(), id_)
        return Definition(name, description, kind, self._conditions(node), id_)

    def _name(self, node: Node) -> str:
        name = self._decoder.text(node, "a name")
        if not _ONE_LINE.fullmatch(name) or not name.strip():
            self._decoder.refuse(node, "a name is one line of text, without control characters")
        return name

    def _kind(self, node: Object) -> Kind:
        if "kind" in node.fields and "type" in node.fields:
            self._decoder.refuse(node.fields["type"], "'kind' and 'type' say the same; one of them is enough")
        given = node.fields.get("kind") or node.fields.get("type")
        if given is None:
            return "data"
        word = self._decoder.text(given, "data or manual")
        if word not in _KINDS:
            self._decoder.refuse(given, f"{word!r} is no kind of segment", nearest(word, ("data", "manual")))
        return _KINDS[word]

    def _no_conditions(self, node: Object) -> None:
        for key in ("match", "conditions"):
            given = node.fields.get(key)
            empty = given is None or is_null(given) or (isinstance(given, Object) and not given.fields)
            if given is not None and not empty:
                self._decoder.problems.add(node.keys[key], (*node.where, key), f"a manual segment has no {key!r}")

    def _conditions(self, node: Object) -> Group:
        decoder = self._decoder
        conditions = decoder.field(node, "conditions", "who belongs to the segment")
        match = node.fields.get("match")
        if isinstance(conditions, Object):
            if match:
                decoder.refuse(
                    match, "'match' goes with a list of conditions", "this tree says itself how its conditions combine"
                )
            return self._root(conditions)
        return Group(self._match(match), self._members(conditions))

    def _match(self, node: Node | None) -> Match:
        if node is None:
            return "all"
        word = self._decoder.text(node, "all, any or none")
        found = next((known for known in get_args(Match) if known == word), None)
        if found is None:
            self._decoder.refuse(node, f"{word!r} is no way to combine conditions", nearest(word, get_args(Match)))
        match: Match = found
        return match

    def _members(self, node: Node) -> tuple[Condition, ...]:
        return self._decoder.each(self._decoder.array(node, "a list of conditions").items, self._condition)

    def _root(self, node: Node) -> Group:
        condition = self._condition(node)
        return condition if isinstance(condition, Group) else Group("all", (condition,))

    def _condition(self, node: Node) -> Condition:
        decoder = self._decoder
        if isinstance(node, Array):
            decoder.expect(node, "a condition", "a group inside is written any: [...] or all: [...]")
        condition = decoder.object(node, "a condition")
        for key in condition.fields:
            if key in GROUPS:
                decoder.only(condition, [key], "a group of conditions")
                return self._group(key, condition.fields[key])
        kinds = [key for key in condition.fields if key in _LEAVES]
        if len(kinds) > 1:
            key = kinds[1]
            reason = f"{key!r} begins another condition inside the one on {kinds[0]!r}"
            decoder.problems.refuse(condition.keys[key], (*condition.where, key), reason, "write two conditions")
        if not kinds:
            self._unknown(condition)
        inner = condition.fields[kinds[0]]
        if kinds[0] in tree_json.LEAVES and (isinstance(inner, Object) or kinds[0] == "segment"):
            return tree_json.token_leaf(decoder, condition, kinds[0])
        return phrase_leaves.phrase_leaf(decoder, condition, kinds[0])

    def _group(self, key: str, node: Node) -> Group:
        if key == "not" and isinstance(node, Object):
            return Group("none", (self._condition(node),))
        return Group(GROUPS[key], self._members(node))

    def _unknown(self, node: Object) -> NoReturn:
        known = [*_LEAVES, "any", "all", "none"]
        if not node.fields:
            self._decoder.refuse(node, "a condition is missing", f"it begins with {', '.join(known)}")
        hints = [(key, nearest(key, known)) for key in node.fields]
        key, hint = next((found for found in hints if found[1].startswith("did")), hints[0])
        self._decoder.problems.refuse(node.keys[key], (*node.where, key), f"{key!r} begins no condition", hint)


def is_empty(node: Node) -> bool:
    """Whether a node is null or an empty text."""
    return is_null(node) or getattr(node, "value", None) == ""
