"""What a plan says of photos, in the words of the window: why one goes, and why one stays."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from clipsorter.sorting.plan import Assignment, PlannedBundle, State, Staying, Why

translate = QCoreApplication.translate
NOT_LOOKED_AT = "was not looked at yet"  # the detail of an unsure photo that may still be judged


def why_it_goes(bundle: PlannedBundle) -> str:
    """Return what was followed, and what is odd about a bundle."""
    words = [_said(bundle.decision)]
    if bundle.decision.photo != bundle.files[0].source:
        words[0] += " " + translate("Plan", "(of {name})").format(name=bundle.decision.photo.name)
    for other in bundle.overruled:
        words.append(
            translate("Plan", "{name} alone: {category}").format(
                name=other.photo.name, category=other.category or _unplaced(other.state)
            )
        )
    if bundle.number > 1:
        words.append(translate("Plan", "renamed, because the name is taken"))
    if bundle.is_undated:
        words.append(translate("Plan", "has no date"))
    if bundle.is_doubtful:
        words.append(translate("Plan", "kept together: the names don't tell what belongs to which photo"))
    if bundle.beside:
        words.append(translate("Plan", "will look like one picture with {name}").format(name=bundle.beside.name))
    return "; ".join(words)


def is_odd(bundle: PlannedBundle) -> bool:
    """Tell whether there is more to be said of a bundle than why it goes."""
    return bundle.number > 1 or bundle.is_doubtful or bool(bundle.overruled) or bundle.beside is not None


def why_it_stays(stay: Staying) -> str:
    """Return why a photo stays, as a clause that follows its name."""
    if stay.why is Why.UNSURE and stay.detail == NOT_LOOKED_AT:
        return translate("Plan", "was not looked at yet")
    if stay.why is Why.FAILED and stay.detail:
        return stay.detail
    return translate("Plan", str(_STAYS[stay.why])).format(other=stay.other, detail=stay.detail)


def heading_of(why: Why) -> str:
    """Return a reason as the heading of those that stay for it."""
    return translate("Plan", str(_HEADINGS[why]))


_STAYS = {
    Why.UNSURE: QT_TRANSLATE_NOOP("Plan", "no category fits well enough"),
    Why.FAILED: QT_TRANSLATE_NOOP("Plan", "can't be read"),
    Why.HIDDEN: QT_TRANSLATE_NOOP("Plan", "is not among the photos chosen or shown"),
    Why.NO_CATEGORY: QT_TRANSLATE_NOOP("Plan", "you said that no category fits"),
    Why.DISAGREEMENT: QT_TRANSLATE_NOOP("Plan", "you gave it and {other}, which belong together, two categories"),
    Why.BESIDE: QT_TRANSLATE_NOOP("Plan", "{other} belongs to it and stays"),
    Why.UNTICKED: QT_TRANSLATE_NOOP("Plan", "you took it out of the plan"),
    Why.ALREADY_THERE: QT_TRANSLATE_NOOP("Plan", "is in its place already"),
    Why.SAME_CONTENT: QT_TRANSLATE_NOOP("Plan", "{other} has the same content"),
    Why.GONE: QT_TRANSLATE_NOOP("Plan", "is not there any more"),
    Why.LINK: QT_TRANSLATE_NOOP("Plan", "{other} is a link, and links are not followed"),
    Why.TWINS: QT_TRANSLATE_NOOP("Plan", "{detail} belong together, but on some disks their names would be one"),
    Why.UNREADABLE_FOLDER: QT_TRANSLATE_NOOP("Plan", "what belongs to it can't be told, because {other} {detail}"),
    Why.NO_FOLDER: QT_TRANSLATE_NOOP("Plan", "its folder can't be used, because {other} {detail}"),
    Why.NO_ROOM: QT_TRANSLATE_NOOP("Plan", "its name is taken, and too long for a number"),
}
_HEADINGS = {
    Why.UNSURE: QT_TRANSLATE_NOOP("Plan", "Unsure"),
    Why.FAILED: QT_TRANSLATE_NOOP("Plan", "Can't be read"),
    Why.HIDDEN: QT_TRANSLATE_NOOP("Plan", "Not chosen or not shown"),
    Why.NO_CATEGORY: QT_TRANSLATE_NOOP("Plan", "No category, by you"),
    Why.DISAGREEMENT: QT_TRANSLATE_NOOP("Plan", "Two categories for one picture"),
    Why.BESIDE: QT_TRANSLATE_NOOP("Plan", "Belongs to one that stays"),
    Why.UNTICKED: QT_TRANSLATE_NOOP("Plan", "Taken out by you"),
    Why.ALREADY_THERE: QT_TRANSLATE_NOOP("Plan", "In its place already"),
    Why.SAME_CONTENT: QT_TRANSLATE_NOOP("Plan", "There already, with the same content"),
    Why.GONE: QT_TRANSLATE_NOOP("Plan", "Not there any more"),
    Why.LINK: QT_TRANSLATE_NOOP("Plan", "Behind a link"),
    Why.TWINS: QT_TRANSLATE_NOOP("Plan", "Names that are one on some disks"),
    Why.UNREADABLE_FOLDER: QT_TRANSLATE_NOOP("Plan", "In a folder that can't be read"),
    Why.NO_FOLDER: QT_TRANSLATE_NOOP("Plan", "Without a folder that can be used"),
    Why.NO_ROOM: QT_TRANSLATE_NOOP("Plan", "Name too long for a number"),
}


def _said(decision: Assignment) -> str:
    if decision.state is State.HUMAN:
        return translate("Plan", "your decision")
    return translate("Plan", "{percent} % sure").format(percent=round(100 * decision.confidence))


def _unplaced(state: State) -> str:
    return {
        State.FAILED: translate("Plan", "can't be read"),
        State.HIDDEN: translate("Plan", "not chosen"),
        State.HUMAN: translate("Plan", "no category"),
    }.get(state, translate("Plan", "unsure"))
