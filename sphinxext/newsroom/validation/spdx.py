"""License ids of SPDX, as the package ``packaging`` knows them."""

from __future__ import annotations

from sphinxext.newsroom.problems import nearest

BASE = "https://spdx.org/licenses"
# Of texts and of the software that posts are about; for suggestions.
_USUAL = (
    "CC0-1.0", "CC-BY-4.0", "CC-BY-3.0", "CC-BY-SA-4.0", "CC-BY-SA-3.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "CC-BY-NC-SA-4.0",
    "CC-BY-NC-ND-4.0", "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "GFDL-1.3-only", "GFDL-1.3-or-later",
    "GPL-2.0-only", "GPL-3.0-only", "GPL-3.0-or-later", "AGPL-3.0-only", "AGPL-3.0-or-later", "LGPL-3.0-only", "MPL-2.0",
    "EUPL-1.2", "ODbL-1.0", "Unlicense",
)  # fmt: skip


def spdx_expression(text: str) -> str:
    """Return an SPDX license id or expression in its usual spelling, empty for any other text.

    :param text: such as ``mit`` or ``MIT OR Apache-2.0``.
    """
    # A table of all ids, which few sites need.
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        return str(canonicalize_license_expression(text))
    except InvalidLicenseExpression:
        return ""


def spdx_url(text: str) -> str:
    """Return the URL at which SPDX describes a license, empty for what is not one license.

    :param text: an id, such as ``MIT``.
    """
    found = spdx_expression(text)
    is_id = found and " " not in found and not found.startswith("LicenseRef-")
    return f"{BASE}/{found.rstrip('+')}.html" if is_id else ""


def misspelled_id(text: str) -> str:
    """Return the id that a text probably means, empty for an id and for any other text.

    :param text: such as ``CC-BY-5.0``.
    """
    if " " in text or spdx_expression(text):
        return ""
    return nearest(text, _USUAL) or ""
