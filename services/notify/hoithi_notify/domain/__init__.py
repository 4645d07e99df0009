"""The rules of notify: who is told what, when it is still worth telling, and how often to try.

Plain values in, values out; no clock, no I/O.
"""
