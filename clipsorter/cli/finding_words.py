"""What `clipsorter check` says about each finding: a title, a sentence with the numbers, and what helps."""

from collections.abc import Sequence

from clipsorter.sorting.category import Category, format_category
from clipsorter.sorting.checkup import Ambiguous, BetterPhrase, Finding, Nothing, Overlap, Part, Split, TooMuch, Unknown


def title(finding: Finding) -> str:
    """Return what was found, in a line."""
    match finding:
        case Overlap(kept, other):
            return f"“{other}” and “{kept}” overlap"
        case Unknown(category):
            return f"“{category}” means nothing to the model"
        case Nothing(category):
            return f"“{category}” has no photo"
        case TooMuch(category, is_nearly_all=True):
            return f"“{category}” takes nearly all"
        case TooMuch(category):
            return f"“{category}” takes more than half"
        case BetterPhrase(category, phrase):
            return f"“{category}” may be better as “{phrase}”"
        case Ambiguous(category):
            return f"“{category}” has more than one meaning"
        case Split(category):
            return f"“{category}” holds different things"


def sentence(finding: Finding) -> str:
    """Return the numbers behind it."""
    match finding:
        case Overlap():
            return _overlap(finding)
        case Unknown(category):
            return f"The model sees nothing that “{category}” names, and has no example of it, so nothing is put there."
        case Nothing(category, total, photos):
            said = f"The model surely sees “{category}” in none of the {total} photos."
            return f"{said} For {len(photos)} it is the best guess." if len(photos) else said
        case TooMuch(category, count, total, is_nearly_all=True):
            return f"{count} of the {total} photos are in “{category}”, so it tells little apart."
        case TooMuch(category, count, total, photos):
            return (
                f"{count} of the {total} photos are in “{category}”; with {len(photos)} of them another category is "
                "close behind."
            )
        case BetterPhrase():
            return (
                f"Of {finding.decided} photos that you decided, the phrase names {finding.right} rightly and "
                f"{finding.wrong} wrongly; the name alone {finding.right_by_name} and {finding.wrong_by_name}."
            )
        case Ambiguous(category, count, parts):
            return (
                f"Of {count} photos that look most like “{category}” and were tried, some show things that have only "
                f"the name in common: {_groups(parts)}."
            )
        case Split(category, count, parts):
            return f"The {count} photos in “{category}” are of clearly different kinds: {_groups(parts)}."


def next_steps(finding: Finding) -> list[str]:
    """Return what helps, as lines for the list of categories."""
    match finding:
        case Overlap(kept, other, prompts=prompts):
            merged = f"as one category: {format_category(Category(kept, prompts))}"
            below = f"one below the other: {kept}/{other.rpartition('/')[2]}"
            return [merged, below] if finding.is_alike else [below, merged]
        case Unknown(category):
            return [
                "another word: a plain English noun for a thing or a scene",
                f"or examples: clipsorter teach {format_category(Category(category))} PHOTO PHOTO PHOTO",
            ]
        case Nothing(category):
            return [
                "leave it out of this folder",
                f"or examples: clipsorter teach {format_category(Category(category))} PHOTO PHOTO PHOTO",
            ]
        case TooMuch(is_nearly_all=True):
            return ["narrower categories in its place, or below it"]
        case TooMuch(category):
            return [f"a narrower word, or a threshold of its own: {format_category(Category(category, (), 0.8))}"]
        case BetterPhrase(category, phrase):
            return [f"the phrase: {format_category(Category(category, (phrase,)))}"]
        case Ambiguous(category, parts=parts):
            one = [f"the one you mean: {format_category(Category(category, (part.name,)))}" for part in parts]
            return [*one, f"or each apart: {', '.join(f'{category}/{part.name}' for part in parts)}"]
        case Split(category, parts=parts):
            return [f"subcategories: {', '.join(f'{category}/{part.name}' for part in parts)}"]


def _groups(parts: Sequence[Part]) -> str:
    return ", ".join(f"{part.name} ({len(part.photos)})" for part in parts)


def _overlap(finding: Overlap) -> str:
    one, two = (finding.other, finding.kept) if finding.is_of_other else (finding.kept, finding.other)
    alike = "Their words mean nearly the same to this model. " if finding.is_alike else ""
    if not finding.torn:
        return f"{alike}No photo is torn between them so far, but “{finding.other}” gets next to none."
    return (
        f"{alike}Of {finding.count} photos that look most like “{one}”, {finding.torn} are torn: “{two}” is half as "
        "likely or more."
    )
