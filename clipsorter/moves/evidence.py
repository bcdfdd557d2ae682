"""What the disk itself says of a step, whoever asks: a process at work, or one that finds what a crash left."""

from pathlib import Path

from clipsorter.errors import MoveError
from clipsorter.moves.copying import digest_of
from clipsorter.moves.disk import Disk
from clipsorter.moves.step import Bundle, Kind, Snapshot, Step


def look(disk: Disk, path: Path) -> Snapshot | None:
    """Return what is there, or None; raise OSError if that can't be told."""
    try:
        return Snapshot.of(disk.status(path))
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_placed(disk: Disk, step: Step) -> bool:
    """Tell whether the file at the target was put there by this step: by identity, or by time, size and SHA-256."""
    target = look(disk, step.target)
    if target is None:
        return False
    if step.kind is Kind.RENAME:
        return target.is_same_file(step.before) or target.is_same_state(step.before)
    part = look(disk, step.part)
    if step.sha256 is None or (part is not None and not part.is_same_file(target)):
        return False
    return (target.size, target.mtime_ns) == (step.before.size, step.copy_mtime_ns) and is_content(
        disk, step.target, step.sha256
    )


def is_complete(disk: Disk, bundle: Bundle) -> bool:
    """Tell whether all that is left is to remove what `gone` names, and whether that is proved to be safe."""
    return all(_is_step_complete(disk, step) for step in bundle.steps)


def is_content(disk: Disk, path: Path, sha256: bytes | None) -> bool:
    """Tell whether a file is there with these bytes."""
    return look(disk, path) is not None and digest_of(disk, path) == sha256


def _is_step_complete(disk: Disk, step: Step) -> bool:
    if step.kind is Kind.COPY:
        return is_placed(disk, step) and look(disk, step.part) is None
    if look(disk, step.source) is not None:
        return False
    if step.kind is Kind.RENAME:
        return is_placed(disk, step)
    if step.kind is Kind.GIVE:
        if not is_reachable(step.source.parent, step.before.device):
            raise unreachable(step.source.parent)
        return True
    gone = look(disk, step.gone)
    if gone is None:
        if not is_reachable(step.source.parent, step.before.device):
            raise unreachable(step.source.parent)
    elif not gone.is_same_state(step.before):
        return False
    if step.kind is Kind.CARRY:
        return is_placed(disk, step)
    return is_content(disk, step.target, step.sha256) and (gone is None or is_content(disk, step.gone, step.sha256))


def is_reachable(folder: Path, device: int) -> bool:
    """Tell whether a folder says something of what was in it: the empty place of a missing drive doesn't."""
    try:
        return folder.stat().st_dev == device or next(folder.iterdir(), None) is not None
    except OSError:
        return False


def unreachable(folder: Path) -> MoveError:
    """Return why nothing can be decided of what was in a folder."""
    return MoveError(f"its drive or folder can't be reached: connect it ({folder})")
