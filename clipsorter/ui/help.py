"""The Help menu: keys, what the model knows, what a bug report needs; made from the program, so that it can't lie."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMenu, QTextBrowser, QVBoxLayout, QWidget

from clipsorter import __version__
from clipsorter.paths import resource
from clipsorter.ui.help_pages import HelpPages
from clipsorter.ui.icons import icon
from clipsorter.ui.news import ModelReady
from clipsorter.ui.report import bug_report, open_log_folder, versions
from clipsorter.ui.theme import GRID

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow


class Page(QDialog):
    """Shows a text that can be scrolled, searched by eye, and copied; the window stays usable."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.resize(560, 560)
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.addWidget(self.text, 1)
        layout.addWidget(buttons)

    def show_page(self, title: str, html: str) -> None:
        """Show a page in place of the one before."""
        self.setWindowTitle(title)
        self.text.setAccessibleName(title)
        self.text.setHtml(html)
        self.show()
        self.activateWindow()


class Help(QObject):
    """Makes the menu and its pages."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._model: ModelReady | None = None
        self._page: Page | None = None
        self._pages: HelpPages | None = None
        self.menu = QMenu(self.tr("&Help"), window)
        self.guide = self.menu.addAction(self.tr("Help &pages"), self.show_pages)
        self.guide.setShortcut(QKeySequence("Shift+F1"))
        self.keys = self.menu.addAction(self.tr("&Keys"), self.show_keys)
        self.keys.setShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents))
        self.keys.setIcon(icon("help"))
        self.menu.addAction(self.tr("What the &model knows"), self.show_knowledge)
        self.menu.addSeparator()
        self.menu.addAction(self.tr("Open the &log folder"), open_log_folder).setIcon(icon("log"))
        self.menu.addAction(self.tr("&Copy a report for a bug"), self.copy_report).setIcon(icon("copy"))
        self.menu.addSeparator()
        about = self.menu.addAction(self.tr("&About Clipsorter"), self.show_about)
        about.setMenuRole(QAction.MenuRole.AboutRole)

    @property
    def page(self) -> Page:
        """Return the one dialog in which all pages are shown."""
        if self._page is None:
            self._page = Page(self._window)
        return self._page

    @property
    def pages(self) -> HelpPages:
        """Return the one dialog of the help's pages."""
        if self._pages is None:
            self._pages = HelpPages(self._window)
        return self._pages

    @Slot(object)
    def take_model(self, model: ModelReady) -> None:
        """Take in which model answers."""
        self._model = model

    @Slot()
    def show_pages(self) -> None:
        """Show the help where it was left, or its contents."""
        self.pages.show()
        self.pages.activateWindow()

    @Slot()
    def show_keys(self) -> None:
        """List every key that an action of the window has now."""
        parts = [f"<h3>{escape(title)}</h3>{_table(rows)}" for title, rows in self.sections()]
        moving = self.tr(
            "The arrow keys go from photo to photo; with Shift they choose several. Letters that are typed there find "
            "a category by its beginning, and Enter puts the chosen photos into it. Tab goes from panel to panel, and "
            "Alt opens the menus."
        )
        self.page.show_page(self.tr("Keys"), f"{''.join(parts)}<p>{escape(moving)}</p>")

    @Slot()
    def show_knowledge(self) -> None:
        """Say what can be asked for, and what the marks mean."""
        model = self._model
        if model is None:
            first = self.tr("No model is loaded yet.")
        elif model.knows:
            first = self.tr("{model} knows {knows}.").format(model=model.title, knows=model.knows)
        else:
            first = self.tr("{model} reads English words and whole sentences.").format(model=model.title)
        paragraphs = (
            first,
            self.tr(
                "A category is a word or a few, best plain English nouns: dogs, beach, birthday cake. With other words "
                "of your own after “=” you say more exactly what is meant: Rex=a small brown dog | a dog on a red sofa."
            ),
            self.tr(
                "For each photo the model compares all categories that you wrote. The percentage says how its answer "
                "is shared out among them, so it changes with your list; it is no promise that the answer is right."
            ),
            self.tr(
                "Unsure (a ring with a question mark) is a photo for which no category stands out. Nothing happens to "
                "it by itself: go through such photos with Ctrl+U, and decide with the keys 1 to 9."
            ),
            self.tr(
                "What you decide (a square with a tick) is kept, and outranks the model for ever. A photo that can't "
                "be read (a triangle) stays where it is; its reason is in the preview."
            ),
            self.tr("All of it happens on this computer: no photo and no word of yours leaves it."),
        )
        html = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
        self.page.show_page(self.tr("What the model knows"), html)

    @Slot()
    def show_about(self) -> None:
        """Name the versions and the licences."""
        claim = self.tr("Clipsorter sorts photos by categories that you write in words, on your own computer.")
        rows = "".join(f"<tr><td>{escape(name)}</td><td>{escape(number)}</td></tr>" for name, number in versions())
        own = self.tr("Clipsorter is free software under the GNU General Public License, version 3 or later.")
        others = self.tr("What ships with it and comes from others has its own licences:")
        links = "".join(
            f'<li><a href="{QUrl.fromLocalFile(str(path)).toString()}">{escape(path.stem)}</a></li>'
            for path in sorted(resource("licenses").glob("*.txt"))
        )
        self.page.show_page(
            self.tr("About Clipsorter"),
            f"<h2>Clipsorter {escape(__version__)}</h2><p>{escape(claim)}</p><p>{escape(own)}</p>"
            f"<p>{escape(others)}</p><ul>{links}</ul><table cellpadding=2>{rows}</table>",
        )

    @Slot()
    def copy_report(self) -> None:
        """Put what a bug report needs into the clipboard."""
        model = f"{self._model.title} on {self._model.device}" if self._model else "none loaded"
        QGuiApplication.clipboard().setText(bug_report(model))
        self._window.notices.say(
            self.tr("The report is in the clipboard. It names versions and this machine, no photo.")
        )

    def sections(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Return the keys of each menu, then of each part of the window that has keys of its own."""
        seen: set[QAction] = set()
        for menu in _menus(self._window.menuBar().actions()):
            menu.aboutToShow.emit()  # some menus name their actions when they open
            seen.update(menu.actions())
            if rows := _rows(menu.actions()):
                yield _plain(menu.title()), rows
        rest = [action for action in self._window.findChildren(QAction) if action not in seen]
        for title in dict.fromkeys(_place(action) for action in rest):
            if rows := _rows(action for action in rest if _place(action) == title):
                yield title or self.tr("Everywhere"), rows


def _table(rows: list[tuple[str, str]]) -> str:
    cells = (f"<tr><td width=170><b>{escape(keys)}</b></td><td>{escape(text)}</td></tr>" for keys, text in rows)
    return f"<table cellpadding=3>{''.join(cells)}</table>"


def _menus(actions: Iterable[QAction]) -> Iterator[QMenu]:
    """Return the menus behind these actions, and those inside them."""
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield menu
            yield from _menus(menu.actions())


def _rows(actions: Iterable[QAction]) -> list[tuple[str, str]]:
    """Return keys and text of the actions that have keys; the keys of one text stand together."""
    keys: dict[str, list[str]] = {}
    for action in actions:
        names = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()]
        if names and action.isVisible():
            keys.setdefault(_plain(action.text()), []).extend(names)
    return [(", ".join(dict.fromkeys(names)), text) for text, names in keys.items()]


def _place(action: QAction) -> str:
    """Return the name of the part of the window in which a key counts; empty where it counts everywhere."""
    if action.shortcutContext() in (Qt.ShortcutContext.WidgetShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut):
        widgets = (thing for thing in action.associatedObjects() if isinstance(thing, QWidget))
        return next((widget.accessibleName() for widget in widgets if widget.accessibleName()), "")
    return ""


def _plain(text: str) -> str:
    """Return a text of a menu without its underlined letter and its dots."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…").rstrip()
