"""The memory of the program: an index that can be made again, and decisions that can't."""
