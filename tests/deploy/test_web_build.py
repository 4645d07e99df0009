"""The page is built once from the same sources; another theme is another page."""

import json
import shutil

import pytest

from hoithi_native import Trouble, npm_parts, web_build


def test_the_same_sources_are_built_once(monkeypatch):
    built = web_build.pages()
    monkeypatch.setattr(npm_parts, "node", lambda: pytest.fail("it was built again"))
    assert web_build.pages() == built
    assert {"index.html", "index.html.gz", "sw.js", "emblem.svg"} <= {path.name for path in built.iterdir()}
    assert (built / "desk" / "index.html.gz").is_file()


def test_a_provinces_theme_gives_the_page_its_name_and_colours(tmp_path, monkeypatch):
    theme = tmp_path / "theme"
    shutil.copytree(web_build.SOURCES / "theme", theme)
    told = json.loads((theme / "theme.json").read_text())
    told["name"]["vi"] = "Hội thi <Tuyên Quang> & bạn bè"
    (theme / "theme.json").write_text(json.dumps(told))
    (theme / "theme.css").write_text(":root { --accent: #7a1f2b; }")
    monkeypatch.setenv("HOITHI_THEME", str(theme))
    built = web_build.pages()
    assert "<title>Hội thi &lt;Tuyên Quang&gt; &amp; bạn bè</title>" in (built / "index.html").read_text()
    assert any("#7a1f2b" in style.read_text() for style in (built / "assets").glob("*.css"))
    # In the next run the temporary theme is another one: this page is of no use to anybody.
    shutil.rmtree(built)


def test_a_theme_that_is_none_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("HOITHI_THEME", str(tmp_path))
    with pytest.raises(Trouble, match=r"theme\.json"):
        web_build.pages()
