"""The story of one operation, from its document to its answer."""
