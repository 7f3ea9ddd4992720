"""What is drawn by chance repeats from its seed, and is fair."""

import re
import uuid
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cio_tui.liquid.draws import Draws


@given(st.integers(0, 2**48), st.integers(-1_000, 1_000), st.integers(0, 2**60))
def test_a_number_lies_between_and_repeats(seed, least, span):
    found = [Draws(seed).between(least, least + span) for _ in range(2)]
    assert found[0] == found[1]
    assert least <= found[0] <= least + span


def test_numbers_are_fair_and_reach_both_ends():
    draws = Draws(7)
    counts = Counter(draws.between(0, 9) for _ in range(10_000))
    assert sorted(counts) == list(range(10))
    assert max(counts.values()) < 1.2 * min(counts.values())


def test_these_stay_the_same_in_every_version():
    draws = Draws(1)
    assert [draws.between(0, 100) for _ in range(5)] == [25, 64, 50, 52, 38]
    assert draws.uuid() == "b868d005-b38d-405e-98a3-2277b5cbecd7"


@given(st.integers(0, 2**48), st.lists(st.integers(), max_size=20), st.data())
def test_a_sample_takes_no_place_twice(seed, items, data):
    count = data.draw(st.integers(0, len(items)))
    found = Draws(seed).sample(items, count)
    assert len(found) == count
    assert Counter(found) <= Counter(items)
    assert Draws(seed).sample(items, count) == found


@given(st.integers(0, 2**48))
def test_a_uuid_is_one_of_version_4(seed):
    text = Draws(seed).uuid()
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)
    assert (uuid.UUID(text).version, uuid.UUID(text).variant) == (4, uuid.RFC_4122)
