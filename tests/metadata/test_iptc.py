import pytest

from clipsorter.errors import MetadataError
from clipsorter.metadata.iptc import read_keywords, with_keywords


def dataset(record, number, content):
    return bytes([0x1C, record, number]) + len(content).to_bytes(2, "big") + content


BLOCK = dataset(2, 0, b"\0\4") + dataset(2, 5, b"Title") + dataset(2, 25, b"old") + dataset(2, 80, b"Author")


def test_a_keyword_is_put_beside_the_others_and_all_else_keeps_its_bytes():
    assert with_keywords(BLOCK, ["old", "new"]) == BLOCK.replace(
        dataset(2, 25, b"old"), dataset(2, 25, b"old") + dataset(2, 25, b"new")
    )


def test_a_block_that_is_all_ascii_is_marked_as_utf_8_when_it_needs_to_be():
    assert with_keywords(BLOCK, ["old", "café"]).startswith(dataset(1, 90, b"\x1b%G"))
    assert read_keywords(with_keywords(BLOCK, ["old", "café"])) == ("old", "café")


def test_a_block_in_latin_1_keeps_its_letters_and_gets_only_what_ascii_can_write():
    latin = BLOCK + dataset(2, 90, "Málaga".encode("latin-1")) + dataset(2, 25, "Málaga".encode("latin-1"))
    assert read_keywords(latin) == ("old", "Málaga")
    assert read_keywords(with_keywords(latin, ["old", "Málaga", "plain", "Хужирт"])) == ("old", "Málaga", "plain")


def test_a_keyword_that_is_too_long_stays_out():
    assert with_keywords(BLOCK, ["old", "x" * 65]) == BLOCK


def test_a_new_block_says_its_version():
    assert with_keywords(b"", ["a"]) == dataset(2, 0, b"\0\4") + dataset(2, 25, b"a")


@pytest.mark.parametrize("block", [BLOCK[:-3], BLOCK + b"xxxxxx", b"junk"])
def test_a_damaged_block_is_refused(block):
    with pytest.raises(MetadataError):
        with_keywords(block, ["a"])
