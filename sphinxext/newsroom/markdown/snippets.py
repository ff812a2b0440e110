"""Snippets from other files, ``--8<-- "file"``, in text and code."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sphinxext.newsroom.markdown.blocks import line_text
from sphinxext.newsroom.markdown.fences import line_number
from sphinxext.newsroom.utils.files import find_regular
from sphinxext.newsroom.utils.limits import MAX_SNIPPET_CHARACTERS, MAX_SNIPPET_DEPTH, MIN_SNIPPET_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from markdown_it.rules_block import StateBlock

    from sphinxext.newsroom.markdown.dispatch import Rules

    Reader = Callable[[str], str | None]

_MARK = re.compile(r"""(?P<escape>;*)-{1,}8<-{1,}(?:[ \t]+(?:"(?P<double>[^"\n]+)"|'(?P<single>[^'\n]+)'))?[ \t]*""")
_SECTION = re.compile(r"-{1,}8<-{1,}\s+\[\s*(?P<side>start|end)\s*:\s*(?P<name>[\w-]+)\s*\]")
_ANY_SECTION = re.compile(r"-{1,}8<-{1,}\s+\[")
_PART = re.compile(r"(?P<path>.*?)(?::(?P<section>[A-Za-z][\w-]*)|:(?P<lines>\d*(?::\d*)?(?:,\d*:\d*)*))?")


class Included:
    """Snippets of one document, with the chain that is being inserted, so that none includes itself."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._open: list[str] = []
        self._characters = 0

    def reject(self, path: str, text: str) -> str:
        """Return why a snippet is not put in, empty if it can be.

        :param path: what the document says.
        :param text: the text of the snippet.
        """
        # The same text puts in the same snippets, whatever name it was read by.
        if text in self._open:
            return f"the snippet {path!r} includes itself, so it is not inserted again."
        if len(self._open) >= MAX_SNIPPET_DEPTH:
            return f"the snippet {path!r} is not put in: there are {MAX_SNIPPET_DEPTH} snippets around it."
        counted = max(len(text), MIN_SNIPPET_CHARACTERS)
        if self._characters + counted > MAX_SNIPPET_CHARACTERS:
            limit = f"{MAX_SNIPPET_CHARACTERS:,}"
            return f"the snippet {path!r} is not put in: snippets add more than {limit} characters to this document."
        self._characters += counted
        return ""

    @contextmanager
    def inside(self, text: str) -> Iterator[None]:
        """Track the snippets that are being read.

        :param text: the text of the snippet.
        """
        self._open.append(text)
        try:
            yield
        finally:
            self._open.pop()


def snippets(rules: Rules, read: Reader, included: Included) -> None:
    """Read snippets in text.

    :param rules: the rules of the parser.
    :param read: returns the text of a path, None if there is none.
    :param included: what snippets have added to the document.
    """

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        found = _read_mark(state, start, end)
        if found is None:
            return False
        if silent:
            return True
        paths, behind = found
        for path in paths:
            text = read(path)
            refusal = included.reject(path, text) if text is not None else ""
            if text is None or refusal:
                token = state.push("snippet_missing", "", 0)
                token.content, token.map, token.meta = path, [start, behind], {"refusal": refusal}
                continue
            first = len(state.tokens)
            with included.inside(text):
                state.md.block.parse(text + "\n", state.md, state.env, state.tokens)
            for token in state.tokens[first:]:
                token.level += state.level
                token.map = [start, behind] if token.map else None
        state.line = behind
        return True

    rules.block("-", rule)


def _read_mark(state: StateBlock, start: int, end: int) -> tuple[list[str], int] | None:
    """Return the paths of a snippet and the line behind it."""
    match = _MARK.fullmatch(line_text(state, start))
    if match is None or match["escape"]:
        return None
    if path := match["double"] or match["single"]:
        return [path], start + 1
    paths: list[str] = []
    for line in range(start + 1, end):
        text = line_text(state, line).strip()
        if _MARK.fullmatch(text):
            return paths, line + 1
        if text and not text.startswith(";"):
            paths.append(text)
    return None


def expand_code(code: str, read: Reader, included: Included) -> tuple[str, dict[str, str]]:
    """Return code with its snippets put in, and the paths that were not, each with the reason if it is there.

    :param code: the code.
    :param read: returns the text of a path.
    :param included: what snippets have added to the document.
    """
    if "8<" not in code:
        return code, {}
    lines: list[str] = []
    missing: dict[str, str] = {}
    for line in code.split("\n"):
        text = line.lstrip()
        match = _MARK.fullmatch(text)
        path = (match["double"] or match["single"]) if match else None
        if match is None or path is None:
            lines.append(line)
        elif match["escape"]:
            lines.append(line.replace(";", "", 1))
        elif (found := read(path)) is None:
            missing[path] = ""
        elif refusal := included.reject(path, found):
            missing[path] = refusal
        else:
            indent = line[: len(line) - len(text)]
            lines += [indent + inner if inner else inner for inner in found.split("\n")]
    return "\n".join(lines), missing


def read_snippet(path: str, *, bases: Iterable[Path], inside: Iterable[Path]) -> tuple[str, Path] | None:
    """Return the text of a path and its file, None if it does not exist or is outside the site.

    :param path: a path, optionally with a section or lines after a colon.
    :param bases: the folders that it can be relative to.
    :param inside: the folders that a file must be in.
    """
    match = _PART.fullmatch(path.strip())
    if match is None or "://" in path:
        return None
    allowed = tuple(inside)
    for base in bases:
        if (file := find_regular(base / match["path"].lstrip("/"), inside=allowed)) is not None:
            lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
            return _part(lines, match["section"], match["lines"]), file
    return None


def _part(lines: list[str], section: str | None, numbers: str | None) -> str:
    if section is not None:
        kept, inside = [], False
        for line in lines:
            mark = _SECTION.search(line)
            if mark and mark["name"] == section:
                inside = mark["side"] == "start"
            elif inside:
                kept.append(line)
        lines = kept
    elif numbers:
        kept = []
        for part in numbers.split(","):
            first, _, last = part.partition(":")
            kept += lines[max(line_number(first or "1") - 1, 0) : line_number(last) if last else None]
        lines = kept
    return "\n".join(line for line in lines if not _ANY_SECTION.search(line))
