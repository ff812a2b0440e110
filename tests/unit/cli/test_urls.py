"""``newsroom urls``: what the site has, and what it had and has no more."""

from __future__ import annotations

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

POST = "---\ndate: 2025-01-03\n---\n\n# First steps in Git\n"
SITEMAP = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
BASE = "https://node.example/docs/"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        pass


def sitemap(*paths, base=BASE):
    return SITEMAP.format("".join(f"<url><loc>{base}{path}</loc></url>" for path in paths))


@pytest.fixture
def built(site):
    """Return a function that writes a site with its built files."""

    def write(*paths, **files):
        output = {
            f"_site/{path}": "" for path in ("index.html", "_static/theme.css", "searchindex.js", ".buildinfo", *paths)
        }
        return site(
            {**output, "blog/posts/first.md": POST, **files},
            conf=f"html_baseurl = {BASE!r}\nexclude_patterns = ['_site']\n",
        )

    return write


def test_the_urls_of_a_built_site_are_listed(built, run):
    root = built("blog/index.html", "blog/atom.xml", "guide.html", "files/a b.pdf")
    assert run("urls").stdout == "/\n/blog/\n/blog/atom.xml\n/files/a b.pdf\n/guide.html\n"
    assert run("urls", "_site", "-o", "out/urls.txt").stdout == ""
    assert (root / "out/urls.txt").read_text(encoding="utf-8") == run("urls", "_site").stdout


def test_a_list_of_the_same_site_loses_nothing(built, run):
    built("blog/index.html", "blog/2025/01/03/first-steps-in-git/index.html")
    run("urls", "-o", "urls.txt")
    result = run("urls", "--against", "urls.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "3 URLs before, 3 now, 0 lost\n"


def test_a_post_that_moved_is_told_with_its_redirect(built, run):
    root = built("blog/2025/01/03/first-steps-in-git/index.html")
    (root / "sitemap.xml").write_text(
        sitemap("", "blog/2025/01/03/first-steps/", "blog/2024/01/03/first-steps-in-git/"), encoding="utf-8"
    )
    result = run("urls", "--against", "sitemap.xml")
    assert result.exit_code == 1
    assert result.stdout == (
        "/blog/2024/01/03/first-steps-in-git/ is lost; add to blog/posts/first.md:\n"
        "  redirects:\n    - blog/2024/01/03/first-steps-in-git\n"
        "/blog/2025/01/03/first-steps/ is lost; add to blog/posts/first.md:\n"
        "  redirects:\n    - blog/2025/01/03/first-steps\n"
    )


def test_a_page_that_moved_is_told_with_an_option(built, run):
    root = built("manual/install.html")
    (root / "old.txt").write_text("guide/install.html\nforum\n", encoding="utf-8")
    assert run("urls", "--against", "old.txt").stdout == (
        "/forum is lost; no new page is called alike; add to conf.py:\n"
        "  newsroom_redirects = {'forum': 'the page that replaces it'}\n"
        "/guide/install.html is lost; add to conf.py:\n"
        "  newsroom_redirects = {'guide/install.html': 'manual/install'}\n"
    )
    data = json.loads(run("urls", "--against", "old.txt", "-f", "json").stdout)
    assert data[1] == {"path": "/guide/install.html", "replacement": "manual/install.html", "file": ""}


@pytest.mark.parametrize(
    "line",
    [
        "guide",
        "/guide/",
        f"{BASE}guide/",
        "http://node.example/docs/guide/index.html",
        "guide/#part",
        "guide/?x=1",
        "%67uide/",
    ],
)
def test_spellings_of_one_url_are_one(built, run, line):
    root = built("guide/index.html")
    (root / "old.txt").write_text(f"# a list\n{line}\n", encoding="utf-8")
    assert run("urls", "--against", "old.txt").exit_code == 0


def test_two_built_sites_are_compared(built, run):
    built("guide/index.html", **{"before/index.html": "", "before/gone/index.html": "", "before/_static/old.css": ""})
    assert run("urls", "_site", "--against", "before").stdout.startswith("/gone/ is lost; ")


def test_urls_of_other_sites_are_left_out(built, run):
    root = built()
    (root / "sitemap.xml").write_text(sitemap("x/", base="https://elsewhere.example/"), encoding="utf-8")
    result = run("urls", "--against", "sitemap.xml")
    assert result.exit_code == 3
    assert "--base" in result.stderr
    assert run("urls", "--against", "sitemap.xml", "--base", "https://elsewhere.example").exit_code == 1


def test_a_sitemap_is_read_from_the_web_with_those_it_names(built, run, tmp_path):
    built("guide/index.html")
    web = tmp_path / "web"
    web.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(web)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    (web / "pages.xml").write_text(sitemap("guide/", "gone/", base=url), encoding="utf-8")
    index = f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{url}pages.xml</loc></sitemap></sitemapindex>"
    (web / "sitemap.xml").write_text(index, encoding="utf-8")
    try:
        result = run("urls", "--against", f"{url}sitemap.xml")
        missing = run("urls", "--against", f"{url}nothing.xml")
    finally:
        server.shutdown()
        server.server_close()
    assert result.stdout.startswith("/gone/ is lost; ")
    assert (missing.exit_code, missing.stderr) == (3, f"newsroom: {url}nothing.xml cannot be read: File not found\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<html", "is not a sitemap"),
        (None, "cannot be read: No such file or directory"),
        (
            '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><urlset><url><loc>&e;</loc></url></urlset>',
            "has no URL",
        ),
    ],
)
def test_what_cannot_be_read_ends_with_3(built, run, content, said):
    root = built()
    if content is not None:
        (root / "old.xml").write_text(content, encoding="utf-8")
    result = run("urls", "--against", "old.xml")
    assert result.exit_code == 3
    assert said in result.stderr


def test_a_site_that_is_not_built_ends_with_3(site, run):
    site({})
    assert run("urls").exit_code == 3
    assert run("urls", "nowhere").exit_code == 2
