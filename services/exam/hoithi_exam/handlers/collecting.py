"""Delete pictures and audio files that no version of any bank and no language refers to, a while after the last reference."""

from datetime import datetime

from hoithi_exam.domain.collecting import GRACE, sort


def collect(storage, now: datetime) -> dict[str, tuple[int, int]]:
    """Kind -> (how many were deleted, how many wait for the end of their time).

    Papers, past ones and those of complaints too, are drawn from versions of banks, and versions are never deleted: what they
    show is referred to for ever. A language says questions now, so that a sound it no longer has only outlives open pages.
    """
    referred = {"picture": storage.banks.pictures, "sound": storage.languages.sounds}
    kinds = {"picture": storage.pictures, "sound": storage.sounds}
    return {kind: _collected(media, referred[kind](), now) for kind, media in kinds.items()}


def _collected(media, referred: set[str], now: datetime) -> tuple[int, int]:
    found = sort(media.alone_since(), referred, now)
    media.begin(found.begun, now)
    media.refer(found.again)
    return media.drop(found.over, now - GRACE), media.waiting()
