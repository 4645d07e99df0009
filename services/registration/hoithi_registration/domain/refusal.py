"""What the rules refuse, with the reason per field."""


class Refused(Exception):
    """The rules refuse the request; nothing was changed.

    `fields`: field of the request -> reason code ("taken", "unknown-unit:x9"). Other keywords become
    attributes, for the sentence shown to the person.
    """

    def __init__(self, fields: dict[str, str] | None = None, **details):
        super().__init__(type(self).__name__)
        self.fields = fields or {}
        self.__dict__.update(details)


class NotAcceptable(Refused):
    """Well-formed fields whose values the rules do not accept."""


class Missing(Refused):
    """What the request names does not exist (any more)."""


class ChangedMeanwhile(Refused):
    """Somebody else saved first, several times in a row."""


def refuse_if(fields: dict[str, str]) -> None:
    """Raise NotAcceptable when there is a reason."""
    if fields:
        raise NotAcceptable(fields)
