"""What a bug report needs to know of this machine, without a word on the user's photos."""

import locale
import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QLocale, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication

from clipsorter import __version__
from clipsorter.log import log_file

_PACKAGES = ("PySide6-Essentials", "torch", "numpy", "Pillow", "pillow-heif", "pillow-jxl-plugin", "rawpy", "exiv2")


def versions() -> list[tuple[str, str]]:
    """Return what the program consists of, with versions."""
    rows = [("Clipsorter", __version__), ("Python", platform.python_version()), ("Qt", qVersion())]
    return rows + [(package, _version(package)) for package in _PACKAGES]


def bug_report(model: str) -> str:
    """Return versions, system, screen and the model that answers, a line each; no path is in it."""
    screen = QGuiApplication.primaryScreen()
    rows = [
        *versions(),
        ("System", platform.platform()),
        ("Processor", platform.processor() or platform.machine()),
        ("Window system", QGuiApplication.platformName()),
        ("Screen", f"{screen.size().width()} × {screen.size().height()} at {screen.devicePixelRatio():g}"),
        ("Language", f"{QLocale().name()}, {locale.getpreferredencoding(do_setlocale=False)}"),
        ("Model", model),
    ]
    return "".join(f"{name}: {value}\n" for name, value in rows)


def open_log_folder() -> None:
    """Show the log files in the file manager."""
    folder = log_file().parent
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
