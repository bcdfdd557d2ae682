import errno

import pytest

from clipsorter.moves.reasons import sentence


def test_a_folder_that_a_photo_may_not_leave_is_named(tmp_path):
    error = PermissionError(errno.EACCES, "Permission denied", "/nowhere/photo.jpg", None, str(tmp_path / "photo.jpg"))
    assert sentence(error).endswith("(/nowhere/photo.jpg)")


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC])
def test_else_it_is_the_place_where_it_was_to_go(tmp_path, number):
    error = OSError(number, "refused", str(tmp_path / "photo.jpg"), None, "/there/photo.jpg")
    assert sentence(error).endswith("(/there/photo.jpg)")
