"""Decisions about photos: pure, without disk and without torch."""
