"""One SQLite file: opened, brought up to date, and used by several processes without surprises."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from clipsorter.errors import LibraryError, UsageError
from clipsorter.library.schema import Schema

_BUSY_TIMEOUT_S = 30.0
_PAGE_BYTES = 8192  # seven vectors of 512 dimensions in a page; the usual 4096 would waste a quarter
_CACHE_KIB = 16_384
_CREATION_PRAGMAS = (f"page_size = {_PAGE_BYTES}", "auto_vacuum = INCREMENTAL")  # they count while a file is empty
_PRAGMAS = ("journal_mode = WAL", "foreign_keys = OFF", f"cache_size = -{_CACHE_KIB}", "temp_store = MEMORY")
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class DamagedError(LibraryError):
    """The file was no sound database: it was renamed to `aside`, and a new one can be opened in its place."""

    def __init__(self, title: str, aside: Path) -> None:
        super().__init__(
            f"The {title} file was damaged and is kept as {aside}: start again, and a new one, or the newest backup if "
            "there is one, takes its place."
        )
        self.aside = aside


class Database:
    """A connection for one thread. All access goes through `reading` and `writing`."""

    def __init__(self, path: Path, schema: Schema) -> None:
        """Open or create the file and migrate it.

        Raises UsageError if it is of a newer version, and then leaves it as it is; DamagedError; LibraryError.
        """
        self.path = path
        self._title = schema.title
        self._damage: str | None = None
        try:
            self._connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
        except sqlite3.OperationalError as error:
            raise LibraryError(
                f"The {self._title} can't be opened ({error}): check the folder {path.parent} and its permissions."
            ) from error
        try:
            with self._translated_errors():
                self._bring_up_to_date(schema)
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside one snapshot of the database; raise LibraryError if it can't be read."""
        with self._translated_errors(), _transaction(self._connection, "BEGIN"):
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside one transaction: all of it is kept, or nothing; raise LibraryError."""
        with self._translated_errors(), _transaction(self._connection, "BEGIN IMMEDIATE"):
            yield self._connection

    @contextmanager
    def unwrapped(self) -> Iterator[sqlite3.Connection]:
        """Give the connection outside a transaction, for what SQLite refuses inside one; raise LibraryError."""
        with self._translated_errors():
            yield self._connection

    def size_bytes(self) -> int:
        """Return the size on disk, the write-ahead log included."""
        return sum(file.stat().st_size for file in files_of(self.path) if file.exists())

    def problems(self) -> list[str]:
        """Return what SQLite's own checks find wrong; empty if all is well."""
        with self.reading() as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        return found + [
            f"table {table}, row {row}: refers to a missing row of {parent}" for table, row, parent, _ in broken
        ]

    def _bring_up_to_date(self, schema: Schema) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version > schema.version:
            raise UsageError(
                f"The {schema.title} was written by a newer Clipsorter (its version is {version}, this program knows "
                f"{schema.version}): update Clipsorter. The file is {self.path}."
            )
        pragmas = _PRAGMAS if version else _CREATION_PRAGMAS + _PRAGMAS
        durable = ("synchronous = FULL", "fullfsync = ON")  # the second is for macOS, and nothing elsewhere
        for pragma in (*pragmas, *(durable if schema.synchronous == "FULL" else ("synchronous = NORMAL",))):
            self._connection.execute(f"PRAGMA {pragma}")
        for number, script in enumerate(schema.migrations[version:], start=version + 1):
            self._connection.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")
        self._connection.execute("PRAGMA foreign_keys = ON")  # only now: a migration may build a table anew

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        if self._damage is not None:  # who tidies up after damage gets here, and the first sentence still holds
            raise LibraryError(self._damage)
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise  # a mistake of ours, not the disk's
        except sqlite3.DatabaseError as error:
            raise self._translated(error) from error

    def _translated(self, error: sqlite3.DatabaseError) -> LibraryError:
        code = _primary_code(error)
        if code in _DAMAGE:
            self._connection.close()
            failure = self._put_aside()
            self._damage = str(failure)
            return failure
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return LibraryError(f"Another Clipsorter is using the {self._title}: wait for it or close it.")
        if code == sqlite3.SQLITE_FULL:
            return LibraryError(
                f"The disk is full, the {self._title} can't grow: free some space on {self.path.parent}."
            )
        return LibraryError(f"The {self._title} can't be used ({error}): check the disk of {self.path}.")

    def _put_aside(self) -> LibraryError:
        try:
            return DamagedError(self._title, set_aside(self.path))
        except LibraryError as failure:
            return failure


@contextmanager
def opening(path: Path, title: str) -> Iterator[None]:
    """Let one process at a time create, check, repair or migrate a database; raise LibraryError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(f"{path}.lock")
        lock.acquire(timeout=_BUSY_TIMEOUT_S)
    except Timeout as error:
        raise LibraryError(f"Another Clipsorter is opening the {title}: wait for it or close it.") from error
    except (OSError, NotImplementedError) as error:
        raise no_lock(path, error) from error
    try:
        yield
    finally:
        lock.release()


def no_lock(path: Path, error: OSError | NotImplementedError) -> LibraryError:
    """Say why no lock is to be had beside a database; a file system without locks raises NotImplementedError."""
    if isinstance(error, NotImplementedError):
        return LibraryError(f"The disk of {path.parent} can't lock files: let CLIPSORTER_HOME name a folder elsewhere.")
    return LibraryError(
        f"{error.filename or path.parent} can't be written ({error.strerror or error}): check its permissions."
    )


def stored_version(path: Path) -> int:
    """Return the version of an existing, sound database; raise LibraryError if it can't be opened."""
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)) as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error as error:
        raise LibraryError(f"{path} can't be opened ({error}): check that it is a file and its permissions.") from error


def is_sound(path: Path) -> bool:
    """Read all pages of an existing file, and tell whether it is a sound database, and not an empty file."""
    if path.stat().st_size == 0:
        return False
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError as error:
        return _primary_code(error) not in _DAMAGE  # what can't be opened at all is not damaged: opening it says why


def set_aside(path: Path) -> Path:
    """Rename a damaged database with its log and return its new path; raise LibraryError."""
    aside = path.with_name(f"{path.stem}.corrupt-{datetime.now():%Y%m%d-%H%M%S-%f}{path.suffix}")
    try:
        for old, new in zip(files_of(path), files_of(aside), strict=True):
            if old.exists():
                old.rename(new)
    except OSError as error:
        raise LibraryError(f"{path} is damaged and in use: close every Clipsorter, then delete the file.") from error
    return aside


def files_of(path: Path) -> tuple[Path, Path, Path]:
    """Return the paths of a database, its write-ahead log and the log's index."""
    return path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def _primary_code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest refines it


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have rolled it back already
            connection.execute("ROLLBACK")
        raise
