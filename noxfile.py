"""Development tasks: ``nox --list`` lists them, ``nox -s <name>`` runs one, including its set-up."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
# Sessions start many processes, and each would compile every module again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

nox.options.sessions = ["tests", "docs", "lint", "types", "imports"]

PYPROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PYPROJECT)
DOCS = "_build/html"
CONSTRAINTS = "constraints.txt"
"""The versions that sessions install by default, written by ``nox -s lock``."""
LOCKED_GROUPS = ("dev", "bench", "pictures", "release")
TEST_MINUTES = 7
LOCALES = "sphinxext/newsroom/locales"

SMOKE_SITE = {
    "conf.py": 'extensions = ["myst_parser", "sphinxext.newsroom"]\n',
    "index.md": "# Home\n\n```{toctree}\nblog/index\n```\n",
    "blog/posts/hello.md": "---\ndate: 2026-01-31\ncategories: [News]\n---\n\n# Hello\n\nFirst.\n\n<!-- more -->\n\nSecond.\n",
}
"""The smallest site with a blog."""


def install(session: nox.Session, *groups: str, pins: tuple[str, ...] = (), locked: bool = True) -> None:
    """Install the extension from the working tree, with the dependency groups that a session needs."""
    constraint = (f"--constraint={CONSTRAINTS}",) if locked else ()
    session.install(*constraint, "--editable=.", *nox.project.dependency_groups(PYPROJECT, *groups), *pins)


def install_material(session: nox.Session) -> str:
    """Install Material for MkDocs in a separate environment, and return its Python."""
    folder = Path(session.create_tmp()) / "material"
    session.run("python", "-m", "venv", str(folder))
    python = str(folder.resolve() / "bin" / "python")
    session.run(python, "-m", "pip", "install", "--quiet", "--upgrade", "mkdocs-material", external=True)
    return python


def run_tests(session: nox.Session) -> None:
    """Run the tests; arguments are passed to pytest."""
    # Sites are shared by the tests of a module, which this lets one process run, as far as the other has work.
    # Tests that build in a separate process need not compile the extension each time.
    environment = {"PYTHONDONTWRITEBYTECODE": None}
    session.run("pytest", "--numprocesses=auto", "--dist=worksteal", *session.posargs, env=environment)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests with the Python that runs nox and the versions of constraints.txt."""
    session.log("Installing the locked versions, then running unit tests and building small sites.")
    session.log("Expect about %s minutes on two quiet cores; `nox -s tests -- tests/unit` takes seconds.", TEST_MINUTES)
    install(session, "tests")
    run_tests(session)


@nox.session(python=PYTHONS)
@nox.parametrize("sphinx", ["8.2.*", "locked"])
def tests_matrix(session: nox.Session, sphinx: str) -> None:
    """Run the tests with every Python, each with the oldest Sphinx that it takes and with the locked one."""
    locked = sphinx == "locked"
    install(session, "tests", pins=() if locked else (f"sphinx=={sphinx}",), locked=locked)
    run_tests(session)


@nox.session
def newest(session: nox.Session) -> None:
    """Run the tests and build the documentation with the newest version of every dependency."""
    session.install("--upgrade", "--editable=.", *nox.project.dependency_groups(PYPROJECT, "tests", "docs"))
    run_tests(session)
    session.run(
        "sphinx-build", "-c", ".", "-q", "-W", "-E", "-d", "_build/newest/doctrees", "docs", "_build/newest/html"
    )


@nox.session
def lock(session: nox.Session) -> None:
    """Update constraints.txt (``-- --keep``: only add missing packages)."""
    session.install("uv")
    # The header of the file repeats the command: Dependabot runs it again.
    groups = [f"--group={group}" for group in LOCKED_GROUPS]
    options = ["--universal", "--python-version=3.11", "--all-extras", "--no-annotate", *groups]
    upgrade = [] if "--keep" in session.posargs else ["--upgrade"]
    session.run("uv", "pip", "compile", "--quiet", *upgrade, *options, "pyproject.toml", f"--output-file={CONSTRAINTS}")


