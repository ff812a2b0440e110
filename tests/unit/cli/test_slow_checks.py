"""``newsroom check --links`` and ``--build``: links to other sites, and what only a build knows."""

from __future__ import annotations

import json
import subprocess
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from sphinxext.newsroom.cli import link_check
from sphinxext.newsroom.cli.build_check import _findings
from sphinxext.newsroom.cli.link_check import LinkChecker, LinkResult, Outcome, external_links


class Handler(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def answer(self):
        type(self).asked.append(f"{self.command} {self.path}")
        status = {"/gone": 404, "/only-get": 405 if self.command == "HEAD" else 200, "/forbidden": 403, "/busy": 429,
                  "/broken": 500}.get(self.path, 200)  # fmt: skip
        if self.path == "/slow":
            time.sleep(1)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = answer  # noqa: N815 - names of the class

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def server():
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def asked(monkeypatch):
    monkeypatch.setattr(link_check, "_PAUSE", 0)
    monkeypatch.setattr(link_check, "_TIMEOUT", (0.5, 0.3))
    Handler.asked = []
    return lambda: Handler.asked


def test_links_are_found_with_their_lines_and_not_in_code():
    text = (
        "---\nlinks:\n  - https://a.example/x\n---\n\n[b](https://b.example/y_(z)) and <https://c.example>, "
        "`https://code.example`.\r\n\n```\nhttps://code.example\n```\n\nSee https://d.example/e. ![](http://i.example/a.png)\n"
    )
    assert list(external_links(text)) == [
        (3, "https://a.example/x"),
        (6, "https://b.example/y_(z)"),
        (6, "https://c.example"),
        (12, "https://d.example/e"),
        (12, "http://i.example/a.png"),
    ]


def test_only_what_is_not_there_is_broken(server, asked):
    paths = ("ok", "gone", "only-get", "forbidden", "busy", "broken", "slow", "ok#part")
    found = LinkChecker(None).check([f"{server}/{path}" for path in paths])
    assert {url.rpartition("/")[2]: (result.outcome.value, result.detail) for url, result in found.items()} == {
        "ok": ("ok", ""),
        "gone": ("broken", "it answers 404"),
        "only-get": ("ok", ""),
        "forbidden": ("unknown", "it answers 403"),
        "busy": ("unknown", "it answers 429"),
        "broken": ("unknown", "it answers 500"),
        "slow": ("unknown", "it does not answer in time"),
        "ok#part": ("ok", ""),
    }
    assert asked()[:3] == ["HEAD /ok", "HEAD /gone", "GET /gone"]


def test_hosts_that_do_not_answer_are_broken(asked):
    found = LinkChecker(None).check(["http://127.0.0.1:9/", "http://[bad/"])
    assert [result.outcome for result in found.values()] == [Outcome.BROKEN, Outcome.BROKEN]
    assert found["http://127.0.0.1:9/"] == LinkResult(outcome=Outcome.BROKEN, detail="there is no connection")


def test_links_that_worked_lately_are_not_asked_for_again(server, asked, tmp_path, monkeypatch):
    urls = [f"{server}/ok", f"{server}/gone"]
    first = LinkChecker(tmp_path).check(urls)
    assert LinkChecker(tmp_path).check(urls) == first
    assert asked().count("HEAD /ok") == 1
    assert asked().count("HEAD /gone") == 2
    later = time.time() + 8 * 24 * 3600
    monkeypatch.setattr(time, "time", lambda: later)
    LinkChecker(tmp_path).check(urls[:1])
    assert asked().count("HEAD /ok") == 2


def test_check_reports_broken_links_of_posts_since_a_date(site, run, server, asked):
    posts = {
        "blog/posts/old.md": f"---\ndate: 2023-01-31\n---\n\n# Old\n\n[x]({server}/gone)\n",
        "blog/posts/new.md": f"---\ndate: 2025-01-31\n---\n\n# New\n\nOn [x]({server}/gone), {server}/busy.\n",
    }
    site(posts)
    result = run("check", "--links", "--since", "2024-01-01", "--format", "json")
    assert result.exit_code == 1
    [problem] = json.loads(result.stdout)["problems"]
    assert (problem["code"], problem["path"], problem["line"]) == ("newsroom.link", "blog/posts/new.md", 7)
    assert f"the link '{server}/gone' leads nowhere: it answers 404." == problem["message"]
    assert f"note: {server}/busy: it answers 429\n" in result.stderr
    assert len(json.loads(run("check", "--links", "--format", "json").stdout)["problems"]) == 2
    assert run("check", "--links", "--ignore", "link").exit_code == 0
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--since", "2024-01-01"), "--since is for --links"),
        (("--links", "--since", "yesterday"), "--since 'yesterday' is no date"),
    ],
)
def test_wrong_use(site, run, arguments, said):
    site({})
    result = run("check", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_warnings_of_a_build_are_findings(tmp_path):
    file = tmp_path / "page.md"
    file.write_bytes(b"# Page\r\n\r\n[x](gone.md)\r\n")
    text = (
        f"{file}:3: WARNING: 'myst' cross-reference target not found: 'gone.md' [myst.xref_missing]\n"
        f"  more of it\n{file}: ERROR: bad\nWARNING: of the site [config.cache]\n"
        "/gone.py:docstring of module.name:4: WARNING: elsewhere\n"
    )
    found = [(f.path, f.line, f.severity, f.code, f.message, f.text) for f in _findings(text, tmp_path)]
    assert found == [
        (
            "page.md",
            3,
            "warning",
            "myst.xref_missing",
            "'myst' cross-reference target not found: 'gone.md'",
            "[x](gone.md)",
        ),
        ("page.md", 1, "error", "sphinx", "bad", "# Page"),
        ("", None, "warning", "config.cache", "of the site", ""),
        ("", None, "warning", "sphinx", "elsewhere", ""),
    ]


def test_check_with_a_build(site, run, monkeypatch):
    root = site({"blog/posts/a.md": "---\ndate: 2024-01-31\ncategries: [x]\n---\n\n# A\n\n[x](gone.md)\n"})
    calls = []

    def build(command, **_options):
        calls.append(command)
        name = f"{root}/blog/posts/a.md"
        text = (
            f"{name}:3: WARNING: 'categries' is not a known key and is ignored. Did you mean 'categories'? "
            f"[newsroom.front_matter]\n{name}:8: WARNING: target not found: 'gone.md' [myst.xref_missing]\n"
        )
        Path(command[command.index("-w") + 1]).write_text(text, encoding="utf-8")
        return subprocess.CompletedProcess(command, 0, b"", b"")

    monkeypatch.setattr(subprocess, "run", build)
    result = run("check", "--build", "--format", "json")
    assert [problem["code"] for problem in json.loads(result.stdout)["problems"]] == [
        "newsroom.front_matter",
        "myst.xref_missing",
    ]
    assert calls[0][1:5] == ["-m", "sphinx", "-b", "dummy"]
    assert "index.md" not in result.stdout
    assert json.loads(run("check", "--build", "index.md", "--format", "json").stdout)["problems"] == []

    def fail(command, **_options):
        return subprocess.CompletedProcess(command, 2, b"", b"Traceback\nExtension error: no module\n")

    monkeypatch.setattr(subprocess, "run", fail)
    result = run("check", "--build")
    assert result.exit_code == 3
    assert result.stderr.endswith("newsroom: the site cannot be built: Extension error: no module\n")


def test_only_events(site, run):
    post = "---\ndate: 2024-01-31\ncategries: [x]\nevent:\n  start: 2024-02-01\n  end: 2024-01-01\n---\n\n# A\n"
    site({"blog/posts/a.md": post})
    codes = {problem["code"] for problem in json.loads(run("check", "--events", "--format", "json").stdout)["problems"]}
    assert codes == {"newsroom.event"}


def test_taxonomies_of_extensions_are_not_mistaken_for_errors(site, run):
    conf = (
        "import sys, pathlib\nsys.path.insert(0, str(pathlib.Path(__file__).parent / 'ext'))\n"
        "extensions = ['myst_parser', 'sphinxext.newsroom', 'funders_of_site', 'no_such_module', 'sphinx.ext.autodoc']\n"
        "newsroom_feed_catalogs = ['category', 'funder']\n"
    )
    extension = (
        "from sphinxext.newsroom import add_taxonomy\n\n\ndef setup(app):\n    add_taxonomy(app, 'funder', title='F')\n"
    )
    site({"conf.py": conf, "ext/funders_of_site.py": extension})
    result = run("check")
    assert result.exit_code == 0
    assert "taxonomies and feeds of the extension 'funders_of_site' are only checked by a build" in result.stderr
