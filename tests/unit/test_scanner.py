"""Scanning: what a file says about the post in it, read once for as long as it does not change."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from sphinxext.newsroom.config.options import Options
from sphinxext.newsroom.content.scanner import Candidate, Scanner, _headings, find_garbled, title_of_file
from sphinxext.newsroom.front_matter.sphinx_rst_outline import read_outline
from sphinxext.newsroom.problems import Subtype
from sphinxext.newsroom.utils.slugs import load_slugify

if TYPE_CHECKING:
    from sphinxext.newsroom.content.scanner import Source

DATE = "---\ndate: 2024-01-31\n---\n"


@pytest.fixture
def read(tmp_path):
    """Return a function that scans one text."""

    def read_text(text: str | bytes, name: str = "blog/posts/x.md", **candidate: Any) -> Source | None:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return (
            Scanner(tmp_path, read_rst=read_outline)
            .scan([Candidate(path=name, **{"declared": False, **candidate})])
            .get(name)
        )

    return read_text


def slug(source: Source) -> str:
    return load_slugify(Options().post_slugify)(source.slug_title, "-")


@pytest.mark.parametrize(
    ("body", "slug_", "title", "has_heading"),
    [
        ("# Hello World", "hello-world", "Hello World", True),
        ("\n\n# Hello World\n", "hello-world", "Hello World", True),
        ("# Hello World #", "hello-world-", "Hello World", True),
        ("# Hello World {#foo .bar}", "hello-world-foo-bar", "Hello World", True),
        ("# See [my link](http://x.y/z) now", "see-my-linkhttpxyz-now", "See my link now", True),
        ("# `foo_bar` **bold** _em_", "foo_bar-bold-_em_", "foo_bar bold _em_", True),
        ("# <b>x</b> &amp; y", "x-amp-y", "x & y", True),
        ("# #5 tips", "5-tips", "#5 tips", True),
        ("# C#", "c", "C#", True),
        ("# !!!", "", "!!!", True),
        ("Setext\n======\n", "my-post-file", "Setext", True),
        ("#NoSpace", "my-post-file", "My Post File", False),
        ("## Second level", "my-post-file", "My Post File", False),
        ("Text.\n\n# Late", "my-post-file", "Late", True),
        ("<!-- note -->\n# Late", "my-post-file", "Late", True),
        ("<!-- more -->\n\nText.", "my-post-file", "My Post File", False),
        ("<!--\n# Not shown\n-->\nText.", "my-post-file", "My Post File", False),
        ("   # Indented", "my-post-file", "Indented", True),
        ("    # Code", "my-post-file", "My Post File", False),
        ("Text.\n\n```\n# Code\n```\n", "my-post-file", "My Post File", False),
        ("Text.\n\n~~~~ sh\n# Code\n~~~\n# Code\n~~~~\n", "my-post-file", "My Post File", False),
        ("Text.\n\n```\n# Code without end", "my-post-file", "My Post File", False),
        ("```code``` in a line\n\n# Heading", "my-post-file", "Heading", True),
        ("- item\n====\n", "my-post-file", "My Post File", False),
        ("", "my-post-file", "My Post File", False),
    ],
)
def test_slug_and_title_come_from_the_heading_or_the_file(read, body, slug_, title, has_heading):
    source = read(DATE + body, "blog/posts/My_Post-File.md")
    assert (slug(source), source.title, source.has_heading) == (slug_, title, has_heading)


def test_a_title_in_the_front_matter_wins(read):
    source = read("---\ndate: 2024-01-31\ntitle: 'From above: #1'\n---\n# Heading\n")
    assert (slug(source), source.title, source.has_heading) == ("from-above-1", "From above: #1", True)


def test_line_ends_and_byte_order_marks_do_not_matter(read):
    source = read(("\ufeff" + DATE + "# Hello\n\nText.\n").replace("\n", "\r\n"))
    assert (source.slug_title, source.front_matter.dates.created.day, source.problems) == ("Hello", 31, ())


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("Hello World\n===========\n", "Hello World"),
        ("===========\nHello World\n===========\n", "Hello World"),
        (".. comment\n\nHello\n-----\n", "Hello"),
        ("=============\n Hello World\n=============\n\nText.\n\nPart\n====\n", "Hello World"),
        ("Go\n==\n", "Go"),
        ("R\n!\n", "R"),
        ("C#\n@@\n\nText.\n", "C#"),
        ("日本語\n$$$$$$\n", "日本語"),
        ("2. Second\n,,,,,,,,,\n", "2. Second"),
        ("Text::\n\n   Code\n   ====\n\nHello\n-----\n", "Hello"),
        ("- item\n------\n", "X"),
        ("Too long for this\n--\n", "X"),
        ("Text only.\n", "X"),
    ],
)
def test_a_heading_is_found_in_restructuredtext(read, body, title):
    source = read(f":date: 2024-01-31\n\n{body}", "blog/posts/x.rst")
    assert (source.slug_title, source.title, source.has_heading) == (title, title, title != "X")


@pytest.mark.parametrize(
    ("path", "title", "slug_title"),
    [
        ("blog/posts/my_post-file.md", "My post file", "My post file"),
        ("blog/posts/My_Post.md", "My Post", "My Post"),
        ("blog/posts/2024.05.01-news.md", "2024.05.01 news", "2024.05.01 news"),
        ("blog/posts/v1.2.md", "V1.2", "V1.2"),
        ("blog/posts/long-trip/index.md", "Long trip", "Index"),
        ("blog/posts/long-trip/README.md", "Long trip", "Index"),
        ("index.md", "Index", "Index"),
    ],
)
def test_a_file_name_stands_for_a_title(read, path, title, slug_title):
    assert title_of_file(path) == title
    source = read(DATE, path)
    assert (source.title, source.slug_title) == (title, slug_title)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rst", "Title\n=====\n\n.. post:: 2024-01-31\n"),
        ("a.md", "# Title\n\n```{post} 2024-01-31\n```\n"),
        ("a.md", "# Title\n\n:::{post} 2024-01-31\n:::\n"),
        ("a.md", "# Title\n\n```{eval-rst}\n.. post:: 2024-01-31\n```\n"),
    ],
)
def test_posts_of_ablogs_directive_are_left_to_it(read, name, text):
    assert read(text, name) is None


@pytest.mark.parametrize(
    ("name", "text", "dates"),
    [
        ("a.rst", "Title\n=====\n\n.. post:: 31 Jan, 2024\n   :tags: a\n", ("31 Jan, 2024",)),
        ("a.rst", "Title\n=====\n\n.. post::\n   2024-01-31\n   :tags: a\n", ("2024-01-31",)),
        ("a.rst", "Title\n=====\n\n.. post::\n   :tags: a\n", ("",)),
        ("a.rst", "Title\n=====\n\n.. post::\n\n   The excerpt.\n", ("",)),
        ("a.rst", "Title\n=====\n\n.. post::", ("",)),
        ("a.rst", ".. post:: 2024-01-31\n\nTitle\n=====\n\n.. post:: \n\nText.\n", ("2024-01-31", "")),
        ("a.md", "# Title\n\n```{post} Jan 31, 2024\n:tags: a\n```\n", ("Jan 31, 2024",)),
        ("a.md", "# Title\n\n:::{post}\n:tags: a\n:::\n", ("",)),
        ("a.md", "# Title\n\n~~~{eval-rst}\n.. post:: 2024-01-31\n~~~\n", ("2024-01-31",)),
        ("a.md", "# Title\n\n<!--\n```{post}\n```\n-->\n", None),
        ("a.md", "# Title\n\n````markdown\n```{post}\n```\n````\n", None),
        ("a.rst", "Title\n=====\n\n::\n\n  .. post::\n", None),
        ("a.md", "# Title\n\nA post.\n", None),
    ],
)
def test_the_dates_that_ablogs_directives_give_are_known_before_reading(tmp_path, name, text, dates):
    (tmp_path / name).write_text(text)
    for _cached in (False, True):
        scanner = Scanner(tmp_path, read_rst=read_outline, cache_file=tmp_path / "scan.pickle")
        scanner.scan([Candidate(path=name, declared=True)])
        assert scanner.directives == ({name: dates} if dates else {})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rst", ":date: 2024-01-31\n\nTitle\n=====\n\n.. code-block:: rst\n\n   .. post:: 2024-01-31\n"),
        ("a.md", DATE + "# Title\n\n```rst\n.. post:: 2024-01-31\n```\n"),
        ("a.md", DATE + "# Title\n\n````markdown\n```{post} 2024-01-31\n```\n````\n"),
        ("a.md", DATE + "# Title\n\n~~~markdown\n:::{post} 2024-01-31\n:::\n~~~\n"),
        ("a.md", DATE + "# Title\n\nWrite `.. post::` or ```` ```{post} ````.\n"),
    ],
)
def test_a_post_about_the_directive_stays_a_post(read, name, text):
    assert read(text, name).title == "Title"


@pytest.mark.parametrize(
    ("text", "candidate", "is_post"),
    [
        ("---\nblogpost: true\ndate: 2024-01-31\n---\n# A\n", {"declared": True}, True),
        ("---\nblogpost: false\ndate: 2024-01-31\n---\n# A\n", {"declared": True}, False),
        ("# About blogpost\n", {"declared": True}, False),
        (DATE + "# A\n", {"declared": True}, False),
        (DATE + "# A\n", {"declared": True, "matched": True}, True),
        ("---\ntext: " + "x" * 5000 + "\nblogpost: true\n---\n", {"declared": True}, True),
        ("# A\n", {}, True),
        ("---\ncategory: News\n---\n# A\n", {"declared": True, "matched": True}, True),
        ("---\ncategory: News\norphan: true\n---\n# A\n", {"declared": True, "matched": True}, True),
        ("---\ntitle: A\ndate:\n---\n", {"declared": True, "matched": True}, True),
        ("# A\n", {"declared": True, "matched": True}, True),
        ("---\norphan: true\n---\n# A\n", {"declared": True, "matched": True}, False),
        ("---\nblogpost: false\ncategory: News\n---\n# A\n", {"declared": True, "matched": True}, False),
        ("# A\n\n```{toctree}\na\n```\n", {"declared": True, "matched": True}, False),
        ("# A\n", {"declared": True, "matched": True, "introduces_list": True}, False),
        ("---\ntags: a\n---\n# A\n", {"declared": True, "matched": True, "introduces_list": True}, True),
    ],
)
def test_a_file_elsewhere_is_a_post_if_it_says_so(read, text, candidate, is_post):
    assert (read(text, **candidate) is not None) == is_post


def test_a_page_that_becomes_a_draft_only_by_the_pattern_is_reported(read):
    [problem] = read("# A\n", declared=True, matched=True).problems
    assert problem.subtype is Subtype.DATE
    assert "blog_post_pattern" in problem.message
    assert "blogpost: false" in problem.message
    assert read("---\ncategory: News\n---\n# A\n", declared=True, matched=True).problems == ()


def test_a_post_marked_ablogs_way_among_the_posts_keeps_ablogs_rules(read):
    source = read("---\nblogpost: true\nauthor: Training team\ntags: a, b\n---\n# A\n")
    assert source.problems == ()
    assert source.front_matter.tags == ("a", "b")


def test_front_matter_of_the_folder_is_inherited(tmp_path):
    (tmp_path / "a.md").write_text("---\ndate: 2024-01-31\ntags: [b]\n---\n# A\n")
    candidate = Candidate(path="a.md", declared=False)
    scanner = Scanner(tmp_path, read_rst=read_outline)
    assert scanner.scan([candidate], {"a.md": {"tags": ["a"]}})["a.md"].front_matter.tags == ("a", "b")
    assert scanner.scan([candidate], {"a.md": {"tags": ["c"]}})["a.md"].front_matter.tags == ("c", "b")
    assert scanner.scan([candidate])["a.md"].front_matter.tags == ("b",)


# -- Caches


@pytest.fixture
def blog(tmp_path):
    """Return a file of a post, and a function that scans it and tells what was read from disk."""
    file = tmp_path / "a.md"
    file.write_text(DATE + "# One\n")

    def scan(**options: Any) -> tuple[str, bool]:
        scanner = Scanner(tmp_path, read_rst=read_outline, cache_file=tmp_path / "state" / "scan.pickle", **options)
        with mock.patch.object(scanner, "_read", wraps=scanner._read) as read:
            [source] = scanner.scan([Candidate(path="a.md", declared=False)]).values()
            scanner.save()
        return source.title, read.called

    return file, scan


def test_an_unchanged_file_is_not_read_again(blog):
    _, scan = blog
    assert scan() == ("One", True)
    assert scan() == ("One", False)


def test_a_file_is_read_again_after_a_change_of_time_or_size(blog):
    file, scan = blog
    scan()
    before = file.stat()
    file.write_text(DATE + "# Two and more\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert scan() == ("Two and more", True)
    file.write_text(DATE + "# Six and more\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert scan() == ("Six and more", True)


def test_another_time_zone_has_all_files_read_again(blog):
    _, scan = blog
    scan()
    assert scan(timezone="Europe/Tallinn") == ("One", True)


@pytest.mark.parametrize(
    "damage", [b"", b"nonsense", pickle.dumps(None), pickle.dumps((1, 2, 3)), pickle.dumps(((0, ""), 1))]
)
def test_a_damaged_cache_is_made_again(blog, damage):
    file, scan = blog
    scan()
    (file.parent / "state" / "scan.pickle").write_bytes(damage)
    assert scan() == ("One", True)
    assert scan() == ("One", False)


def test_nothing_of_an_unpublished_post_is_saved(tmp_path):
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(f"---\ndate: 2024-01-31\ndescription: words of {name}\n---\n# Title of {name}\n")
    candidates = [Candidate(path=name, declared=False) for name in ("a.md", "b.md")]
    cache = tmp_path / "scan.pickle"
    for without, saved in ((set(), True), ({"b.md"}, False), ({"a.md", "b.md"}, False), (set(), True)):
        scanner = Scanner(tmp_path, read_rst=read_outline, cache_file=cache)
        assert len(scanner.scan(candidates)) == 2
        scanner.save(without=without)
        content = cache.read_bytes()
        assert (b"words of b.md" in content, b"Title of b.md" in content) == (saved, saved)
        assert (b"words of a.md" in content) == ("a.md" not in without)


def test_an_unpublished_post_is_not_left_in_the_cache_of_another_version(tmp_path):
    (tmp_path / "a.md").write_text(DATE + "# Secret title\n")
    cache = tmp_path / "scan.pickle"
    for version, without in (("1", set()), ("2", {"a.md"})):
        scanner = Scanner(tmp_path, read_rst=read_outline, cache_file=cache, version=version)
        scanner.scan([Candidate(path="a.md", declared=False)])
        scanner.save(without=without)
    assert b"Secret title" not in cache.read_bytes()


def test_a_file_that_cannot_be_read_is_reported_and_the_others_are_read(tmp_path):
    (tmp_path / "a.md").write_text(DATE)
    (tmp_path / "folder.md").mkdir()
    scanner = Scanner(tmp_path, read_rst=read_outline)
    names = ["gone.md", "a.md", "folder.md"]
    assert list(scanner.scan(Candidate(path=name, declared=False) for name in names)) == ["a.md"]
    assert [(problem.path, problem.subtype) for problem in scanner.problems] == [
        ("gone.md", Subtype.FRONT_MATTER),
        ("folder.md", Subtype.FRONT_MATTER),
    ]
    scanner.scan([Candidate(path="a.md", declared=False)])
    assert scanner.problems == ()


# -- Garbled text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# Title\n\nThe nodeâ€™s news\n", [(3, "'nodeâ€™s'", "'node\u2019s'")]),
        ("Ã•petus ja\n\nfestival in TÃ¼ri", [(1, "'Ã•petus'", "'Õpetus'"), (3, "'TÃ¼ri'", "'Türi'")]),
        ("Õpetus, 日本語, “quotes”, naïve – Ångström ñ €\n", []),
        ("Plain text.\n", []),
    ],
)
def test_text_that_was_read_in_the_wrong_encoding_is_pointed_out(text, found):
    problems = find_garbled(text, path="a.md")
    assert [(problem.subtype, problem.path, problem.line) for problem in problems] == [
        (Subtype.ENCODING, "a.md", line) for line, *_ in found
    ]
    for problem, (_, before, after) in zip(problems, found, strict=True):
        assert f"found {before}, which was probably {after}" in problem.message


def test_a_file_that_is_not_utf_8_is_reported_with_its_line(tmp_path):
    (tmp_path / "a.md").write_bytes(DATE.encode() + b"# Caf\xe9\n")
    scanner = Scanner(tmp_path, read_rst=read_outline)
    assert scanner.scan([Candidate(path="a.md", declared=False)]) == {}
    [problem] = scanner.problems
    assert (problem.subtype, problem.path, problem.line) == (Subtype.ENCODING, "a.md", 4)
    assert "0xe9" in problem.message


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("\n# A heading  \n\n# Another\n", "# A heading  "),
        ("#   B #\n", "#   B #"),
        ("# <!-- x --> C\n", "#  C"),
        ("# \n# D\n", "# D"),
        (" # E\n", " # E"),
        ("```\n# code\n```\n# F\n", "# F"),
        ("G\n=\n", "G\n="),
    ],
)
def test_the_first_heading_of_a_text(body, heading):
    assert _headings(body)[0] == heading
