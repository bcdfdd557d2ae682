"""What an edit of the categories changes, in sentences."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QObject

from clipsorter.ui.foretold import Foretold
from clipsorter.ui.news import Supposed

_MOST_NAMED = 3


class ChangeWords(QObject):
    """Says how many photos each category gains and loses."""

    def lines(self, foretold: Foretold, supposed: Supposed, names: Sequence[str], is_busy: bool) -> list[str]:
        """Say what the categories of these names would gain and lose, then what the others would.

        `is_busy`: there are photos that were not looked at yet.
        """
        if supposed.problem:
            return [supposed.problem]
        lines = []
        if unknown := [name for name in names if name in supposed.unknown]:
            text = self.tr("The model does not know {words}, so nothing would be put there. Use plain English nouns.")
            lines.append(text.format(words=self.quoted(supposed.unknown_words or unknown)))
        elif supposed.unknown_words:
            text = self.tr("The model does not know {words}; it would look for the rest.")
            lines.append(text.format(words=self.quoted(supposed.unknown_words)))
        if not len(supposed.rows):
            return [*lines, self.tr("No photo is looked at yet, so nothing can be said of what this would change.")]
        changes = foretold.changes()
        if changes:
            lines += [self._would(name, *changes.pop(name, (0, 0))) for name in names if name not in unknown]
            lines += [self._would(name, *changes.pop(name)) for name in unknown if name in changes]
            if others := self.others(changes, foretold.unsure()):
                lines.append(self.tr("Elsewhere: {changes}.").format(changes=others))
        elif not unknown:
            lines.append(self.tr("No photo would go elsewhere."))
        if is_busy:
            text = self.tr("That is for the photos looked at so far: {count}.")
            lines.append(text.format(count=_number(len(supposed.rows))))
        return lines

    def quoted(self, words: Sequence[str]) -> str:
        """Return names or words, each in quotes."""
        return ", ".join(self.tr("“{word}”").format(word=word) for word in words)

    def _would(self, name: str, gained: int, lost: int) -> str:
        if gained and lost:
            text = self.tr("“{name}” would gain {gained} and lose {lost}.")
        elif gained:
            text = self.tr("“{name}” would gain {gained}.")
        elif lost:
            text = self.tr("“{name}” would lose {lost}.")
        else:
            text = self.tr("“{name}” would neither gain nor lose any.")
        return text.format(name=name, gained=_number(gained), lost=_number(lost))

    def others(self, changes: dict[str, tuple[int, int]], unsure: int) -> str:
        """Say the largest changes, and how many photos more or fewer are unsure; "" where there is none."""
        largest = sorted(changes, key=lambda name: -sum(changes[name]))
        parts = [f"{name} {_signed(*changes[name])}" for name in largest[:_MOST_NAMED]]
        if rest := largest[_MOST_NAMED:]:
            more = self.tr("1 more category") if len(rest) == 1 else self.tr("{count} more categories")
            parts.append(more.format(count=_number(len(rest))))
        if unsure:
            parts.append(self.tr("unsure {changes}").format(changes=_signed(max(unsure, 0), max(-unsure, 0))))
        return ", ".join(parts)


def _number(count: int) -> str:
    return QLocale().toString(count)


def _signed(gained: int, lost: int) -> str:
    return " ".join(f"{sign}{_number(count)}" for sign, count in (("+", gained), ("−", lost)) if count)
