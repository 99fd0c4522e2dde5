"""Measures over the network of transfers: plain values in, plain values out."""
