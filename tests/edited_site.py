"""A site that is edited and built again and again, and each time compared with a clean build.

Next to it is a control: the same pages under the same edits, but without any blog. Where Sphinx itself leaves a page
as it was, such as one whose link shows the title that another page had, the control has the same difference.
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import DEFAULTS, Site, post

START = 1_790_000_000  # 21 September 2026
DAY = 86_400

SLOTS = tuple("abcde")
CHOICES: dict[str, tuple[Any, ...]] = {
    "title": ("Alpha", "Beta & <b>", "Same", None),
    "date": ("2024-01-01", "2024-02-02", "2025-03-03", "2026-09-24", "2026-10-02"),
    "updated": (None, "2025-05-05"),
    "categories": ((), ("News",), ("News", "Rare"), ("Fresh", "News")),
    "tags": ((), ("one",), ("one", "two")),
    "authors": ((), ("docs",), ("docs", "guest")),
    "series": (None, "Guide"),
    "description": (None, "Said <b>briefly</b>."),
    "image": (None, "/blog/posts/picture.svg"),
    "announce_until": (None, "2026-09-28"),
    "pin": (False, True),
    "draft": (False, True),
    "slug": (None, "same", "other"),
    "excerpt": ("First words.", "*Other* words.", "See [there](#part)."),
    "marked": (True, False),
    "text": ("The rest.", "Another (c) rest."),
    "link": (None, "a", "b", "c"),
    "link_text": ("a link", ""),
    "mention": (None, "{confval}`size`", "{term}`word`", "[](/guide.md)"),
    "release": (None, "1.0", "1.10"),
    "superseded_by": (None, "guide.md"),
    "file": ("", "sub/", "renamed-"),
    "present": (True, False),
}
"""What posts can be changed to."""

AUTHORS = "authors:\n  docs:\n    name: Docs team\n    description: Writes\n    avatar: ''\n"
META_DATA = {
    "blog/.authors.yml": (
        None,
        AUTHORS,
        AUTHORS.replace("Docs", "Documentation"),
        AUTHORS + "  guest:\n    name: A guest\n    description: Visits\n    avatar: blog/posts/picture.svg\n",
    ),
    "blog/posts/.meta.yml": (None, "categories: [Inherited]\n", "tags: [inherited]\nauthors: [docs]\n"),
    "blog/posts/sub/.meta.yml": (None, "categories: [Below]\n", "pin: true\n"),
    "blog/posts/picture.svg": (None, "<svg xmlns='http://www.w3.org/2000/svg'/>", "<svg/>"),
    "_templates/newsroom/post.html": (None, "<h1>{{ view.title }}</h1>{{ view.body }}", "<h2>{{ view.title }}</h2>"),
    "_templates/newsroom/partials/entry.html": (None, "<h2>{{ post.title }}</h2>", "<h3>{{ post.title }}</h3>"),
    "_templates/layout.html": (None, '{% extends "!layout.html" %}{% block footer %}Footer{% endblock %}'),
}
PAGES = {
    "blog/index.md": (
        None,
        "# Journal\n\nAbout it.\n",
        "---\ntitle: Diary\n---\n\nSee [the guide](../guide.md).\n",
        "# Journal\n\nSee [](posts/a.md).\n",
    ),
    "blog/category/news.md": (None, "# All the news\n\nAbove.\n", "---\ndescription: News.\n---\n\n# The news\n"),
    "blog/tag/one.md": (None, "# The one\n"),
    "index.md": (
        "# Home\n\n```{toctree}\nblog/index\nguide\nlists\nreference\nold\nside\n```\n",
        "# House\n\n```{toctree}\nguide\nblog/index\nlists\nreference\nold\nside\n```\n",
    ),
    "guide.md": (
        "# Guide\n\nText.\n",
        "# Guide\n\n:::{versionadded} 1.0\nSo *much*.\n:::\n",
        "# Guide\n\nSee [this](blog/posts/a.md) and [](blog/posts/b.md).\n",
        "# Handbook\n\nSee [](blog/posts/a.md) and [old](old.md).\n",
        "# Guide\n\nSee {doc}`blog/posts/a` and {doc}`this <blog/posts/c>`.\n\n```{toctree}\nblog/posts/b\n```\n",
    ),
    "lists.md": (
        "# Lists\n",
        "# Lists\n\n```{postlist} 2\n:excerpts:\n```\n",
        "# Lists\n\n```{postlist}\n:category: News\n:format: '{title} by {author}'\n```\n",
        "# Lists\n\n```{post-list} 2\n:excerpt: none\n```\n",
        "# Lists\n\n```{post-list}\n:category: News\n:view: cards\n```\n",
        "# Lists\n\n```{post-list}\n:tag: one\n:view: table\n:sort: title\n```\n",
    ),
    "reference.md": (
        "# Reference\n\n" + (described := ":::{confval} size\nHow much.\n:::\n\n:::{glossary}\nword\n  Text.\n:::\n\n"),
        "# Reference\n\n:::{confval} size\nHow much.\n:::\n",
        f"# Reference\n\n{described}```{{mentions}}\n:feed:\n```\n",
        f"# Reference\n\n{described}:::{{versionadded}} 1.0\nThe *word*. More.\n:::\n",
        "# Reference\n\n::::{confval} size\nHow much.\n\n:::{versionchanged} 1.10\n:::\n::::\n\n:::{deprecated} 1.0\n:::\n",
        f"# Reference\n\n{described}Of it: {{mentions}}`size`.\n\n```{{mentions}} guide\n:view: cards\n```\n",
    ),
    "old.md": (
        "# Old\n\nText.\n",
        "# Old\n\n```{post} 2024-04-04\n:tags: one\n:category: News\n:author: docs\n```\n\nOld words.\n",
        "# Older\n\n```{post} 2026-09-26\n:tags: old\n:redirect: gone/away\n```\n\nOther old words.\n",
    ),
    "side.md": (
        "# Side\n\nText.\n",
        "---\nblogpost: true\ndate: 2024-05-05\ntags: one, side\n---\n\n# Side\n\nBeside.\n",
        "---\nblogpost: true\ndate: 2025-05-05\ncategory: Rare\n---\n\n# Aside\n\nSee [](guide.md).\n",
        "---\nblogpost: true\ndate: 2026-09-25\n---\n\n# Later\n",
    ),
}
FILES: dict[str, tuple[str | None, ...]] = {**META_DATA, **PAGES}
"""The contents that files next to posts can have; the first is that before any edit."""
OPTIONS: dict[str, tuple[Any, ...]] = {
    "newsroom_pagination_per_page": (2, 3),
    "newsroom_pagination_keep_content": (True, False),
    "newsroom_post_readtime": (True, False),
    "newsroom_post_date_format": ("long", "short"),
    "newsroom_post_url_format": ("{date}/{slug}", "{file}"),
    "newsroom_archive_date_format": ("yyyy", "MMMM yyyy"),
    "newsroom_authors_profiles": (True, False),
    "newsroom_feed_fulltext": (False, True),
    "newsroom_feed_length": (20, 1),
    "newsroom_feed_files": ({"atom": "atom.xml"}, {"atom": "feed.atom", "rss": "rss.xml", "json_updated": "/all.json"}),
    "newsroom_feed_archive": (False, True),
    "newsroom_blog_view": ("list", "cards", "table"),
    "newsroom_related_length": (3, 0),
    "newsroom_social_cards": (False, True),
    "newsroom_announce": (False, True),
    "newsroom_license": ("", "CC-BY-4.0"),
    "newsroom_title": ("Blog", "News"),
    "newsroom_markdown_extensions": ((), ("pymdownx.smartsymbols", "attr_list")),
    "html_title": ("Node", "The node"),
    "newsroom_old_after": (None, 300),
    "newsroom_post_mentions": (False, True),
    "newsroom_release_page": ("releases", "", "versions"),
    "newsroom_mentions_domains": ((), ("std",)),
    "html_sidebars": (
        {},
        {"guide": ["newsroom/sidebars/mentions.html"]},
        {"**": [f"newsroom/sidebars/{part}.html" for part in ("recent", "categories", "feeds")]},
    ),
    "blog_authors": ({}, {"guest": ("Guest", "https://guest.example/")}),
}
"""The values that options can have; the first is that before any edit."""
ALWAYS_WRITTEN = ("_static/", "_sources/", "searchindex.js", "objects.inv")
"""What Sphinx writes in every build, and copies of what has been read."""

Snapshot = dict[str, tuple[int, bytes]]
"""The files of an output folder: when they were written, and what they hold."""


@dataclass
class EditedSite:
    """The site, its control, and the steps of their history."""

    folder: Path
    builder: str = "dirhtml"
    theme: str = "basic"
    fresh_checkouts: bool = False
    """Whether all files are new for each build, which compares contents, and is then as exact for ordinary pages."""
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, str | None] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    now: int = START

    def __post_init__(self) -> None:
        first = {name: values[0] for name, values in CHOICES.items()}
        self.posts = {slot: {**first, "title": f"Post {slot}", "present": slot in "abc"} for slot in SLOTS}
        self.posts["b"] |= {"date": "2024-02-02", "categories": ("News",), "tags": ("one",), "link": "a"}
        self.posts["c"] |= {"date": "2025-03-03", "authors": ("docs",)}
        self.files = {name: values[0] for name, values in FILES.items()}
        self.options = {name: values[0] for name, values in OPTIONS.items()}
        self._site = Site(folder=self.folder / "site", builder=self.builder)
        self._control = Site(folder=self.folder / "control", builder=self.builder)
        self._history: list[tuple[int, State]] = []
        self._pending: list[tuple[int, State]] = []
        self.check()

    # -- Edits

    def change(self, edits: list[tuple[Any, ...]]) -> None:
        """Make some edits, then build and compare."""
        for *place, name, value in edits:
            if place:
                self.posts[place[0]][name] = value
            elif name == "days":
                self.now += value * DAY
            elif name in self.options:
                self.options[name] = value
            else:
                self.files[name] = value
        self.check()

    # -- Builds

    def check(self) -> None:
        """Build, and compare with a clean build of the same."""
        os.environ["SOURCE_DATE_EPOCH"] = str(self.now)
        state = self._state(control=False)
        self._history.append((self.now, state))
        if self._history[-3:] == self._history[-1:] * 3:
            return  # nothing has changed, and that was looked at already
        self._pending.append((self.now, self._state(control=True)))
        before, edited = snapshot(self._site), state.write(self._site)
        if self.fresh_checkouts:
            touch(self._site.folder / "src")
        after = snapshot(self._site.build())
        wrong = differences(after, self._clean(self._site))
        if self.fresh_checkouts:
            assert wrong == {}, f"differs from a clean build: {wrong}"
            return
        same = {name for name in after.keys() & before.keys() if after[name][1] == before[name][1]}
        needless = {name for name in same if after[name][0] != before[name][0] and not name.startswith(ALWAYS_WRITTEN)}
        needless -= {name for name, path in pages_of(self._site).items() if path in edited}
        if wrong or needless:
            self._excuse(wrong, needless)

    def _excuse(self, wrong: dict[str, str], needless: set[str]) -> None:
        """Allow what the same edits do to the same pages without a blog."""
        for now, state in self._pending:
            os.environ["SOURCE_DATE_EPOCH"] = str(now)
            before = snapshot(self._control)
            state.write(self._control)
            self._control.build()
        self._pending.clear()
        after = snapshot(self._control)
        excused = differences(after, self._clean(self._control))
        by_path = {path: page for page, path in pages_of(self._control).items()}
        names = {page: by_path.get(path, page) for page, path in pages_of(self._site).items()}
        wrong = {name: how for name, how in wrong.items() if names.get(name, name) not in excused}
        assert wrong == {}, f"differs from a clean build: {wrong}"
        written = {name for name, file in after.items() if file[0] != before.get(name, (0, b""))[0]}
        needless = {name for name in needless if names.get(name, name) not in written}
        if not {page for page in by_path.values() if page.endswith(".html")} <= written:
            assert needless == set(), f"written although nothing has changed: {needless}"

    def _clean(self, site: Site) -> Snapshot:
        clean = Site(folder=self.folder / "clean", builder=self.builder, conf=site.conf)
        shutil.rmtree(clean.folder, ignore_errors=True)
        shutil.copytree(site.folder / "src", clean.folder / "src")
        return snapshot(clean.build())

    def _state(self, *, control: bool) -> State:
        """Return what the site or its control is made of now."""
        files = {name: text for name, text in self.files.items() if text is not None}
        if control:
            files = {name: plain(text) for name, text in files.items()}
            files.setdefault("blog/index.md", "# Blog\n")
        files |= {
            f"blog/posts/{post['file']}{slot}.md": self._text(slot)
            for slot, post in self.posts.items()
            if post["present"] and not (control and self._is_hidden(post))
        }
        conf: dict[str, Any] = {
            "html_theme": self.theme,
            "templates_path": ["_templates"],
            "extensions": list(DEFAULTS["extensions"]),
            "myst_enable_extensions": ["colon_fence"],
        }
        if control:
            # A change of any option has Sphinx write all pages.
            conf |= {"extensions": ["myst_parser"], "html_context": {"options": str(self.options)}}
            conf |= {"html_title": self.options["html_title"]}
        else:
            conf |= {**self.options, "newsroom_draft_if_future_date": True}
            conf["newsroom_compare_content"] = self.fresh_checkouts
        return State(files=files, conf=conf)

    def _is_hidden(self, post: dict[str, Any]) -> bool:
        return bool(post["draft"] or (post["date"] > "2026" and self.now < START + int(post["date"][-2:]) * DAY))

    def _text(self, slot: str) -> str:
        values = self.posts[slot]
        labels = ("categories", "tags", "authors", "series")
        keys = (
            *labels,
            "updated",
            "description",
            "image",
            "announce_until",
            "pin",
            "draft",
            "slug",
            "release",
            "superseded_by",
        )
        front_matter = {key: values[key] for key in keys if values[key]}
        if "updated" in front_matter:
            front_matter["date"] = f"{{created: {values['date']}, updated: {front_matter.pop('updated')}}}"
        parts = [f"# {values['title']}"] if values["title"] else []
        parts += [values["excerpt"], *(["<!-- more -->"] if values["marked"] else []), "## Part", values["text"]]
        if values["link"]:
            way = "../" if values["file"] == "sub/" else ""
            parts.insert(2, f"See [{values['link_text']}]({way}{values['link']}.md).")
        if values["mention"]:
            parts.append(f"More: {values['mention']}.")
        return post("\n\n".join(parts), **{"date": values["date"], **front_matter})


@dataclass(frozen=True)
class State:
    """What a site is made of."""

    files: dict[str, str]
    conf: dict[str, Any]

    def write(self, site: Site) -> set[str]:
        """Write the files that have changed, and remove those that are gone; return what was written."""
        source = site.folder / "src"
        found = {file.relative_to(source).as_posix(): file.read_text() for file in source.rglob("*") if file.is_file()}
        site.write(dict.fromkeys(found.keys() - self.files.keys()))
        edited: dict[str, str | bytes | None] = {
            name: text for name, text in self.files.items() if found.get(name) != text
        }
        site.write(edited)
        site.conf = self.conf
        return set(edited)


def touch(folder: Path) -> None:
    """Give all files a new modification time, as in a fresh checkout."""
    for file in folder.rglob("*"):
        if file.is_file():
            os.utime(file)


def plain(text: str) -> str:
    """Return a page without the directives of a blog."""
    return re.sub(r"```\{(?:post|mentions).*?\n```\n|\{mentions\}`[^`]*`", "", text, flags=re.DOTALL)


def snapshot(site: Site) -> Snapshot:
    """Return all that a site serves."""
    return {
        file.relative_to(site.out).as_posix(): (file.stat().st_mtime_ns, file.read_bytes())
        for file in sorted(site.out.rglob("*"))
        if file.is_file() and not file.name.startswith(".buildinfo")
    }


def differences(found: Snapshot, expected: Snapshot) -> dict[str, str]:
    """Return how an output folder differs from another."""
    return {
        **dict.fromkeys(found.keys() - expected.keys(), "should be gone"),
        **dict.fromkeys(expected.keys() - found.keys(), "is missing"),
        **{name: "differs" for name in found.keys() & expected.keys() if found[name][1] != expected[name][1]},
    }


def pages_of(site: Site) -> dict[str, str]:
    """Return the page of each document, and the copy of its source, with the path of its file."""
    app = site.app
    pages = {}
    for docname in app.env.found_docs:
        path = str(app.env.doc2path(docname, base=False))
        pages[Path(app.builder.get_outfilename(docname)).relative_to(app.outdir).as_posix()] = path
        pages[f"_sources/{docname}{Path(path).suffix}.txt"] = path + ".txt"
    return pages
