"""The write side: from a plan to photos in their places, and back, as typed events for whoever listens."""

from clipsorter.apply.books import Books
from clipsorter.apply.events import Begun, Done, Event, Finished, Progress, Report, Stayed, Tagged
from clipsorter.apply.history import history, last_undoable, tagging_run
from clipsorter.apply.keywords import Imported, import_keywords
from clipsorter.apply.recovery import Recovered, recover_at_start, recovery_news
from clipsorter.apply.run import apply, undo
from clipsorter.apply.tag import Foreseen, Removal, Tag, Where, Wish, foresee, removals, remove_tags, tag
from clipsorter.apply.trash import bundles_around, trash
from clipsorter.moves.journal import Run
from clipsorter.moves.trash import TRASH_MODE

__all__ = [
    "TRASH_MODE", "Begun", "Books", "Done", "Event", "Finished", "Foreseen", "Imported", "Progress", "Recovered",
    "Removal", "Report", "Run", "Stayed", "Tag", "Tagged", "Where", "Wish", "apply", "bundles_around", "foresee",
    "history", "import_keywords", "last_undoable", "recover_at_start", "recovery_news", "removals", "remove_tags",
    "tag", "tagging_run", "trash", "undo",
]  # fmt: skip
