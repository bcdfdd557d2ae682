"""The system calls of a move, one method each: what runs in earnest, and where a test lets any single one fail."""

import ctypes
import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

from send2trash import TrashPermissionError, send2trash

from clipsorter.errors import MoveError
from clipsorter.moves.rename import rename_exclusively

if sys.platform == "darwin":
    import fcntl

NO_TRASH = "its disk has no trash: delete it in a file manager, or sort it into a folder"
_OPEN_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
_COPYFILE_METADATA = 7  # copyfile.h of macOS: ACL, STAT and XATTR


class Disk:
    """The disk. No method follows a link in the last part of a path; each raises OSError."""

    def status(self, path: Path) -> os.stat_result:
        """Return what is known of a file or link itself."""
        return path.lstat()

    def rename(self, source: Path, target: Path) -> None:
        """Rename a file, never over another.

        Where no rename refuses an existing target, a second name is made, which does, and the first taken away. Raises
        ENOTSUP where there is neither.
        """
        if rename_exclusively(source, target):
            return
        try:
            self.link(source, target)
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno in _UNSUPPORTED | {errno.EPERM}:
                raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), str(source), None, str(target)) from error
            raise
        try:
            self.unlink(source)
        except OSError:
            self.unlink(target)
            raise

    def replace(self, source: Path, target: Path) -> None:
        """Rename a file over another, in one indivisible step: for new bytes of that very file alone."""
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name; refuse one that is taken."""
        os.link(source, target, follow_symlinks=False)

    def unlink(self, path: Path) -> None:
        """Take a name away."""
        if os.name == "nt":
            path.chmod(0o600)  # Windows refuses to remove a read-only file
        path.unlink()

    def give(self, path: Path) -> None:
        """Give a file to the trash of the system, which says not where it goes; MoveError if its disk has none."""
        try:
            send2trash(path)
        except TrashPermissionError as error:
            raise MoveError(NO_TRASH) from error

    def make_folder(self, path: Path) -> None:
        """Make one folder; FileExistsError if anything of that name is there."""
        path.mkdir()

    def remove_folder(self, path: Path) -> None:
        """Remove a folder; refused by the system if anything is in it."""
        path.rmdir()

    def flush_folder(self, path: Path) -> None:
        """Let the names in a folder survive a loss of power, where the file system can promise it."""
        if os.name == "nt":
            return
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _UNSUPPORTED:  # some network disks can't
                raise
        finally:
            os.close(descriptor)

    def open(self, path: Path) -> int:
        """Open a file for reading; return its descriptor."""
        return os.open(path, os.O_RDONLY | _OPEN_FLAGS)

    def create(self, path: Path) -> int:
        """Make a file that only this user may read so far; FileExistsError if anything of that name is there."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _OPEN_FLAGS, 0o600)

    def opened_status(self, descriptor: int) -> os.stat_result:
        """Return what is known of an open file."""
        return os.fstat(descriptor)

    def read(self, descriptor: int, size: int) -> bytes:
        """Read at most `size` bytes; none at the end."""
        return os.read(descriptor, size)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write; return how many bytes were taken."""
        return os.write(descriptor, data)

    def flush(self, descriptor: int) -> None:
        """Bring a file to the disk, and let a later read come from there rather than from memory."""
        os.fsync(descriptor)
        if sys.platform == "darwin":
            with suppress(OSError):  # network disks don't know it
                fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # fsync leaves it in the drive's own memory there
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)

    def close(self, descriptor: int) -> None:
        """Close a descriptor."""
        os.close(descriptor)

    def attributes(self, path: Path) -> dict[str, bytes]:
        """Return the extended attributes; none where the system has none or keeps them itself (`copy_metadata`)."""
        if sys.platform != "linux":
            return {}
        try:
            names = os.listxattr(path, follow_symlinks=False)
        except OSError as error:
            if error.errno in _UNSUPPORTED:
                return {}
            raise
        return {name: os.getxattr(path, name, follow_symlinks=False) for name in names}

    def set_attribute(self, path: Path, name: str, value: bytes) -> None:
        """Set one extended attribute."""
        if sys.platform == "linux":
            os.setxattr(path, name, value, follow_symlinks=False)

    def copy_metadata(self, source: Path, target: Path) -> None:
        """Copy what only the system's own call can: on macOS attributes, flags and access lists."""
        if sys.platform == "darwin":
            library = ctypes.CDLL(None, use_errno=True)
            if library.copyfile(os.fsencode(source), os.fsencode(target), None, ctypes.c_uint(_COPYFILE_METADATA)):
                code = ctypes.get_errno()
                raise OSError(code, os.strerror(code), str(target))

    def set_mode(self, path: Path, mode: int) -> None:
        """Set the permissions."""
        path.chmod(mode)

    def set_owner(self, path: Path, user: int, group: int) -> None:
        """Set the owner, where files have one."""
        if os.name != "nt":
            os.chown(path, user, group, follow_symlinks=False)

    def set_times(self, path: Path, atime_ns: int, mtime_ns: int) -> None:
        """Set the times of last access and last change."""
        os.utime(path, ns=(atime_ns, mtime_ns))
