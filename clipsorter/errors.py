"""Every failure that a user may meet, as one tree: the message of each is a sentence for that user."""


class ClipsorterError(Exception):
    """A failure with a sentence for the user; the cause, if any, is chained."""


class UsageError(ClipsorterError):
    """The request makes no sense or can't be done: nothing was started."""


class PhotoError(ClipsorterError):
    """One photo can't be read; the others go on."""


class PassingError(PhotoError):
    """One photo can't be read now, through no fault of its file: it may be later."""


class CheckpointError(ClipsorterError):
    """A model file is damaged, hostile, or of an unknown architecture."""


class ModelMissingError(ClipsorterError):
    """The model is known but its file is not on this machine."""


class DownloadError(ClipsorterError):
    """A model could not be fetched; what was fetched so far is kept for the next try."""


class LibraryError(ClipsorterError):
    """The library (the index or the decisions) can't be read or written."""


class MetadataError(ClipsorterError):
    """The metadata of one photo can't be read or written; the photo is as it was."""


class CancelledError(ClipsorterError):
    """The user stopped it."""


class MoveError(ClipsorterError):
    """A file can't be moved, and it and its companions stay together; the message ends a sentence about it."""
