"""The rules of results: plain values in, values and events out. No clock, no I/O."""
