"""Things are counted as people say it."""

import pytest

from clipsorter.cli.text import counted


@pytest.mark.parametrize(("count", "said"), [(0, "0 photos"), (1, "1 photo"), (2, "2 photos")])
def test_one_thing_has_no_plural(count, said):
    assert counted(count, "photo") == said
