"""Mark rendered HTML as safe."""

from __future__ import annotations

from markupsafe import Markup


def rendered(html: str) -> Markup:
    """Return HTML so that templates do not escape it.

    :param html: what Sphinx, a template or this extension has rendered; never raw text.
    """
    return Markup(html)  # noqa: S704 - see above
