"""Finding records by words."""
