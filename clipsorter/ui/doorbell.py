"""One window for each user and home: a later start leaves its path with the program that runs, and ends."""

import ctypes
import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QAbstractSocket, QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from clipsorter import paths
from clipsorter.ui.window import MainWindow

_PATIENCE_MS = 1000
_END = b"\0"  # no path holds it
_LONGEST_BYTES = 65_536
_ANY_PROCESS = -1


def ring(arguments: Sequence[str]) -> bool:
    """Leave the first path with the program that runs already; False if there is none."""
    socket = QLocalSocket()
    socket.connectToServer(door_name())
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    if sys.platform == "win32":  # only who was started by the user may pass on the right to come to front
        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)
    path = os.fsencode(Path(arguments[0]).absolute()) if arguments else b""
    socket.write(path + _END)
    is_delivered = socket.waitForBytesWritten(_PATIENCE_MS)
    socket.disconnectFromServer()
    return is_delivered


def door_name() -> str:
    """Return the name of the socket: in the folder that is the user's alone, where the system has one."""
    name = f"clipsorter-{hashlib.sha256(os.fsencode(paths.data_dir())).hexdigest()[:16]}"
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    return str(Path(own) / name) if own and Path(own).is_dir() else name


class Doorbell(QObject):
    """Opens in the window what later starts, or the system, ask for; until the window begins to close."""

    def __init__(self, window: MainWindow, app: QApplication) -> None:
        super().__init__(window)
        self._window = window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._open_door)
        window.installEventFilter(self)
        if sys.platform == "darwin":  # no other system sends such events, and every event would pass through here
            app.installEventFilter(self)

    def listen(self) -> bool:
        """Begin; a socket that a crash left is taken away. False if this can't be, which harms nothing else."""
        name = door_name()
        if self._server.listen(name):
            return True
        if self._server.serverError() == QAbstractSocket.SocketError.AddressInUseError:
            QLocalServer.removeServer(name)
            return self._server.listen(name)
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what macOS asks the program to open, and open the door no more when the window closes."""
        if isinstance(event, QFileOpenEvent):
            self.answer(event.file())
            return True
        if event.type() == QEvent.Type.Close and watched is self._window:
            self._server.close()
        return False

    def answer(self, path: str) -> None:
        """Come to front, and open a folder, or that of a photo; an empty path opens none."""
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        if path:
            self._window.open_folder(folder_of(path))

    @Slot()
    def _open_door(self) -> None:
        while visitor := self._server.nextPendingConnection():
            visitor.readyRead.connect(self._read)
            visitor.disconnected.connect(visitor.deleteLater)
            self._hear(visitor)  # what came before anyone listened

    @Slot()
    def _read(self) -> None:
        visitor = self.sender()
        if isinstance(visitor, QLocalSocket):
            self._hear(visitor)

    def _hear(self, visitor: QLocalSocket) -> None:
        said = bytes(visitor.peek(_LONGEST_BYTES).data())
        if said.endswith(_END):
            visitor.readAll()
            self.answer(os.fsdecode(said[:-1]))
        elif len(said) == _LONGEST_BYTES:
            visitor.abort()


def folder_of(path: str) -> Path:
    """Return the folder to open for a path: that of a photo, or itself."""
    return Path(path).parent if Path(path).is_file() else Path(path)
