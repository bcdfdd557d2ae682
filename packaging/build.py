"""Makes the program to double-click for the system it runs on, and prints the size of what it made.

python packaging/build.py [--out FOLDER] [--archive]    needs PyInstaller, and Clipsorter's own requirements installed

Windows: OUT/clipsorter; macOS: OUT/Clipsorter.app too; Linux: OUT/clipsorter with its menu entry. `--archive` packs it.
How it is signed, and what goes on from here: packaging/README.md.
"""

import argparse
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from clipsorter import __version__

LARGEST = 12
MB = 1e6


def main() -> None:
    """Build, and tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the program is put (default: dist)")
    parser.add_argument("--archive", action="store_true", help="pack it too: .zip, or .tar.gz on Linux")
    options = parser.parse_args()
    refuse_cuda()
    out = options.out.absolute()
    made = out / "made"
    run(sys.executable, str(ROOT / "packaging" / "render_app_icon.py"), str(made))
    (made / "version.txt").write_text(version_resource(), encoding="utf-8")
    os.environ["CLIPSORTER_MADE"] = str(made)
    spec = ROOT / "packaging" / "clipsorter.spec"
    work = ("--noconfirm", "--log-level", "WARN", "--distpath", str(out), "--workpath", str(out / "work"))
    run(sys.executable, "-m", "PyInstaller", *work, str(spec))
    program = out / "clipsorter"
    if sys.platform == "linux":
        add_menu_entry(program, made)
    tell_sizes(program)
    if options.archive:
        tell_archive(out)


def run(*command: str) -> None:
    """Run a command, and end with it if it fails."""
    if code := subprocess.run(command, check=False).returncode:
        sys.exit(code)


def refuse_cuda() -> None:
    """Say how to get the torch that computes on the processor alone, where the other one is installed."""
    if importlib.util.find_spec("nvidia"):
        sys.exit(
            "The torch that is installed here brings CUDA's libraries, 4 GB that it does not start without. Build in "
            "an environment with the other one: pip install torch --index-url https://download.pytorch.org/whl/cpu"
        )


def version_resource() -> str:
    """Return what Windows shows under Properties, in the words of PyInstaller."""
    numbers = (*map(int, __version__.split(".")[:3]), 0)
    strings = {
        "FileDescription": "Clipsorter", "ProductName": "Clipsorter", "CompanyName": "The Clipsorter project",
        "FileVersion": __version__, "ProductVersion": __version__, "LegalCopyright": "GPL-3.0-or-later",
        "OriginalFilename": "clipsorter-gui.exe",
    }  # fmt: skip
    table = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable('040904B0', [{table}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])"
    )


def add_menu_entry(program: Path, made: Path) -> None:
    """Put what a Linux desktop wants to know beside the program, in the folders that it has everywhere."""
    linux = ROOT / "packaging" / "linux"
    share = program / "share"
    for file, folder in (
        ("clipsorter.desktop", "applications"),
        ("io.github.clipsorter.Clipsorter.metainfo.xml", "metainfo"),
    ):
        (share / folder).mkdir(parents=True, exist_ok=True)
        shutil.copy(linux / file, share / folder)
    for picture in made.glob("clipsorter-*.png"):
        side = picture.stem.rpartition("-")[2]
        target = share / "icons" / "hicolor" / f"{side}x{side}" / "apps"
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(picture, target / "clipsorter.png")
    shutil.copy(linux / "install.sh", program)


def tell_sizes(program: Path) -> None:
    """Print how large the program is, and its largest parts."""
    parts: dict[str, int] = {}
    for path in program.rglob("*"):
        if path.is_file() and not path.is_symlink():
            inside = path.relative_to(program).parts
            name = "/".join(inside[: 2 if inside[0] == "_internal" else 1])
            parts[name] = parts.get(name, 0) + path.stat().st_size
    print(f"{program}: {sum(parts.values()) / MB:.0f} MB")
    for name, size in sorted(parts.items(), key=lambda part: -part[1])[:LARGEST]:
        print(f"{size / MB:>8.1f} MB  {name}")


def tell_archive(out: Path) -> None:
    """Pack the program, and print the size of the archive."""
    is_mac = sys.platform == "darwin"
    name = f"clipsorter-{__version__}-{sys.platform}-{platform.machine().lower()}"
    if is_mac:  # ditto keeps the links and attributes of a bundle, on which its signature stands
        archive = out / f"{name}.zip"
        run("ditto", "-c", "-k", "--keepParent", str(out / "Clipsorter.app"), str(archive))
    else:
        kind = "zip" if sys.platform == "win32" else "gztar"
        archive = Path(shutil.make_archive(str(out / name), kind, out, "clipsorter"))
    print(f"{archive}: {archive.stat().st_size / MB:.0f} MB")


if __name__ == "__main__":
    main()
