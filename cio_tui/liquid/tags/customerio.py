"""Customer.io's own tags. Links are stable and clearly not real: a preview must never unsubscribe anybody."""

import re
from typing import Any, Final

from liquid.ast import Node
from liquid.expression import Expression
from liquid.token import Token

from cio_tui.liquid.filters import javascript
from cio_tui.liquid.filters.values import to_text
from cio_tui.liquid.limits import TEXT_LENGTH, Buffer
from cio_tui.liquid.literals import Text
from cio_tui.liquid.parsing import Stream, Tag
from cio_tui.liquid.partials import render_text
from cio_tui.liquid.paths import Path
from cio_tui.liquid.reading import Reader
from cio_tui.liquid.scopes import NAMESPACES
from cio_tui.liquid.tokens import BLANKS

HOST: Final = "https://preview.invalid"
"""No name below `.invalid` can ever exist (RFC 2606)."""

_FIXED: Final = {
    "unsubscribe_url": f"{HOST}/unsubscribe",
    "view_in_browser_url": f"{HOST}/view-in-browser",
    "manage_subscription_preferences_url": f"{HOST}/subscription-preferences",
    "tracking_consent_url": f"{HOST}/tracking-consent",
    "unsubscribe": f'<a href="{HOST}/unsubscribe">Unsubscribe</a>',
    "view_in_browser": f'<a href="{HOST}/view-in-browser">View in browser</a>',
    "cio_link_id": "preview-link-id",
}
_BARE: Final = re.compile(rf"[^{BLANKS},\"']+")
_OPTION: Final = re.compile(r"([A-Za-z_]\w*)[ \t\r\n]*[:=]")


class Printed(Node):
    """A tag that always prints the same text."""

    __slots__ = ("text",)

    def __init__(self, token: Token, text: str) -> None:
        super().__init__(token)
        self.text = text
        self.blank = False

    def __str__(self) -> str:
        return f"{{% {self.token.value} %}}"

    def render_to_output(self, _: Any, buffer: Any) -> int:
        """Print the text."""
        return int(buffer.write(self.text))


class FixedTag(Tag):
    """Reads a tag that stands for a fixed text."""

    block = False

    def read(self, stream: Stream, token: Token) -> Node:
        """The tag takes nothing."""
        extra = stream.expression()
        if extra is not None:
            stream.sheet.warn(f"{token.value} takes no arguments", extra.start_index, len(extra.value))
        return Printed(token, _FIXED[token.value])


def _options(reader: Reader, *known: str) -> dict[str, Expression]:
    """The options of one of our tags: `name:value` or `name=value`, quoted, a variable, or bare text up to a blank."""
    found: dict[str, Expression] = {}
    while not reader.done:
        reader.take(",")
        reader.skip()
        option = _OPTION.match(reader.source, reader.at, reader.end)
        if option is None:
            if not reader.done:
                reader.sheet.warn(f"{reader.rest()!r} is not looked at", reader.at, reader.end - reader.at)
            break
        reader.at = option.end()
        reader.skip()
        if option[1] not in known:
            words = f"{', '.join(known)} is what this tag takes"
            reader.sheet.warn(f"`{option[1]}` is not looked at", option.start(), len(option[1]), words)
        found[option[1]] = _option_value(reader, option[1])
    return found


def _option_value(reader: Reader, name: str) -> Expression:
    if reader.peek() in ("'", '"'):
        return reader.must(f"the value of `{name}`")
    if reader.source.startswith("{{", reader.at, reader.end):
        closing = reader.source.find("}}", reader.at, reader.end)
        end = closing + 2 if closing >= 0 else reader.end
        bare = re.compile(r"\S*").match(reader.source, end, reader.end)
        end = bare.end() if bare is not None else end
        token = Token("string", reader.source[reader.at : end], reader.at, reader.source)
        reader.at = end
        return Text(token, token.value)
    found = _BARE.match(reader.source, reader.at, reader.end)
    if found is None:
        raise reader.fail(f"Expected the value of `{name}`")
    start = reader.at
    value = None if "/" in found[0] else reader.value()
    if (
        value is not None
        and reader.at == found.end()
        and (not isinstance(value, Path) or value.root in NAMESPACES or "." not in found[0])
    ):
        return value
    reader.at = found.end()
    return Text(Token("string", found[0], start, reader.source), found[0])


class Link(Node):
    """`cio_link`: the address of a link."""

    __slots__ = ("options",)

    def __init__(self, token: Token, options: dict[str, Expression]) -> None:
        super().__init__(token)
        self.options = options
        self.blank = False

    def __str__(self) -> str:
        return "{% cio_link %}"

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the address. An empty one fails the message, as Customer.io cannot add its parameters to it."""
        missed = context.missed
        url = self.options["url"]
        text = _text_of(url, context, self.token)
        if context.missed != missed:
            return 0
        if not text.strip():
            context.refused(url.token, "The address of cio_link is empty")
            return 0
        return int(buffer.write(text))

    def expressions(self) -> list[Expression]:
        """The options."""
        return list(self.options.values())


def _text_of(value: Expression, context: Any, token: Token) -> str:
    """An option's text; Liquid in it is rendered with the variables around it."""
    text = to_text(value.evaluate(context), context.profile)
    if not isinstance(value, Text) or "{{" not in text:
        return text
    inner: Any = Buffer(TEXT_LENGTH)
    render_text(text, f"{token.value} url", context, inner, token, shared=True)
    return str(inner.getvalue())


