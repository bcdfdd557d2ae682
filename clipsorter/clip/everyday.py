"""The words by which a group of photos is named before its user has said one."""

from clipsorter.paths import resource


def everyday_words() -> list[str]:
    """Return a hundred and more nouns for what people photograph."""
    return resource("everyday-words.txt").read_text(encoding="utf-8").split()
