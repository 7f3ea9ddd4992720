"""What a rendering draws by chance: from one seed always the same, on every machine and in every version of Python."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_BYTES = 16


class Draws:
    """A source of numbers that starts at a seed. Every draw takes it one further."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._count = 0

    def _bytes(self) -> bytes:
        self._count += 1
        return hashlib.blake2b(f"{self._seed}:{self._count}".encode(), digest_size=_BYTES).digest()

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both possible, each as likely as the others."""
        return least + int.from_bytes(self._bytes(), "big") % (most - least + 1)

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """So many of the items, no place twice, in the order in which they were drawn."""
        left = list(items)
        for place in range(count):
            chosen = self.between(place, len(left) - 1)
            left[place], left[chosen] = left[chosen], left[place]
        return left[:count]

    def uuid(self) -> str:
        """A UUID of version 4."""
        drawn = bytearray(self._bytes())
        drawn[6] = drawn[6] & 0x0F | 0x40
        drawn[8] = drawn[8] & 0x3F | 0x80
        text = drawn.hex()
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
