"""A process in which applications have been built is as it was before, whatever they have loaded."""

from __future__ import annotations

import gc
import io
import logging
import platform
import sys
from functools import partial, wraps
from threading import Event, Thread
from types import ModuleType
from typing import Any, ClassVar

import docutils.nodes
import pytest
from docutils.transforms import Transform
from myst_parser.parsers.sphinx_ import MystParser
from sphinx import events
from sphinx.application import Sphinx
from sphinx.builders import html
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.errors import ExtensionError, ThemeError
from sphinx.transforms import SphinxSmartQuotes
from sphinx.util.docutils import docutils_namespace
from sphinx.util.nodes import NodeMatcher
from sphinx.writers.html5 import HTML5Translator

from sphinxext.newsroom import speedups
from sphinxext.newsroom.speedups import patch
from tests.conftest import DEFAULTS, WITH_SPEEDUPS, post

PACKAGES = (
    "ablog",
    "docutils",
    "jinja2",
    "logging",
    "markdown_it",
    "myst_parser",
    "pydata_sphinx_theme",
    "pygments",
    "sphinx",
)
SPEEDUPS = ["myst_parser", "sphinxext.newsroom.speedups"]
FILES = {
    "index.md": '# Home\n\nA "word" [link](page.md).\n\n```{toctree}\npage\nblog/index\n```\n',
    "page.md": "# Page\n\n```python\nprint(1)\n```\n",
    "blog/posts/a.md": post("# First\n\nText."),
}
WARMED_UP: list[bool] = []
PLAIN = {"exclude_patterns": ["blog/**"], "suppress_warnings": ["toc"]}


def functions():
    """Return every attribute of modules and classes that could be patched, and the state of Python that could be changed.

    Containers are left out: registries and caches grow with each application.
    """
    found: dict[str, Any] = {"gc": (gc.get_threshold(), gc.get_freeze_count(), gc.isenabled())}
    for name in sorted(sys.modules):
        if name.partition(".")[0] not in PACKAGES:
            continue
        module = sys.modules[name]
        for attribute, value in vars(module).items():
            if callable(value) or isinstance(value, logging.LoggerAdapter):
                found[f"{name}.{attribute}"] = value
            if isinstance(value, type) and value.__module__ == name:
                for inner, method in list(vars(value).items()):
                    if callable(method) or isinstance(method, (staticmethod, classmethod, property)):
                        found[f"{name}.{attribute}.{inner}"] = method
    for name in ("sphinx", "sphinx.sphinx.events", "sphinx.sphinx.builders.html"):
        logger = logging.getLogger(name)
        found[f"logger {name}"] = (logger.level, logger.propagate, logger.disabled, list(logger.filters))
    return found


def changed(before):
    """Return what is different now; what modules that were imported since have in them is new, not changed."""
    now = functions()
    return [name for name, value in before.items() if now.get(name) is not value and now.get(name) != value]


def is_patched():
    return "_fast_findall" in vars(docutils.nodes.Node) and (
        docutils.nodes.Node._fast_findall.__module__ != "docutils.nodes"  # type: ignore[attr-defined]
    )


class OwnBuilder(DirectoryHTMLBuilder):
    """A builder of a site, with methods that the extension replaces on other builders."""

    name = "own"

    def render_partial(self, node):
        self.rendered = getattr(self, "rendered", 0) + 1
        return super().render_partial(node)


class OwnTranslator(HTML5Translator):
    """A translator of a site."""

    def visit_paragraph(self, node):
        super().visit_paragraph(node)
        self.body.append("<!-- own -->")


class OwnParser(MystParser):
    """A parser of a site."""

    def parse(self, inputstring, document):
        super().parse(inputstring + "\n\nAdded.\n", document)


class OwnQuotes(SphinxSmartQuotes):
    """A transform of a site that looks at tokens."""

    default_priority = 749
    seen: ClassVar[list[str]] = []

    def get_tokens(self, txtnodes):
        for kind, text in super().get_tokens(txtnodes):
            self.seen.append(kind)
            yield kind, text


