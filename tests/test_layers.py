"""The walls of the house: which room may import which."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "clipsorter"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A room may import itself, `errors`, `blocks`, and these.
ALLOWED = {
    "__init__": set(),
    "__main__": {"cli", "ui"},
    "errors": set(),
    "blocks": set(),
    "paths": set(),
    "durable": set(),
    "exiv2_lock": set(),
    "log": {"paths"},
    "settings": {"durable", "paths"},
    "clip": {"durable", "paths"},
    "photos": {"exiv2_lock"},
    "moves": {"library"},  # for the opening and migrating of its own database, which knows nothing of photos
    "metadata": {"exiv2_lock", "photos"},
    "sorting": {"photos"},
    "library": {"photos"},
    "analyse": {"clip", "library", "photos", "sorting"},
    "apply": {"moves", "metadata", "sorting", "library", "photos"},
    "cli": set("__init__ analyse apply clip library log metadata paths photos settings sorting".split()),
    "ui": {"__init__", "analyse", "apply", "log", "metadata", "paths", "photos", "settings", "sorting"},
}
# The window's two threads that may use clip and library: one classifies and keeps records, the other fetches models,
# which would keep the first for long.
WORKERS = {"ui/worker.py", "ui/judge.py", "ui/folder_shelf.py", "ui/lessons.py", "ui/records.py", "ui/model_worker.py"}
# A library may be imported only here.
HOMES = {
    "torch": {"clip"},
    "sqlite3": {"library", "moves"},
    "platformdirs": {"paths"},
    "PySide6": {"ui"},
    "rich": {"cli"},
    "send2trash": {"moves"},
}


def imports_of(path: Path) -> set[str]:
    """Return what a module imports, wherever in it; a relative import begins with a dot."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names}
    return names


def offences(path: Path, package: Path = PACKAGE) -> list[str]:
    """Return the imports of a module of the package that go through a wall."""
    inside = path.relative_to(package)
    room = inside.parts[0].removesuffix(".py")
    allowed = ALLOWED[room] | {room, "errors", "blocks"}
    if inside.as_posix() in WORKERS:
        allowed |= {"clip", "library"}
    return sorted(name for name in imports_of(path) if not _is_allowed(name, room, allowed))


def _is_allowed(name: str, room: str, allowed: set[str]) -> bool:
    top, _, rest = name.partition(".")
    if top == "clipsorter":
        first = rest.partition(".")[0]
        return (first if first in ALLOWED else "__init__") in allowed
    return top != "" and room in HOMES.get(top, {room})


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_stay_inside_the_walls(path):
    assert offences(path) == []


@pytest.mark.parametrize(
    ("place", "line", "found"),
    [
        ("analyse/run.py", "import clipsorter.ui.app", ["clipsorter.ui.app"]),
        ("clip/model.py", "from clipsorter.library import index", ["clipsorter.library.index"]),
        ("photos/scan.py", "from clipsorter import settings, errors", ["clipsorter.settings"]),
        ("ui/app.py", "from clipsorter.clip import store", ["clipsorter.clip.store"]),
        ("ui/model_dialog.py", "from clipsorter.clip import store", ["clipsorter.clip.store"]),
        ("sorting/plan.py", "from clipsorter import __version__", ["clipsorter.__version__"]),
        ("cli/app.py", "def f():\n    from torch import nn", ["torch.nn"]),
        ("analyse/run.py", "import sqlite3 as s", ["sqlite3"]),
        ("settings.py", "import platformdirs", ["platformdirs"]),
        ("cli/app.py", "from PySide6.QtCore import QObject", ["PySide6.QtCore.QObject"]),
        ("photos/scan.py", "from rich.text import Text", ["rich.text.Text"]),
        ("cli/app.py", "from . import rows", ["..rows"]),
        ("cli/app.py", "from ..ui.app import run", ["..ui.app.run"]),
    ],
)
def test_walls_catch_an_intruder(place, line, found, tmp_path):
    path = tmp_path / place
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{line}\n", encoding="utf-8")
    assert offences(path, tmp_path) == found


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("ui/worker.py", "from clipsorter.clip import store"),
        ("ui/model_worker.py", "from clipsorter.clip import store"),
        ("clip/model.py", "import torch.nn, numpy\nfrom clipsorter.clip import fast"),
        ("paths.py", "import platformdirs\nfrom clipsorter.errors import UsageError"),
    ],
)
def test_walls_let_the_inhabitants_pass(place, line, tmp_path):
    path = tmp_path / place
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{line}\n", encoding="utf-8")
    assert offences(path, tmp_path) == []


def test_every_room_has_its_walls():
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES}
    assert rooms <= set(ALLOWED)
