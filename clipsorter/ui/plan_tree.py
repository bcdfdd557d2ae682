"""A plan as it is shown: its folders as a tree, each a range of what goes, and what of it the user has ticked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipsorter.photos.photo import Photo
from clipsorter.sorting.plan import Plan, PlannedBundle, Staying, Why


@dataclass(eq=False, slots=True)
class Node:
    """A folder and all below it, or a reason: bundles or photos from `first` up to `last`, without it.

    `path` is that of a folder, None for what stays; `why` is None for a folder and for all that stays together.
    """

    number: int
    parent: "Node | None"
    name: str
    path: Path | None = None
    why: Why | None = None
    first: int = 0
    last: int = 0
    children: list["Node"] = field(default_factory=list)

    @property
    def place(self) -> int:
        """Return its place among its siblings."""
        return self.parent.children.index(self) if self.parent else 0


class PlanTree:
    """Bundles in the order of the tree, photos that stay by their reasons, and the ticks."""

    def __init__(self, plan: Plan, looked_at: Mapping[Path, Photo] | None = None) -> None:
        """Take the sizes of files from photos that were looked at; others count as nothing."""
        self.plan, self.counts = plan, plan.counts
        self.nodes: list[Node] = []
        self.bundles: list[PlannedBundle] = []
        self.stays: list[Staying] = []
        self.top = self._grow(plan)
        self.staying = self._sort_out(plan.staying)
        self._photos = np.array([len(bundle.photos) for bundle in self.bundles], np.int64)
        self._files = np.array([len(bundle.files) for bundle in self.bundles], np.int64)
        sizes = {path: photo.size for path, photo in (looked_at or {}).items()}
        self._bytes = np.array(
            [sum(sizes.get(file.source, 0) for file in bundle.files) for bundle in self.bundles], np.int64
        )
        self._renamed = np.array([bundle.number > 1 for bundle in self.bundles], bool)
        self._doubtful = np.array([bundle.is_doubtful for bundle in self.bundles], bool)
        self.is_ticked = np.ones(len(self.bundles), bool)

    @property
    def roots(self) -> list[Node]:
        """Return the destination, and what stays if anything does."""
        return [self.top, self.staying] if self.stays else [self.top]

    def _add(self, parent: Node | None, name: str, path: Path | None = None, why: Why | None = None) -> Node:
        node = Node(len(self.nodes), parent, name, path, why)
        self.nodes.append(node)
        if parent is not None:
            parent.children.append(node)
        return node

    def _grow(self, plan: Plan) -> Node:
        by_folder: dict[tuple[str, ...], list[PlannedBundle]] = {}
        for bundle in plan.bundles:
            by_folder.setdefault(bundle.folder.relative_to(plan.destination).parts, []).append(bundle)
        top = self._add(None, plan.destination.name or str(plan.destination), plan.destination)
        known: dict[tuple[str, ...], Node] = {(): top}
        for parts in sorted(by_folder):
            node = top
            for depth in range(1, len(parts) + 1):
                below = parts[:depth]
                if below not in known:
                    known[below] = self._add(node, parts[depth - 1], plan.destination.joinpath(*below))
                    known[below].first = len(self.bundles)
                node = known[below]
            self.bundles += sorted(by_folder[parts], key=lambda bundle: bundle.files[0].target.name.casefold())
            above: Node | None = node
            while above is not None:
                above.last = len(self.bundles)
                above = above.parent
        return top

    def _sort_out(self, staying: Sequence[Staying]) -> Node:
        root = self._add(None, "")
        for why in Why:
            if photos := [stay for stay in staying if stay.why is why]:
                node = self._add(root, "", why=why)
                node.first = len(self.stays)
                self.stays += photos
                node.last = len(self.stays)
        root.last = len(self.stays)
        return root

    def photos(self, node: Node) -> int:
        """Return how many photos a node has, ticked or not."""
        return node.last - node.first if node.path is None else int(self._photos[node.first : node.last].sum())

    def ticked_photos(self, node: Node) -> int:
        """Return how many photos of a folder go there."""
        span = slice(node.first, node.last)
        return int(self._photos[span][self.is_ticked[span]].sum())

    @property
    def going(self) -> tuple[int, int]:
        """Return how many photos go, and how many files with them that are none of those."""
        photos = int(self._photos[self.is_ticked].sum())
        return photos, int(self._files[self.is_ticked].sum()) - photos

    @property
    def renamed(self) -> int:
        """Return how many bundles that go get another name."""
        return int(np.count_nonzero(self._renamed & self.is_ticked))

    @property
    def doubtful(self) -> int:
        """Return how many bundles that go are kept together in doubt."""
        return int(np.count_nonzero(self._doubtful & self.is_ticked))

    @property
    def bytes_going(self) -> int:
        """Return how large the photos are that go."""
        return int(self._bytes[self.is_ticked].sum())

    @property
    def stayers(self) -> int:
        """Return how many photos stay, those included that were unticked."""
        return len(self.stays) + int(self._photos[~self.is_ticked].sum())

    def ticks(self, node: Node) -> NDArray[np.bool_]:
        """Return the ticks of a folder's bundles, for reading or setting."""
        return self.is_ticked[node.first : node.last]

    def unticked(self) -> list[Path]:
        """Return a file of each bundle that was taken out."""
        return [self.bundles[place].files[0].source for place in np.flatnonzero(~self.is_ticked).tolist()]
