"""Texts brought to one form: for keeping (`line`, `lines`), for comparing (`fold`), for naming (`slug`)."""

import re
import unicodedata

# Not \s: that would swallow control characters, which are to be found and refused.
BLANK = "[ \t\r\n\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
BLANKS = re.compile(BLANK)
OUTER = re.compile(f"^{BLANK}|{BLANK}\\Z")
NO_MARKS = str.maketrans({"đ": "d", "Đ": "d"})


def line(text: str) -> str:
    """One line: NFC, every run of blanks one space, none outside."""
    return OUTER.sub("", BLANKS.sub(" ", unicodedata.normalize("NFC", text)))


def lines(text: str) -> str:
    """Several lines, each as `line` makes it, without empty ones outside."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line(row) for row in rows).strip("\n")


def fold(text: str) -> str:
    """Letters and digits only, lower case, without diacritics: "Đáp án (đúng)" -> "dap an dung"."""
    bare = unicodedata.normalize("NFD", text.translate(NO_MARKS).casefold().translate(NO_MARKS))
    signs = (sign if sign.isalnum() else " " for sign in bare if unicodedata.category(sign) != "Mn")
    return " ".join("".join(signs).split())


def same(text: str) -> str:
    """Equal for texts that differ only in case, blanks and a full stop at the end; diacritics count."""
    return line(text).casefold().rstrip(".")


def slug(text: str) -> str:
    """A name for machines: "Định danh điện tử" -> "dinh-danh-dien-tu"; "" when nothing is left."""
    return re.sub("[^a-z0-9]+", "-", fold(text)).strip("-")
