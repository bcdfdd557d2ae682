"""The walls of the house: which room may import which."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "clipsorter"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A room may import itself, `errors`, and these.
ALLOWED = {
    "__init__": set(),
    "__main__": {"cli", "ui"},
    "errors": set(),
    "paths": set(),
    "durable": set(),
    "settings": {"durable", "paths"},
    "clip": {"durable", "paths"},
    "photos": set(),
    "moves": set(),
    "metadata": set(),
    "sorting": {"photos"},
    "library": {"photos"},
    "analyse": {"clip", "library", "photos", "sorting"},
    "apply": {"moves", "metadata", "sorting", "library", "photos"},
    "cli": {"__init__", "analyse", "apply", "clip", "library", "metadata", "paths", "photos", "settings", "sorting"},
    "ui": {"__init__", "analyse", "apply", "metadata", "paths", "photos", "settings", "sorting"},
}
# A library may be imported only here.
HOMES = {
    "torch": {"clip"},
    "sqlite3": {"library", "moves"},
    "platformdirs": {"paths"},
    "PySide6": {"ui"},
    "rich": {"cli"},
}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_stay_inside_the_walls(path):
    room = room_of(path)
    allowed = ALLOWED[room] | {room, "errors"}
    if path.relative_to(PACKAGE).as_posix() == "ui/worker.py":
        allowed |= {"clip", "library"}
    for name in imports_of(path):
        top, _, rest = name.partition(".")
        if top == "clipsorter":
            first = rest.partition(".")[0]
            target = first if (PACKAGE / first).is_dir() or (PACKAGE / f"{first}.py").is_file() else "__init__"
            assert target in allowed, f"{path} may not import clipsorter.{target}"
        elif top in HOMES:
            assert room in HOMES[top], f"{path} may not import {top}"


def test_walls_catch_an_intruder(tmp_path):
    intruder = tmp_path / "intruder.py"
    intruder.write_text("def f():\n    from torch import nn\n    import clipsorter.ui.app\n", encoding="utf-8")
    assert imports_of(intruder) == {"torch.nn", "clipsorter.ui.app"}
