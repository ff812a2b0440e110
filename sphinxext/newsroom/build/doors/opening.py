"""The doors that need nothing of the blog: when each is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.build.builders import html_builder, makes_pages
from sphinxext.newsroom.build.doors.checksums import remember_checksums
from sphinxext.newsroom.build.doors.debugging import make_no_messages_in_vain
from sphinxext.newsroom.build.doors.default_settings import remember_default_settings
from sphinxext.newsroom.build.doors.garbage import look_for_garbage_rarely
from sphinxext.newsroom.build.doors.highlighting import remember_formatters
from sphinxext.newsroom.build.doors.partial_documents import let_go_of_partial_documents
from sphinxext.newsroom.build.doors.smart_quotes import pass_over_plain_texts
from sphinxext.newsroom.build.doors.steady_parts import spare_steady_parts
from sphinxext.newsroom.build.doors.stylesheets import find_stylesheets_once
from sphinxext.newsroom.build.doors.template_globals import read_globals_directly
from sphinxext.newsroom.build.doors.tree_walks import walk_in_one_loop

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def open_doors(app: Sphinx) -> None:
    """Open the doors to Python, docutils and Sphinx, and those to its builder when that is made.

    :param app: the application.
    """
    look_for_garbage_rarely(app)
    remember_default_settings()
    walk_in_one_loop()
    pass_over_plain_texts()
    make_no_messages_in_vain()
    app.connect("builder-inited", _open_builder)


def _open_builder(app: Sphinx) -> None:
    if makes_pages(app.builder):
        builder = html_builder(app)
        remember_checksums(app)
        remember_formatters(builder)
        find_stylesheets_once(builder)
        let_go_of_partial_documents(builder)
        read_globals_directly(builder.templates.environment)
        spare_steady_parts(app)
