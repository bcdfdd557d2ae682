"""The user's choices, as one frozen object that is passed to whoever needs it."""

import json
import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, cast, get_args, get_type_hints

from clipsorter.durable import write_atomically
from clipsorter.errors import ClipsorterError
from clipsorter.paths import config_dir

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; an empty `model` or `download_url` leaves the choice to the program."""

    model: str = ""
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    fast: bool = False
    unsure_as_suggested: bool = True  # by the model; else the next two count
    min_probability: float = 0.5
    min_margin: float = 0.15
    offers_model: bool = True  # a line in the window says what the starter knows
    download_url: str = ""
    takes: Literal["copy", "move"] = "copy"  # what sorting does with the photos
    date_folders: Literal["", "{year}", "{year}/{month}"] = ""  # below those of the categories
    destinations: str = ""  # into which photos were sorted, the last one first, a line for each path
    metadata_preset: Literal["all", "lightroom", "darktable", "digikam", "immich"] = "all"
    tags_several: bool = False  # a photo gets the keywords of all categories that fit, not only of its own
    thumbnails_mb: int = 2048
    window: str = ""  # its geometry and panels, as Qt packs them, in Base64
    folder: str = ""
    favourite_folders: str = ""  # one a line
    recent_folders: str = ""  # the newest first
    subfolders: bool = True
    categories: str = ""  # as in a categories file
    category_colours: str = ""  # a line for each category: `#rrggbb`
    zoom_pixels: int = 160
    order: str = ""  # of the photos in the window, by its name there; empty for that of the folder
    grouping: str = ""  # under which headings
    saved_searches: str = ""  # a line for each: name, tab, what stood in the box
    programs: str = ""  # with which photos were opened, the last one first, a line for each path
    theme: Literal["system", "light", "dark", "contrast"] = "system"
    language: Literal["system", "en", "de"] = "system"


def settings_file() -> Path:
    """Return the path of the settings."""
    return config_dir() / "settings.json"


def load_settings() -> Settings:
    """Read the settings; what is missing or damaged falls back to its default, the latter with a note in the log."""
    settings, notes = read_settings()
    for note in notes:
        logger.warning("%s", note)
    return settings


def read_settings() -> tuple[Settings, tuple[str, ...]]:
    """Read the settings, and say in a sentence of each damaged one that its default is used."""
    path = settings_file()
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, ValueError) as error:
        return Settings(), (f"The settings in {path} can't be read ({error}), so the defaults are used.",)
    if not isinstance(stored, dict):
        return Settings(), (f"The settings in {path} are damaged, so the defaults are used.",)
    kinds = get_type_hints(Settings)
    values: dict[str, Any] = {}
    notes = []
    for field in fields(Settings):
        if field.name not in stored:
            continue
        if _fits(stored[field.name], kinds[field.name]):
            values[field.name] = stored[field.name]
        else:
            notes.append(
                f"The setting “{field.name}” in {path} is damaged ({stored[field.name]!r}), "
                f"so {field.default!r} is used."
            )
    return Settings(**values), tuple(notes)


def save_settings(settings: Settings) -> None:
    """Write the settings in such a way that a crash leaves the old or the new file whole.

    What a newer version keeps there stays, for the day when it is back. Raises ClipsorterError if the folder can't be
    written.
    """
    path = settings_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(_unknown(path) | asdict(settings), indent=1))
    except OSError as error:
        raise ClipsorterError(f"The settings could not be saved in {path.parent}: {error.strerror}.") from error


def _unknown(path: Path) -> dict[str, Any]:
    """Return the entries of a settings file that this version has no field for."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    known = {field.name for field in fields(Settings)}
    return {name: value for name, value in stored.items() if name not in known} if isinstance(stored, dict) else {}


def _fits(value: object, kind: Any) -> bool:
    """Tell whether a stored value has the type of its field; integers are sizes from 1 up, others shares in 0..1."""
    if choices := get_args(kind):
        return value in choices
    if kind is float:
        return type(value) in (int, float) and 0 <= cast(float, value) <= 1
    return type(value) is kind and (not isinstance(value, int) or kind is bool or value >= 1)
