"""Kills real commands that tag photos in place, and looks whether each file is whole, old or new."""

import random
from collections import Counter

import numpy as np
from PIL import Image

from clipsorter.library.index import Index
from clipsorter.moves.journal import Journal
from tests.moves.crashing import Nursery, look
from tests.moves.trees import OLD_NS, write

_ENDINGS = (".jpg", ".png", ".tif", ".webp")
_SIDECAR = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/></rdf:RDF></x:xmpmeta>"""


def make_photos(folder, count):
    """Draw photos of all formats that can hold keywords; every fifth has a sidecar."""
    generator = np.random.default_rng(2)
    for number in range(count):
        photo = folder / f"trip {number % 5}" / f"IMG_{number:04}{_ENDINGS[number % len(_ENDINGS)]}"
        photo.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(generator.integers(0, 256, (48, 64, 3), dtype=np.uint8)).save(photo)
        write(photo, photo.read_bytes(), OLD_NS + number)
        if number % 5 == 0:
            write(photo.with_name(f"{photo.name}.xmp"), _SIDECAR, OLD_NS - number)


class TagTrial:
    """One folder whose photos are tagged, killed, started again and undone, over and over."""

    def __init__(self, home, folder, photos):
        self.home, self.folder = home, folder
        make_photos(folder, photos)
        self.before = look(folder)
        self.nursery = Nursery(home)
        self.seen = Counter()
        self._tag = ["tag", folder, "-c", "dog", "Animals/Cat", "--min-confidence", "0", "--apply"]
        code, said, self.tag_s = self._run(*self._tag, mark="photos: ")[1:]
        assert code == 0, said
        self.after = look(folder)
        changed = [path for path, entry in self.before.items() if entry and self.after[path] != entry]
        assert len(changed) == len([entry for entry in self.before.values() if entry]), "not all were tagged"
        code, said, self.undo_s = self._run("undo", mark="Taking back")[1:]
        assert code == 0, said
        assert look(folder) == self.before

    def kill_at_random(self, chance):
        """Kill a tagging, sometimes also its undo, at a moment of their work."""
        is_killed, *_ = self._run(*self._tag, mark="photos: ", kill_after_s=chance.uniform(0, self.tag_s))
        self.seen["taggings killed at work" if is_killed else "taggings killed after the end"] += 1
        self._start_again()
        if chance.random() < 0.3:
            is_killed, *_ = self._run("undo", mark="Taking back", kill_after_s=chance.uniform(0, self.undo_s))
            self.seen["undos killed at work"] += is_killed
            self._start_again()
        self._undo()

    def close(self):
        self.nursery.close()
        with Index.open(self.home / "data" / "index.db") as index:
            assert index.verify() == []

    def _run(self, *arguments, **how):
        return self.nursery.run(*arguments, **how)

    def _start_again(self):
        """See that each file is whole already before the next start, and as the journal says after it."""
        found = look(self.folder)
        parts = {path for path in found if path.name.startswith(".clipsorter-")}
        self.seen["temporary neighbours found by the next start"] += bool(parts)
        self._see_whole({path: entry for path, entry in found.items() if path not in parts})
        _, code, said, _ = self._run("history")
        assert code == 0, said
        self.seen["starts that recovered"] += "was interrupted" in said
        found = look(self.folder)
        new = self._see_whole(found)
        old = {path for path, entry in self.before.items() if entry} - new
        self.seen["left half done"] += bool(old) and bool(new)
        self.seen["files found old"] += len(old)
        self.seen["files found new"] += len(new)
        with Journal.open(self.home / "data" / "journal.db") as journal:
            assert journal.in_flight() == []
            tagged = [journal.undoable(run.run_id) for run in journal.history() if run.kind == "tag"]
        told = {edit.path for bundles in tagged for bundle in bundles for edit in bundle.edits}
        assert told == new, "the journal says something else"

    def _see_whole(self, found):
        """Return the files that are new; each must be old or new, and none may have come or gone."""
        assert found.keys() == self.before.keys()
        for path, entry in found.items():
            assert entry is None or entry[0] in (self.before[path][0], self.after[path][0]), f"{path} is torn"
        return {path for path, entry in found.items() if entry and entry[0] == self.after[path][0]}

    def _undo(self):
        while True:
            _, code, said, _ = self._run("undo")
            if code != 0:
                break
        assert code == 2, said
        assert "nothing to undo" in said
        assert look(self.folder) == self.before
        self.seen["folders restored, every byte and time"] += 1


def kill_often(trial, kills, seed):
    """Kill taggings at work `kills` times; return what was seen."""
    chance = random.Random(seed)
    while trial.seen["taggings killed at work"] < kills:
        trial.kill_at_random(chance)
    trial.close()
    return trial.seen
