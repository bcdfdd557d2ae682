"""Hands photos to other programs: the default one, one that the user picks, or the file manager."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from clipsorter import SET_HERE

if sys.platform == "linux":
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

_FILE_MANAGER = "org.freedesktop.FileManager1"


class OtherPrograms(QObject):
    """Starts programs and never waits for them; `refused` says in a sentence what did not start."""

    refused = Signal(str)

    def open(self, path: Path) -> None:
        """Open a photo as a double click in the file manager would."""
        self._open_url(path, self.tr("No program opens {name}. Choose one with “Open with”.").format(name=path.name))

    def open_with(self, program: Path, paths: Sequence[Path]) -> bool:
        """Open photos in a program; tell whether it started."""
        names = [str(path) for path in paths]
        if sys.platform == "darwin":
            command, arguments = "open", ["-a", str(program), *names]
        else:
            command, arguments = str(program), names
        with _environment_of_others():
            has_started, _ = QProcess.startDetached(command, arguments)
        if not has_started:
            self.refused.emit(
                self.tr("{program} could not be started. Check that it is a program.").format(program=program.name)
            )
        return bool(has_started)

    def show_in_folder(self, path: Path) -> None:
        """Show a photo in the file manager, chosen there where that is possible."""
        if sys.platform == "win32":
            process = QProcess()
            process.setProgram("explorer")
            process.setNativeArguments(f'/select,"{path}"')  # quoted in a way of its own
            process.startDetached()
        elif sys.platform == "darwin":
            QProcess.startDetached("open", ["-R", str(path)])
        else:
            self._ask_file_manager(path)

    def _ask_file_manager(self, path: Path) -> None:
        """Ask over D-Bus, and open only the folder where no file manager answers."""
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            self.open_folder(path.parent)
            return
        message = QDBusMessage.createMethodCall(
            _FILE_MANAGER, "/" + _FILE_MANAGER.replace(".", "/"), _FILE_MANAGER, "ShowItems"
        )
        address = bytes(QUrl.fromLocalFile(str(path)).toEncoded().data()).decode("ascii")
        message.setArguments([[address], ""])
        watcher = QDBusPendingCallWatcher(bus.asyncCall(message), self)
        watcher.setProperty("path", str(path))
        watcher.finished.connect(self._take_answer)

    @Slot("QDBusPendingCallWatcher*")
    def _take_answer(self, watcher: "QDBusPendingCallWatcher") -> None:
        if watcher.isError():
            self.open_folder(Path(watcher.property("path")).parent)
        watcher.deleteLater()

    @Slot(object)
    def open_folder(self, folder: Path) -> None:
        """Show a folder in the file manager."""
        self._open_url(folder, self.tr("No file manager opened {folder}.").format(folder=folder))

    def _open_url(self, path: Path, sentence: str) -> None:
        with _environment_of_others():
            is_open = QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        if not is_open:
            self.refused.emit(sentence)


@contextmanager
def _environment_of_others() -> Iterator[None]:
    """Take away for a moment what Clipsorter asks of its own libraries."""
    for name in SET_HERE:
        os.environ.pop(name, None)
    try:
        yield
    finally:
        os.environ.update(SET_HERE)
