"""Phone numbers and e-mail addresses in the one form they are kept and compared in."""

import re

import email_validator
import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

VIETNAM = "VN"
PHONE_SIGNS = re.compile(r"[0-9+ .()-]{8,20}")
REACHABLE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE}

# Closed networks of agencies use .local, and test data uses .test: neither is a typing error.
for reserved in ("local", "test"):
    if reserved in email_validator.SPECIAL_USE_DOMAIN_NAMES:
        email_validator.SPECIAL_USE_DOMAIN_NAMES.remove(reserved)


def phone_number(text: str) -> str:
    """E.164 ("+84912345678") of a Vietnamese mobile or fixed line; ValueError for anything else."""
    if not PHONE_SIGNS.fullmatch(text):
        raise ValueError("not a phone number")
    try:
        number = phonenumbers.parse(text, VIETNAM)
    except phonenumbers.NumberParseException as error:
        raise ValueError("not a phone number") from error
    if not _is_vietnamese(number):
        raise ValueError("not a Vietnamese number")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def email_address(text: str) -> str:
    """The address in lower case; ValueError when it is none. Nothing is looked up in the network."""
    return email_validator.validate_email(text, check_deliverability=False).normalized.lower()


def identifier(text: str) -> str:
    """What a person signs in with, in the form it is kept in; text that is neither stays as it is."""
    try:
        return email_address(text) if "@" in text else phone_number(text)
    except ValueError:
        return text.casefold()


def spellings(phone: str) -> set[str]:
    """The usual ways to write an E.164 number: +84912345678, 84912345678, 0912345678."""
    national = phone.removeprefix("+84")
    return {phone, f"84{national}", f"0{national}"}


def masked_email(address: str) -> str:
    """For eyes that only need to recognise an address: "an***@example.vn"."""
    local, _, host = address.rpartition("@")
    return f"{local[: min(2, len(local) - 1)]}***@{host}"


def _is_vietnamese(number) -> bool:
    return phonenumbers.is_valid_number_for_region(number, VIETNAM) and phonenumbers.number_type(number) in REACHABLE
