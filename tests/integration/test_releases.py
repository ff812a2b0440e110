"""Posts that announce releases, what has changed in them, and which pages are written again when one of these changes."""

from __future__ import annotations

import json
import re
import sys

import pytest
from sphinx.domains.changeset import versionlabels
from sphinx.util.inventory import InventoryFile

from sphinxext.newsroom.front_matter.values import RELEASE as RELEASE_VALUE
from tests.conftest import post

pytestmark = pytest.mark.theme("basic")

MODULE = '''
"""Tools."""


def load(name: str) -> None:
    """Load something. It is fast.

    .. versionadded:: 2.4

    .. versionchanged:: 2.10
       The argument ``name`` may be a path, e.g. ``a.b``. More follows.
    """


class Store:
    """A store."""

    def put(self, item: str) -> None:
        """Put something in.

        .. deprecated:: 2.10
           Use :func:`load`.
        """
'''
ORPHAN = "---\norphan: true\n---\n\n"
API = """\
:orphan:

API
===

.. automodule:: news_test_tools
   :members:

.. cpp:function:: void ns::run(int times)

   Run it <often>.

   .. versionadded:: 2.10

.. confval:: cache_size

   .. versionremoved:: 2.10

.. glossary::

   excerpt
      The beginning of a post.

      .. versionchanged:: 2.10.0
         Ends at the marker.

Options
-------

.. versionremoved:: 2.10
   Option & more
"""
GUIDE = f"{ORPHAN}# Guide\n\n```{{versionadded}} 1.0\nFirst.\n```\n\n```{{versionadded}} 2.4\n```\n\nSee {{release}}`2.10`.\n"
OPTIONS = {
    "extensions": ["myst_parser", "sphinx.ext.autodoc", "sphinxext.newsroom"],
    "myst_enable_extensions": ["colon_fence"],
    "html_theme": "basic",
    "newsroom_release_links": {
        "Tag": "https://code.example/v{version}",
        "Package": "https://pypi.example/{project}/{version}/",
        "DOI": "https://doi.org/{doi}",
    },
}
RELEASE = {"version": "2.10", "doi": "10.5281/zenodo.1"}


def files():
    return {
        "api.rst": API,
        "guide.md": GUIDE,
        "side.md": f"{ORPHAN}# Side\n\nText, and {{newsroom:release}}`the candidate <2.4rc1>`.\n",
        "blog/posts/a.md": post("# Version 2.4\n\nText.", date="2024-01-01", release="2.4"),
        "blog/posts/b.md": post("# Version *2.10*\n\nText.", date="2024-02-01", release=RELEASE),
        "blog/posts/c.md": post("# Candidate\n\nText.", date="2023-12-01", release=["2.4rc1"]),
        "blog/posts/d.md": post("# Other\n\nText.", date="2024-03-01", release={"project": "Other", "version": "1.0"}),
        "blog/posts/e.md": post("# Draft\n\nText.", date="2024-04-01", release="1.0", draft=True),
        "blog/posts/f.md": post("# News\n\nOf {release}`Other 1.0`.", date="2024-05-01"),
    }


@pytest.fixture
def announced(site, monkeypatch):
    """Return a function that makes the site; it is not built yet."""

    def make(more=None, *, builder="dirhtml", **conf):
        made = site({**files(), **(more or {})}, **{**OPTIONS, **conf})
        (made.folder / "src" / "news_test_tools.py").write_text(MODULE)
        monkeypatch.syspath_prepend(made.folder / "src")
        monkeypatch.delitem(sys.modules, "news_test_tools", raising=False)
        made.builder = builder
        return made

    return make


def words(tag):
    return re.sub(r"\s+", " ", tag.get_text()).strip()


def links_of_versions(page):
    """Return the text of each label of a version, and where the version leads."""
    labels = page.select("span.versionmodified")
    return [(words(label), [(link.get_text(), link["href"]) for link in label.select("a")]) for label in labels]


