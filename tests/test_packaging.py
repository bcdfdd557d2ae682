"""What the systems are told of the program agrees with the program."""

import configparser
import importlib.util
import plistlib
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from clipsorter import __version__
from clipsorter.photos.scan import PHOTO_SUFFIXES

PACKAGING = Path(__file__).parents[1] / "packaging"


@pytest.fixture(scope="module")
def entry():
    parser = configparser.ConfigParser(interpolation=None, delimiters="=")
    parser.optionxform = str
    parser.read(PACKAGING / "linux" / "clipsorter.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_newest_release_in_the_linux_catalogue_is_this_version():
    tree = ET.parse(next((PACKAGING / "linux").glob("*.metainfo.xml")))
    assert tree.find("releases/release").get("version") == __version__
    assert tree.findtext("launchable") == "clipsorter.desktop"


def test_open_with_is_offered_for_folders_and_for_each_common_format(entry):
    kinds = set(entry["MimeType"].strip(";").split(";"))
    assert "inode/directory" in kinds
    for suffix in ("jpeg", "png", "gif", "bmp", "tiff", "webp", "heic", "avif"):
        assert f".{suffix}" in PHOTO_SUFFIXES
        assert f"image/{suffix}" in kinds


def test_menu_entry_starts_the_window_with_one_path(entry):
    assert entry["Exec"] == "clipsorter-gui %f"


def test_windows_is_told_this_version():
    spec = importlib.util.spec_from_file_location("build_script", PACKAGING / "build.py")
    build = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(build)
    sys.path[:] = before
    numbers = tuple(int(part) for part in __version__.split("."))
    assert f"filevers={(*numbers, 0)}" in build.version_resource()
    assert f"'ProductVersion', '{__version__}'" in build.version_resource()


def test_entitlements_are_a_property_list():
    granted = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert all(value is True for value in granted.values())
