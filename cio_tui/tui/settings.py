"""A person's settings, from one TOML file. Strict: what is not understood is an error that names file, line and key.

theme = "cio-light"        # any theme of the palette
spacing = "compact"        # or "normal"
glyphs = "ascii"           # or "unicode"
follow = true              # activity follows from the start

[filters]                  # offered by the palette
refunds = "type:event name:refund*"

[keys]                     # an action's id (docs/keys.md) and its keys
"activity.send" = "s,f6"
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

from platformdirs import user_config_path

from cio_tui.model.errors import InputError

VALUES: Final[Mapping[str, tuple[str, ...]]] = {"spacing": ("normal", "compact"), "glyphs": ("unicode", "ascii")}
_TABLES: Final = ("filters", "keys")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set, with its defaults."""

    theme: str = "cio-dark"
    spacing: str = "normal"
    glyphs: str = "unicode"
    follow: bool = False
    filters: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)


class SettingsError(InputError):
    """The file cannot be used as it is; the message names file, line where it is known, and key."""


def settings_path() -> Path:
    """Where the file is on this system."""
    return user_config_path("cio-tui", appauthor=False) / "settings.toml"


def read_settings(path: Path) -> Settings:
    """The settings of a file, the defaults when there is none. Raises SettingsError."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from None
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not TOML: {error}") from None
    return _Reader(path, text).settings(given)


class _Reader:
    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text

    def settings(self, given: Mapping[str, Any]) -> Settings:
        known = Settings.__dataclass_fields__
        for key, value in given.items():
            if key not in known:
                self._refuse(key, f"is no setting; there are {', '.join(known)}")
            if key in _TABLES:
                self._check_table(key, value)
            elif key == "follow" and not isinstance(value, bool):
                self._refuse(key, f"must be true or false, not {value!r}")
            elif key != "follow" and not isinstance(value, str):
                self._refuse(key, f"must be a text, not {value!r}")
            elif key in VALUES and value not in VALUES[key]:
                self._refuse(key, f"must be one of {', '.join(VALUES[key])}, not {value!r}")
        return Settings(**given)

    def _check_table(self, name: str, table: Any) -> None:
        if not isinstance(table, dict):
            self._refuse(name, f"must be a table: [{name}]")
        for key, value in table.items():
            if not isinstance(value, str):
                self._refuse(f"{name}.{key}", f"must be a text, not {value!r}", last=key)

    def _refuse(self, key: str, problem: str, *, last: str = "") -> NoReturn:
        name = re.escape(last or key)
        pattern = rf"""^\s*\[?\s*(?:{name}|"{name}"|'{name}')\s*[=\].]"""
        found = re.search(pattern, self._text, re.MULTILINE)
        line = f", line {self._text.count(chr(10), 0, found.end()) + 1}" if found else ""
        raise SettingsError(f"{self._path}{line}: {key} {problem}")
