"""Read posts from ABlog's directives, after correcting mistakes that would make ABlog fail."""

from __future__ import annotations

from collections import ChainMap
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, ClassVar

import ablog.post
from ablog.post import PostDirective, PostList, PostListDirective, PostNode, UpdateNode
from docutils import nodes

from sphinxext.newsroom.ablog.dates import in_format, naive, read_post_date, written_date
from sphinxext.newsroom.ablog.environment import env_posts, env_updates
from sphinxext.newsroom.ablog.shared_blog import blog_while_reading
from sphinxext.newsroom.config.options import babel_locale
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.log import warn
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.dates import NotADateError
from sphinxext.newsroom.utils.urls import is_web_url

if TYPE_CHECKING:
    from datetime import tzinfo

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def _text(value: str | None) -> str:
    return (value or "").strip()


class CheckedPost(PostDirective):  # type: ignore[misc]
    """The directive that declares a post; an option without value does not stop the build."""

    option_spec: ClassVar = {
        **PostDirective.option_spec,
        **dict.fromkeys(("title", "canonical_link", "external_link"), _text),
    }


class CheckedPostList(PostListDirective):  # type: ignore[misc]
    """The directive that lists posts; an option without value, or a count that is none, does not stop the build."""

    option_spec: ClassVar = {**PostListDirective.option_spec, **dict.fromkeys(("date", "list-style", "format"), _text)}

    def run(self) -> list[nodes.Node]:
        """Return the list, to be filled when all posts are known."""
        wrong = [count for count in self.arguments if not (count.isascii() and count.isdigit())]
        if wrong:
            self.arguments: list[str] = []
        [node] = super().run()
        env = self.state.document.settings.env
        node["docname"] = env.docname
        for count in wrong:
            warn_node(env, node, f"{count!r} is not a number of posts, so all are listed", env.docname)
        return [node]


def read_posts(app: Sphinx, doctree: nodes.document, zone: tzinfo) -> None:
    """Let ABlog read the posts of a document, after correcting mistakes that would make it fail.

    :param app: the application.
    :param doctree: a document that has just been read.
    :param zone: the time zone of the site.
    """
    post_nodes = list(doctree.findall(PostNode))
    several = doctree.attributes.pop("newsroom-several", False)
    has_top_parts = doctree.attributes.pop("newsroom-top-parts", False)
    updates = list(doctree.findall(UpdateNode))
    _check_updates(app, updates, post_nodes, zone)
    if not post_nodes:
        return
    several = several or len(post_nodes) > 1 or app.config.post_always_section
    for node in post_nodes:
        _prepare_post(app, doctree, node, several=several, zone=zone)
    sections = [node.parent for node in doctree.findall(PostNode)]
    labels = app.env.domains.standard_domain.data
    # Labels of posts are resolved elsewhere (see ref_labels): here they would displace those of other documents.
    mine = {name: labels[name] for name in ("labels", "anonlabels")}
    labels |= {name: ChainMap({}, known) for name, known in mine.items()}
    try:
        # ABlog asks its own copy of the options whether a single post is the whole page.
        with blog_while_reading(app, post_always_section=several):
            ablog.post.process_posts(app, doctree)
    finally:
        labels |= mine
    _name_updates(app, doctree, zone)
    infos = env_posts(app.env).get(app.env.docname, [])
    if several and has_top_parts:
        # ABlog takes any section of the first level for the whole page.
        for info, section in zip(infos, sections, strict=True):
            info["section"] = info["section"] or section["ids"][0]
    for info in infos:
        # A second copy of the post, only for ABlog's own feeds; it would be most of what the environment holds.
        info["doctree"] = nodes.section()


