"""HTML that a service writes itself: for who has no script, for cards in other sites, for who unfolds a shared link.

Everything a person may have typed is escaped by the templates, whatever their suffix; a missing value is an error.
"""

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from hoithi_bus.http.door import Reply
from hoithi_bus.settings import need

HTML = "text/html; charset=utf-8"
SVG = "image/svg+xml"


def open_pages(package: str) -> Environment:
    """The templates in `<package>/pages`, and `shared-link.html` of this library, which they extend."""
    loader = ChoiceLoader([PackageLoader(package, "pages"), PackageLoader("hoithi_bus.http", "templates")])
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )


def site_of(config: dict) -> str:
    """The address under which people open the platform; stops the start with a sentence when nobody said it."""
    return need(config, "PUBLIC_URL", "The address under which people open the site; cards and shared links lead there.").rstrip(
        "/"
    )


def page(templates: Environment, name: str, content_type: str = HTML, headers: dict | None = None, **values) -> Reply:
    """A rendered template as an answer; the same for everybody for as long as it is fresh."""
    text = templates.get_template(name).render(values)
    return Reply(text, content_type=content_type, headers={"Cache-Control": "public, max-age=1", **(headers or {})})
