"""The formats: each is a function that makes one text of all findings."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.problems import Subtype
from sphinxext.newsroom.utils.text import sanitize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sphinxext.newsroom.reports.finding import Finding

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
DOCUMENTATION = "https://sphinxext-newsroom.readthedocs.io/en/latest/reference/warnings.html"
_WIDTH = 4
"""Of line numbers, at least."""


def to_text(findings: Sequence[Finding], *, version: str) -> str:
    """Format problems for people: location, code and message, then the line with carets below the relevant part.

    :param findings: the problems.
    :param version: of the extension; not shown.
    """
    return "".join(f"{describe(finding)}\n{excerpt(finding)}" for finding in findings)


def describe(finding: Finding) -> str:
    """Return the place, the code and the message of a finding, as one line."""
    numbers = [str(number) for number in (finding.line, finding.column) if number is not None]
    place = ":".join([finding.path or "conf.py", *numbers])
    return f"{place}: {finding.severity}: {finding.message} [{finding.code}]"


def excerpt(finding: Finding) -> str:
    """Return the line of a finding with a caret below what is meant; empty where there is no line."""
    if finding.line is None or finding.column is None or finding.end_column is None:
        return ""
    number = str(finding.line).rjust(_WIDTH)
    # Tabs are as wide below the line as in it.
    indent = re.sub(r"[^\t]", " ", finding.text[: finding.column - 1])
    carets = "^" * max(1, finding.end_column - finding.column)
    return f"{number} | {finding.text}\n{' ' * len(number)} | {indent}{carets}\n"


def to_json(findings: Sequence[Finding], *, version: str) -> str:
    """Return findings as one JSON object.

    :param findings: the problems.
    :param version: of the extension.
    """
    data = {
        "version": version,
        "summary": {"errors": _count(findings, "error"), "warnings": _count(findings, "warning")},
        "problems": [asdict(finding) for finding in findings],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _count(findings: Iterable[Finding], severity: str) -> int:
    return sum(finding.severity == severity for finding in findings)


def to_github(findings: Sequence[Finding], *, version: str) -> str:
    """Return findings as commands of GitHub Actions, which shows them on the diff.

    :param findings: the problems.
    :param version: of the extension; not shown.
    """
    return "".join(f"{_github_command(finding)}\n" for finding in findings)


def _github_command(finding: Finding) -> str:
    properties: dict[str, Any] = {"title": finding.code}
    if finding.path:
        properties = {"file": finding.path, "line": finding.line or 1}
        if finding.column is not None:
            properties |= {"col": finding.column, "endColumn": (finding.end_column or finding.column + 1) - 1}
        properties["title"] = finding.code
    written = ",".join(f"{name}={_escape_property(str(value))}" for name, value in properties.items())
    return f"::{finding.severity} {written}::{_escape_data(finding.message)}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def to_sarif(findings: Sequence[Finding], *, version: str) -> str:
    """Return findings as SARIF 2.1.0, for code scanning.

    :param findings: the problems.
    :param version: of the extension.
    """
    codes = sorted({finding.code for finding in findings} | {f"newsroom.{subtype.value}" for subtype in Subtype})
    driver = {
        "name": "newsroom",
        "version": version,
        "informationUri": DOCUMENTATION,
        "rules": [{"id": code, "helpUri": DOCUMENTATION} for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding, codes) for finding in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _sarif_result(finding: Finding, codes: Sequence[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity,
        "message": {"text": finding.message},
    }
    if finding.path:
        from urllib.parse import quote

        place: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.path)}}
        if finding.line is not None:
            place["region"] = {"startLine": finding.line}
            if finding.column is not None:
                place["region"] |= {"startColumn": finding.column, "endColumn": finding.end_column}
        result["locations"] = [{"physicalLocation": place}]
    return result


def to_junit(findings: Sequence[Finding], *, version: str) -> str:
    """Return findings as JUnit XML: a test case for each file with a problem, or one that passes where there is none.

    :param findings: the problems.
    :param version: of the extension; not shown.
    """
    total = {"failures": str(len(findings)), "errors": "0"}
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.path or "conf.py", []).append(finding)
    tests = str(max(1, len(findings)))
    from xml.etree import ElementTree as ET  # its parser takes a while to load

    root = ET.Element("testsuites", {"name": "newsroom", "tests": tests, **total})
    suite = ET.SubElement(root, "testsuite", {"name": "newsroom check", "tests": tests, "skipped": "0", **total})
    if not findings:
        ET.SubElement(suite, "testcase", {"classname": "newsroom", "name": "no problems"})
    for path, found in by_path.items():
        names: Counter[str] = Counter()
        for finding in found:
            name = f"{finding.code}:{finding.line or 1}"
            names[name] += 1
            # CI services tell tests apart by their names.
            name = name if names[name] == 1 else f"{name} ({names[name]})"
            case = ET.SubElement(suite, "testcase", {"classname": sanitize(path), "name": name, "file": sanitize(path)})
            if finding.line is not None:
                case.set("line", str(finding.line))
            failure = ET.SubElement(case, "failure", {"type": finding.code, "message": sanitize(finding.message)})
            failure.text = sanitize(f"{describe(finding)}\n{excerpt(finding)}")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


FORMATS: Mapping[str, Callable[..., str]] = {
    "text": to_text,
    "json": to_json,
    "github": to_github,
    "sarif": to_sarif,
    "junit": to_junit,
}
