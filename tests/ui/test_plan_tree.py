"""The tree of a plan: folders in folders as ranges of what goes, and totals that follow the ticks."""

from pathlib import Path

import pytest

from clipsorter.photos.photo import Photo
from clipsorter.sorting.plan import Assignment, Plan, PlannedBundle, PlannedFile, State, Staying, Why
from clipsorter.ui.plan_tree import PlanTree

DEST = Path("/sorted")


def bundle(folder, *names, number=1):
    sources = [Path("/photos") / name for name in names]
    files = tuple(PlannedFile(source, DEST / folder / source.name) for source in sources)
    return PlannedBundle(folder, Assignment(sources[0], State.MODEL, folder, 0.9), files, (sources[0],), number=number)


@pytest.fixture
def tree():
    bundles = (
        bundle("Animals/Dog", "d.jpg"),
        bundle("Animals", "b.nef", "b.jpg", "b.xmp"),
        bundle("Animals/Cat", "c.jpg", number=2),
        bundle("Beach/2024", "a.jpg"),
    )
    staying = (Staying(Path("/photos/e.jpg"), Why.UNSURE), Staying(Path("/photos/f.jpg"), Why.FAILED))
    return PlanTree(Plan(DEST, bundles, staying), {Path("/photos/a.jpg"): Photo(Path("/photos/a.jpg"), 700, 1)})


def shape(tree, node):
    leaders = [each.files[0].target.name for each in tree.bundles[node.first : node.last]]
    return {child.name: shape(tree, child) for child in node.children} or leaders


def test_a_folder_is_the_range_of_all_below_it(tree):
    assert shape(tree, tree.top) == {"Animals": {"Cat": ["c.jpg"], "Dog": ["d.jpg"]}, "Beach": {"2024": ["a.jpg"]}}
    animals, beach = tree.top.children
    assert [each.files[0].source.name for each in tree.bundles[animals.first : animals.last]] == [
        "b.nef", "c.jpg", "d.jpg",
    ]  # fmt: skip
    assert (tree.photos(animals), tree.photos(beach), tree.photos(tree.top)) == (3, 1, 4)


def test_what_stays_stands_under_its_reason(tree):
    assert [(node.why, tree.photos(node)) for node in tree.staying.children] == [(Why.UNSURE, 1), (Why.FAILED, 1)]
    assert tree.photos(tree.staying) == 2
    assert tree.roots == [tree.top, tree.staying]


def test_plan_in_which_nothing_stays_has_one_root():
    assert len(PlanTree(Plan(DEST, (bundle("Dogs", "a.jpg"),), ())).roots) == 1


def test_totals_follow_the_ticks_and_add_up(tree):
    assert (tree.going, tree.stayers, tree.renamed, tree.bytes_going) == ((4, 2), 2, 1, 700)
    tree.ticks(tree.top.children[0])[:] = False
    assert (tree.going, tree.stayers, tree.renamed, tree.bytes_going) == ((1, 0), 5, 0, 700)
    assert tree.ticked_photos(tree.top) == 1
    assert tree.going[0] + tree.stayers == tree.counts.photos


def test_what_was_unticked_is_taken_out_of_the_plan(tree):
    tree.ticks(tree.top.children[1])[:] = False
    assert tree.unticked() == [Path("/photos/a.jpg")]
    assert tree.plan.without(tree.unticked()).counts.planned == tree.going[0]
