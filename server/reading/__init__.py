"""A document becomes one Cypher statement and a shaper, purely."""
