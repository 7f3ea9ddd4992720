"""The one place that makes ids. From one seed they are always the same ones, and in order."""

import hashlib
import secrets

from cio_tui.model.ulids import make_ulid, ulid_bytes

_SEQUENCE_BITS = 40


def new_seed() -> int:
    """A seed for a workspace of its own."""
    return secrets.randbits(48)


def ulid(seed: int, sequence: int, seconds: int) -> str:
    """The ULID of the `sequence`-th id at an instant: ids of one instant sort in the order they were made."""
    low = sequence << _SEQUENCE_BITS | int.from_bytes(_mixed(seed, sequence, 5), "big")
    return make_ulid(seconds, low)


def sequence_of(seed: int, text: str) -> int:
    """The sequence number of a ULID that this seed makes; 0 for all others."""
    low = int.from_bytes(ulid_bytes(text)[6:], "big")
    sequence = low >> _SEQUENCE_BITS
    mixed = int.from_bytes(_mixed(seed, sequence, 5), "big")
    return sequence if low == sequence << _SEQUENCE_BITS | mixed else 0


def cio_id(seed: int, sequence: int) -> str:
    """The product's opaque id of a person: twelve hexadecimal digits."""
    return _mixed(seed, sequence, 3).hex() + f"{sequence & 0xFFFFFF:06x}"


def _mixed(seed: int, sequence: int, size: int) -> bytes:
    return hashlib.blake2b(b"%d:%d" % (seed, sequence), digest_size=size).digest()
