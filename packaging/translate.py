"""Brings the translations up to date: takes the texts from the source, and compiles what was translated.

python packaging/translate.py    writes resources/translations/clipsorter_de.ts and .qm, and names what is missing

Between two runs, translate in the .ts file: with Qt Linguist (pyside6-linguist) or an editor.
"""

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import PySide6

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de",)


def main() -> int:
    """Update every language; return 1 if a text is not translated."""
    missing = 0
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        path = FOLDER / f"clipsorter_{language}.ts"
        extract(path, language)
        run_tool("lrelease", "-silent", str(path))
        for context, source in untranslated(path):
            print(f"{language}: {context}: {source}")
            missing += 1
    return 1 if missing else 0


def extract(path: Path, language: str) -> None:
    """Put the texts of the source into a .ts file; translations that are there already stay."""
    sources = sorted(str(source) for source in (ROOT / "clipsorter" / "ui").glob("*.py"))
    options = ("-silent", "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language)
    run_tool("lupdate", *options, *sources, "-ts", str(path))


def untranslated(path: Path) -> list[tuple[str, str]]:
    """Return the context and the text of all that is not translated, or not finished."""
    found = []
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished" or not "".join(translation.itertext()):
                found.append((context.findtext("name", ""), message.findtext("source", "")))
    return found


def run_tool(name: str, *arguments: str) -> None:
    """Run a tool of Qt that comes with PySide6."""
    tool = Path(PySide6.__file__).with_name(f"{name}.exe" if sys.platform == "win32" else name)
    subprocess.run([str(tool), *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
