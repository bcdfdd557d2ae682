"""The one way into the program: the window without arguments, the command line with them."""

import multiprocessing
import sys

from clipsorter.cli import INTERRUPTED


def main() -> int:
    """Run the command line, or the window if nothing is asked, and return the exit code."""
    if not sys.argv[1:]:
        return main_gui()
    multiprocessing.freeze_support()  # a frozen program starts itself again for each process
    try:
        from clipsorter.cli.app import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line could take care of it
        print("clipsorter: stopped.", file=sys.stderr)
        return INTERRUPTED


def main_gui() -> int:
    """Open the window with the folder named, and return the exit code."""
    multiprocessing.freeze_support()
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


if __name__ == "__main__":
    sys.exit(main())
