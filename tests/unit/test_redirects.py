"""Redirects from old URLs, which never replace a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinxext.newsroom.blog.redirects import Redirect, Redirects
from sphinxext.newsroom.problems import Subtype
from tests.unit.samples import arrange, post

PAGENAMES = ("index", "blog/index", "about")


def locate(_path, key, _item=None):
    return 5 if key == "aliases" else None


def redirects(*posts):
    made = Redirects(PAGENAMES)
    made.add_posts(posts, locate)
    return {redirect.pagename: redirect.docname for redirect in made.found}, made.problems


@pytest.mark.parametrize(
    ("written", "old_url"),
    [
        ("old/a", "old/a"),
        ("/old/a/", "old/a"),
        ("old/a.html", "old/a.html"),
        ("old/index.html", "old/index"),
        ("old/../older", "older"),
        ("old/a#part", "old/a"),
        ("old/a?x=1", "old/a"),
        ("old/%C3%B5petus", "old/õpetus"),
        ("https://old.example/2020/a/", "2020/a"),
    ],
)
def test_an_old_address_leads_to_the_post(written, old_url):
    assert redirects(post(redirects=(written,))) == ({old_url: "blog/a"}, [])


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("about", "is that of 'about'"),
        ("About.html", "is that of 'about'"),
        ("about/index.html", "is that of 'about'"),
        ("/", "is that of 'index'"),
        ("../x", "would leave the site"),
        ("%2e%2e/x", "would leave the site"),
        ("a/<script>", "is not allowed"),
        ("a%00b", "is not allowed"),
        ("http://[bad", "cannot be read"),
        ("x" * 300, "too long"),
    ],
)
def test_an_address_that_cannot_be_taken_is_reported_with_its_line(written, reason):
    found, [problem] = redirects(post(redirects=(written, "good")))
    assert found == {"good": "blog/a"}
    assert (problem.subtype, problem.path, problem.line) == (Subtype.PERMALINK, "blog/posts/a.md", 5)
    assert reason in problem.message
    assert problem.message.endswith("; no redirect is written.")


def test_the_first_of_two_posts_has_an_old_address():
    found, [problem] = redirects(post("a", redirects=("old",)), post("b", redirects=("Old/",)))
    assert found == {"old": "blog/a"}
    assert (problem.path, "that of 'blog/posts/a.md'" in problem.message) == ("blog/posts/b.md", True)


def test_one_post_can_have_an_address_in_several_spellings():
    found, problems = redirects(post(redirects=("old", "old.html", "old/index.html", "old/")))
    assert (set(found), problems) == ({"old", "old.html", "old/index"}, [])


def test_a_post_on_a_page_with_others_is_led_to_by_its_anchor():
    made = Redirects(())
    made.add_posts([replace(post(docname="news", redirects=("old",)), anchor="one")], locate)
    assert made.found == [Redirect(pagename="old", docname="news", anchor="one")]


def add_pages(pages):
    made = Redirects(PAGENAMES)
    made.add_pages(pages, find={"about.md": "about", "about": "about"}.get, suffixes=[".md", ".rst"])
    return made.found, [problem.message for problem in made.problems]


@pytest.mark.parametrize(
    ("old", "target", "redirect"),
    [
        ("old.md", "about.md", Redirect(pagename="old", docname="about")),
        ("old/page.rst", "about.md#team", Redirect(pagename="old/page", docname="about", anchor="team")),
        ("old.html", "about", Redirect(pagename="old.html", docname="about")),
        ("old", "https://new.example/x#y", Redirect(pagename="old", url="https://new.example/x#y")),
    ],
)
def test_old_pages_lead_to_pages_and_urls(old, target, redirect):
    assert add_pages({old: target}) == ([redirect], [])


@pytest.mark.parametrize(
    ("old", "target", "reason"),
    [
        ("old", "gone.md", "'gone.md' is not a page of this site"),
        ("old", "javascript:alert(1)", "is not a page of this site"),
        ("about", "https://new.example/", "is that of 'about'"),
        ("../../x", "about", "would leave the site"),
        ("http://[bad", "about", "cannot be read"),
    ],
)
def test_an_old_page_that_cannot_be_led_on_is_reported(old, target, reason):
    found, [message] = add_pages({old: target, "good": "about"})
    assert [redirect.pagename for redirect in found] == ["good"]
    assert message.startswith("newsroom_redirects: ")
    assert reason in message


def test_a_post_and_the_configuration_do_not_share_an_old_address():
    made = Redirects(PAGENAMES)
    made.add_posts([post(redirects=("old",))], locate)
    made.add_pages({"old": "about"}, find=lambda path: path, suffixes=[])
    assert [redirect.docname for redirect in made.found] == ["blog/a"]
    assert "is that of 'blog/posts/a.md'" in made.problems[0].message


@pytest.mark.parametrize("old", ["about", "about.md", "About/index.html"])
def test_a_page_that_leads_to_itself_is_there_already(old):
    assert add_pages({old: "about"}) == ([], [])


def merged(*pagenames, **options):
    spelled = [post(f"b{number}", categories=("E- Learning",)) for number in range(3)]
    blog, _ = arrange(post("z", "2025-01-01", categories=("E-Learning",)), *spelled, **options)
    made = Redirects(pagenames)
    made.add_merged_labels(blog)
    return made


def test_the_lists_of_a_spelling_lead_to_the_list_of_the_category():
    made = merged(pagination_per_page=2)
    assert [(redirect.pagename, redirect.docname, redirect.title) for redirect in made.found] == [
        ("blog/category/e--learning", "blog/category/e-learning", "E-Learning"),
        ("blog/category/e--learning/page/2", "blog/category/e-learning", "E-Learning"),
    ]
    assert made.problems == []


def test_a_spelling_takes_the_place_of_no_page():
    made = merged("blog/category/E--Learning/index", pagination=False)
    assert (made.found, made.problems) == ([], [])


def test_the_root_leads_to_where_the_site_starts_unless_something_is_there():
    made = Redirects(["blog/index"])
    made.add_home("blog/index")
    assert made.found == [Redirect(pagename="index", docname="blog/index")]
    for names, own in ((["index", "blog/index"], {}), (["blog/index", "about"], {"index.md": "about"})):
        made = Redirects(names)
        made.add_pages(own, find=lambda path: path, suffixes=(".md",))
        made.add_home("blog/index")
        assert [redirect.docname for redirect in made.found] == list(own.values())
        assert made.problems == []


def test_no_redirect_stands_below_a_file_or_in_the_place_of_a_folder():
    redirects = Redirects(
        {"index", "a", "guide/x"}, file_of=lambda name: name if name.endswith(".html") else f"{name}.html"
    )
    posts = {
        "index.html/x": "is below the file 'index.html'",
        "A.html/b/c": "is below the file 'A.html'",
        "guide": "",
        "old": "",
        "old/b": "",
        "old.html/b": "is below the file 'old.html'",
        "deep/x.html/y/z": "",
        "deep/x": "is the folder of other pages ('deep/x.html')",
    }
    redirects.add_pages(dict.fromkeys(posts, "https://example.org/"), find=lambda _: None, suffixes=(".md",))
    said = [problem.message for problem in redirects.problems]
    expected = [message for message in posts.values() if message]
    assert len(said) == len(expected)
    for message, words in zip(said, expected, strict=True):
        assert words in message
        assert "no redirect is written" in message
    assert [redirect.pagename for redirect in redirects.found] == ["guide", "old", "old/b", "deep/x.html/y/z"]


def test_no_file_is_written_for_an_address_that_no_file_can_have():
    redirects = Redirects(())
    assert "too long for a file name" in redirects.obstacle(f"blog/category/{'e' * 300}")
    assert redirects.obstacle("blog/category/e") == ""
