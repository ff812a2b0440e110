"""The checks that take longer: links to other sites, and a build."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sphinxext.newsroom.cli.checks import FindingMaker
from sphinxext.newsroom.cli.console import progress, tell
from sphinxext.newsroom.cli.errors import CommandError, ExitCode
from sphinxext.newsroom.cli.link_check import LinkChecker, Outcome, external_links
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.dates import NotADateError, read_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from sphinxext.newsroom.cli.checks import Checked, Filter
    from sphinxext.newsroom.cli.locate import Place
    from sphinxext.newsroom.reports.finding import Finding


def with_links(
    checked: Checked, place: Place, wanted: Filter, *, base: Path, cache_folder: Path | None, since: str
) -> Checked:
    """Return what was found, and the links to other sites that lead nowhere.

    :param checked: what was found.
    :param place: where the site is.
    :param wanted: which problems are shown.
    :param base: the folder that paths are shown from.
    :param cache_folder: the cache folder; None for no cache.
    :param since: the date of the first post whose links are checked; empty for all.
    """
    first = _read_since(since) if since else None
    with progress("Asking for links …"):
        found = list(_broken_links(place, wanted, base=base, cache_folder=cache_folder, first=first))
    return _with(checked, found)


def with_build(checked: Checked, place: Place, wanted: Filter, *, base: Path) -> Checked:
    """Return what was found, and the warnings of a build.

    :param checked: what was found.
    :param place: where the site is.
    :param wanted: which problems are shown.
    :param base: the folder that paths are shown from.
    """
    from sphinxext.newsroom.cli.build_check import build_findings

    with progress("Building the site …"):
        built = build_findings(place, base=base)
    known = {(finding.code, finding.path, finding.message) for finding in checked.findings}
    found = [
        finding
        for finding in built
        if (finding.code, finding.path, finding.message) not in known
        and (not finding.path or wanted.has(base / finding.path))
        and wanted.shows(finding.code)
    ]
    return replace(_with(checked, found), unchecked=())


def _with(checked: Checked, found: list[Finding]) -> Checked:
    findings = [*checked.findings, *found]
    findings.sort(key=lambda finding: (finding.path, finding.line or 0, finding.column or 0, finding.code))
    return replace(checked, findings=tuple(findings))


def _read_since(text: str) -> date:
    try:
        moment = read_date(text)
    except NotADateError:
        message = f"--since {text!r} is no date; expected for instance 2026-01-31"
        raise CommandError(message, ExitCode.USAGE) from None
    return moment.date() if isinstance(moment, datetime) else moment


def _broken_links(
    place: Place, wanted: Filter, *, base: Path, cache_folder: Path | None, first: date | None
) -> Iterator[Finding]:
    from sphinxext.newsroom.cli.site import StaticSite

    site = StaticSite(place, cache_folder=cache_folder)
    found: list[tuple[str, int, str]] = []
    for post in site.posts:
        if (first is None or post.created.date() >= first) and wanted.has(place.source / post.path):
            text = (place.source / post.path).read_text(encoding="utf-8-sig", errors="replace")
            found += [(post.path, line, url) for line, url in external_links(text)]
    results = LinkChecker(cache_folder).check(url for _path, _line, url in found)
    for url, result in results.items():
        if result.outcome is Outcome.UNKNOWN:
            tell(f"note: {url}: {result.detail}")
    maker = FindingMaker(place, base)
    for path, line, url in found:
        if results[url].outcome is Outcome.BROKEN:
            message = f"the link {url!r} leads nowhere: {results[url].detail}."
            problem = Problem(subtype=Subtype.LINK, message=message, path=path, line=line)
            if (severity := wanted.severity_of(problem)) is not None:
                yield maker.make(problem, severity)
