"""A line about every tag: how it is written and what it does."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from cio_tui.liquid.environment import environment_of
from cio_tui.liquid.profiles import Profile


class TagHelp(NamedTuple):
    """How a tag is written after its name, and what it does."""

    arguments: str
    help: str


TAGS: Final[Mapping[str, TagHelp]] = {
    "if": TagHelp("condition", "prints what follows if the condition holds"),
    "unless": TagHelp("condition", "prints what follows unless the condition holds"),
    "case": TagHelp("value", "prints the `when` that names the value"),
    "for": TagHelp("name in list", "prints what follows for each item; `limit: 3`, `offset: 1`, `reversed`"),
    "tablerow": TagHelp("name in list", "table cells for each item; `cols: 2`"),
    "assign": TagHelp("name = value", "gives a value a name"),
    "capture": TagHelp("name", "gives what follows, rendered, a name"),
    "comment": TagHelp("", "nothing of what follows is printed or run"),
    "raw": TagHelp("", "what follows is printed as it is"),
    "cycle": TagHelp("'a', 'b'", "prints one of the values, the next one each time"),
    "increment": TagHelp("name", "prints a counter and adds one"),
    "decrement": TagHelp("name", "takes one from a counter and prints it"),
    "ifchanged": TagHelp("", "prints what follows if it is not what it printed last"),
    "liquid": TagHelp("", "tags without delimiters, one in a line"),
    "echo": TagHelp("value", "prints a value"),
    "include": TagHelp("'name'", "prints a partial, which sees this text's names"),
    "render": TagHelp("'name', key: value", "prints a partial, which sees only what it is given"),
    "break": TagHelp("", "ends the loop"),
    "continue": TagHelp("", "goes on with the loop's next item"),
    "cio_link": TagHelp("url: value", "a tracked link; `track: false`, `url_params: false`"),
    "cio_link_id": TagHelp("", "the id of a link"),
    "unsubscribe_url": TagHelp("", "the address to unsubscribe at"),
    "unsubscribe": TagHelp("", "a link to unsubscribe"),
    "view_in_browser_url": TagHelp("", "the address of the message on the web"),
    "view_in_browser": TagHelp("", "a link to the message on the web"),
    "manage_subscription_preferences_url": TagHelp("", "the address of the subscription centre"),
    "tracking_consent_url": TagHelp("", "the address where people allow tracking"),
    "subscription_topic_name": TagHelp("lang='pt'", "the name of the message's topic"),
    "random": TagHelp("100", "a whole number from 0 up to that"),
    "generate_uuid": TagHelp("", "a random id"),
    "render_liquid": TagHelp("value", "renders Liquid that is stored in a value"),
    "countdown": TagHelp("point: 1 time: '…'", "a picture that counts down"),
}
PART_HELP: Final[Mapping[str, TagHelp]] = {
    "elsif": TagHelp("condition", "another condition, if none before it held"),
    "else": TagHelp("", "if nothing before it was printed"),
    "when": TagHelp("'a', 'b'", "what to print for these values"),
}
CONSTANTS: Final[Mapping[str, str]] = {
    "blank": "missing, null, false, or nothing but white space",
    "nil": "missing or null",
    "empty": "a text or list with nothing in it",
    "true": "",
    "false": "",
}
LOOP_FACTS: Final[Mapping[str, str]] = {
    "index": "which turn it is, from 1",
    "index0": "which turn it is, from 0",
    "first": "whether it is the first turn",
    "last": "whether it is the last turn",
    "length": "how many turns there are",
    "rindex": "how many turns are left, this one counted",
    "rindex0": "how many turns are left after this one",
}


def tags_of(profile: Profile) -> Mapping[str, TagHelp]:
    """The tags that a profile knows and that may stand anywhere."""
    known = environment_of(profile).tags
    return {name: words for name, words in TAGS.items() if name in known or name == "raw"}
