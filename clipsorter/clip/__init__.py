"""Pictures and sentences in, unit vectors out."""
