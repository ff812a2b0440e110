"""Tables: for terminals, for spreadsheets, for Markdown, for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.cli.console import is_fancy, write
from sphinxext.newsroom.utils.text import collapse_whitespace, sanitize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# A spreadsheet takes what begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@")


class TableFormat(StrEnum):
    """The format of a table."""

    TABLE = "table"
    MD = "md"
    CSV = "csv"
    JSON = "json"


def print_table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], format_: str) -> None:
    """Print a table.

    :param columns: the names of the columns, in their order.
    :param rows: the rows, each a mapping of column to value; a list is a value, too.
    :param format_: one of :class:`TableFormat`.
    """
    if format_ == TableFormat.JSON:
        write(json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=2) + "\n")
    elif format_ == TableFormat.CSV:
        write(_csv(columns, rows))
    elif format_ == TableFormat.MD:
        write(_markdown(columns, rows))
    elif is_fancy() and sys.stdout.isatty():
        _print_rich(columns, rows)
    else:
        write(_plain(columns, rows))


def _cell(value: Any) -> str:
    items = value if isinstance(value, (list, tuple)) else [value]
    return collapse_whitespace(sanitize(", ".join("" if item is None else str(item) for item in items)))


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    content = io.StringIO(newline="")
    writer = csv.writer(content, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        cells = [row[column] if isinstance(row[column], int) else _cell(row[column]) for column in columns]
        writer.writerow([f"'{c}" if isinstance(c, str) and c.startswith(_FORMULA) else c for c in cells])
    return content.getvalue()


def _markdown(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"

    align = ["---:" if rows and isinstance(rows[0][column], int) else "---" for column in columns]
    body = [line([_cell(row[column]) for column in columns]) for row in rows]
    return line(columns) + f"|{'|'.join(align)}|\n" + "".join(body)


def _plain(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    from rich.cells import cell_len

    cells = [list(columns), *([_cell(row[column]) for column in columns] for row in rows)]
    widths = [max(cell_len(line[index]) for line in cells) for index in range(len(columns))]

    def line(row: Sequence[str]) -> str:
        return "  ".join(
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()

    return "".join(f"{line(row)}\n" for row in cells)


def _print_rich(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD)
    for column in columns:
        is_number = bool(rows) and isinstance(rows[0][column], int)
        table.add_column(column, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row[column])) for column in columns))
    Console().print(table)
