"""Support sphinx-last-updated-by-git: generated documents have no Git date.

The file of a generated document may be outside the repository, where querying Git fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.utils.sphinx_state import build_state

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

OPTION = "git_exclude_patterns"


def connect(app: Sphinx, *, before: int, after: int) -> None:
    """Connect what answers to Sphinx's events.

    :param app: the application.
    :param before: a priority before that of most listeners.
    :param after: one after it.
    """
    app.connect("env-updated", _leave_out_generated, priority=before)
    app.connect("env-updated", _restore, priority=after)


def _leave_out_generated(app: Sphinx, env: BuildEnvironment) -> None:
    """Leave generated documents out while Git is asked."""
    if OPTION in app.config:
        generated = [str(env.doc2path(docname, base=False)) for docname in sorted(get_site(app).project.generated)]
        build_state(app).git_patterns = patterns = app.config[OPTION]
        app.config[OPTION] = [*patterns, *("".join(f"[{c}]" if c in "*?[" else c for c in path) for path in generated)]


def _restore(app: Sphinx, _env: BuildEnvironment) -> None:
    """Restore the option, so that the next build finds it as ``conf.py`` has it."""
    if OPTION in app.config:
        app.config[OPTION] = build_state(app).git_patterns
