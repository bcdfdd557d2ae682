"""File names, without the photos."""

from clipsorter.ui.photo_names import PhotoNames


def test_numbers_in_names_are_read_as_numbers():
    names = PhotoNames()
    names.add(["IMG_10.jpg", "img_9.jpg"])
    assert names.ranks().tolist() == [1, 0]
    names.add(["IMG_2.jpg", "a.jpg"])
    assert names.ranks().tolist() == [3, 2, 1, 0]


def test_text_is_found_in_any_case_and_in_names_that_come_later():
    names = PhotoNames()
    names.add(["Strand.jpg", "x.jpg"])
    assert names.with_text("sTR").tolist() == [True, False]
    names.add(["straße.JPG"])
    assert names.with_text("str").tolist() == [True, False, True]
    assert names.with_text("STRASSE").tolist() == [False, False, True]


def test_rows_are_found_by_name():
    names = PhotoNames()
    names.add(["a.jpg", "B.jpg", "a.jpg"])
    assert names.rows_of(["A.JPG", "c.jpg"]) == [0, 2]
