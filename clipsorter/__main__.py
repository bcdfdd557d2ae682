"""The one way into the program: the window without arguments, the command line with them."""

import multiprocessing
import os
import sys
import tempfile
import traceback
from pathlib import Path

from clipsorter.cli import INTERRUPTED

SELF_CHECK = "--self-check"


def main() -> int:
    """Run the command line, or the window if nothing is asked, and return the exit code."""
    if not sys.argv[1:]:
        return main_gui()
    multiprocessing.freeze_support()  # a frozen program starts itself again for each process
    if sys.argv[1:] == [SELF_CHECK]:
        return check_self()
    try:
        from clipsorter.cli.app import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line could take care of it
        print("clipsorter: stopped.", file=sys.stderr)
        return INTERRUPTED


def main_gui() -> int:
    """Open the window with the folder named, and return the exit code."""
    multiprocessing.freeze_support()
    if sys.argv[1:] == [SELF_CHECK]:
        return check_self()
    try:
        from clipsorter.ui.app import run
    except ImportError as error:  # Linux lacks a library of its own that Qt needs
        print(
            f"clipsorter: the window can't be opened ({error}). On Debian and Ubuntu: apt install libegl1 libgl1 "
            "libxkbcommon0 libfontconfig1 libdbus-1-3. On a terminal: clipsorter --help",
            file=sys.stderr,
        )
        return 2
    return run(sys.argv[1:])


def check_self() -> int:
    """Make every part work once, in a home of its own and without a screen; return 1 and say why if one doesn't."""
    if sys.stdout is None:  # a program without a console
        sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open to the end
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            os.environ["CLIPSORTER_HOME"], os.environ["QT_QPA_PLATFORM"] = home, "offscreen"
            pictures = Path(home) / "pictures"
            pictures.mkdir()
            from clipsorter.cli.self_check import CATEGORIES, check_engine, draw_pictures
            from clipsorter.ui.self_check import check_window

            expected = draw_pictures(pictures)
            check_engine(pictures, expected)
            print(f"window    {check_window(pictures, CATEGORIES, expected)}\nall is well")
            return 0
    except Exception:  # whatever is missing, that is what is looked for here
        traceback.print_exc()
        return 1


if __name__ == "__main__":
    sys.exit(main())
