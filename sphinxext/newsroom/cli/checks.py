"""Check a site without building it: collect all problems, with their severity and line."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.cli.config import load_config
from sphinxext.newsroom.cli.edits import can_edit
from sphinxext.newsroom.cli.errors import CommandError, ExitCode
from sphinxext.newsroom.cli.report_cache import ReportCache
from sphinxext.newsroom.problems import Subtype, suggestion
from sphinxext.newsroom.reports.finding import make_finding
from sphinxext.newsroom.utils.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinxext.newsroom.cli.locate import Place
    from sphinxext.newsroom.problems import Edit, Problem
    from sphinxext.newsroom.reports.finding import Finding, Severity

PREFIX = "newsroom."
_OPTION = re.compile(r"(?:newsroom|blog|post|html)_\w+")
_SUPPRESSED_BY_ALL = "newsroom"
_REGISTERS = (b"add_taxonomy(", b"add_feed_format(")
_OF_REGISTERED = re.compile(r"newsroom_(?:feed_catalogs|feed_files)\b")
_WELL_KNOWN = frozenset({"sphinx", "sphinxext", "myst_parser", "myst_nb", "ablog", "nbsphinx", "sphinx_design"})


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The result of a check."""

    findings: tuple[Finding, ...]
    edits: tuple[Edit, ...]
    """The corrections of those problems that have one."""
    posts: int
    """Number of posts."""
    unchecked: tuple[str, ...] = ()
    """The extensions of the site that add taxonomies or formats of feeds, which only a build knows."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A filter of problems."""

    select: frozenset[str] = frozenset()
    """The kinds that are shown; all if there are none."""
    ignore: frozenset[str] = frozenset()
    paths: tuple[Path, ...] = ()
    """Files and folders; all if there are none."""
    severity: Mapping[str, str] = field(default_factory=dict)

    def severity_of(self, problem: Problem) -> Severity | None:
        """Return how severe the site takes a problem; None if it is not to be shown.

        :param problem: the problem.
        """
        kind = problem.subtype.value
        if (self.select and kind not in self.select) or kind in self.ignore:
            return None
        severity = self.severity.get(kind, "warn")
        if severity == "ignore":
            return None
        return "error" if severity == "error" else "warning"

    def shows(self, code: str) -> bool:
        """Return whether warnings of a build are shown, which are not only of this extension.

        :param code: such as ``myst.xref_missing``.
        """
        kind = code.removeprefix(PREFIX)
        return kind not in self.ignore and (not self.select or kind in self.select)

    def has(self, file: Path) -> bool:
        """Return whether problems of a file are shown.

        :param file: the file, whole.
        """
        return not self.paths or any(file == path or path in file.parents for path in self.paths)


def parse_codes(texts: Iterable[str]) -> frozenset[str]:
    """Return kinds of problem, as options name them.

    :param texts: such as ``date,newsroom.category``.
    :raises CommandError: when there is no such kind.
    """
    known = [subtype.value for subtype in Subtype]
    names = [name.strip().removeprefix(PREFIX) for text in texts for name in text.split(",")]
    for name in filter(None, names):
        if name not in known:
            hint = suggestion(name, known) or f" Expected one of {', '.join(known)}."
            raise CommandError(f"{name!r} is not a kind of problem.{hint}", ExitCode.USAGE)
    return frozenset(filter(None, names))


def suppressed(names: Iterable[str]) -> frozenset[str]:
    """Return the kinds of problem that ``suppress_warnings`` hides.

    :param names: its entries.
    """
    found: set[str] = set()
    for name in names:
        kind = name.removeprefix(PREFIX)
        if name in {_SUPPRESSED_BY_ALL, f"{PREFIX}*"}:
            found |= {subtype.value for subtype in Subtype}
        elif name.startswith(PREFIX):
            found.add(kind)
    return frozenset(found)


