"""The door to official minutes. The press sets them in a process of its own."""

from hoithi_bus.http import Reply, door
from hoithi_print.document import CONTENT_TYPES
from hoithi_scoring.handlers import minutes
from hoithi_scoring.schemas.minutes import MinutesBody
from hoithi_scoring.service.papers import NOT_KEPT, PDF


class MinutesDoors:
    """Mixed into the doors; needs `storage` and `papers`."""

    @door(
        "POST",
        "/rounds/<round_id>/minutes",
        who=("organiser",),
        body=MinutesBody,
        produces=PDF,
        summary="Official minutes of the results, as PDF or DOCX",
    )
    def minutes(self, call, round_id):
        """Nothing is changed or kept. Before official results they are a draft and say so."""
        made = minutes.written(self.storage, self.papers, call.claims, round_id, **call.body)
        return _file(made, round_id, call.body["format"])

    @door(
        "POST",
        "/contests/<contest_id>/season/minutes",
        who=("organiser",),
        body=MinutesBody,
        produces=PDF,
        summary="Official minutes of all rounds together, as PDF or DOCX",
    )
    def season_minutes(self, call, contest_id):
        """A draft until every announced round is official."""
        made = minutes.season_written(self.storage, self.papers, call.claims, contest_id, **call.body)
        return _file(made, contest_id, call.body["format"])


def _file(made: bytes, what: str, format: str) -> Reply:
    name = f"bien-ban-{what}.{format}".replace("/", "-")
    headers = {**NOT_KEPT, "Content-Disposition": f'attachment; filename="{name}"'}
    return Reply(made, content_type=CONTENT_TYPES[format], headers=headers)
