"""What is said about each finding of the check of the categories: a title for the list, and a sentence."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QObject

from clipsorter.sorting.checkup import Ambiguous, BetterPhrase, Finding, Nothing, Overlap, Part, Split, TooMuch, Unknown


class FindingWords(QObject):
    """Says what was found in plain words; numbers are those of the photos that were looked at."""

    def title(self, finding: Finding) -> str:
        """Return a line for the list."""
        match finding:
            case Overlap(kept, other):
                return self.tr("“{first}” and “{second}” overlap").format(first=other, second=kept)
            case Unknown(category):
                return self.tr("“{name}” means nothing to the model").format(name=category)
            case Nothing(category):
                return self.tr("“{name}” has no photo").format(name=category)
            case TooMuch(category, is_nearly_all=True):
                return self.tr("“{name}” takes nearly all").format(name=category)
            case TooMuch(category):
                return self.tr("“{name}” takes more than half").format(name=category)
            case BetterPhrase(category, phrase):
                return self.tr("“{name}” may be better as “{phrase}”").format(name=category, phrase=phrase)
            case Ambiguous(category):
                return self.tr("“{name}” has more than one meaning").format(name=category)
            case Split(category):
                return self.tr("“{name}” holds different things").format(name=category)

    def sentence(self, finding: Finding) -> str:
        """Return what was found, with the numbers."""
        match finding:
            case Overlap():
                return self._overlap(finding)
            case Unknown(category):
                return self.tr(
                    "The model sees nothing that “{name}” names, and has no example of it, so it puts nothing there. "
                    "Use a plain English noun for a thing or a scene, or show it some photos: drop them on the "
                    "category."
                ).format(name=category)
            case Nothing():
                return self._nothing(finding)
            case TooMuch(category, count, total, is_nearly_all=True):
                return self.tr(
                    "{count} of the {total} photos are in “{name}”, so it tells little apart. Narrower categories "
                    "below it, or in its place, say more."
                ).format(name=category, count=_number(count), total=_number(total))
            case TooMuch(category, count, total, photos):
                return self.tr(
                    "{count} of the {total} photos are in “{name}”; with {near} of them another category is close "
                    "behind. It may mean more than you want: a narrower word, or a threshold of its own, helps."
                ).format(name=category, count=_number(count), total=_number(total), near=_number(len(photos)))
            case BetterPhrase():
                return self._phrase(finding)
            case Ambiguous(category, count, parts):
                return self.tr(
                    "Of {count} photos that look most like “{name}” and were tried, some show things that have only "
                    "the name in common: {groups}. Say which one you mean, or keep each apart."
                ).format(name=category, count=_number(count), groups=_groups(parts))
            case Split(category, count, parts):
                return self.tr(
                    "The {count} photos in “{name}” are of clearly different kinds. Categories below it would have: "
                    "{groups}. The others stay in “{name}”."
                ).format(name=category, count=_number(count), groups=_groups(parts))

    def _overlap(self, finding: Overlap) -> str:
        one, two = (finding.other, finding.kept) if finding.is_of_other else (finding.kept, finding.other)
        alike = self.tr("Their words mean nearly the same to this model.") if finding.is_alike else ""
        if not finding.torn:
            torn = self.tr("No photo is torn between them so far, but “{name}” gets next to none.").format(
                name=finding.other
            )
        else:
            torn = self.tr(
                "Photos that look most like “{one}”: {count}; of them torn, with “{two}” half as likely or more: "
                "{torn}."
            ).format(count=_number(finding.count), torn=_number(finding.torn), one=one, two=two)
        return f"{alike} {torn}".strip()

    def _nothing(self, finding: Nothing) -> str:
        said = self.tr("The model surely sees “{name}” in none of the {total} photos.")
        if len(finding.photos):
            said = self.tr(
                "The model surely sees “{name}” in none of the {total} photos. For {count} it is the best guess; "
                "one or two of these as examples would help, if they are right."
            )
        count = _number(len(finding.photos))
        return said.format(name=finding.category, total=_number(finding.total), count=count)

    def _phrase(self, finding: BetterPhrase) -> str:
        return self.tr(
            "Of the {decided} photos that you decided and that were tried, the words “{phrase}” name {right} "
            "rightly and {wrong} wrongly; the name alone {right_before} and {wrong_before}."
        ).format(
            phrase=finding.phrase,
            decided=_number(finding.decided),
            right=_number(finding.right),
            wrong=_number(finding.wrong),
            right_before=_number(finding.right_by_name),
            wrong_before=_number(finding.wrong_by_name),
        )


def _groups(parts: Sequence[Part]) -> str:
    return ", ".join(f"{part.name} ({_number(len(part.photos))})" for part in parts)


def _number(count: int) -> str:
    return QLocale().toString(count)
