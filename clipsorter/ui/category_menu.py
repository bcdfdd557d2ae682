"""The Categories menu: what is done with one category, and whole sets of them, saved, opened, or as text files."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QWidget

from clipsorter import paths
from clipsorter.errors import UsageError
from clipsorter.sorting.category import read_set
from clipsorter.ui.categories import CategoryPanel
from clipsorter.ui.category_model import CategoryModel
from clipsorter.ui.messages import NoticeBar
from clipsorter.ui.records import Records
from clipsorter.ui.sentences import say_sentence

_LARGEST_BYTES = 1 << 20  # of a text file that is imported: more is no list of categories


class CategoryMenu(QObject):
    """Makes the menu; a set that is opened takes the place of all categories, which can be undone."""

    save_asked = Signal(str, str)
    delete_asked = Signal(str)

    def __init__(
        self, categories: CategoryModel, panel: CategoryPanel, records: Records, notices: NoticeBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._categories, self._notices, self._window = categories, notices, window
        self.sets: dict[str, str] = {}
        self._before = ("", "")  # the set, by name and text, that was replaced or deleted last
        self.put_back = QAction(self.tr("Put it back"), self)
        self.put_back.triggered.connect(self._put_back)
        self.save_asked.connect(records.save_set)
        self.delete_asked.connect(records.delete_set)
        records.sets_ready.connect(self._take_sets)
        self.menu = QMenu(self.tr("&Categories"), window)
        self.menu.addActions(panel.actions_of_one)
        self.menu.addSeparator()
        self._sets = self.menu.addSeparator()  # shown once where nothing stands between
        self._add_starting_sets()
        panel.start.offer(self.start_menu)
        self.open_menu = self.menu.addMenu(self.tr("&Open a set"))
        self.menu.addAction(self.tr("Sa&ve as a set …"), self.save_as)
        self.delete_menu = self.menu.addMenu(self.tr("Dele&te a set"))
        self.menu.addSeparator()
        self.menu.addAction(self.tr("&Import from a text file …"), self.choose_import)
        self.menu.addAction(self.tr("E&xport to a text file …"), self.choose_export)
        self._take_sets({})

    def add_to_menu(self, action: QAction) -> None:
        """Offer something else about all categories, before the sets."""
        self.menu.insertAction(self._sets, action)

    def save(self, name: str) -> None:
        """Keep the categories of now under a name."""
        name = " ".join(name.split())
        if not name:
            self._notices.say(self.tr("The set was not saved: it needs a name."))
            return
        self._before = (name, self.sets.get(name, ""))
        self.save_asked.emit(name, "\n".join(self._categories.lines()))
        if self._before[1]:
            self._notices.tell(
                self.tr("“{name}” was saved in place of the set before.").format(name=name), self.put_back
            )
        else:
            self._notices.tell(self.tr("“{name}” is saved. It is in the Categories menu.").format(name=name))

    def open_set(self, name: str) -> None:
        """Put a saved set in place of the categories of now."""
        self._replace(self.sets[name], name)

    def delete(self, name: str) -> None:
        """Forget a saved set."""
        self._before = (name, self.sets[name])
        self.delete_asked.emit(name)
        self._notices.tell(
            self.tr("The set “{name}” is deleted; categories and photos are as before.").format(name=name),
            self.put_back,
        )

    def import_file(self, path: Path) -> None:
        """Put the categories of a text file in place of those of now; say why if that can't be."""
        try:
            if path.stat().st_size > _LARGEST_BYTES:
                self._notices.say(self.tr("{path} is too large for a list of categories.").format(path=path))
                return
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            reason = error.strerror or str(error)
            self._notices.say(self.tr("{path} can't be read: {reason}.").format(path=path, reason=reason))
        except UnicodeDecodeError:
            self._notices.say(self.tr("{path} is not a text file in UTF-8; save it as UTF-8.").format(path=path))
        else:
            self._replace(text, path.name)

    def export_file(self, path: Path) -> None:
        """Write the categories of now as a text file, which the terminal reads too."""
        try:
            path.write_text("".join(f"{line}\n" for line in self._categories.lines()), encoding="utf-8")
        except OSError as error:
            reason = error.strerror or str(error)
            self._notices.say(self.tr("{path} can't be written: {reason}.").format(path=path, reason=reason))
        else:
            self._notices.tell(self.tr("The categories are in {path}.").format(path=path))

    @Slot()
    def save_as(self) -> None:
        """Ask for a name, and keep the categories of now under it."""
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Save as a set"))
        dialog.setLabelText(self.tr("Name of the set:"))
        dialog.setOkButtonText(self.tr("Save"))
        dialog.setComboBoxEditable(True)
        dialog.setComboBoxItems(list(self.sets))
        dialog.setTextValue("")
        dialog.textValueSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def choose_import(self) -> None:
        """Let the user pick a text file, and open it."""
        chosen, _ = QFileDialog.getOpenFileName(self._window, self.tr("Import categories"), "", self._kinds())
        if chosen:
            self.import_file(Path(chosen))

    @Slot()
    def choose_export(self) -> None:
        """Let the user say where the text file shall be, and write it."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Export categories"), "categories.txt", self._kinds()
        )
        if chosen:
            self.export_file(Path(chosen))

    def _kinds(self) -> str:
        return self.tr("Text files (*.txt);;All files (*)")

    def _add_starting_sets(self) -> None:
        self.start_menu = self.menu.addMenu(self.tr("Start &with"))
        self.start_menu.setToolTipsVisible(True)
        for stem, title in (
            ("family", self.tr("Family and home")),
            ("travel", self.tr("Travel")),
            ("documents", self.tr("Documents and screenshots")),
            ("animals", self.tr("Animals")),
            ("products", self.tr("Product shots")),
        ):
            action = self.start_menu.addAction(title, self._start_with)
            action.setData(paths.resource(f"categories/{stem}.txt"))

    def _replace(self, text: str, title: str) -> None:
        try:
            categories = read_set(text)
        except UsageError as error:
            self._notices.say(
                self.tr("“{name}” was not opened. {reason}").format(name=title, reason=say_sentence(str(error)))
            )
            return
        if not categories:
            self._notices.say(self.tr("“{name}” was not opened: there is no category in it.").format(name=title))
            return
        self._categories.replace_all(categories, self.tr("open “{name}”").format(name=title))

    @Slot(object)
    def _take_sets(self, sets: dict[str, str]) -> None:
        self.sets = sets
        for menu, slot in ((self.open_menu, self._open_chosen), (self.delete_menu, self._delete_chosen)):
            menu.clear()
            menu.setEnabled(bool(sets))
            for name in sets:
                menu.addAction(name.replace("&", "&&"), slot).setData(name)

    @Slot()
    def _open_chosen(self) -> None:
        self.open_set(self._chosen())

    @Slot()
    def _delete_chosen(self) -> None:
        self.delete(self._chosen())

    @Slot()
    def _start_with(self) -> None:
        self.import_file(Path(self._chosen()))

    @Slot()
    def _put_back(self) -> None:
        self.save_asked.emit(*self._before)

    def _chosen(self) -> str:
        action = self.sender()
        return str(action.data()) if isinstance(action, QAction) else ""
