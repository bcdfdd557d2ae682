"""Clipsorter sorts photos by categories that its user writes in words, on the user's own machine."""

__version__ = "0.1.0"
