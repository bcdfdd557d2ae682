"""The language that the window speaks: that of the settings, or else of the system, or else English."""

from typing import Literal

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from clipsorter.paths import resource

Language = Literal["system", "en", "de"]
_SPOKEN = ("en", "de")


def use_language(app: QCoreApplication, choice: Language = "system") -> str:
    """Translate what is made from now on, Qt's own texts too, and write numbers and dates as there; return `en`, `de`.

    A window that is already open keeps its language.
    """
    for earlier in app.findChildren(QTranslator):
        app.removeTranslator(earlier)
        earlier.deleteLater()
    language = spoken(QLocale.system().uiLanguages()) if choice == "system" else choice
    QLocale.setDefault(QLocale.system() if choice == "system" else QLocale(choice))
    for file, folder in (
        (f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"clipsorter_{language}", str(resource("translations"))),
    ):
        translator = QTranslator(app)
        if translator.load(file, folder):
            app.installTranslator(translator)
        else:  # English, the language of the source
            translator.deleteLater()
    return language


def spoken(wanted: list[str]) -> str:
    """Return the first of these languages (`de-AT`, the dearest first) that the program speaks, or English."""
    known = (name.replace("_", "-").split("-")[0] for name in wanted)
    return next((language for language in known if language in _SPOKEN), "en")
