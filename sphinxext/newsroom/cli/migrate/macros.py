"""What the plugins ``macros`` and ``markdownextradata`` put into pages: variables that are data, and what is code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.cli.markdown_lines import CODE_SPAN, numbered_lines
from sphinxext.newsroom.cli.migrate.data_files import read_data

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PLUGINS = ("macros", "markdownextradata")
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[\d+\])*")
_LINK_TARGET = re.compile(r"\]\([^)]*$")


@dataclass(frozen=True, kw_only=True)
class Delimiters:
    """The delimiters of variables and statements."""

    variable: tuple[str, str] = ("{{", "}}")
    block: tuple[str, str] = ("{%", "%}")

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Delimiters:
        """Return the delimiters that the options of the plugin set.

        :param options: the options.
        """
        usual = cls()
        names = [("j2_variable_start_string", usual.variable[0]), ("j2_variable_end_string", usual.variable[1])]
        names += [("j2_block_start_string", usual.block[0]), ("j2_block_end_string", usual.block[1])]
        opening, closing, before, after = (str(options.get(name) or default) for name, default in names)
        return cls(variable=(opening, closing), block=(before, after))

    @property
    def for_myst(self) -> tuple[str, str] | None:
        """The characters that MyST has to know; None for the usual ones, and for such as it cannot know."""
        is_pair = all(len(text) == 2 and text[0] == text[1] for text in self.variable)  # noqa: PLR2004 - "[["
        usual = self.variable == Delimiters().variable
        return (self.variable[0][0], self.variable[1][0]) if is_pair and not usual else None


@dataclass(kw_only=True, slots=True)
class Macros:
    """The variables that pages use, and what in them cannot be taken over."""

    used: dict[str, Any] = field(default_factory=dict)
    """Their values, by the first name of the path."""
    lines: list[tuple[str, int, str, str]] = field(default_factory=list)
    """Page, line, text and advice."""
    delimiters: tuple[str, str] | None = None
    """The characters that MyST has to know, where they are not the usual ones."""


def read_variables(
    values: Mapping[str, Any], options: Mapping[str, Any], folder: Path
) -> tuple[dict[str, Any], list[str]]:
    """Return the variables that are plain data, and the files of those that cannot be read.

    :param values: the ``mkdocs.yml``.
    :param options: the options of the plugin.
    :param folder: the folder of ``mkdocs.yml``.
    """
    extra = values.get("extra")
    variables = dict(extra) if isinstance(extra, dict) else {}
    unread = []
    included = options.get("include_yaml") or options.get("data") or []
    entries = included.items() if isinstance(included, dict) else [("", name) for name in _listed(included)]
    for name, path in entries:
        if isinstance(path, dict) and path:
            name, path = next(iter(path.items()))  # noqa: PLW2901 - "- name: file"
        file = (folder / str(path)).resolve()
        try:
            # A file elsewhere on the machine is no part of the site.
            if not file.is_relative_to(folder.resolve()):
                unread.append(str(path))
                continue
            data = read_data(file)
        except OSError:
            unread.append(str(path))
            continue
        if name:
            variables[str(name)] = data
        elif isinstance(data, dict):
            variables |= data
    site = {
        key: values[key] for key in ("site_name", "site_url", "site_author", "repo_url", "repo_name") if key in values
    }
    return {"config": {**site, "extra": variables}, "extra": variables, **variables}, unread


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def find_macros(path: str, text: str, variables: Mapping[str, Any], delimiters: Delimiters, found: Macros) -> None:
    """Add what a page uses.

    :param path: the page.
    :param text: its text.
    :param variables: the variables that there are.
    :param delimiters: those of variables and statements.
    :param found: takes what is found.
    """
    opening, closing = delimiters.variable
    if opening not in text and delimiters.block[0] not in text:
        return
    pattern = re.compile(rf"{re.escape(opening)}-?\s*(.*?)\s*-?{re.escape(closing)}")
    for number, line, is_code in numbered_lines(text):
        if delimiters.block[0] in line and not is_code:
            found.lines.append((path, number, line.strip(), "write what it makes; statements are not run"))
        for match in pattern.finditer(line):
            expression = match[1]
            known = _NAME.fullmatch(expression) is not None and _value(expression, variables) is not None
            if not known:
                if not is_code:
                    found.lines.append((path, number, match.group(), "write what it makes; code is not run"))
                continue
            before = line[: match.start()]
            if is_code or _in_code(line, match.start()) or _LINK_TARGET.search(before):
                value = _value(expression, variables)
                advice = f"write `{value}`; variables are not replaced in code and in the targets of links"
                found.lines.append((path, number, match.group(), advice))
            else:
                _take(re.findall(r"\w+", expression), variables, found.used)


def _in_code(line: str, at: int) -> bool:
    return any(match.start() < at < match.end() for match in CODE_SPAN.finditer(line))


def _take(names: list[str], source: Mapping[str, Any], target: dict[str, Any]) -> None:
    """Copy a variable, without the others next to it."""
    first, *rest = names
    value = source[first]
    if rest and isinstance(value, dict):
        own = target.setdefault(first, {})
        if own is not value:
            _take(rest, value, own)
    else:
        target[first] = value


def _value(expression: str, variables: Mapping[str, Any]) -> Any:
    value: Any = variables
    for name in re.findall(r"\w+", expression):
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value if value is not variables else None
