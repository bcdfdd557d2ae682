"""Folders' names: accepted by every system, inside the destination, and seen again by the next search."""

import ntpath
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipsorter.photos.scan import is_foreign
from clipsorter.sorting.folder_name import folder_name, folder_names

RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"
}


def is_name_on_windows(name: str) -> bool:
    """Tell by Microsoft's rules, written down anew."""
    return (
        name not in {"", ".", ".."}
        and not re.search(r'[<>:"/\\|?*]', name)
        and not any(ord(character) < 32 for character in name)
        and name[-1] not in " ."
        and name.split(".", maxsplit=1)[0].rstrip(" ").upper() not in RESERVED
        and len(name.encode("utf-16-le")) // 2 <= 255
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dogs", "Dogs"),
        ("birthday party", "birthday party"),
        ("con", "con_"),
        ("NUL.photos", "NUL_.photos"),
        ("com1", "com1_"),
        ("COM¹.x", "COM¹_.x"),
        ("Aux .x", "Aux_ .x"),
        ("Conny", "Conny"),
        ("COM10", "COM10"),
        ("a:b?", "a_b_"),
        ("end. . ", "end"),
        ("  both  ", "both"),
        ("..", "_"),
        (".", "_"),
        ("...", "_"),
        (".hidden", "_hidden"),
        ("", "_"),
        ("tab\there", "tab_here"),
        ("back\\slash", "back_slash"),
        ("cafe\u0301", "caf\u00e9"),
        ("#recycle", "#recycle_"),
        ("my.photoslibrary", "my.photoslibrary_"),
        ("\ud800", "_"),
        ("猫 🐈", "猫 🐈"),
    ],
)
def test_category_becomes_a_folder_name(text, name):
    assert folder_name(text) == name


def test_tree_becomes_folders():
    assert folder_names("Animals/Dog") == ("Animals", "Dog")
    assert folder_names("../../etc//./x") == ("_", "_", "etc", "_", "x")


@pytest.mark.parametrize("letter", ["x", "é", "写", "🌸"])
def test_long_name_is_cut_between_characters(letter):
    name = folder_name(letter * 300)
    assert len(name.encode()) <= 255 < len(f"{name}{letter}".encode())
    assert set(name) == {letter}


@given(st.text() | st.text(st.sampled_from(". CONAUXcom1¹$<>:/\\_#é\u0301ß"), max_size=300))
def test_any_text_becomes_a_safe_name(text):
    name = folder_name(text)
    assert is_name_on_windows(name)
    assert len(name.encode()) <= 255
    assert not name.startswith(".")
    assert not is_foreign(name)
    assert ntpath.basename(name) == name
    assert folder_name(name) == name


@given(st.text())
def test_any_category_stays_below_its_destination(category):
    names = folder_names(category)
    assert names
    assert all(is_name_on_windows(name) for name in names)
