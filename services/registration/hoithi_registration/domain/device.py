"""What a session's device is called: two words out of the User-Agent, enough to recognise the own phone by."""

UNKNOWN = ""
# The order decides: Edge and Coc Coc also say Chrome, Chrome also says Safari, Android also says Linux.
BROWSERS = (
    ("hoithi-cli", "hoithi"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("Zalo", "Zalo"),
    ("FBAN", "Facebook"),
    ("FBAV", "Facebook"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """As in "Chrome, Android"; versions, models and whatever else would single a device out are not kept."""
    found = (_named(BROWSERS, user_agent), _named(SYSTEMS, user_agent))
    return ", ".join(word for word in found if word)


def _named(table: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in table if mark in user_agent), UNKNOWN)
