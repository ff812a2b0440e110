"""Merge the front matter of a post with what it inherits from its folders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def merge(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return one mapping on top of another: lists are joined, mappings are merged, and otherwise the upper one wins.

    :param under: the mapping below.
    :param over: the mapping on top.
    """
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(value, dict) and isinstance(below, dict):
            merged[key] = merge(below, value)
        elif isinstance(value, list) and isinstance(below, list):
            merged[key] = [*below, *_without(value, below)]
        else:
            merged[key] = value
    return merged


def _without(items: list[Any], others: list[Any]) -> list[Any]:
    """Return the items that are not among others."""
    texts = {item for item in others if isinstance(item, str)}
    rest = [item for item in others if not isinstance(item, str)]
    return [item for item in items if (item not in texts if isinstance(item, str) else item not in rest)]
