"""Digests, keyed digests and base 64."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Final

from cio_tui.liquid.filters import javascript as js
from cio_tui.liquid.filters import ruby
from cio_tui.liquid.filters.calling import Filter, refused
from cio_tui.liquid.filters.values import Values

_SPACES = re.compile(r"\s+")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?")
_STRICT_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _encoded(text: str) -> str:
    return base64.b64encode(_bytes(text)).decode("ascii")


def _decoded(text: str, form: re.Pattern[str], name: str) -> str:
    if not form.fullmatch(text):
        raise refused(f"invalid base64 provided to {name}")
    return base64.b64decode(_padded(text)).decode("utf-8", "replace")


def _padded(text: str) -> str:
    return text + "=" * (-len(text) % 4)


def base64_encode(value: object) -> str:
    """The text's UTF-8 in base 64."""
    return _encoded(js.to_text(value))


def base64_decode(value: object) -> str:
    """The text again. White space and absent padding are forgiven; bytes that are no UTF-8 become U+FFFD."""
    return _decoded(_SPACES.sub("", js.to_text(value)), _BASE64, "base64_decode")


LATEST: Final[Mapping[str, Filter]] = {"base64_decode": base64_decode, "base64_encode": base64_encode}


def _ruby_encode(value: object) -> str:
    return _encoded(ruby.to_text(value))


def _ruby_decode(value: object) -> str:
    return _decoded_strictly(ruby.to_text(value), _STRICT_BASE64, "base64_decode")


def _decoded_strictly(text: str, form: re.Pattern[str], name: str) -> str:
    """As Ruby decodes: bits that belong to no byte must be 0."""
    decoded = _decoded(text, form, name)
    if base64.b64encode(base64.b64decode(_padded(text))).decode("ascii") != _padded(text):
        raise refused(f"invalid base64 provided to {name}")
    return decoded


LEGACY: Final[Mapping[str, Filter]] = {"base64_decode": _ruby_decode, "base64_encode": _ruby_encode}


def own(values: Values) -> dict[str, Filter]:
    """Customer.io's own, in either profile."""

    def digest(name: str) -> Filter:
        def digested(value: object) -> str:
            """The digest of that name, in hexadecimal."""
            return hashlib.new(name, _bytes(values.text(value)), usedforsecurity=False).hexdigest()

        return digested

    def keyed(name: str) -> Filter:
        def digested(value: object, key: object = None) -> str:
            """The digest of that name made with a key, in hexadecimal."""
            return hmac.new(_bytes(values.text(key)), _bytes(values.text(value)), name).hexdigest()

        return digested

    def plain_base64(value: object) -> str:
        """The text's UTF-8 in base 64."""
        return _encoded(values.text(value))

    def hex_base64(value: object) -> str:
        """The bytes that hexadecimal digits spell, in base 64."""
        try:
            return base64.b64encode(binascii.unhexlify(values.text(value))).decode("ascii")
        except ValueError:
            raise refused("the text is not hexadecimal: pairs of 0-9 and a-f") from None

    def url_safe_encode(value: object) -> str:
        """Base 64 with `-` and `_`, for addresses."""
        return base64.urlsafe_b64encode(_bytes(values.text(value))).decode("ascii")

    def url_safe_decode(value: object) -> str:
        """What `base64_url_safe_encode` made, read again."""
        text = values.text(value)
        if re.search("[+/]", text):
            raise refused("invalid base64 provided to base64_url_safe_decode")
        return _decoded_strictly(text.replace("-", "+").replace("_", "/"), _BASE64, "base64_url_safe_decode")

    return {
        "base64": plain_base64,
        "base64_url_safe_decode": url_safe_decode,
        "base64_url_safe_encode": url_safe_encode,
        "hex_base64": hex_base64,
        "hmac_sha1": keyed("sha1"),
        "hmac_sha256": keyed("sha256"),
        "md5": digest("md5"),
        "sha1": digest("sha1"),
        "sha256": digest("sha256"),
    }
