"""Detect symbolic links that are broken or point outside the source folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = "it is a symbolic link to a file that is not there"
LEADS_OUTSIDE = "it is a symbolic link to a target outside the source folder"


def link_fault(file: Path, root: Path) -> str:
    """Return why a file is not read although its folder has its name, empty if it may be read or is not there.

    :param file: a file below the root.
    :param root: the source folder.
    """
    try:
        real = file.resolve(strict=True)
    except (OSError, RuntimeError):
        return BROKEN if os.path.islink(file) else ""  # noqa: PTH114 - this one never raises
    return "" if real.is_relative_to(root.resolve()) else LEADS_OUTSIDE
