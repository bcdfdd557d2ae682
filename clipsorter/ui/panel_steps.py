"""F6 takes the keyboard from panel to panel, so that nobody has to pass all that is in one by Tab."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow


class PanelSteps(QObject):
    """The actions for the next panel and the one before."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.following = self._action(self.tr("&Next panel"), "F6", self._go_on)
        self.before = self._action(self.tr("Pre&vious panel"), "Shift+F6", self._go_back)

    def _action(self, text: str, key: str, slot: object) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(slot)
        self._window.addAction(action)
        return action

    def _panels(self) -> list[tuple[QWidget, QWidget]]:
        """Return the panels from left to right, each with what has the keyboard first."""
        window = self._window
        panels: list[tuple[QWidget, QWidget]] = [
            (window.folders, window.folders.tree),
            (window.panel, window.panel.list if window.categories.rowCount() else window.panel.line),
            (window.filters, window.filters.checked),
            (window.stack, window.grid if window.grid.isVisible() else window.empty.button),
            (window.preview, window.preview.picture),
        ]
        return [(panel, first) for panel, first in panels if first.isVisible()]

    @Slot()
    def _go_on(self) -> None:
        self._step(1)

    @Slot()
    def _go_back(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        panels, focused = self._panels(), self._window.focusWidget()
        if not panels or self._window.large.isVisible():
            return
        here = [number for number, (panel, _) in enumerate(panels) if focused and panel.isAncestorOf(focused)]
        start = here[0] if here else (-1 if by > 0 else 0)
        first = panels[(start + by) % len(panels)][1]
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)  # which lets the focus ring be drawn, as Tab does
