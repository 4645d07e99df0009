"""The sentences of field errors. A reason is a code or "code:argument:argument" (`hoithi_contracts.fields`)."""

REASONS: dict[str, tuple[str, str]] = {
    "required": ("Mục này bắt buộc.", "This field is required."),
    "not-valid": ("Giá trị không hợp lệ.", "The value is not valid."),
    "unknown-field": ("Không có mục này.", "There is no such field."),
    "not-an-object": ("Phải là một đối tượng JSON.", "Must be a JSON object."),
    "not-a-text": ("Phải là văn bản.", "Must be a text."),
    "too-short": ("Cần ít nhất {0} ký tự.", "Needs at least {0} characters."),
    "too-long": ("Tối đa {0} ký tự.", "At most {0} characters."),
    "control-character": ("Có ký tự điều khiển {0} không được phép.", "Contains the control character {0}."),
    "deceiving-character": ("Có ký tự ẩn không được phép.", "Contains an invisible character."),
    "markup": ("Không được dùng dấu < và >.", "The signs < and > are not allowed."),
    "not-an-identifier": (
        "Chỉ gồm chữ cái không dấu, chữ số và các dấu . _ : / ~ -",
        "Only letters, digits and . _ : / ~ - are allowed.",
    ),
    "not-a-whole-number": ("Phải là số nguyên.", "Must be a whole number."),
    "not-a-number": ("Phải là số.", "Must be a number."),
    "out-of-range": ("Phải từ {0} đến {1}.", "Must be from {0} to {1}."),
    "not-true-or-false": ("Phải là true hoặc false.", "Must be true or false."),
    "not-an-instant": ("Phải là thời điểm dạng 2026-09-08T09:30:00+07:00.", "Must be a time like 2026-09-08T09:30:00+07:00."),
    "zone-missing": ("Thiếu múi giờ, ví dụ +07:00.", "The time zone is missing, for example +07:00."),
    "not-a-day": ("Phải là ngày dạng 1990-12-31.", "Must be a day like 1990-12-31."),
    "not-one-of": ("Phải là một trong: {0}.", "Must be one of: {0}."),
    "not-a-list": ("Phải là một danh sách.", "Must be a list."),
    "too-few": ("Cần ít nhất {0} mục.", "Needs at least {0} items."),
    "too-many": ("Tối đa {0} mục.", "At most {0} items."),
    "not-options": (
        "Phải là các chữ cái phương án khác nhau theo thứ tự, ví dụ B hoặc AC.",
        "Must be distinct option letters in order, for example B or AC.",
    ),
}


def sentence(reason: str, language: str, reasons: dict[str, tuple[str, str]]) -> str:
    """The reason in the person's language; an unknown one is shown as it is."""
    code, *arguments = reason.split(":", 2)
    if code not in reasons:
        return reason
    return reasons[code][0 if language == "vi" else 1].format(*arguments, "", "")
