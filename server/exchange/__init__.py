"""Data packages, in and out of the graph."""
