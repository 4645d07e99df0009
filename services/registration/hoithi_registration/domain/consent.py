"""Consent: given explicitly, per purpose, to a version of a text (Law 91/2025/QH15)."""

from dataclasses import dataclass
from datetime import datetime

from hoithi_registration.domain.refusal import refuse_if


@dataclass(frozen=True)
class Purpose:
    """What data are used for, in its current version. `texts`: language -> {title, text, retention}."""

    purpose: str
    version: str
    required: bool
    texts: dict[str, dict[str, str]]

    def told_in(self, language: str) -> dict:
        """What a person reads before deciding."""
        facts = {"purpose": self.purpose, "version": self.version, "required": self.required}
        return facts | {"language": language} | self.texts[language]


@dataclass(frozen=True)
class Consent:
    """One person's consent to one purpose."""

    purpose: str
    version: str
    given_at: datetime


def give(given: list[dict], purposes: list[Purpose], now: datetime) -> tuple[Consent, ...]:
    """Consents out of [{purpose, version}]; refused when a required one is missing or a version is not current."""
    current = {purpose.purpose: purpose for purpose in purposes}
    refuse_if(_wrong(given, current) | _lacking(given, current))
    return tuple(Consent(one["purpose"], one["version"], now) for one in given)


def keep_dates(given: tuple[Consent, ...], before: tuple[Consent, ...]) -> tuple[Consent, ...]:
    """The same consents; one that was already given to this version keeps its date."""
    known = {(one.purpose, one.version): one for one in before}
    return tuple(known.get((one.purpose, one.version), one) for one in given)


def _wrong(given: list[dict], current: dict[str, Purpose]) -> dict[str, str]:
    reasons, seen = {}, set()
    for index, one in enumerate(given):
        name, purpose = one["purpose"], current.get(one["purpose"])
        if purpose is None:
            reasons[f"consents.{index}.purpose"] = "unknown-purpose"
        elif name in seen:
            reasons[f"consents.{index}.purpose"] = f"twice:{name}"
        elif one["version"] != purpose.version:
            reasons[f"consents.{index}.version"] = f"not-current:{purpose.version}"
        seen.add(name)
    return reasons


def _lacking(given: list[dict], current: dict[str, Purpose]) -> dict[str, str]:
    names = {one["purpose"] for one in given}
    missing = [purpose.purpose for purpose in current.values() if purpose.required and purpose.purpose not in names]
    return {"consents": f"consent-missing:{missing[0]}"} if missing else {}
