"""What the project promises about itself: the README's commands, and a wheel that is whole."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_ci_runs_the_test_command_of_the_readme():
    commands = re.findall(r"^    (.+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    run, test = commands[:2]
    assert run.startswith("pip install .")
    assert test.startswith("pip install ")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert test in ci
    assert test in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_installed_wheel_reads_every_resource(wheel, tmp_path):
    """Installed alone, away from the checkout, the wheel finds the same files with the same bytes."""
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--target", str(tmp_path / "site"), str(wheel)]
    subprocess.run(command, check=True, capture_output=True)
    read = (
        "import json, sys; from clipsorter.paths import resource\n"
        "print(json.dumps({name: resource(name).read_bytes().hex() for name in json.load(sys.stdin)}))"
    )
    resources = [path for path in (ROOT / "resources").rglob("*") if path.is_file()]
    assert len(resources) > 3
    expected = {path.relative_to(ROOT / "resources").as_posix(): path.read_bytes().hex() for path in resources}
    done = subprocess.run(
        [sys.executable, "-c", read], input=json.dumps(list(expected)),
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path / "site")}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert [name for name in expected if found[name] != expected[name]] == []


def test_wheel_holds_no_tests(wheel):
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert all(top == "clipsorter" or top.endswith(".dist-info") for top in tops)