class LinkTag(Tag):
    """Reads `cio_link url:"…" track:true url_params:true`."""

    name = "cio_link"
    block = False

    def read(self, stream: Stream, token: Token) -> Node:
        """The options."""
        reader = stream.reader(token)
        options = _options(reader, "url", "track", "url_params")
        if "url" not in options:
            hint = 'As in {% cio_link url:"https://example.com" %}.'
            stream.sheet.report("argument", "cio_link needs a url", token.start_index, len(token.value), hint)
            return Printed(token, "")
        for name in ("track", "url_params"):
            value = options.get(name)
            if value is not None and value.token.value not in ("true", "false"):
                stream.sheet.warn(f"`{name}` is true or false", value.token.start_index, len(value.token.value))
        return Link(token, options)


class Drawn(Node):
    """`random` and `generate_uuid`: drawn from the rendering's seed, so that a preview repeats."""

    __slots__ = ("limit",)

    def __init__(self, token: Token, limit: Expression | None) -> None:
        super().__init__(token)
        self.limit = limit
        self.blank = False

    def __str__(self) -> str:
        return f"{{% {self.token.value} {self.limit or ''} %}}"

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print a number from 0 up to the limit, or a UUID."""
        if self.limit is None:
            return int(buffer.write(context.draws.uuid()))
        missed = context.missed
        value = self.limit.evaluate(context)
        if context.missed != missed:
            return 0
        most = javascript.index(value, -1)
        if most < 0:
            context.refused(self.limit.token, "random needs a whole number that is not below 0")
            return 0
        return int(buffer.write(str(context.draws.between(0, most))))

    def expressions(self) -> list[Expression]:
        """The limit."""
        return [] if self.limit is None else [self.limit]


class RandomTag(Tag):
    """Reads `random 100`."""

    name = "random"
    block = False

    def read(self, stream: Stream, token: Token) -> Node:
        """The largest number that may be drawn."""
        reader = stream.reader(token)
        if reader.done:
            words = "random needs the largest number that it may draw"
            stream.sheet.report("argument", words, token.start_index, len(token.value), "As in {% random 100 %}.")
            return Printed(token, "")
        return Drawn(token, reader.must())


class UuidTag(Tag):
    """Reads `generate_uuid`."""

    name = "generate_uuid"
    block = False

    def read(self, stream: Stream, token: Token) -> Node:
        """The tag takes nothing."""
        stream.expression()
        return Drawn(token, None)


class TopicName(Node):
    """`subscription_topic_name`: from the message's facts, else words that say what would stand there."""

    __slots__ = ("language",)

    def __init__(self, token: Token, language: Expression | None) -> None:
        super().__init__(token)
        self.language = language
        self.blank = False

    def __str__(self) -> str:
        return "{% subscription_topic_name %}"

    def render_to_output(self, context: Any, buffer: Any) -> int:
        """Print the topic's name."""
        facts = context.data.get("message")
        topic = facts.get("subscription_topic") if isinstance(facts, dict) else None
        topic = topic if isinstance(topic, dict) else {}
        language = to_text(self.language.evaluate(context), context.profile) if self.language is not None else ""
        names = topic.get("names")
        name = names.get(language) if isinstance(names, dict) else None
        return int(buffer.write(to_text(name or topic.get("name") or "[subscription topic]", context.profile)))

    def expressions(self) -> list[Expression]:
        """The language."""
        return [] if self.language is None else [self.language]


class TopicTag(Tag):
    """Reads `subscription_topic_name lang='pt'`."""

    name = "subscription_topic_name"
    block = False

    def read(self, stream: Stream, token: Token) -> Node:
        """The language, if one is asked for."""
        return TopicName(token, _options(stream.reader(token), "lang").get("lang"))


class CountdownTag(Tag):
    """Reads `countdown point:1 time:"2026-12-24 18:00:00 (GMT)" …`. A preview names the time that the picture would count to."""

    name = "countdown"
    block = False

    def read(self, stream: Stream, token: Token) -> Node:
        """The options; `point` and `time` must be there."""
        known = ("point", "time", "fg", "bg", "font", "weight", "locale", "looping", "resolution", "frames", "apng")
        options = _options(stream.reader(token), *known)
        for needed in ("point", "time"):
            if needed not in options:
                hint = 'As in {% countdown point:1 time:"2026-12-24 18:00:00 (GMT)" %}.'
                stream.sheet.report("argument", f"countdown needs {needed}", token.start_index, len(token.value), hint)
        time = options.get("time")
        if isinstance(time, Text) and "{{" in time.value:
            stream.sheet.report(
                "argument", "The time of a countdown takes no Liquid", time.token.start_index, len(time.token.value)
            )
        return Printed(token, f"[countdown to {time.value if isinstance(time, Text) else '?'}]")


TAGS: Final[tuple[type[Tag], ...]] = (
    *(type(f"{name}Tag", (FixedTag,), {"name": name, "__doc__": f"Reads `{name}`."}) for name in _FIXED),
    LinkTag,
    RandomTag,
    UuidTag,
    TopicTag,
    CountdownTag,
)
