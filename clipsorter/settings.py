"""The user's choices, as one frozen object that is passed to whoever needs it."""

import json
import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

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
    download_url: str = ""
    thumbnails_mb: int = 2048
    window: str = ""  # its geometry and panels, as Qt packs them, in Base64
    folder: str = ""
    subfolders: bool = True
    categories: str = ""  # as in a categories file
    category_colours: str = ""  # a line for each category: `#rrggbb`
    zoom_pixels: int = 160
    theme: Literal["system", "light", "dark", "contrast"] = "system"
    language: Literal["system", "en", "de"] = "system"


def settings_file() -> Path:
    """Return the path of the settings."""
    return config_dir() / "settings.json"


def load_settings() -> Settings:
    """Read the settings; what is missing or damaged falls back to its default, the latter with a note in the log."""
    path = settings_file()
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        logger.warning("The settings in %s can't be read (%s), so the defaults are used.", path, error)
        return Settings()
    if not isinstance(stored, dict):
        logger.warning("The settings in %s are damaged, so the defaults are used.", path)
        return Settings()
    kinds = get_type_hints(Settings)
    values: dict[str, Any] = {}
    for field in fields(Settings):
        if field.name not in stored:
            continue
        if _fits(stored[field.name], kinds[field.name]):
            values[field.name] = stored[field.name]
        else:
            logger.warning(
                "The setting “%s” in %s is damaged (%r), so %r is used.",
                field.name, path, stored[field.name], field.default,
            )  # fmt: skip
    return Settings(**values)


def save_settings(settings: Settings) -> None:
    """Write the settings in such a way that a crash leaves the old or the new file whole.

    Raises ClipsorterError if the folder can't be written.
    """
    path = settings_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(asdict(settings), indent=1, ensure_ascii=False))
    except OSError as error:
        raise ClipsorterError(f"The settings could not be saved in {path.parent}: {error.strerror}.") from error


def _fits(value: object, kind: Any) -> bool:
    """Tell whether a stored value has the type of its field; numbers, all of them sizes, are from 1 up."""
    if choices := get_args(kind):
        return value in choices
    return type(value) is kind and (not isinstance(value, int) or kind is bool or value >= 1)
