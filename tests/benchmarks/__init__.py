"""Scripts that measure, each of which prints a table; the package is imported before NumPy, as in the program."""

import clipsorter  # noqa: F401