class FindingMaker:
    """Makes findings of problems: with the line itself, and with the path as it is to be shown."""

    def __init__(self, place: Place, base: Path) -> None:
        """Begin.

        :param place: where the site is.
        :param base: the folder that paths are shown from.
        """
        self._place, self._base = place, base
        self._lines = lru_cache(maxsize=None)(self._read_lines)

    def file_of(self, problem: Problem) -> Path | None:
        """Return the file that a problem is in; of an option, that is ``conf.py``.

        :param problem: the problem.
        """
        if problem.path is not None:
            return Path(os.path.normpath(self._place.source / problem.path))
        return self._place.conf or self._place.mkdocs

    def make(self, problem: Problem, severity: Severity) -> Finding:
        """Return a problem as a finding.

        :param problem: the problem.
        :param severity: its severity.
        """
        file = self.file_of(problem)
        if file is None:
            return make_finding(problem, severity=severity, path="", line=None, text="")
        line = problem.line
        if problem.path is None:
            line = self._line_of_option(file, problem.message)
        lines = self._lines(file)
        text = lines[line - 1] if line is not None and 0 < line <= len(lines) else ""
        fixable = any(can_edit(edit, text) for edit in problem.edits if edit.line == line)
        return make_finding(
            problem, severity=severity, path=self.shown(file), line=line or 1, text=text, fixable=fixable
        )

    def shown(self, file: Path) -> str:
        """Return a path as it is shown: relative where it is below the base.

        :param file: the file.
        """
        path = file.relative_to(self._base) if file.is_relative_to(self._base) else file
        return path.as_posix()

    def _line_of_option(self, file: Path, message: str) -> int | None:
        """Return the line that sets the option which a message begins with."""
        if (match := _OPTION.match(message)) is None:
            return None
        sets = re.compile(rf"\s*{re.escape(match.group())}\s*(?::[^=]+)?=")
        return next((number for number, text in enumerate(self._lines(file), 1) if sets.match(text)), None)

    @staticmethod
    def _read_lines(file: Path) -> Sequence[str]:
        if file.suffix == ".ipynb":
            return ()
        try:
            text = read_bytes(file).decode("utf-8-sig", errors="replace")
        except OSError:
            return ()
        return re.split(r"\r\n|\r|\n", text)


def check_site(place: Place, wanted: Filter, *, base: Path, cache_folder: Path | None) -> Checked:
    """Return everything that is wrong with a site.

    :param place: where the site is.
    :param wanted: which problems are shown.
    :param base: the folder that paths are shown from.
    :param cache_folder: where to keep what was read; None to keep nothing.
    """
    config = load_config(place)
    cache = ReportCache(cache_folder, place, config)
    if (report := cache.load()) is None:
        from sphinxext.newsroom.cli.site import StaticSite

        site = StaticSite(place, config=config, cache_folder=cache_folder)
        severity = {subtype.value: value for subtype, value in site.options.severity.items()}
        report = tuple(dict.fromkeys(site.problems)), severity, len(site.posts)
        cache.store(report)
    problems, severity, posts = report
    unchecked = registering_extensions(config.texts("extensions"), place)
    if unchecked:
        # What they add is not known here.
        problems = tuple(problem for problem in problems if not _OF_REGISTERED.match(problem.message))
    wanted = replace(wanted, ignore=wanted.ignore | suppressed(config.texts("suppress_warnings")), severity=severity)
    maker = FindingMaker(place, base)
    findings, edits = [], []
    for problem in problems:
        of_problem = wanted.severity_of(problem)
        file = maker.file_of(problem)
        # A correction may be for other files than the one that the problem is shown in.
        edits_shown = [edit for edit in problem.edits if wanted.has(place.source / edit.path)]
        if of_problem is None or not (file is None or wanted.has(file) or edits_shown):
            continue
        findings.append(maker.make(problem, of_problem))
        edits += edits_shown
    findings.sort(key=lambda finding: (finding.path, finding.line or 0, finding.column or 0, finding.code))
    return Checked(findings=tuple(findings), edits=tuple(edits), posts=posts, unchecked=unchecked)


def registering_extensions(names: Iterable[str], place: Place) -> tuple[str, ...]:
    """Return the extensions that add taxonomies or formats of feeds. They are not loaded; their files tell.

    :param names: the extensions of the site.
    :param place: where the site is; its ``conf.py`` can have a ``setup()`` itself.
    """
    own = [] if place.conf is None else [("conf.py", place.conf)]
    others = [(name, file) for name in names if (file := _file_of(name)) is not None]
    return tuple(name for name, file in (*own, *others) if any(text in _content(file) for text in _REGISTERS))


def _file_of(name: str) -> Path | None:
    """Return the file of a module, without loading it; None for packages that every site has."""
    first, *below = name.split(".")
    if first in _WELL_KNOWN:
        return None
    try:
        # To find a module in a package, Python would load the package.
        spec = find_spec(first)
    except (ImportError, ValueError):
        return None
    if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
        return None
    if not below:
        return Path(spec.origin)
    module = Path(spec.origin).parent.joinpath(*below)
    return next((file for file in (module.with_suffix(".py"), module / "__init__.py") if file.is_file()), None)


def _content(file: Path) -> bytes:
    try:
        return read_bytes(file)
    except OSError:
        return b""


def report_base(format_: str) -> Path:
    """Return the folder that paths of a report are relative to: for services, that of the repository.

    :param format_: the format.
    """
    here = Path.cwd().resolve()
    if format_ not in {"github", "sarif"}:
        return here
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if workspace and here.is_relative_to(Path(workspace).resolve()):
        return Path(workspace).resolve()
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)


def is_failure(findings: Iterable[Finding], fail_on: str) -> bool:
    """Return whether there is a problem at or above a severity.

    :param findings: the problems.
    :param fail_on: ``warning``, ``error`` or ``never``.
    """
    failing = {"warning": ("warning", "error"), "error": ("error",), "never": ()}[fail_on]
    return any(finding.severity in failing for finding in findings)
