"""The one error this package raises on purpose."""


class Trouble(RuntimeError):
    """Something a person can mend; the message says how."""
