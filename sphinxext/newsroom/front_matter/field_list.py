"""Read a field list at the top of a text (``:date: 2024-01-31``), the front matter of reStructuredText."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIELD = re.compile(r":(?P<name>[^\s:](?:.*?\S)??):(?:[ \t]+(?P<value>.*))?$")


@dataclass(frozen=True, slots=True)
class Field:
    """One field."""

    value: str
    line: int
    """Index of its line in the text, counted from 0."""


@dataclass(frozen=True, slots=True)
class FieldList:
    """The fields of a text, and the lines that they take up."""

    fields: Mapping[str, Field]
    start: int
    """Index of the first line, counted from 0."""
    stop: int
    """Index of the line after the last."""


class FieldSourceMap:
    """The lines of the fields of a field list.

    :param text: the field list.
    :param first_line: the line of the file on which the text starts.
    """

    def __init__(self, text: str, first_line: int) -> None:
        found = find_fields(text.split("\n"))
        self._lines = {name: field.line + first_line for name, field in found.fields.items()} if found else {}

    def line(self, *keys: str | int) -> int | None:
        """Return the line of a field.

        :param keys: its name, and optionally a key path in its value.
        """
        return self._lines.get(str(keys[0]).lower())

    def item_line(self, text: str, *keys: str | int) -> int | None:
        """Return the line of the field that contains an item.

        :param text: the item.
        :param keys: its key path.
        """
        return self.line(*keys)

    def raw(self, *keys: str | int) -> str | None:
        """Return None: the values of fields are text already.

        :param keys: the key path of a value.
        """
        return None

    def key(self, *keys: str | int) -> str | None:
        """Return None: so are their names.

        :param keys: the way to a key.
        """
        return None


def find_fields(lines: list[str]) -> FieldList | None:
    """Return the field list with which a text begins, if it begins with one.

    :param lines: the lines of the text.
    """
    start = _skip_blank(lines, 0)
    fields: dict[str, Field] = {}
    name, index, stop = "", start, start
    while index < len(lines):
        line = lines[index]
        if match := _FIELD.match(line):
            name = match["name"].strip().lower()
            fields[name] = Field((match["value"] or "").strip(), index)
            stop = index + 1
        elif name and line[:1] in {" ", "\t"} and line.strip():
            field = fields[name]
            fields[name] = Field(f"{field.value} {line.strip()}".strip(), field.line)
            stop = index + 1
        elif line.strip():
            break
        index += 1
    return FieldList(fields, start, stop) if fields else None


def _skip_blank(lines: list[str], index: int) -> int:
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index
