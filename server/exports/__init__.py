"""What researchers take away: rows of the graph in open formats, each with what one needs to cite it."""
