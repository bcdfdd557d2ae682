"""The program on a terminal."""

INTERRUPTED = 130  # the exit code that shells expect of a program that Ctrl+C ended: 128 + SIGINT
