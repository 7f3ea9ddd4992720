"""The namespaces of Customer.io's Liquid."""

from typing import Final

NAMESPACES: Final = frozenset(
    {
        "customer",
        "event",
        "trigger",
        "journey",
        "object",
        "objects",
        "snippets",
        "campaign",
        "message",
        "layout",
        "content",
        "editor",
        "delivery_id",
        "event_name",
        "event_id",
        "event_timestamp",
    }
)
"""Every name that a message may begin a path with (domain.md 8.3); `object` is none of them, but people write it."""

FOREIGN: Final = frozenset({"trigger", "object", "objects", "journey", "campaign", "message", "layout", "editor"})
"""Namespaces that only some kinds of message have. Where they are not, they are empty and nothing fails (L2)."""
