"""Words that come from the user's files, made fit to be read by people on a terminal."""


def printable(text: object) -> str:
    """Replace what would move the cursor or is no valid text; a file name may hold anything."""
    return "".join(letter if letter.isprintable() else "�" for letter in str(text))
