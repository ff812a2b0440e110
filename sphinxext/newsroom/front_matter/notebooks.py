"""Read the front matter of Jupyter notebooks, in the first text cell."""

from __future__ import annotations

import json
from typing import Any

from sphinxext.newsroom.front_matter.split import split
from sphinxext.newsroom.utils.limits import MAX_NOTEBOOK_DEPTH

TEXT_CELLS = ("markdown", "raw")
_TOO_DEEP = f"there are lists and mappings on more than {MAX_NOTEBOOK_DEPTH} levels"


class NotANotebookError(ValueError):
    """A file is not a notebook; the message says why."""


def check_notebook(text: str) -> None:
    """Check that a text can be read as a notebook.

    :param text: the content of the file.
    :raises NotANotebookError: when it cannot.
    """
    try:
        notebook = json.loads(text)
    except RecursionError as error:
        raise NotANotebookError(_TOO_DEEP) from error
    except ValueError as error:
        message = f"it is not JSON: {error}"
        raise NotANotebookError(message) from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells", notebook.get("worksheets")), list):
        message = "expected a mapping with a list of cells"
        raise NotANotebookError(message)
    level: list[Any] = [notebook]
    for _depth in range(MAX_NOTEBOOK_DEPTH):
        level = [inner for item in level for inner in _inside(item)]
        if not level:
            return
    raise NotANotebookError(_TOO_DEEP)


def _inside(item: Any) -> list[Any]:
    """Return the lists and mappings directly inside another."""
    items = item.values() if isinstance(item, dict) else item
    return [inner for inner in items if isinstance(inner, (dict, list))]


def notebook_text(text: str) -> str:
    """Return the text cells of a notebook, which hold front matter and heading; empty if it cannot be read.

    :param text: the notebook as stored (JSON).
    """
    return "\n\n".join(_source(cell) for cell in _cells(_load(text)) if cell.get("cell_type") in TEXT_CELLS)


def strip_front_matter(text: str, *, heading: str = "") -> str:
    """Return a notebook without front matter, which the parsers of notebooks would show.

    :param text: the notebook as stored (JSON).
    :param heading: Markdown to put first, for a notebook without heading.
    """
    notebook = _load(text)
    cells = _cells(notebook)
    first = next((cell for cell in cells if cell.get("cell_type") in TEXT_CELLS), None)
    if first is not None and (parts := split(_source(first))).text:
        first["source"] = parts.body
        if not parts.body.strip():
            cells.remove(first)
    if heading:
        cells.insert(0, {"cell_type": "markdown", "id": "newsroom-title", "metadata": {}, "source": heading})
    return json.dumps(notebook, ensure_ascii=False)


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return {}


def _cells(notebook: Any) -> list[dict[str, Any]]:
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    return cells if isinstance(cells, list) and all(isinstance(cell, dict) for cell in cells) else []


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(map(str, source))
