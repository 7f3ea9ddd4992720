"""Which messages use an event or read an attribute or snippet: what the data index and the snippets are used by (D1, D2)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from cio_tui.liquid.template import parse
from cio_tui.liquid.usage import uses
from cio_tui.messages.definition import PARTS
from cio_tui.workspace.message_book import MessageBook

Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Readers:
    """The names of messages by what they use: the event that starts them, attributes, snippets. What nothing uses is left out."""

    events: Names
    attributes: Names
    snippets: Names


def readers(book: MessageBook) -> Readers:
    """Read all messages, their snippets included; identifiers count as attributes."""
    snippets = book.texts()
    found: dict[str, dict[str, dict[str, None]]] = {kind: defaultdict(dict) for kind in ("event", "customer", "snippets")}
    for saved in book.all():
        message = saved.message
        if message.trigger == "event" and message.event:
            found["event"][message.event][saved.name] = None
        for part in PARTS:
            for use in uses(parse(message.part(part), message.profile), snippets):
                match use.path:
                    case ("customer" | "snippets" as root, str() as name, *_):
                        found[root][name][saved.name] = None
    events, attributes, named = ({name: tuple(those) for name, those in kind.items()} for kind in found.values())
    return Readers(events, attributes, named)
