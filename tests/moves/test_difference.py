"""Old bytes come back from new ones, and what is kept for that is small where tags were written."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipsorter.moves.difference import difference, original


@given(st.binary(max_size=2000), st.binary(max_size=2000), st.binary(max_size=2000))
def test_any_bytes_come_back(one, two, three):
    for old, new in ((one, two), (one + two, two + three), (one + two + three, one + three), (two * 3, two * 2 + one)):
        assert original(difference(old, new), new) == old


@pytest.mark.parametrize("size", [1000, 300_000, 8_000_000])
def test_what_is_kept_for_a_splice_is_small_wherever_it_was(size):
    old = random.Random(7).randbytes(size)
    for new in (
        old[:300] + b"keywords" * 500 + old[300:],
        old[:4] + b"1234" + old[8:] + b"keywords" * 500,
        old[: size // 3] + old[size // 3 + 500 :],
    ):
        kept = difference(old, new)
        assert original(kept, new) == old
        assert len(kept) < 800


def test_damage_is_noticed():
    with pytest.raises(ValueError, match="damaged"):
        original(difference(b"a" * 5000, b"a" * 5001)[:-3], b"a" * 5001)
