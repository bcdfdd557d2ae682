"""What is said about a category where there is room for more than its name."""

from PySide6.QtCore import QLocale, QObject

from clipsorter.sorting.confidence import FEWEST, Precision
from clipsorter.ui.category_list import Node
from clipsorter.ui.tally import Tally


class CategoryWords(QObject):
    """Says what a row of the tree means: a line for a screen reader, some lines for the mouse."""

    def say(self, node: Node, tally: Tally, is_unknown: bool, precision: Precision | None = None) -> str:
        """Return one line."""
        if is_unknown:
            return self._unknown(node)
        text = self.tr("{name}. Photos: {count}, of them decided by you: {by_you}")
        if node.entry is not None and not node.entry.category.is_on:
            text = self.tr("{name}, switched off. Photos decided by you: {by_you}")
        text = text.format(name=node.path, count=_number(tally.count), by_you=_number(tally.by_you))
        if precision is not None and not precision.is_too_few:
            right = self.tr("{right} of {count} right").format(right=precision.right, count=precision.count)
            text = f"{text}; {right}"
        return text

    def describe(
        self,
        node: Node,
        tally: Tally,
        key: int,
        is_unknown: bool,
        examples: int = 0,
        precision: Precision | None = None,
    ) -> str:
        """Return lines that explain the numbers and the bar."""
        lines = [self.say(node, tally, is_unknown)]
        if node.entry is None:
            lines.append(self.tr("A heading: it is not looked for itself. Its number counts all that is below it."))
        elif not node.entry.category.is_on:
            lines.append(self.tr("It keeps its place and what you decided; it is just not looked for."))
        if tally.settled is not None and (node.entry is None or node.entry.category.is_on):
            text = self.tr(
                "The bar: {percent} % of the photos that look like this are settled ({sure} because the model is sure, "
                "{by_you} by you). Of the others, {unsure}, it is the best guess of a model that is unsure."
            )
            lines.append(
                text.format(
                    percent=round(100 * tally.settled),
                    sure=_number(tally.sure),
                    by_you=_number(tally.by_you),
                    unsure=_number(tally.unsure),
                )
            )
        if node.entry is not None:
            category = node.entry.category
            if category.prompts:
                lines.append(self.tr("Looks for: {prompts}").format(prompts=" | ".join(category.prompts)))
            if category.threshold is not None:
                lines.append(self.tr("Sure from {percent} % on.").format(percent=f"{100 * category.threshold:g}"))
        if examples:
            lines.append(self.tr("It learns from {count} of your photos.").format(count=_number(examples)))
        if precision is not None:
            lines.append(self.precise(precision))
        if key:
            lines.append(self.tr("Key {number} puts the chosen photos here.").format(number=key))
        return "\n".join(lines)

    def precise(self, precision: Precision) -> str:
        """Say how often a category is right, and on how little that rests."""
        if precision.is_too_few:
            return self.tr(
                "How often it is right: too few to say. It is sure of {count} of the photos that you decided, and "
                "{fewest} are needed; ten quick questions, in its menu, get there soonest."
            ).format(count=precision.count, fewest=FEWEST)
        return self.tr(
            "How often it is right: {right} of {count} ({percent} %) of the photos that you decided and that it would "
            "surely put here, each judged without your decision. Of all photos it may be {low} to {high} % (95 % "
            "interval), if those that you decided are like the rest."
        ).format(
            right=precision.right,
            count=precision.count,
            percent=round(100 * precision.right / precision.count),
            low=round(100 * precision.low),
            high=round(100 * precision.high),
        )

    def _unknown(self, node: Node) -> str:
        return self.tr(
            "The model does not know the word “{name}”, so nothing will be put there. Use plain English nouns."
        ).format(name=node.label)


def _number(count: int) -> str:
    return QLocale().toString(count)
