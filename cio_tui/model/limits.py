"""The product's limits and windows (domain.md 1.3, 1.5, 2.1). Sizes are UTF-8 bytes, times are seconds."""

from typing import Final

EVENT_NAME_BYTES: Final = 100
EVENT_DATA_BYTES: Final = 100_000
PERSON_ID_BYTES: Final = 150
ATTRIBUTE_NAME_BYTES: Final = 150
ATTRIBUTE_VALUE_BYTES: Final = 1_000
ATTRIBUTES_PER_PERSON: Final = 300

SNIPPET_BYTES: Final = 16 * 1024
SNIPPETS_BYTES: Final = 5 * 1024 * 1024
"""One snippet, and all of a workspace (domain.md 8.3)."""

DAY: Final = 86_400
CAMPAIGN_WINDOW: Final = 72 * 3600
"""An event older than this starts no campaign (E6)."""
LOG_WINDOW: Final = 30 * DAY
"""Activity older than this is not shown by the product's log (E7)."""
ANONYMOUS_RETENTION: Final = 30 * DAY
"""Unclaimed anonymous events older than this are deleted (AN2, A4)."""
CLAIM_WINDOW: Final = 300
"""Anonymous events that arrive this long after their id was claimed still merge (AN11, A6)."""

RESERVED_DATA_KEYS: Final = {"recipient": "To", "from_address": "From", "reply_to": "Reply-To"}
"""Keys of event data that override a message's header, and which (domain.md 1.4)."""

FIRST_TIMESTAMP: Final = 100_000_000
"""Unix seconds up to here are not taken as a timestamp (domain.md 1.5)."""
FIRST_MILLISECONDS: Final = 100_000_000_000
"""From here on a number is milliseconds, not seconds (domain.md 1.5)."""
