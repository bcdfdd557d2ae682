"""The one question before photos go to the trash, with how many files go along."""

import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from clipsorter.apply import TRASH_MODE
from clipsorter.ui.tasks import Trash

_NAMED = 8
translate = QCoreApplication.translate


def ask_before_trash(trash: Trash, go_on: Callable[[Trash], None], parent: QWidget) -> QMessageBox:
    """Ask, and go on with a yes."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, translate("Trash", "Move to the trash"), question(trash), parent=parent)
    box.setInformativeText(consequence(trash))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.addButton(translate("Trash", "Move to the trash"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.accepted.connect(partial(go_on, trash))
    box.open()
    return box


def question(trash: Trash) -> str:
    """Return what is asked."""
    if trash.photos == 1:
        return translate("Trash", "Move 1 photo to the trash?")
    return translate("Trash", "Move {count} photos to the trash?").format(count=QLocale().toString(trash.photos))


def consequence(trash: Trash) -> str:
    """Return what goes along, and the way back."""
    said = []
    if trash.companions:
        chosen = trash.chosen
        names = [path.name for bundle in trash.bundles for path in bundle.files if path not in chosen]
        more = " …" if len(names) > _NAMED else ""
        said.append(
            translate("Trash", "Files that go along, since they belong there: {count} ({names}).").format(
                count=QLocale().toString(len(names)), names=", ".join(names[:_NAMED]) + more
            )
        )
    undo = translate("Trash", "Undo takes this back, later too, for as long as your trash is not emptied.")
    said.append(system_way_back() if TRASH_MODE == "give" else undo)
    said.append(translate("Trash", "Nothing is deleted."))
    return "\n\n".join(said)


def system_way_back() -> str:
    """Return how photos come back from a trash that keeps their places to itself."""
    if sys.platform == "win32":
        return translate("Trash", "Only Windows can take this back: open the Recycle Bin, and choose Restore.")
    return translate("Trash", "Only macOS can take this back: open the Trash, and choose Put Back.")
