"""Apply corrections to files, without changing anything else, not even line endings."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from sphinxext.newsroom.utils.cache import write_atomically
from sphinxext.newsroom.utils.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinxext.newsroom.problems import Edit

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
# In a notebook, the text is inside of JSON.
_UNEDITABLE = (".ipynb",)


def edit_line(line: str, edit: Edit) -> str | None:
    """Return a line with a correction; None unless the text to replace occurs exactly once.

    :param line: the line.
    :param edit: the correction.
    """
    quotes = r"(?P<quote>['\"]?)" if edit.unquote else r"(?P<quote>)"
    # Not inside of another word, and for a key not inside of another key.
    before = r"(?<![\w-])" if edit.old[:1].isalnum() else ""
    after = r"(?![\w-])" if edit.old[-1:].isalnum() else ""
    pattern = re.compile(rf"{quotes}{before}{re.escape(edit.old)}{after}(?P=quote)")
    found = list(pattern.finditer(line))
    if len(found) != 1 or edit.old == "":
        return None
    edited = f"{line[: found[0].start()]}{edit.new}{line[found[0].end() :]}"
    return edited if edited != line else None


def can_edit(edit: Edit, line: str) -> bool:
    """Return whether a correction can be applied.

    :param edit: the correction.
    :param line: the line that it is for.
    """
    return not edit.path.endswith(_UNEDITABLE) and edit_line(line, edit) is not None


def edit_text(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with corrections; those that do not fit are left out.

    :param text: the text of a file, with its own ends of lines.
    :param edits: the corrections.
    """
    lines = _LINE.findall(text)
    for edit in edits:
        if 0 < edit.line <= len(lines):
            lines[edit.line - 1] = edit_line(lines[edit.line - 1], edit) or lines[edit.line - 1]
    return "".join(lines)


def edited_files(root: Path, edits: Iterable[Edit]) -> dict[Path, tuple[str, str]]:
    """Return the files that corrections change, each with its text before and after.

    :param root: the source folder.
    :param edits: the corrections.
    """
    by_path: dict[str, list[Edit]] = {}
    for edit in dict.fromkeys(edits):
        if not edit.path.endswith(_UNEDITABLE):
            by_path.setdefault(edit.path, []).append(edit)
    changed: dict[Path, tuple[str, str]] = {}
    for path, of_file in sorted(by_path.items()):
        file = root / path
        try:
            before = read_bytes(file).decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # reported as such
        after = edit_text(before, of_file)
        if after != before:
            changed[file] = before, after
    return changed


def write_text(file: Path, text: str) -> None:
    """Write a file whole or not at all, with the ends of lines that the text has. Links stay links.

    :param file: the file.
    :param text: its text.
    """
    write_atomically(file.resolve(), text.encode())


def unified_diff(before: str, after: str, path: str) -> str:
    """Return the difference of two texts as ``git diff`` shows it.

    :param before: the text before.
    :param after: the text after.
    :param path: the file, for the header.
    """
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{path}", f"b/{path}"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
