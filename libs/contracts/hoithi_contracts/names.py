"""Names as people look for them: with or without marks."""

import re
import unicodedata


def folded(text: str) -> str:
    """For searching: lower case, no marks, đ as d, single spaces ("Xã Đồng Văn" -> "xa dong van")."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))
