"""Convert front matter values to plain data for templates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any


def plain_data(value: Any) -> Any:
    """Return a value made of text, numbers, true and false, lists and mappings with text as keys; dates are ISO 8601.

    :param value: what YAML or the parser of a field list has made of it.
    """
    if isinstance(value, Mapping):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain_data(item) for item in value]
    if isinstance(value, (date, time)):
        return value.isoformat()
    return value if value is None or isinstance(value, (str, bool, int, float)) else str(value)
