"""Settings read from ``mkdocs.yml``."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.config.mkdocs import MkdocsSettings, read_mkdocs

FULL = """\
site_name: !ENV [SITE_NAME, A node]
site_url: https://node.example/
use_directory_urls: false
theme:
  name: material
  language: et
extra:
  tags:
    HTML5: html
plugins:
  - search
  - blog:
      blog_dir: news
      post_slugify: !!python/object/apply:pymdownx.slugs.slugify
        kwds:
          case: lower
      categories_sort_by: !!python/name:material.plugins.blog.view_post_count
      draft: !ENV [DRAFTS, false]
  - material/blog:
      blog_dir: dev
  - redirects:
      redirect_maps:
        old.md: new.md
markdown_extensions:
  - admonition
  - pymdownx.tabbed:
      alternate_style: true
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
  - something: !relative $config_dir
"""


def read(folder, text, name="mkdocs.yml"):
    (folder / name).write_text(text, encoding="utf-8")
    return read_mkdocs(folder / name)


def test_everything_the_blog_needs_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("DRAFTS", "yes")
    settings, problems = read(tmp_path, FULL)
    assert problems == ()
    assert settings == MkdocsSettings(
        blogs=(
            {
                "blog_dir": "news",
                "post_slugify": "pymdownx.slugs.slugify(case='lower')",
                "categories_sort_by": "material.plugins.blog.view_post_count",
                "draft": True,
            },
            {"blog_dir": "dev"},
        ),
        markdown_extensions=(
            "admonition",
            {"pymdownx.tabbed": {"alternate_style": True}},
            {"pymdownx.emoji": {"emoji_index": "material.extensions.emoji.twemoji"}},
            {"something": "$config_dir"},
        ),
        site_url="https://node.example/",
        language="et",
        use_directory_urls=False,
        tags={"HTML5": "html"},
        redirects={"old.md": "new.md"},
        plugins=("search", "blog", "material/blog", "redirects"),
    )
    assert settings.text("site_name") == "A node"


def test_an_option_without_a_value_has_its_default(tmp_path, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    text = """\
plugins:
  - blog:
      enabled: !ENV CI
      post_excerpt_max_authors:
      blog_dir: news
  - rss:
      feed_title: null
"""
    settings, problems = read(tmp_path, text)
    assert problems == ()
    assert settings.blogs == ({"blog_dir": "news"},)
    assert "title" not in settings.feeds


def test_nothing_in_the_file_is_run(tmp_path):
    text = "plugins:\n  - blog:\n      post_slugify: !!python/object/apply:os.system {args: ['touch RUN']}\n"
    settings, problems = read(tmp_path, text)
    assert problems == ()
    assert settings.blogs == ({"post_slugify": "os.system()"},)
    assert not (tmp_path / "RUN").exists()


def test_a_file_inherits_from_another(tmp_path):
    (tmp_path / "base.yml").write_text("site_url: https://a.example/\ntheme: {language: de}\nplugins: {blog: {}}\n")
    settings, _ = read(tmp_path, "INHERIT: base.yml\ntheme: {name: material}\n")
    assert (settings.site_url, settings.language, settings.blogs) == ("https://a.example/", "de", ({},))


@pytest.mark.parametrize(
    ("text", "line"), [("a: [", 1), ("- a", None), ("INHERIT: mkdocs.yml", None), ("INHERIT: none.yml", None)]
)
def test_a_file_that_cannot_be_read_is_reported(tmp_path, text, line):
    settings, [problem] = read(tmp_path, text)
    assert settings == MkdocsSettings()
    assert problem.subtype == "config"
    assert "mkdocs.yml cannot be read" in problem.message
    assert problem.line == line


@pytest.mark.parametrize(
    "text", ["plugins: 1", "plugins: [1, {blog: 2}]", "theme: x", "extra: [1]", "markdown_extensions: {toc: {}}"]
)
def test_odd_shapes_do_no_harm(tmp_path, text):
    assert read(tmp_path, text)[1] == ()


RSS = """\
site_description: What the node does
plugins:
  - rss:
      length: 5
      feed_title: Node news
      json_feed_enabled: false
      feeds_filenames: {rss_created: news.xml}
"""


def test_the_feeds_of_the_rss_plugin_stay_where_they_are(tmp_path):
    settings, problems = read(tmp_path, RSS)
    assert problems == ()
    assert settings.feeds == {
        "feed_files": {"atom": "atom.xml", "rss": "/news.xml", "rss_updated": "/feed_rss_updated.xml"},
        "feed_length": 5,
        "title": "Node news",
        "feed_subtitle": "What the node does",
    }
    settings, _ = read(tmp_path, "plugins: [rss]\n")
    assert settings.feeds == {
        "feed_files": {
            "atom": "atom.xml",
            "rss": "/feed_rss_created.xml",
            "rss_updated": "/feed_rss_updated.xml",
            "json": "/feed_json_created.json",
            "json_updated": "/feed_json_updated.json",
        }
    }
    assert read(tmp_path, "plugins: [{rss: {enabled: false}}]\n")[0].feeds == {}


def test_a_second_rss_plugin_is_pointed_out(tmp_path):
    settings, [problem] = read(tmp_path, "plugins: [{rss: {length: 1}}, {rss: {length: 2, feeds_filenames: 5}}]\n")
    assert settings.feeds["feed_length"] == 1
    assert "mkdocs.yml has several rss plugins" in problem.message