def test_releases_are_shown_with_their_changes(announced):
    built = announced().build()
    assert built.warnings == []
    page = built.soup("/blog/2024/02/01/version-210/")
    [section] = page.select(".newsroom-release")
    assert words(section.h2) == "Changes in 2.10"
    assert [(link.get_text(), link["href"]) for link in section.select(".newsroom-release-links a")] == [
        ("Tag", "https://code.example/v2.10"),
        ("Package", "https://pypi.example/Node/2.10/"),
        ("DOI", "https://doi.org/10.5281/zenodo.1"),
    ]
    assert [words(heading) for heading in section.select("h3")] == ["API"]
    assert [words(item) for item in section.select("li")] == [
        "Deprecated Store.put(): Use load().",
        "Changed load(): The argument name may be a path, e.g. a.b.",
        "Added run(): Run it <often>.",
        "Removed cache_size",
        "Changed excerpt: Ends at the marker.",
        "Removed Options: Option & more",
    ]
    for link in section.select("li > a"):
        path, anchor = link["href"].split("#")
        assert path == "../../../../../api/"
        assert built.soup("/api/").find(id=anchor), link
    [older] = built.soup("/blog/2024/01/01/version-24/").select(".newsroom-release")
    assert [words(item) for item in older.select("li")] == ["Added load(): Load something.", "Added"]
    assert [words(heading) for heading in older.select("h3")] == ["API", "Guide"]
    # The post of another project does not claim our changes.
    assert not built.soup("/blog/2024/03/01/other/").select(".newsroom-release h3")
    assert links_of_versions(built.soup("/guide/")) == [
        ("Added in version 1.0:", []),
        ("Added in version 2.4.", [("2.4", "../blog/2024/01/01/version-24/")]),
    ]
    assert ("Changed in version 2.10.0:", [("2.10.0", "../blog/2024/02/01/version-210/")]) in links_of_versions(
        built.soup("/api/")
    )
    assert built.soup("/guide/").select("p > a.reference")[-1]["href"] == "../blog/2024/02/01/version-210/"


def test_the_page_and_feed_of_releases(announced):
    built = announced().build()
    page = built.soup("/blog/releases/")
    assert page.h1.get_text() == "Releases"
    assert [words(title) for title in page.select(".newsroom-releases h2")] == ["Other"]
    assert [words(item) for item in page.select(".newsroom-release-item")] == [
        "2.10 Version 2.10 February 1, 2024 6 changes Tag · Package · DOI",
        "2.4 Version 2.4 January 1, 2024 2 changes Tag · Package",
        "2.4rc1 Pre-release Candidate December 1, 2023 Tag · Package",
        "1.0 Other March 1, 2024 Tag · Package",
    ]
    [current] = page.select(".newsroom-nav [aria-current]")
    assert words(current) == "Releases"
    feed = built.text("/blog/releases/atom.xml")
    assert re.findall("<title>(.*)</title>", feed) == [
        "Blog: Releases",
        "Other",
        "Version 2.10",
        "Version 2.4",
        "Candidate",
    ]
    assert page.select_one("link[type='application/atom+xml']")["href"] == "atom.xml"
    assert "releases/atom.xml" in built.text("/blog/subscribe/")
    graph = json.loads(str(built.soup("/blog/2024/03/01/other/").select_one("[type='application/ld+json']").string))
    [release] = [node for node in graph["@graph"] if node["@type"] == "SoftwareApplication"]
    url = "https://node.example/blog/2024/03/01/other/"
    assert (release["name"], release["softwareVersion"], release["releaseNotes"]) == ("Other", "1.0", url)
    inventory = InventoryFile.loads((built.out / "objects.inv").read_bytes(), uri="")
    releases = {name: item.uri for name, item in inventory.data["newsroom:release"].items()}
    assert releases["2.10"] == "blog/2024/02/01/version-210/"
    assert releases["Other 1.0"] == releases["1.0"] == "blog/2024/03/01/other/"


EDITS = [
    ("nothing changes", {}, set()),
    ("draft published", {"blog/posts/e.md": post("# First\n\nText.", date="2024-04-01", release="1.0")}, {"guide", "releases"}),
    (
        "other URL",
        {"blog/posts/a.md": post("# Version 2.4\n\nText.", date="2024-01-01", release="2.4", slug="x")},
        {"api", "guide", "releases"},
    ),
    ("no announcement", {"blog/posts/c.md": post("# Candidate\n\nText.", date="2023-12-01")}, {"side", "releases"}),
    ("new text of a change", {"guide.md": GUIDE.replace("First.", "Very first.")}, {"guide", "first"}),
    ("one change more", {"side.md": f"{ORPHAN}# Side\n\n```{{versionadded}} 1.0\n```\n"}, {"side", "first", "releases"}),
    ("title of a post", {"blog/posts/b.md": post("# 2.10\n\nText.", date="2024-02-01", release=RELEASE, slug="version-210")}, {"releases"}),
    ("other text of a post", {"blog/posts/b.md": post("# 2.10\n\nNew.", date="2024-02-01", release=RELEASE, slug="version-210")}, set()),
    ("no releases", {f"blog/posts/{name}.md": None for name in "abde"}, {"api", "guide", "side"}),
]  # fmt: skip
PAGES = {
    "api": "/api/",
    "guide": "/guide/",
    "side": "/side/",
    "releases": "/blog/releases/",
    "first": "/blog/2024/04/01/first/",
    "news": "/blog/2024/05/01/news/",
}


