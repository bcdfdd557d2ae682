"""Changing the disk and taking it back: every step is journaled first, verified, and can be undone."""
