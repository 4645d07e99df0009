"""The rules of registration: plain values in, values and events out; no clock, no I/O."""