def _prepare_post(app: Sphinx, doctree: nodes.document, node: PostNode, *, several: bool, zone: tzinfo) -> None:
    """Change what would stop ABlog when it reads a post."""
    if node["date"] is not None:
        node["date"] = _checked_date(app.env, node, node["date"], app.config.post_date_format, zone)
    for key in ("tags", "author", "category", "location", "language", "redirect"):
        node[key] = [label for label in node[key] if label]
    for key in ("external_link", "canonical_link"):
        if node[key] and not is_web_url(node[key]):
            warn_node(app.env, node, f"{key!r} is {node[key]!r}; expected a URL that starts with https:// or http://")
            node[key] = ""
    if several and not isinstance(node.parent, nodes.section):
        _move_to_section(app, node)
    if not node["title"] and next(iter(doctree.findall(nodes.title)), None) is None:
        node["title"] = PurePosixPath(app.env.docname).name


def _check_updates(app: Sphinx, updates: list[UpdateNode], post_nodes: list[PostNode], zone: tzinfo) -> None:
    """Normalize the dates of updates for ABlog, and add the titles that ABlog adds only in its own posts."""
    date_format = app.config.post_date_format
    dates = []
    for update in updates:
        date = _checked_date(app.env, update, update.get("date"), date_format, zone)
        if date is not None and post_nodes and all(node["date"] for node in post_nodes):
            update["date"] = date
            continue
        # An update without a date, or of a post without one, or of a post that is declared in front matter.
        title = _update_title(app, date, zone) if date else _("Update")
        note = nodes.admonition("", nodes.title("", title), *update.children, classes=["note", "update"])
        update.parent.replace(update, note)
        if date is not None:
            dates.append(read_post_date(date, date_format, zone))
    if dates:
        env_updates(app.env)[app.env.docname] = max(dates)


def _name_updates(app: Sphinx, doctree: nodes.document, zone: tzinfo) -> None:
    """Give updates that ABlog has read a title in the language of the site."""
    for update in doctree.findall(UpdateNode):
        if update.children and isinstance(update[0], nodes.title):
            update[0] = nodes.title("", _update_title(app, update["date"], zone))


def _update_title(app: Sphinx, date: str, zone: tzinfo) -> str:
    pattern = app.config.post_date_format
    locale = babel_locale(app.config.language or "en")
    return _("Updated on %s") % written_date(read_post_date(date, pattern, zone), pattern, locale)


def _checked_date(
    env: BuildEnvironment, node: nodes.Element, found: object, date_format: str, zone: tzinfo
) -> str | None:
    """Return a date so that ABlog reads it as it was meant, None if it is not a date."""
    text = str(found)
    if in_format(text, date_format, zone) is not None:
        return text
    try:
        moment = read_post_date(text, date_format, zone)
    except NotADateError as error:
        expected = datetime(2024, 6, 18, tzinfo=UTC).strftime(date_format)
        warn_node(env, node, f"{text!r} is not a date; expected one such as {expected!r}. {error}".rstrip())
        return None
    written = moment.strftime(date_format)
    same = in_format(written, date_format, zone)
    return written if same is not None and naive(same) == naive(moment) else naive(moment).isoformat()


def _move_to_section(app: Sphinx, node: PostNode) -> None:
    """Move a nested post to the section around it, because ABlog looks for the section only one level up."""
    section = node.parent
    while section is not None and not isinstance(section, nodes.section):
        section = section.parent
    node.parent.remove(node)
    if section is None:
        warn_node(app.env, node, "a post that is part of a page must be in a section; it is left out")
    else:
        section.append(node)


def warn_node(env: BuildEnvironment, node: nodes.Element, message: str, docname: str | None = None) -> None:
    """Warn about something that a document has in it.

    :param env: the environment.
    :param node: what the warning is about.
    :param message: the message.
    :param docname: the document; None for the one that is being read.
    """
    path = str(env.doc2path(docname or env.docname, base=False))
    warn([Problem(subtype=Subtype.ABLOG, message=message, path=path, line=node.line)], Path(env.srcdir))


def lists_posts(doctree: nodes.document) -> bool:
    """Return whether a document shows a list of posts made by ABlog's directive.

    :param doctree: the document.
    """
    return next(iter(doctree.findall(PostList)), None) is not None


def find_lists(doctree: nodes.document) -> list[nodes.Element]:
    """Return the lists of posts in a document, as ABlog's directive leaves them.

    :param doctree: the document.
    """
    return list(doctree.findall(PostList))
