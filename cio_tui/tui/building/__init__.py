"""The parts of the segment builder: an outline of rows, what its cells are offered, and what the workspace says to it."""
