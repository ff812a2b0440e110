"""Text of other files, ``--8<-- "file"``, in prose and in code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinxext.newsroom.core.files import find_regular
from sphinxext.newsroom.markdown.blocks import line_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from markdown_it.rules_block import StateBlock

    from sphinxext.newsroom.markdown.dispatch import Rules

    Reader = Callable[[str], str | None]

_MARK = re.compile(r"""(?P<escape>;*)-{1,}8<-{1,}(?:[ \t]+(?:"(?P<double>[^"\n]+)"|'(?P<single>[^'\n]+)'))?[ \t]*""")
_SECTION = re.compile(r"-{1,}8<-{1,}\s+\[\s*(?P<side>start|end)\s*:\s*(?P<name>[\w-]+)\s*\]")
_ANY_SECTION = re.compile(r"-{1,}8<-{1,}\s+\[")
_PART = re.compile(r"(?P<path>.*?)(?::(?P<section>[A-Za-z][\w-]*)|:(?P<lines>\d*(?::\d*)?(?:,\d*:\d*)*))?")
_DEEPEST = 10
_PLACE = "newsroom_snippets"


def snippets(rules: Rules, read: Reader) -> None:
    """Read snippets that stand in prose.

    :param rules: the rules of the parser.
    :param read: returns the text that a path stands for, None if there is none.
    """

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        found = _read_mark(state, start, end)
        if found is None:
            return False
        if silent:
            return True
        paths, behind = found
        depth = state.env.get(_PLACE, 0)
        for path in paths:
            text = read(path) if depth < _DEEPEST else None
            if text is None:
                token = state.push("snippet_missing", "", 0)
                token.content, token.map = path, [start, behind]
                continue
            state.env[_PLACE] = depth + 1
            first = len(state.tokens)
            state.md.block.parse(text + "\n", state.md, state.env, state.tokens)
            state.env[_PLACE] = depth
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


def expand_code(code: str, read: Reader) -> tuple[str, tuple[str, ...]]:
    """Return code with its snippets put in, and the paths that were not found.

    :param code: the code.
    :param read: returns the text that a path stands for.
    """
    if "8<" not in code:
        return code, ()
    lines: list[str] = []
    missing: list[str] = []
    for line in code.split("\n"):
        text = line.lstrip()
        match = _MARK.fullmatch(text)
        path = (match["double"] or match["single"]) if match else None
        if match is None or path is None:
            lines.append(line)
        elif match["escape"]:
            lines.append(line.replace(";", "", 1))
        elif (found := read(path)) is None:
            missing.append(path)
        else:
            indent = line[: len(line) - len(text)]
            lines += [indent + inner if inner else inner for inner in found.split("\n")]
    return "\n".join(lines), tuple(missing)


def read_snippet(path: str, *, bases: Iterable[Path], inside: Iterable[Path]) -> tuple[str, Path] | None:
    """Return the text that a path stands for and its file, None if it is not there or not inside the site.

    :param path: a path, with a section or lines behind a colon if only they are wanted.
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
            kept += lines[int(first or 1) - 1 : int(last) if last else None]
        lines = kept
    return "\n".join(line for line in lines if not _ANY_SECTION.search(line))
