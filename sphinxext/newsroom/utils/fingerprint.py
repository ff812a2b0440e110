"""Fingerprints of plain data: a short text that differs whenever the data does."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def fingerprint(data: Any) -> str:
    """Return a short text that differs whenever plain data differs.

    :param data: anything made of plain values, lists and mappings.
    """
    text = json.dumps(data, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