@nox.session(python=PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """Run the tests with the lowest version of Python and of each dependency that we allow."""
    project = PYPROJECT["project"]
    bounds = [
        *project["dependencies"],
        *(bound for extra in project["optional-dependencies"].values() for bound in extra),
    ]
    install(session, "tests", pins=tuple(bound.replace(">=", "==") for bound in bounds), locked=False)
    run_tests(session)


@nox.session
def ablog(session: nox.Session) -> None:
    """Run ABlog's own tests with this extension in their sites; arguments are passed to pytest."""
    install(session, "tests")
    session.install("pip")  # fetches the tests
    session.run("python", "tests/ablog_suite.py", *session.posargs)


@nox.session
def html(session: nox.Session) -> None:
    """Check pages with the Nu HTML checker, JSON feeds by their schema; further arguments are themes. Needs Java and npm."""
    if missing := [program for program in ("java", "npm") if shutil.which(program) is None]:
        session.error(f"the Nu HTML checker needs {' and '.join(missing)}; install a Java runtime and Node.js")
    install(session, "tests")
    folder = Path(session.create_tmp())
    # Pinned like the linters.
    judges = ["vnu-jar@26.9.27", "jsonfeed-schema@0.5.0"]
    session.run("npm", "install", "--no-save", "--no-audit", "--prefix", str(folder), *judges, external=True)
    jar = folder / "node_modules/vnu-jar/build/dist/vnu.jar"
    session.run("python", "-m", "tests.html_validity", str(jar), *session.posargs)
    session.run("python", "-m", "tests.json_feed", str(folder / "node_modules/jsonfeed-schema/schema-v1.1.json"))


def find_chromium(session: nox.Session) -> None:
    """Find a Chromium, or install Playwright's; without any, fail where ``CI`` is set, else leave the session out."""
    said = session.run("python", "-m", "tests.browser.chromium", silent=True, success_codes=[0, 1])
    if "NEWSROOM_CHROMIUM" in str(said):
        (session.error if os.environ.get("CI") else session.skip)(str(said).strip())


@nox.session
def browser(session: nox.Session) -> None:
    """Try every kind of page in Chromium: accessibility, layout, keyboard; arguments are passed to pytest."""
    install(session, "tests", "browser")
    find_chromium(session)
    session.run("pytest", "tests/browser", "--numprocesses=auto", *session.posargs)


@nox.session
def screenshots(session: nox.Session) -> None:
    """Take screenshots of every kind of page, light and dark, narrow and wide (``-- pydata_sphinx_theme furo``: in these themes)."""
    install(session, "tests", "browser")
    find_chromium(session)
    folder = Path("_build/screenshots")
    session.run("python", "-m", "tests.browser.screenshots", str(folder), *session.posargs)
    session.log("Open %s", folder.resolve().as_uri())


@nox.session
def lighthouse(session: nox.Session) -> None:
    """Measure a post and the index with Lighthouse. Needs npm."""
    if shutil.which("npm") is None:
        session.error("Lighthouse needs npm; install Node.js")
    install(session, "tests", "browser")
    find_chromium(session)
    folder = Path(session.create_tmp()).resolve()
    session.run(
        "npm", "install", "--no-save", "--no-audit", "--prefix", str(folder), "lighthouse@12.8.2", external=True
    )
    session.run("python", "-m", "tests.browser.lighthouse", str(folder / "node_modules/.bin/lighthouse"))


@nox.session
def exactness(session: nox.Session) -> None:
    """Edit and interrupt at random, and compare with clean builds, for about an hour; try more values of each property."""
    install(session, "tests")
    session.run(
        "pytest", "--hypothesis-profile=exactness", "-m", "hypothesis", "tests/unit", "tests/integration/speedups"
    )
    files = ["tests/integration/test_exactness.py", "tests/integration/test_interruptions.py"]
    session.run("pytest", "--hypothesis-profile=exactness", *files, *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Show which lines and branches the unit tests do not cover."""
    install(session, "tests")
    session.run("pytest", "tests/unit", "--cov", "--cov-report=term-missing", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Benchmark builds against plain Sphinx, ABlog and Material (``-- --posts 300 --rounds 3``: a short run)."""
    install(session, "bench")
    session.run("python", "-m", "benchmarks", "--material", install_material(session), *session.posargs)


@nox.session
def pictures(session: nox.Session) -> None:
    """Take screenshots of Material's rendering of new Markdown examples (``-- --browser PATH``: with this browser)."""
    install(session, "tests", "pictures")
    session.run("python", "-m", "tests.markdown_pictures", "--material", install_material(session), *session.posargs)


@nox.session(name="docs-pictures")
def docs_pictures(session: nox.Session) -> None:
    """Regenerate the screenshots and covers of the documentation (``-- pages/post``: only one)."""
    install(session, "docs", "pictures")
    find_chromium(session)
    session.run("python", "-m", "tests.docs_pictures", *session.posargs)


@nox.session
def agreement(session: nox.Session) -> None:
    """Compare the text of rendered posts with Python-Markdown (``-- FOLDER``: for another Material site)."""
    install(session, "tests")
    session.run("python", "-m", "tests.markdown_agreement", "--verbose", *session.posargs)


@nox.session
def translations(session: nox.Session) -> None:
    """Update the message catalogues from the code (``-- ko``: add a language)."""
    session.install(f"--constraint={CONSTRAINTS}", "Babel", "Jinja2")
    template = f"{LOCALES}/newsroom.pot"
    known = ["-D", "newsroom", "-d", LOCALES]
    about = ["--project=sphinxext-newsroom", "--copyright-holder=The sphinxext-newsroom contributors"]
    find = ["-F", "pyproject.toml", "-k", "translatable", "-k", "plural:1,2", "--add-location=file", *about]
    session.run("pybabel", "-q", "extract", *find, "-o", template, ".")
    for language in session.posargs:
        session.run("pybabel", "init", *known, "-i", template, "-l", language)
    session.run(
        "pybabel",
        "-q",
        "update",
        *known,
        "-i",
        template,
        "--no-fuzzy-matching",
        "--ignore-pot-creation-date",
        "--ignore-obsolete",
    )
    session.run("pybabel", "compile", *known, "--statistics")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation with its News section; arguments are passed to sphinx-build (``-- -W``)."""
    session.log("Installing the locked versions, then building the documentation: about a minute.")
    install(session, "docs")
    # Quiet: where there is no terminal, Sphinx prints a line for each page and image.
    session.run("sphinx-build", "-q", "-c", ".", "-d", "_build/doctrees", "-j", "auto", "docs", DOCS, *session.posargs)
    session.log("Open %s", (Path(DOCS) / "index.html").resolve().as_uri())


@nox.session(name="docs-live")
def docs_live(session: nox.Session) -> None:
    """Serve the documentation, drafts included, and rebuild it at each change."""
    install(session, "docs-live")
    watched = ["--watch", "sphinxext", "--watch", "conf.py", "--watch", "CHANGELOG.md", "--watch", "CONTRIBUTING.md"]
    arguments = ["-c", ".", "-b", "dirhtml", "-t", "drafts", "docs", "_build/live"]
    session.run("sphinx-autobuild", *watched, *arguments, *session.posargs)


@nox.session
def linkcheck(session: nox.Session) -> None:
    """Check the links in the documentation."""
    install(session, "docs")
    session.run("sphinx-build", "-c", ".", "-b", "linkcheck", "docs", "_build/linkcheck", *session.posargs)


@nox.session
def readthedocs(session: nox.Session) -> None:
    """Build the documentation as Read the Docs does (``-- external``: as it does for a pull request)."""
    session.install("PyYAML")
    session.run("python", "tests/readthedocs.py", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, words not to use, and workflows."""
    session.install(f"--constraint={CONSTRAINTS}", *nox.project.dependency_groups(PYPROJECT, "lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run(
        "codespell", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs", "sphinxext", "conf.py", "noxfile.py"
    )
    # Tests hold text of any kind as data: only their docstrings and comments are checked.
    data = r'(?<!")"(?!"")(?:[^"\\\n]|\\.)+"(?!"")'
    session.run(
        "codespell", "--ignore-regex", data, "--skip=*.md,*.txt,*.json,*.html,*.svg,*.png", "tests", "benchmarks"
    )
    session.run("zizmor", "--offline", "--persona=pedantic", "--quiet", ".github")


@nox.session
def types(session: nox.Session) -> None:
    """Check types."""
    install(session, "types")
    session.run("mypy", *session.posargs)


@nox.session
def imports(session: nox.Session) -> None:
    """Check the order of the packages, and which of them may import Sphinx and ABlog."""
    session.install(f"--constraint={CONSTRAINTS}", *nox.project.dependency_groups(PYPROJECT, "imports"))
    session.run("lint-imports", "--no-cache")


@nox.session(reuse_venv=False)
def build(session: nox.Session) -> None:
    """Build the distributions into ``dist/``, then make the smallest blog with the installed wheel."""
    session.install(f"--constraint={CONSTRAINTS}", *nox.project.dependency_groups(PYPROJECT, "release"))
    shutil.rmtree("dist", ignore_errors=True)
    session.run("python", "-m", "build")
    session.run("twine", "check", "--strict", *map(str, Path("dist").iterdir()))

    session.install(f"--constraint={CONSTRAINTS}", *map(str, Path("dist").glob("*.whl")))
    site = Path(session.create_tmp()) / "site"
    shutil.rmtree(site, ignore_errors=True)
    for name, text in SMOKE_SITE.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    session.run("sphinx-build", "-W", "-b", "dirhtml", str(site), str(site / "_build"))
    if not (site / "_build/blog/2026/01/31/hello/index.html").is_file():
        session.error("the post has no page")
