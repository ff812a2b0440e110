"""What the tests share: a site written as text, built for real."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from babel import localedata
from bs4 import BeautifulSoup
from hypothesis import settings
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from tests.shared_work import (
    collect_less_often,
    leave_out_debug_messages,
    share_metadata,
    share_templates,
    shared_functions,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent
DEFAULTS: dict[str, Any] = {
    "project": "Node",
    "extensions": ["myst_parser", "sphinxext.newsroom"],
    "html_theme": "pydata_sphinx_theme",
    "html_baseurl": "https://node.example/",
    "suppress_warnings": [],
}
WITH_SPEEDUPS = [*DEFAULTS["extensions"], "sphinxext.newsroom.speedups"]
INDEX = "# Home\n\n```{toctree}\nblog/index\n```\n"

share_metadata()
leave_out_debug_messages()
# Variables of services that build sites; they tell the base URL, and what is a preview.
HOSTING = ("READTHEDOCS", "GITHUB_", "GITLAB_", "CI_", "NETLIFY", "DEPLOY_", "CONTEXT", "CF_PAGES", "VERCEL")
LACKS_PLAYWRIGHT = not all(find_spec(name) for name in ("playwright", "axe_playwright_python"))
COLOURS = re.compile(r"\x1b\[[\d;]*m")


@dataclass
class Site:
    """A site in a temporary folder."""

    folder: Path
    conf: dict[str, Any] = field(default_factory=dict)
    """Options; ``...`` for one that is not set, although sites of other tests have it."""
    builder: str = "dirhtml"
    warnings: list[str] = field(default_factory=list)
    status: str = ""
    app: Sphinx | None = None
    shares_work: bool = True
    """Whether work that is the same for every site is taken from others: see ``shared_work.py``."""

    @property
    def out(self) -> Path:
        return self.folder / "_build" / self.builder

    def write(self, files: Mapping[str, str | bytes | None]) -> Site:
        """Write files into the source folder; None deletes one."""
        for name, text in files.items():
            file = self.folder / "src" / name
            if text is None:
                file.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def build(self, *, jobs: int = 1, tags: tuple[str, ...] = (), fresh: bool = False) -> Site:
        """Build the site; what it says about warnings is in ``warnings``, without colours and folder."""
        if fresh:
            shutil.rmtree(self.folder / "_build", ignore_errors=True)
        status, warning = io.StringIO(), io.StringIO()
        values = {**DEFAULTS, "exclude_patterns": ["_build"], **self.conf}
        # Sphinx keeps the words of the language of the last build in this process, and Babel its names of months.
        locale.translators.clear()
        localedata._cache.clear()
        # The speedups patch the same functions.
        shares_functions = self.shares_work and "sphinxext.newsroom.speedups" not in values["extensions"]
        with patch_docutils(), docutils_namespace(), shared_functions() if shares_functions else nullcontext():
            self.app = Sphinx(
                self.folder / "src",
                None,
                self.out,
                self.folder / "_build" / "doctrees",
                self.builder,
                confoverrides={name: value for name, value in values.items() if value is not ...},
                status=status,
                warning=warning,
                parallel=jobs,
                tags=list(tags),
            )
            if self.shares_work:
                share_templates(self.app)
            self.app.build()
        self.status = COLOURS.sub("", status.getvalue())
        text = COLOURS.sub("", warning.getvalue()).replace(f"{self.folder / 'src'}{os.sep}", "")
        self.warnings = [line for line in text.splitlines() if line.strip()]
        return self

    def file(self, url: str) -> Path:
        """Return the file that answers to a URL path."""
        path = self.out / unquote(url).strip("/")
        return path / "index.html" if path.is_dir() or not path.suffix else path

    def text(self, url: str) -> str:
        return self.file(url).read_text(encoding="utf-8")

    def soup(self, url: str) -> BeautifulSoup:
        return BeautifulSoup(self.text(url), "html5lib")

    def graph(self, url: str) -> dict[str, Any]:
        """Return the structured data of a page, by type."""
        [script] = self.soup(url).select("script[type='application/ld+json']")
        return {node["@type"]: node for node in json.loads(str(script.string))["@graph"]}

    def titles(self, url: str) -> list[str]:
        """Return the titles of the posts that a list shows."""
        return [heading.get_text(strip=True) for heading in self.soup(url).select(".newsroom-entry h2")]

    def urls(self) -> set[str]:
        """Return the URL of every page of the blog."""
        pages = (file.relative_to(self.out).as_posix() for file in self.out.rglob("*.html"))
        return {re.sub(r"(^|/)index\.html$", r"\1", page) for page in pages if not page.startswith("_")}

    def snapshot(self) -> dict[str, bytes]:
        """Return all that is served, by path."""
        ignored = {".buildinfo", ".buildinfo.bak"}
        return {
            file.relative_to(self.out).as_posix(): file.read_bytes()
            for file in sorted(self.out.rglob("*"))
            if file.is_file() and file.name not in ignored
        }


def post(body: str = "", **front_matter: object) -> str:
    """Return a post; dates and lists are written as YAML would have them."""
    values = {"date": "2024-06-18", **front_matter}
    lines = [f"{key}: {_yaml(value)}" for key, value in values.items() if value is not None]
    return "\n".join(["---", *lines, "---", "", body or "# A post\n\nText.", ""])


def _yaml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_yaml(item) for item in value) + "]"
    return str(value)


def is_a_test(name: str) -> bool:
    """Return whether there is a test of a name such as ``tests/unit/test_x.py::test_y``, for tables that point to others."""
    path, _, function = name.partition("::")
    return f"def {function}(" in (ROOT / path).read_text(encoding="utf-8")


def pytest_collection_finish():
    collect_less_often()


def pytest_report_header():
    return "tests/browser is left out: `nox -s browser` installs what it needs" if LACKS_PLAYWRIGHT else []


# A busy machine is not a defect.
settings.register_profile("newsroom", max_examples=40, deadline=None)
# Chosen by `nox -s exactness`: random edits, and ends of builds, for as long as one likes to wait.
settings.register_profile("exactness", max_examples=100, stateful_step_count=12, deadline=None, print_blob=True)
settings.load_profile("newsroom")


def examples(number: int) -> settings:
    """Return settings with a number of examples, and ten times as many in ``nox -s exactness``."""
    return settings(max_examples=number * 10 if settings.get_current_profile_name() == "exactness" else number)


@pytest.fixture
def environment(request, monkeypatch):
    """Have the environment say the time, and nothing of a service that builds sites; use the theme that a mark names."""
    if (theme := request.node.get_closest_marker("theme")) is not None:
        monkeypatch.setitem(DEFAULTS, "html_theme", theme.args[0])
    for name in [name for name in os.environ if name.startswith(HOSTING)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")  # 21 September 2026


@pytest.fixture
def site(tmp_path, environment):
    """Return a function that makes a site of files and options; it is not built yet."""

    def make(files: dict[str, str | bytes], *, builder: str = "dirhtml", **conf: Any) -> Site:
        made = Site(folder=tmp_path, conf=conf, builder=builder)
        made.write({"conf.py": "", "index.md": INDEX, **files})
        return made

    return make


@pytest.fixture(scope="module")
def sites_of_module(tmp_path_factory):
    """Return a function that builds a site once in a test module, and gives it to each test as it was then."""
    found: dict[str, Site] = {}

    def make(files: dict[str, str | bytes], *, builder: str = "dirhtml", jobs: int = 1, **conf: Any) -> Site:
        name = repr((files, builder, jobs, DEFAULTS["html_theme"], sorted(conf.items())))
        if name in found:
            built = found[name]
            shutil.rmtree(built.folder)
            shutil.copytree(built.folder.with_name("copy"), built.folder, symlinks=True)
            return replace(built, conf={**conf}, warnings=[*built.warnings])
        built = Site(folder=tmp_path_factory.mktemp("once") / "site", conf=conf, builder=builder)
        built.write({"conf.py": "", "index.md": INDEX, **files}).build(jobs=jobs)
        # With the times of the files: the next build takes them for those of the last.
        shutil.copytree(built.folder, built.folder.with_name("copy"), symlinks=True)
        found[name] = replace(built, conf={**conf}, warnings=[*built.warnings])
        return built

    return make


@pytest.fixture
def built_site(environment, sites_of_module):
    """Return a function that gives a built site, which it builds only for the first test of a module that asks for it."""
    return sites_of_module
