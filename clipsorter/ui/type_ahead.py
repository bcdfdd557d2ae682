"""A category found by the letters that are typed over the photos; nothing is decided before Enter.

The rule: every letter without Ctrl or Alt belongs to a name, so that no letter decides or shows anything by itself.
Once there is a letter, digits, spaces and the keys Enter, Esc, Backspace, Up and Down belong to it as well.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

from clipsorter.ui.theme import GRID

_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EDITS = (Qt.Key.Key_Backspace, Qt.Key.Key_Escape)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def matches(typed: str, names: Sequence[str]) -> list[str]:
    """Return the names that begin with what was typed, then those of which a later part of the path does."""
    start = typed.casefold()
    folded = [(name, name.casefold()) for name in names]
    first = [name for name, low in folded if low.startswith(start)]
    return first + [
        name
        for name, low in folded
        if name not in first and any(part.strip().startswith(start) for part in low.split("/")[1:])
    ]


class TypeAhead(QObject):
    """Listens to a widget, and says over its lower edge what was typed and which category Enter would take."""

    taken = Signal(str)

    def __init__(self, view: QWidget, names: Callable[[], Sequence[str]]) -> None:
        super().__init__(view)
        self._view, self._names = view, names
        self._inside = view.viewport() if isinstance(view, QAbstractScrollArea) else view
        self._typed, self._place = "", 0
        self.line = QLabel(view)
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setAutoFillBackground(True)
        self.line.setBackgroundRole(QPalette.ColorRole.Highlight)
        self.line.setForegroundRole(QPalette.ColorRole.HighlightedText)
        self.line.setMargin(GRID)
        self.line.hide()
        view.installEventFilter(self)
        if self._inside is not view:
            self._inside.installEventFilter(self)

    @property
    def is_active(self) -> bool:
        """Tell whether something was typed."""
        return bool(self._typed)

    def candidate(self) -> str | None:
        """Return the category that Enter would take."""
        found = matches(self._typed, self._names()) if self._typed else []
        return found[self._place % len(found)] if found else None

    @Slot()
    def leave(self) -> None:
        """Forget what was typed."""
        self._typed, self._place = "", 0
        self.line.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that belong to a name before they are those of an action."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            self.leave()
        elif watched is not self._view:
            return False
        elif kind == QEvent.Type.FocusOut:
            self.leave()
        elif kind == QEvent.Type.Resize:
            self._settle()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self._wants(event):
                self._take_key(event)
                return True
            if self.is_active and event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt):
                self.leave()
        return False

    def _wants(self, event: QKeyEvent) -> bool:
        text = event.text()
        if event.modifiers() & _HELD:
            return False
        if not self.is_active:
            return text.isalpha()
        return (bool(text) and text.isprintable()) or event.key() in (*_TAKE, *_STEPS, *_EDITS)

    def _take_key(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _TAKE:
            if (name := self.candidate()) is None:
                return  # the line says why
            self.leave()
            self.taken.emit(name)
            return
        if key == Qt.Key.Key_Escape:
            self._typed = ""
        elif key == Qt.Key.Key_Backspace:
            self._typed, self._place = self._typed[:-1], 0
        elif key in _STEPS:
            self._place += _STEPS[Qt.Key(key)]
        else:
            self._typed, self._place = self._typed + event.text(), 0
        self._show()

    def _show(self) -> None:
        if not self.is_active:
            self.leave()
            return
        found = matches(self._typed, self._names())
        if not found:
            text = self.tr("{typed} …  No category begins like that. Esc leaves.").format(typed=self._typed)
        elif len(found) == 1:
            text = self.tr("{typed} …  Enter: {name}. Esc leaves.").format(typed=self._typed, name=found[0])
        else:
            text = self.tr("{typed} …  Enter: {name}, {number} of {count} with ↑ ↓. Esc leaves.").format(
                typed=self._typed, name=self.candidate(), number=self._place % len(found) + 1, count=len(found)
            )
        self.line.setText(text)
        self.line.show()
        self._settle()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, text))

    def _settle(self) -> None:
        size = self.line.sizeHint()
        width = min(size.width(), self._inside.width() - 2 * GRID)
        self.line.setGeometry(GRID, self._inside.height() - size.height() - GRID, width, size.height())
