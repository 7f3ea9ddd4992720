"""A cache that several threads share, bounded by how many entries it has and by how much they weigh."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Cache(Generic[T]):
    """Keeps what was asked for last. What is being made twice at once is made twice and kept once."""

    def __init__(self, *, entries: int, characters: int) -> None:
        self._entries = entries
        self._characters = characters
        self._held = 0
        self._kept: OrderedDict[Hashable, tuple[int, T]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, size: int, make: Callable[[], T]) -> T:
        """The entry of a key, made when there is none. `size` is what it weighs."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found[1]
        made = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (size, made)
                self._held += size
            while len(self._kept) > self._entries or (self._held > self._characters and len(self._kept) > 1):
                _, (gone, _) = self._kept.popitem(last=False)
                self._held -= gone
        return made
