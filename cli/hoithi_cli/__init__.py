"""`hoithi`: the platform from a terminal. It talks to the front door, like everybody else."""

__version__ = "0.1.0"
