"""Filters on an occurrence's data: `filters` as workspaces store them, `where` as files say it. The notations mix in `where`."""

from typing import Final

from cio_tui.segments.conditions import DataFilter, DataGroup, ElementFilter, SameElement, Test
from cio_tui.segments.decoding import Decoder
from cio_tui.segments.nodes import Array, Node, Object
from cio_tui.segments.operands import TEST_KEYS, phrase_test, token_test

GROUPS: Final = {"and": "all", "or": "any", "all": "all", "any": "any"}
TOKENS: Final = ("field", *TEST_KEYS)
AT_LEAST_ONE: Final = "at least one of "
RESERVED: Final = frozenset({*GROUPS, "not", "property", "itself", "field", "operator", "at_least_one"})
"""Keys that are no property in the short notation; `property: any` says such a one."""


class DataFilters:
    """Reads filters; with `phrases` the builder's words are taken beside the tokens."""

    def __init__(self, decoder: Decoder, *, phrases: bool) -> None:
        self._decoder = decoder
        self._phrases = phrases

    def group(self, node: Node) -> DataGroup:
        """Filters that must hold: an array means all of them, `{}` none."""
        if isinstance(node, Array):
            return self._members("all", node)
        if not isinstance(node, Object):
            self._decoder.expect(node, "filters" if not self._phrases else "a list of filters")
        if not node.fields:
            return DataGroup()
        member = self._member(node)
        return member if isinstance(member, DataGroup) else DataGroup("all", (member,))

    def _members(self, match: str, node: Node) -> DataGroup:
        array = self._decoder.array(node, "an array of filters")
        return DataGroup("any" if match == "any" else "all", self._decoder.each(array.items, self._member))

    def _member(self, node: Node) -> DataFilter | SameElement | DataGroup:
        filter_ = self._decoder.object(
            node, "a filter like items[].type: monitor" if self._phrases else "a filter with field, operator"
        )
        for key, match in GROUPS.items():
            if key in filter_.fields and (self._phrases or key in ("and", "or")):
                self._decoder.only(filter_, [key], "a group of filters")
                return self._members(match, filter_.fields[key])
        if "not" in filter_.fields:
            self._decoder.problems.refuse(
                filter_.keys["not"], (*node.where, "not"), "filters have no 'not'", "negate the operator: inverse: true, is not"
            )
        element = self._same_element(filter_)
        if element:
            return element
        found = self._element_filter(filter_)
        if found.path is None:
            self._decoder.refuse(
                filter_, "a filter needs a property" if self._phrases else "'field' is missing: the property's path"
            )
        return DataFilter(found.path, found.test)

    def _same_element(self, node: Object) -> SameElement | None:
        decoder = self._decoder
        if "at_least_one" in node.fields:
            decoder.only(node, ["at_least_one"], "a filter")
            inner = decoder.object(node.fields["at_least_one"], "an object with path and filters")
            decoder.only(inner, ["path", "filters"], "at_least_one")
            path = decoder.path(decoder.field(inner, "path", "the array's path"))
            return SameElement(path, self._elements(decoder.field(inner, "filters", "what one element must meet")))
        key = next((key for key in node.fields if key.startswith(AT_LEAST_ONE)), None)
        if key is None or not self._phrases:
            return None
        decoder.only(node, [key], "a filter")
        path = decoder.parsed_path(key.removeprefix(AT_LEAST_ONE), node, node.keys[key])
        return SameElement(path, self._elements(node.fields[key]))

    def _elements(self, node: Node) -> tuple[ElementFilter, ...]:
        decoder = self._decoder
        if isinstance(node, Object) and ("and" in node.fields or "all" in node.fields):
            key = "and" if "and" in node.fields else "all"
            decoder.only(node, [key], "filters on one element")
            node = node.fields[key]
        if isinstance(node, Object) and not node.fields:
            return ()
        array = decoder.array(node, "an array of filters on one element")
        return decoder.each(array.items, lambda item: self._element_filter(decoder.object(item, "a filter on one element")))

    def _element_filter(self, node: Object) -> ElementFilter:
        decoder = self._decoder
        if self._phrases and "property" in node.fields:
            path = decoder.path(node.fields["property"])
            return ElementFilter(path, phrase_test(decoder, node, ("property",)))
        if self._phrases and len(node.fields) == 1:
            key, value = next(iter(node.fields.items()))
            if key == "itself":
                return ElementFilter(None, self.short(value))
            if key not in RESERVED:
                return ElementFilter(decoder.parsed_path(key, node, node.keys[key]), self.short(value))
        decoder.only(node, TOKENS, "a filter")
        field = node.fields.get("field")
        return ElementFilter(decoder.path(field) if field else None, token_test(decoder, node))

    def short(self, value: Node) -> Test:
        """The test under a property: `total: 5`, which is `is`, or of `total: {greater than: 5}`."""
        if isinstance(value, Object):
            return phrase_test(self._decoder, value)
        return self._decoder.test("eq", False, (value,))
