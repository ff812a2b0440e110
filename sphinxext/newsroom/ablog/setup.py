"""Load ABlog without the features that this extension replaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ablog
import ablog.post
from sphinx.jinja2glue import SphinxFileSystemLoader

from sphinxext.newsroom.ablog.directives import CheckedPost, CheckedPostList
from sphinxext.newsroom.utils.translatable import translatable

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# What ABlog's templates say; they ask Sphinx for the translations.
WORDS = (
    translatable("Archives"),
    translatable("Recent Posts"),
    translatable("Author"),
    translatable("Location"),
    translatable("Language"),
    translatable("Category"),
    translatable("Tag"),
    translatable("Previous"),
    translatable("Next"),
)


def setup_ablog(app: Sphinx) -> None:
    """Load ABlog and replace the parts of it that this extension does itself.

    :param app: the application.
    """
    app.setup_extension("ablog")
    replaced = {
        # Lists and feeds are ours: paginated, escaped, absolute, and only written when they change.
        ablog.post.generate_archive_pages,
        ablog.post.generate_atom_feeds,
        # Deletes labels of other documents that happen to be called like a post's file.
        ablog.post.purge_posts,
        # Stops at mistakes, and takes labels away from other documents: see read_posts.
        ablog.post.process_posts,
        # Stops where a builder leaves posts out, and lists everything for a label that no post has: see post_lists.
        ablog.post.process_postlist,
        # Links to pages that do not exist: see ref_labels.
        ablog.post.missing_reference,
        # Works out everything for every page: see add_ablog.
        ablog.html_page_context,
        # Would put ABlog's page.html before the theme's, for every page of the site.
        ablog.builder_inited,
    }
    for listeners in list(app.events.listeners.values()):
        for listener in list(listeners):
            if listener.handler in replaced:
                app.disconnect(listener.id)
    # Reads front matter back from docinfo, where lists have become text; ours reads the front matter itself.
    app.registry.transforms.remove(ablog.post.CheckFrontMatter)
    app.add_directive("post", CheckedPost, override=True)
    app.add_directive("postlist", CheckedPostList, override=True)
    # Its data is merged by merge_posts.
    app.extensions["ablog"].parallel_read_safe = True


def add_templates(app: Sphinx) -> None:
    """Make ABlog's sidebars available after the templates of user and theme, and escape their output.

    :param app: the application.
    """
    templates = getattr(app.builder, "templates", None)
    if templates is not None and hasattr(templates, "loaders"):
        templates.loaders.append(SphinxFileSystemLoader(ablog.get_html_templates_path()))
