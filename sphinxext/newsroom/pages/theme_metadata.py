"""Page metadata for themes."""

from __future__ import annotations

REMOVES_SIDEBAR = "html_theme.sidebar_secondary.remove"
"""Metadata of pages without secondary sidebar in pydata-sphinx-theme, and in themes derived from it."""
HIDES_CONTENTS = {REMOVES_SIDEBAR: "true", "hide-toc": ""}
"""Metadata of pages without contents; the second is furo's."""
