"""`clipsorter tag`: which photo gets which keyword, and with --apply written; or what a run wrote, removed."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from clipsorter import paths
from clipsorter.analyse import Failed, Finished, Found, Progress
from clipsorter.apply import (
    Books,
    Done,
    Removal,
    Tag,
    Tagged,
    Where,
    Wish,
    foresee,
    removals,
    remove_tags,
    tag,
    tagging_run,
)
from clipsorter.cli.asking import Asking, asking
from clipsorter.cli.judging import Answer
from clipsorter.cli.memory import opened_decisions, opened_memory
from clipsorter.cli.progress import ProgressLine
from clipsorter.cli.running import cancelled_by_ctrl_c, show_run
from clipsorter.cli.tag_rows import TagRow, TagRows, tag_rows
from clipsorter.cli.text import counted, printable
from clipsorter.errors import UsageError
from clipsorter.library.decisions import Decisions
from clipsorter.photos.scan import absolute
from clipsorter.settings import load_settings
from clipsorter.sorting.category import Category
from clipsorter.sorting.several import Fit

_STAYED = "stayed as it was"


@dataclass(frozen=True, slots=True)
class _Wishes:
    wishes: Sequence[Wish]
    unsure: int
    failed: int


def tag_photos(options: argparse.Namespace) -> int:
    """Show which keywords photos would get, or with --apply write them; 1 if some photos failed or stayed."""
    if options.remove_run is not None:
        if options.folder is not None or options.names or options.categories:
            raise UsageError("--remove-run takes away what a run wrote, wherever they are: leave out FOLDER and -c.")
        return _remove(options)
    if options.folder is None:
        raise UsageError("Name the folder whose photos are to be tagged.")
    where = Where(options.preset, options.placement, options.iptc)
    with asking(options, several=options.several) as asked:
        meant = _wish(asked)
        rows = tag_rows(options.format, absolute(options.folder), asked.progress.console)
        _summarize(meant)
        if not options.apply:
            return max(int(meant.failed > 0), _preview(meant.wishes, where, rows))
        return max(int(meant.failed > 0), _write(asked, meant.wishes, where, rows, options))


def _wish(asked: Asking) -> _Wishes:
    """Return the tags that photos are to have: what the user said, else what the model is sure of."""
    prompts = {category.name: _prompt(category) for category in asked.categories}
    wishes: list[Wish] = []
    unsure = failed = 0
    for event in asked.answers:
        match event:
            case Found():
                pass
            case Answer(photo):
                tags = [
                    Tag(each.category, each.decided_by, each.probability, each.similarity, prompts[each.category])
                    for each in _fits(event)
                ]
                if tags:
                    wishes.append(Wish(photo, tuple(tags)))
                else:
                    unsure += 1
            case Failed(path, reason):
                failed += 1
                print(f"clipsorter: {printable(path)} {printable(reason)}", file=sys.stderr)
            case Progress():
                asked.progress.show(event)
            case Finished():
                return _Wishes(wishes, unsure, failed)
    raise AssertionError("an analysis ends with Finished")


def _fits(answer: Answer) -> tuple[Fit, ...]:
    """Return the categories of an answer: all that fit if that was asked for, else the one."""
    if answer.categories is not None:
        return answer.categories
    name = answer.decision.category
    if name is None:
        return ()
    own = next((each for each in answer.decision.predictions if each.category == name), None)
    return (Fit(name, *((own.probability, own.similarity) if own else (0.0, 0.0)), answer.by),)


def _prompt(category: Category) -> str:
    return " | ".join(category.prompts) or category.name


def _summarize(meant: _Wishes) -> None:
    """Say on stderr what the photos are; the numbers add up to those found."""
    counts = Counter(each.category for wish in meant.wishes for each in wish.tags)
    parts = [f"{printable(name)} {count}" for name, count in counts.items()]
    parts += [f"unsure {meant.unsure}"] if meant.unsure else []
    parts += [f"failed {meant.failed}"] if meant.failed else []
    found = len(meant.wishes) + meant.unsure + meant.failed
    several = sum(len(wish.tags) > 1 for wish in meant.wishes)
    more = f" In more than one: {several}." if several else ""
    print(f"{counted(found, 'photo')}: {', '.join(parts) or 'nothing to tag'}.{more}", file=sys.stderr)


def _preview(wishes: Sequence[Wish], where: Where, rows: TagRows) -> int:
    gaining = failed = 0
    for seen in foresee(wishes, where):
        if seen.problem:
            failed += 1
            print(f"clipsorter: {printable(seen.photo)} can't be tagged: {printable(seen.problem)}.", file=sys.stderr)
        elif seen.files:
            gaining += 1
            keywords = seen.gained or ("(the same keywords in every field)",)
            rows.write(TagRow(seen.photo, keywords, seen.files, seen.note))
    had = len(wishes) - gaining - failed
    print(
        f"{gaining} would be tagged{f', {had} would stay as before' if had else ''}"
        f"{f', {failed} can not be' if failed else ''}. Nothing was changed.",
        file=sys.stderr,
    )
    if gaining:
        print("The same command with --apply writes it.", file=sys.stderr)
    return int(failed > 0)


def _write(
    asked: Asking, wishes: Sequence[Wish], where: Where, rows: TagRows, options: argparse.Namespace
) -> int:  # fmt: skip
    if not wishes:
        return 0
    root = absolute(options.folder)
    index, thumbnails = (asked.memory.index, asked.memory.thumbnails) if asked.memory else (None, None)
    with _lasting_decisions() as decisions, cancelled_by_ctrl_c() as cancel:
        books = Books(paths.journal_file(), index, decisions, thumbnails)
        folder = root if root.is_dir() else root.parent
        run = tag(wishes, books, folder=folder, model=asked.model, where=where, cancel=cancel)
        return show_run(run, cancel, lambda done: _show(rows, done), asked.progress.advance, _STAYED)


def _remove(options: argparse.Namespace) -> int:
    """Remove what the model wrote in a run, or without --apply show what that is."""
    folder = tagging_run(paths.journal_file(), options.remove_run).folder
    with (
        opened_memory(load_settings(), wanted=paths.index_file().exists()) as memory,
        opened_decisions() as decisions,
        ProgressLine() as progress,
        cancelled_by_ctrl_c() as cancel,
    ):
        index, thumbnails = (memory.index, memory.thumbnails) if memory else (None, None)
        books = Books(paths.journal_file(), index, decisions, thumbnails)
        rows = tag_rows(options.format, folder, progress.console, "-")
        if options.apply:
            run = remove_tags(books, options.remove_run, cancel=cancel)
            return show_run(run, cancel, lambda done: _show(rows, done), progress.advance, _STAYED)
        wanted = removals(books, options.remove_run)
        _show_removals(wanted, rows)
    return 0


def _show_removals(wanted: Sequence[Removal], rows: TagRows) -> None:
    for removal in wanted:
        rows.write(TagRow(removal.photo, removal.categories, ()))
    print(
        f"{counted(len(wanted), 'photo')} would lose what the model wrote in that run. Nothing was changed.",
        file=sys.stderr,
    )
    if wanted:
        print("The same command with --apply removes it.", file=sys.stderr)


def _show(rows: TagRows, done: Done | Tagged) -> None:
    if isinstance(done, Tagged):
        rows.write(TagRow(done.photo.path, done.categories, done.files, done.note))


@contextmanager
def _lasting_decisions() -> Iterator[Decisions]:
    """Give the decisions themselves, made if there are none yet: why a photo has a tag is to be kept."""
    with Decisions.open(paths.decisions_file(), paths.data_dir() / "backups") as decisions:
        yield decisions
