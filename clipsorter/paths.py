"""Where Clipsorter keeps its own files: the only place that knows the platform's folders.

Models live in the data folder, never in a cache that a cleaner may empty. `CLIPSORTER_HOME` moves everything
under one folder, for portable use and for tests.
"""

import os
from pathlib import Path

import platformdirs

_NAME = "clipsorter"


def _folder(kind: str, platform_folder: str) -> Path:
    home = os.environ.get("CLIPSORTER_HOME")
    return Path(home).expanduser().absolute() / kind if home else Path(platform_folder)


def config_dir() -> Path:
    """Return the folder of the settings file."""
    return _folder("config", platformdirs.user_config_dir(_NAME, appauthor=False))


def data_dir() -> Path:
    """Return the folder of what can't be made again, or only in hours: decisions, journal, models, the index."""
    return _folder("data", platformdirs.user_data_dir(_NAME, appauthor=False))


def models_dir() -> Path:
    """Return the folder of downloaded and imported checkpoints."""
    return data_dir() / "models"


def index_file() -> Path:
    """Return the path of the index."""
    return data_dir() / "index.db"


def decisions_file() -> Path:
    """Return the path of the decisions; their backups lie in the folder `backups` beside it."""
    return data_dir() / "decisions.db"


def journal_file() -> Path:
    """Return the path of the journal of moves."""
    return data_dir() / "journal.db"


def cache_dir() -> Path:
    """Return the folder of what is made again in passing: thumbnails, measurements of this machine."""
    return _folder("cache", platformdirs.user_cache_dir(_NAME, appauthor=False))


def log_dir() -> Path:
    """Return the folder of the rotated log files."""
    return _folder("log", platformdirs.user_log_dir(_NAME, appauthor=False))


def openai_cache_dir() -> Path:
    """Return the folder in which OpenAI's own package leaves the same checkpoints."""
    return Path("~/.cache/clip").expanduser()


def resource(name: str) -> Path:
    """Return the path of a data file that ships with the program: beside the package, or inside it in a wheel."""
    package = Path(__file__).parent
    installed = package / "resources"
    return (installed if installed.is_dir() else package.parent / "resources") / name
