"""The one way into the program."""

import multiprocessing
import sys

from clipsorter.cli import INTERRUPTED


def main() -> int:
    """Run the command line and return its exit code."""
    multiprocessing.freeze_support()  # a frozen program starts itself again for each process
    try:
        from clipsorter.cli.app import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line could take care of it
        print("clipsorter: stopped.", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
