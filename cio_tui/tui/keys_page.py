"""`docs/keys.md`, made from the registry: `python -m cio_tui.tui.keys_page` writes it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from textual.keys import format_key

from cio_tui.tui.actions import CONTEXTS, Action, actions_of

HEAD: Final = """# Keys

Made from the table of actions (`cio_tui/tui/actions.py`); a test holds them equal. What works where you are is in the
palette, too.

The id is what `[keys]` in `settings.toml` calls an action: `"activity.send" = "s,f6"`. Keys are given by name, several with
commas.
"""


_WORDS: Final = {"enter": "enter", "space": "space", "pageup": "page up", "pagedown": "page down", "escape": "esc", "tab": "tab"}


def shown_keys(action: Action, own: Mapping[str, str] | None = None) -> str:
    """The keys of an action as a person reads them; `own` are the keys that the person gave to actions."""
    keys = (own or {}).get(action.id, action.keys)
    return " ".join(_spoken(key) for key in keys.split(","))


def _spoken(key: str) -> str:
    *held, last = key.split("+")
    return "+".join((*held, _WORDS.get(last) or format_key(last)))


def keys_page() -> str:
    """The page."""
    parts = [HEAD]
    for context, title in CONTEXTS.items():
        rows = [f"| {_cell(action)} | {action.title} | {action.id} |" for action in actions_of(context)]
        if rows:
            parts.append("\n".join([f"## {title}\n", "| key | does | id |", "| --- | --- | --- |", *rows]) + "\n")
    return "\n".join(parts)


def _cell(action: Action) -> str:
    return " ".join(f"`{_spoken(key)}`" for key in action.keys.split(","))


if __name__ == "__main__":
    Path("docs/keys.md").write_text(keys_page(), encoding="utf-8")