def test_a_change_writes_exactly_the_pages_that_show_it(announced):
    built = announced(
        {"guide.md": GUIDE.replace("See", "Of"), "blog/posts/f.md": post("# N", date="2024-05-01")},
        newsroom_sidebars=[],  # which show recent posts on all pages of the blog
    ).build()
    for number, (edit, changes, expected) in enumerate(EDITS):
        stamps = {name: built.file(url).stat().st_mtime_ns for name, url in PAGES.items() if built.file(url).is_file()}
        built.write(changes).build(jobs=1 + number % 2)
        assert not [line for line in built.warnings if "newsroom.link" not in line], edit
        current = {name: built.file(url).stat().st_mtime_ns for name, url in PAGES.items() if built.file(url).is_file()}
        written = {name for name, stamp in current.items() if name in stamps and stamp != stamps[name]}
        assert (edit, written) == (edit, expected)
    incremental = built.snapshot()
    assert not built.file("/blog/releases/").is_file()
    built.build(fresh=True, jobs=2)
    assert built.snapshot() == incremental


TWICE = (
    "the release '2.4' is announced by blog/posts/a.md, too; both are listed, and links to the release lead to the older "
    "post."
)


def test_mistakes_are_reported_with_file_line_and_nearest(announced):
    more = {
        "page.md": f"{ORPHAN}# Page\n\n{{release}}`2.11`\n",
        "blog/posts/g.md": post("# Twice\n\nText.", date="2024-06-01", release="v2.4"),
        "blog/posts/h.md": "---\ndate: 2024-07-01\nrelease: soon\n---\n# Bad <b>\n",
    }
    built = announced(more, newsroom_release_links={"Tag": "javascript:{version}"}).build()
    assert [line for line in built.warnings if "release_links" not in line] == [
        f"blog/posts/h.md:3: WARNING: 'release' is 'soon'; expected {RELEASE_VALUE}. It is ignored. [newsroom.release]",
        f"blog/posts/g.md:3: WARNING: {TWICE} [newsroom.release]",
        "page.md:7: WARNING: no post announces the release '2.11'. Did you mean '2.10'? [newsroom.link]",
    ]
    assert len(built.warnings) == 4
    posts = built.soup("/blog/releases/").select(".newsroom-release-item:nth-of-type(2) a")
    assert [words(link) for link in posts] == ["Version 2.4", "Twice"]


def test_an_introduction_other_blogs_and_other_builders(announced, monkeypatch):
    # The version is found in the words of any language.
    monkeypatch.setitem(versionlabels, "versionadded", "Neu ab %s!")
    more = {
        "blog/releases.md": "# All versions\n\nHow we count.\n",
        "more/posts/x.md": post("# X\n\nText.", date="2024-01-01", release="3.0"),
        "more/index.md": "# More\n",
    }
    blogs = [{"blog_dir": "blog"}, {"blog_dir": "more", "release_page": ""}]
    built = announced(more, newsroom_blogs=blogs, newsroom_release_project="node").build()
    assert [line for line in built.warnings if "toctree" not in line] == []
    page = built.soup("/blog/releases/")
    assert page.h1.get_text().startswith("All versions")
    assert "How we count." in words(page)
    assert "3.0" not in words(page)
    assert not built.file("/more/releases/").is_file()
    assert links_of_versions(built.soup("/guide/"))[1] == (
        "Neu ab 2.4!.",
        [("2.4", "../blog/2024/01/01/version-24/")],
    )
    built.builder = "text"
    built.build()
    assert "Neu ab 2.4!." in built.text("/guide.txt")


def test_a_page_that_matches_the_pattern_of_posts_introduces_the_list_of_releases(announced):
    more = {"blog/releases.md": "# Our versions\n\nHow we count.\n"}
    built = announced(more, blog_post_pattern=["blog/*.md"]).build()
    assert [line for line in built.warnings if "toctree" not in line] == []
    page = built.soup("/blog/releases/")
    assert page.h1.get_text().startswith("Our versions")
    assert len(page.select(".newsroom-release-item")) == 4
