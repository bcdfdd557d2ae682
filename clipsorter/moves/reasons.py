"""What the system says when a move fails, as a sentence for the user."""

import errno
import os
from pathlib import Path

from clipsorter.errors import ClipsorterError

_SENTENCES = {
    errno.ENOSPC: "the disk is full: free some space there",
    errno.EDQUOT: "your share of the disk is used up: free some space there",
    errno.EACCES: "permission was denied: check who may change this folder, and that no program has the file open",
    errno.EPERM: "permission was denied: check who may change this file and its folder",
    errno.EROFS: "the disk is read-only: unlock it or choose another",
    errno.ENAMETOOLONG: "its path is too long for the disk: choose a shorter destination or category name",
    errno.ENOENT: "it is no longer there, or its folder is gone",
    errno.EEXIST: "a file of this name appeared there meanwhile, and nothing is ever overwritten",
    errno.EIO: "the disk reported an error: check it before you go on",
    errno.EBUSY: "another program is using it: close it there",
    errno.ENOTSUP: "this disk can't rename without the risk of overwriting: choose another, or copy",
    errno.ELOOP: "it has become a link to another place, and links are not followed",
    errno.EFBIG: "the file is too large for that disk",
    errno.ENODEV: "the drive is no longer connected",
    errno.ENOTDIR: "something that is no folder is in its way",
}


def sentence(error: OSError | ClipsorterError) -> str:
    """Return why, as the end of a sentence about a photo, with the path that was meant."""
    if isinstance(error, ClipsorterError):
        return str(error)
    reason = _SENTENCES.get(error.errno or 0, error.strerror or str(error))
    path = error.filename2 or error.filename
    if error.errno == errno.EACCES and error.filename2 and not os.access(Path(error.filename).parent, os.W_OK):
        path = error.filename  # it may not leave its folder
    return f"{reason} ({path})" if path else reason