class OwnWalk(Transform):
    """A transform of a site that walks through the document."""

    default_priority = 700
    found = 0

    def apply(self):
        type(self).found += sum(1 for _ in NodeMatcher(docutils.nodes.paragraph).findall(self.document))


class Handler(logging.Handler):
    """A handler that a site gives to Sphinx's logger."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.events = 0

    def emit(self, record):
        self.events += "emitting event" in record.getMessage()


@pytest.fixture
def own(monkeypatch):
    """Return an extension with subclasses and handlers, as ``conf.py`` could have."""
    module: Any = ModuleType("own_extension")
    module.handler, module.pages = Handler(), []

    def setup(app):
        app.add_builder(OwnBuilder)
        app.set_translator("own", OwnTranslator, override=True)
        app.add_source_parser(OwnParser, override=True)
        app.add_transform(OwnQuotes)
        app.add_transform(OwnWalk)
        app.connect("html-page-context", lambda *given: module.pages.append(given[1]))
        logging.getLogger("sphinx").addHandler(module.handler)

    module.setup = setup
    monkeypatch.setitem(sys.modules, module.__name__, module)
    yield module
    logging.getLogger("sphinx").removeHandler(module.handler)


@pytest.fixture
def make(site, tmp_path):
    """Return a function that makes applications of one site."""
    site(FILES)
    number = 0

    def make(extensions, builder="dirhtml", **settings):
        nonlocal number
        number += 1
        out = tmp_path / f"out{number}"
        conf = {**DEFAULTS, "extensions": extensions, **settings}
        if "sphinxext.newsroom" not in extensions:
            conf |= PLAIN
        return Sphinx(tmp_path / "src", None, out, out / ".doctrees", builder, conf, io.StringIO(), io.StringIO())

    with docutils_namespace():
        if not WARMED_UP:
            # Sphinx, the theme and Python have then set up what they set up once in a process.
            make(["myst_parser", "sphinxext.newsroom"]).build()
            make(["myst_parser"]).build()
            WARMED_UP.append(True)
        yield make


def output(app):
    text = {file.name: file.read_bytes() for file in app.outdir.rglob("*.html")}
    return text or pytest.fail(app._warning.getvalue())


def test_the_blog_changes_nothing_at_any_time(make):
    before = functions()
    seen = []
    app = make(DEFAULTS["extensions"])
    seen.append(changed(before))

    def note(*_):
        seen.append(changed(before))

    for event in ("env-before-read-docs", "env-updated", "html-page-context"):
        app.connect(event, note)
    app.build()
    seen.append(changed(before))
    assert len(seen) > 4
    assert all(names == [] for names in seen)


def test_nothing_is_patched_before_the_build(make):
    before = functions()
    make(WITH_SPEEDUPS)
    assert changed(before) == []


def test_five_applications_one_after_another(make, own):
    before = functions()
    expected = {}
    during = []
    for extensions in (["myst_parser"], DEFAULTS["extensions"]):
        app = make([*extensions, own.__name__], "own")
        app.build()
        expected["sphinxext.newsroom" in extensions] = (output(app), app.builder.rendered)
    plain_events, own.handler.events = own.handler.events, 0
    tokens, OwnQuotes.seen = OwnQuotes.seen, []
    walked, OwnWalk.found = OwnWalk.found, 0
    pages, own.pages = own.pages, []
    for extensions in (WITH_SPEEDUPS, SPEEDUPS, SPEEDUPS, ["myst_parser"], WITH_SPEEDUPS):
        app = make([*extensions, own.__name__], "own")
        app.connect("env-updated", lambda *_: during.append(is_patched()))
        app.build()
        assert (output(app), app.builder.rendered) == expected["sphinxext.newsroom" in extensions]
        assert changed(before) == []
    assert during == [True, True, True, False, True]
    # Subclasses and handlers have seen what they see without: twice the blog, three times without one.
    assert own.handler.events > 2 * plain_events
    assert len(own.pages) > 2 * len(pages)
    assert set(OwnQuotes.seen) == set(tokens)
    assert OwnWalk.found > 2 * walked


def test_applications_within_each_other(make, own):
    before = functions()
    left = ["one", "two", "three", "four"]
    during = []

    def build_another(app, _env):
        if left:
            left.pop()
            inner = make([*(SPEEDUPS if len(left) % 2 else WITH_SPEEDUPS), own.__name__], "own")
            inner.connect("env-updated", build_another)
            inner.build()
        during.append(is_patched())

    outer = make([*WITH_SPEEDUPS, own.__name__], "own")
    outer.connect("env-updated", build_another)
    outer.build()
    assert during == [True] * 5
    assert changed(before) == []


def test_an_application_that_ends_before_one_that_began_later(make):
    before = functions()
    first, second = make(SPEEDUPS), make(SPEEDUPS)
    began, ended = Event(), Event()
    during = []

    def begin(_app, _env):
        began.set()
        assert ended.wait(60)

    second.connect("env-updated", begin)
    thread = Thread(target=second.build)

    def wait(_app, _env):
        thread.start()
        assert began.wait(60)

    first.connect("env-updated", wait)
    first.build()
    during.append(is_patched())
    ended.set()
    thread.join()
    assert during == [True]
    assert changed(before) == []


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("event", ["env-get-outdated", "html-page-context", "build-finished"])
def test_a_build_that_fails(make, error, event):
    before = functions()
    app = make(SPEEDUPS)

    def fail(*_):
        raise error

    app.connect(event, fail, priority=1)
    with pytest.raises((error, ExtensionError)):
        app.build()
    assert changed(before) == []


def test_what_something_else_has_replaced_stays(make, monkeypatch):
    tokens = SphinxSmartQuotes.get_tokens
    monkeypatch.setattr(
        html, "_file_checksum", wraps(vars(html)["_file_checksum"])(partial(vars(html)["_file_checksum"]))
    )
    monkeypatch.setattr(SphinxSmartQuotes, "get_tokens", lambda self, texts: iter(list(tokens(self, texts))))
    before = functions()
    during = []
    app = make(SPEEDUPS)
    app.connect("env-updated", lambda *_: during.extend(changed(before)))
    app.build()
    assert "docutils.nodes.Node._fast_findall" in during
    assert not any("_file_checksum" in name or "get_tokens" in name for name in during)
    assert changed(before) == []
    [line] = [line for line in app._status.getvalue().splitlines() if "newsroom.speedups" in line]
    assert "sphinx.builders.html._file_checksum has been replaced by something else" in line
    assert "sphinx.transforms.SphinxSmartQuotes.get_tokens has been replaced by something else" in line


def test_what_something_else_replaces_during_the_build_stays(make, monkeypatch):
    monkeypatch.setattr(html, "_file_checksum", vars(html)["_file_checksum"])  # restored after the test
    app = make(SPEEDUPS)

    def replace(_app, _env):
        setattr(html, "_file_checksum", len)  # noqa: B010 - Sphinx does not export it

    app.connect("env-updated", replace)
    with pytest.raises(ThemeError, match="len"):
        app.build()
    assert vars(html)["_file_checksum"] is len


def test_unknown_versions_are_left_alone(make, monkeypatch):
    before = functions()
    during = []
    monkeypatch.setattr(patch, "version", lambda _distribution: "99.0")
    monkeypatch.setattr(platform, "python_version", lambda: "3.99.0")
    app = make(SPEEDUPS)
    app.connect("env-updated", lambda *_: during.extend(changed(before)))
    app.build()
    assert during == []
    [line] = [line for line in app._status.getvalue().splitlines() if "newsroom.speedups" in line]
    assert "Sphinx 99.0, tested with >=8.2" in line
    assert "Python 3.99.0" in line
    assert app.statuscode == 0


def test_every_change_is_made_to_the_versions_of_the_tests(make):
    app = make(SPEEDUPS)
    made = []
    app.connect("env-updated", lambda *_: made.extend(speedups._CHANGES._undo))
    app.build()
    assert "newsroom.speedups" not in app._status.getvalue()
    assert len(made) == len(speedups.ALL) - (
        not hasattr(__import__("sphinx.util.docutils").util.docutils, "_get_settings")
    )
    assert type(events.logger).__name__ == "SphinxLoggerAdapter"
