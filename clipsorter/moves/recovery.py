"""After a crash: what was in flight is finished or taken back, by what lies on the disk."""

from clipsorter.moves.batches import bring_to_rest
from clipsorter.moves.disk import Disk
from clipsorter.moves.folders import remove_made_folders
from clipsorter.moves.journal import Journal, Outcome


def recover(journal: Journal, disk: Disk) -> list[Outcome]:
    """Bring every bundle in flight to rest and return how each ended; the caller holds the lock (`sorting_alone`).

    Folders that were made and are empty now are removed. What can't be decided now, as when a drive is missing, stays
    open for the next start. May itself be broken off at any instant and be called again. Raises LibraryError.
    """
    outcomes = []
    for run_id, bundle in journal.in_flight():
        outcome = bring_to_rest(disk, bundle, "")
        journal.settle(run_id, [outcome])
        outcomes.append(outcome)
    unfinished = journal.unfinished()
    left = {step.target.parent for outcome in outcomes if outcome.state == "back" for step in outcome.bundle.steps}
    if folders := left.union(*unfinished.values()):
        remove_made_folders(journal, disk, folders)
    journal.finish_broken_off(unfinished)
    return outcomes
