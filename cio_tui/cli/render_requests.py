"""What `render` is asked, as one JSON object: template, data, partials, now, missing, profile."""

import calendar
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NoReturn

from dateutil import parser as date_parser
from rapidfuzz import process

from cio_tui.liquid.profiles import PROFILES, Profile
from cio_tui.liquid.scope import Rendering, Scope
from cio_tui.liquid.template import parse
from cio_tui.model.errors import InputError
from cio_tui.model.json_values import kind_of
from cio_tui.workspace import clock

Missing = Literal["error", "empty"]
MISSING: Final[tuple[Missing, ...]] = ("error", "empty")
_FIELDS: Final = ("template", "data", "partials", "now", "missing", "profile")


@dataclass(frozen=True, slots=True)
class Request:
    """One template to render, and with what."""

    template: str
    scope: Scope
    profile: Profile

    def render(self) -> Rendering:
        """Render it. Never raises."""
        return parse(self.template, self.profile).render(self.scope)


def read_request(text: bytes, chosen: Mapping[str, Any], warn: Callable[[str], None]) -> Request:
    """Read an object of JSON. `chosen` are the options of the command line, which go before it; fields that there are not are
    passed over with a word to `warn`. Raises InputError.
    """
    try:
        fields = json.loads(text.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise InputError(f"the input is not UTF-8 at byte {error.start + 1}") from None
    except json.JSONDecodeError as error:
        reason = error.msg[0].lower() + error.msg[1:]
        raise InputError(f"the input is not valid JSON: {reason} at line {error.lineno}, column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        why = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise InputError(f"the input is not valid JSON: {why}") from None
    if not isinstance(fields, dict):
        raise InputError(f'the input must be an object like {{"template": "…", "data": {{}}}}, not {kind_of(fields)}')
    for strange in fields.keys() - set(_FIELDS):
        close = process.extractOne(strange, _FIELDS, score_cutoff=60)
        warn(f"the field {strange!r} is passed over" + (f": did you mean {close[0]}?" if close else ""))
    return request({**fields, **chosen})


def request(fields: Mapping[str, Any]) -> Request:
    """The request that some fields make. Raises InputError for values that they cannot have."""
    template, profile, missing = fields.get("template"), fields.get("profile", "latest"), fields.get("missing", "error")
    if not isinstance(template, str):
        raise InputError("template must be text" if "template" in fields else "template is missing")
    data, partials = fields.get("data", {}), fields.get("partials", {})
    if not isinstance(data, dict):
        raise InputError(f"data must be an object of namespaces, not {kind_of(data)}")
    if not isinstance(partials, dict) or not all(isinstance(value, str) for value in partials.values()):
        raise InputError("partials must be an object of texts by name")
    if profile not in PROFILES:
        raise InputError(f"profile is one of {', '.join(PROFILES)}, not {profile!r}"[:120])
    if missing not in MISSING:
        raise InputError(f"missing is one of {', '.join(MISSING)}, not {missing!r}"[:120])
    now = clock.wall_seconds() if fields.get("now") is None else _instant(fields["now"])
    return Request(template, Scope(data, now, partials=partials, missing=missing), profile)


def _instant(value: object) -> int:
    """Unix seconds of a number or of ISO 8601; without a zone that is UTC. Unlike an event's, it may be any instant."""
    text = str(value).strip() if isinstance(value, (int, float, str)) and not isinstance(value, bool) else ""
    for read in (int, lambda said: int(float(said)), lambda said: calendar.timegm(date_parser.isoparse(said).utctimetuple())):
        try:
            return read(text)
        except (ValueError, OverflowError):
            continue
    raise InputError(f"now must be Unix seconds or ISO 8601, not {value!r}"[:120])


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")
