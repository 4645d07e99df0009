"""The rules of emulation campaigns: plain values in, values and events out; no clock, no I/O."""
