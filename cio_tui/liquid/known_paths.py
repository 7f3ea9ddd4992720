"""What is known to be in the data, as a tree: where completion looks for what may follow."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from cio_tui.liquid.places import EACH, Place, Step, spell
from cio_tui.model.paths import ANY, PathError, PropertyPath

NAMESPACES: Final[Mapping[str, str]] = {
    "customer": "the person: their attributes",
    "event": "the data of the event that triggers the message",
    "trigger": "what a transactional message, API broadcast or webhook was sent with",
    "journey": "attributes of this journey",
    "objects": "the person's objects by type, the newest first",
    "snippets": "texts that messages share",
    "campaign": "the campaign: id, name, type, subscription_topic_ids",
    "message": "this message: id, name, type, subject, preheader, journey_id …",
    "layout": "the layout: id, name",
    "event_name": "the name of the event",
    "event_id": "the id of the event",
    "event_timestamp": "when the event happened, in Unix seconds",
    "delivery_id": "the id of this delivery; `unsent` in previews",
    "content": "the message's content, in a layout",
    "editor": "the editor that made the message",
}
_OF_NAMESPACE: Final = {
    "campaign": ("id", "name", "type", "subscription_topic_ids"),
    "message": (
        "id", "name", "type", "subject", "preheader", "journey_id", "send_to_unsubs", "subscription_topic_ids",
        "subscription_topic.name",
    ),
    "layout": ("id", "name"),
}  # fmt: skip


@dataclass(slots=True)
class Branch:
    """What is known at one place: its keys, its elements if it is a list, and a word about it."""

    keys: dict[str, "Branch"] = field(default_factory=dict)
    element: "Branch | None" = None
    help: str = ""

    def below(self, step: Step) -> "Branch | None":
        """What is known one step further."""
        if isinstance(step, str):
            return self.keys.get(step) or (self.element if step in ("first", "last") else None)
        return self.element

    def grow(self, step: Step) -> "Branch":
        """The branch one step further, made if it is not there."""
        if isinstance(step, str):
            return self.keys.setdefault(step, Branch())
        self.element = self.element or Branch()
        return self.element


@dataclass(frozen=True)
class Known:
    """Paths by name, each with a word about it (a kind of value, an example; it may be empty), and the names of snippets.

    Paths are written as the data index writes them, with their namespace before: `event.items[].price`, `customer["first name"]`.
    Those that cannot be read are left out.
    """

    paths: Mapping[str, str] = field(default_factory=dict)
    snippets: tuple[str, ...] = ()

    @classmethod
    def of(cls, paths: Iterable[str], snippets: Iterable[str] = ()) -> "Known":
        """Paths of which nothing but the name is known."""
        return cls(dict.fromkeys(paths, ""), tuple(snippets))

    @cached_property
    def tree(self) -> Branch:
        """Namespaces, and everything below them."""
        root = Branch()
        for name, words in NAMESPACES.items():
            root.grow(name).help = words
            for key in _OF_NAMESPACE.get(name, ()):
                _place(root, (name, *key.split(".")))
        for name in self.snippets:
            _place(root, ("snippets", name)).help = "snippet"
        for text, words in self.paths.items():
            try:
                steps = PropertyPath.parse(text).steps
            except PathError:
                continue
            _place(
                root, tuple(EACH if step is ANY else step for step in steps if isinstance(step, str | int) or step is ANY)
            ).help = words
        return root

    def at(self, place: Place) -> Branch | None:
        """What is known at a place."""
        branch: Branch | None = self.tree
        for step in place:
            branch = branch.below(step) if branch else None
        return branch

    def everything(self) -> Iterator[tuple[str, str, str]]:
        """Every path that a value can be read from without a loop: its last key, itself, and the word about it."""
        under_way: list[tuple[Place, Branch]] = [((), self.tree)]
        while under_way:
            place, branch = under_way.pop()
            if len(place) > 1:
                yield str(place[-1]), spell(place), branch.help
            under_way += [((*place, key), child) for key, child in reversed(branch.keys.items())]


def _place(root: Branch, place: Place) -> Branch:
    branch = root
    for step in place:
        branch = branch.grow(step)
    return branch
