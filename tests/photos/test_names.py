"""Names that are one name on some disk have one key, others have two."""

import pytest

from clipsorter.photos.names import name_bytes, name_key


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("IMG_1.JPG", "img_1.jpg"),
        ("caf\u00e9", "CAFE\u0301"),
        ("straße", "STRASSE"),
        ("\u212bngstr\u00f6m", "\u00c5NGSTRO\u0308M"),  # the sign of the unit, and the letter
        ("ﬁsh", "fish"),
        ("Ὀδυσσεύς", "ὈΔΥΣΣΕΎΣ"),
    ],
)
def test_twins_have_one_key(first, second):
    assert name_key(first) == name_key(second)


@pytest.mark.parametrize(("first", "second"), [("a", "b"), ("e", "é"), ("1", "¹"), ("a.jpg", "a.jpg ")])
def test_others_have_two(first, second):
    assert name_key(first) != name_key(second)


@pytest.mark.parametrize(("name", "length"), [("abc", 3), ("é", 2), ("写真", 6), ("🌸", 4)])
def test_length_is_that_on_disk(name, length):
    assert name_bytes(name) == length


def test_name_that_is_no_text_has_a_length_and_a_key():
    name = b"caf\xe9".decode("utf-8", "surrogateescape")
    assert name_bytes(name) >= 4
    assert name_key(name.upper()) == name_key(name)
