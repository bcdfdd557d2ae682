"""The first whole thing: real photos in, categories out, with the starter, as a user's process."""

import csv
import json
import re
import subprocess
import sys

import pytest

PROGRAM = """
import pathlib, sys
from clipsorter.cli.app import run
code = run(sys.argv[1:])
status = pathlib.Path("/proc/self/status")
print("peak", status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else 0, file=sys.stderr)
sys.exit(code)
"""

pytestmark = pytest.mark.usefixtures("measured_home")


def classify(folder, *options):
    """Return the exit code, the rows by file name, what was said, and the peak memory in MB."""
    command = [sys.executable, "-c", PROGRAM, "classify", str(folder), "--format", "jsonl", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    rows = {row["path"].rsplit("/", 1)[-1]: row for row in map(json.loads, done.stdout.splitlines())}
    peak_mb = int(re.search(r"^peak (\d+)$", done.stderr, re.MULTILINE)[1]) / 1024
    return done.returncode, rows, done.stderr, peak_mb


def test_damaged_and_hostile_files_are_rows_with_a_reason(shared_photos):
    code, rows, said, peak_mb = classify(shared_photos / "broken", "-c", "dog", "cat")
    assert code == 1
    assert "Traceback" not in said
    pictures = [p.name for p in (shared_photos / "broken").iterdir() if p.suffix not in (".csv", ".xmp")]
    assert set(rows) == set(pictures)
    assert all(row["error"] for row in rows.values() if row["status"] == "error")
    assert {"bomb_30000x30000_1bit.png", "truncated_jpeg.jpg", "zero_byte.jpg", "text_renamed.jpg"} <= {
        name for name, row in rows.items() if row["status"] == "error"
    }
    assert peak_mb < 2000


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("pug.heic", "dogs"),
        ("cat.hif", "cats"),
        ("flower_small.cmyk.jpg", "flowers"),
        ("classic-car.heic", "cars"),
        ("Canon EOS 1000D.jpg", "people"),
        ("heic-iphone7.heic", "beach"),
        ("orientation-90.jpg", "computers"),
    ],
)
def test_the_starter_names_everyday_photos(shared_photos, name, category):
    everyday = ["dogs", "cats", "people", "flowers", "cars", "beach", "computers", "documents"]
    code, rows, _, _ = classify(shared_photos / "camera" / name, "-c", *everyday)
    assert code == 0
    assert rows[name]["decision"] == category


def test_most_single_object_photos_are_right_and_few_sure_answers_wrong(shared_photos):
    with (shared_photos / "imagenet" / "lists.csv").open(encoding="utf-8") as file:
        expected = {row["file"]: row["category"] for row in csv.DictReader(file) if row["list"] == "general library"}
    categories = json.loads((shared_photos / "imagenet" / "lists.json").read_text(encoding="utf-8"))["general library"]
    _, rows, _, _ = classify(shared_photos / "imagenet", "-c", *categories)
    right = sum(rows[name]["predictions"][0]["category"] == category for name, category in expected.items())
    wrong = sum(rows[name]["decision"] not in (None, category) for name, category in expected.items())
    assert right / len(expected) > 0.85
    assert wrong / len(expected) < 0.1
