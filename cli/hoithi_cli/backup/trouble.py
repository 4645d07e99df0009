"""What can go wrong with backups, in words an operator can act on."""

from hoithi_cli.trouble import CheckFailed, Trouble


class Damaged(CheckFailed):
    """The backup is not what was written, or not all of it. Nothing was changed."""

    kind = "damaged-backup"


class WrongKey(CheckFailed):
    """The backup cannot be opened with this key. Nothing was changed."""

    kind = "wrong-key"


class InUse(Trouble):
    """Processes run on the database."""

    kind = "in-use"


class NotEmpty(Trouble):
    """There are documents that would be replaced."""

    kind = "not-empty"


class SnapshotLost(Trouble):
    """MongoDB no longer has the state of that instant, or collections changed their shape meanwhile."""

    kind = "snapshot-lost"
