"""Write a ``conf.py``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH = 100


def conf_text(intro: str, groups: Iterable[tuple[str, dict[str, Any]]]) -> str:
    """Return the text of a ``conf.py``.

    :param intro: its docstring, on one line.
    :param groups: a comment and the options below it, by name.
    """
    text = f'"""{intro}"""\n'
    for comment, values in groups:
        if values:
            text += f"\n# {comment}\n" + "".join(f"{name} = {literal(value)}\n" for name, value in values.items())
    return text


def literal(value: Any, indent: int = 0) -> str:
    """Return plain data as Python has it.

    :param value: text, numbers, lists and mappings; anything else becomes text.
    :param indent: how far the line that it is on is indented.
    """
    short = _short(value)
    if not isinstance(value, (list, tuple, dict)) or len(short) + indent <= _WIDTH:
        return short
    inner, outer = " " * (indent + 4), " " * indent
    if isinstance(value, dict):
        lines = [f"{inner}{_short(str(key))}: {literal(item, indent + 4)},\n" for key, item in value.items()]
        return "{\n" + "".join(lines) + outer + "}"
    return "[\n" + "".join(f"{inner}{literal(item, indent + 4)},\n" for item in value) + outer + "]"


def _short(value: Any) -> str:
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_short(str(key))}: {_short(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_short, value)) + "]"
    # JSON's escapes are Python's, too; others than ASCII only where Python could take them for the end of a line.
    text = json.dumps(str(value), ensure_ascii=False)
    return text if text.isprintable() else json.dumps(str(value))
