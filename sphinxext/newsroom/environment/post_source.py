"""Pass each post to the parser without the blog's front matter."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import make_refnode

from sphinxext.newsroom.ablog.directives import lists_posts
from sphinxext.newsroom.ablog.unpublished_sections import outdated_pages
from sphinxext.newsroom.environment.copied_files import copied_files
from sphinxext.newsroom.environment.drafts_found_while_reading import pages_naming_unpublished
from sphinxext.newsroom.environment.generated_index import escape_markdown, rst_heading
from sphinxext.newsroom.environment.parser_keys import parser_front_matter
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.front_matter import notebooks
from sphinxext.newsroom.front_matter.rst_outline import SUFFIXES as RST_SUFFIXES
from sphinxext.newsroom.front_matter.sphinx_rst_outline import read_outline
from sphinxext.newsroom.front_matter.split import split
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.sphinx_documents import SOURCE, find_document, paths_of
from sphinxext.newsroom.utils.sphinx_env import DocumentData
from sphinxext.newsroom.utils.yaml import find_excess

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.models import Post

MARKDOWN = (".md", ".markdown", ".myst")


def find_post(app: Sphinx, docname: str) -> Post | None:
    """Return the post whose front matter the index has read for a document.

    :param app: the application.
    :param docname: the document.
    """
    return get_site(app).planned.get(docname)


def strip_front_matter(app: Sphinx, docname: str, content: list[str]) -> None:
    """Replace the front matter by what the parser needs of it, on as many lines, and put the title in if it is missing.

    The parser would turn lists into text, and report dates and keys that the index has read already. The number of
    lines stays, so that warnings name the lines of the file.

    :param app: the application.
    :param docname: the document that is about to be parsed.
    :param content: its text, to be changed in place.
    """
    post = find_post(app, docname)
    if post is None:
        _hide_endless_front_matter(app, docname, content)
        return
    if post.path.endswith(".ipynb"):
        heading = f"# {escape_markdown(post.title)}" if post.insert_heading else ""
        content[0] = notebooks.strip_front_matter(content[0], heading=heading)
        return
    if post.path.endswith(RST_SUFFIXES):
        content[0] = _without_fields(content[0], title=post.title if post.insert_heading else "")
        return
    parts = split(content[0])
    head = [""] * (parts.body_line - 1)
    is_yaml = bool(parts.text) and not parts.is_fields
    for_parser = parser_front_matter(post.front_matter.extra, app.config) if is_yaml else ""
    if for_parser:
        head[:3] = ["---", for_parser, "---"]
    if post.insert_heading:
        # On the last lines of the front matter, so that the lines below keep their numbers.
        lines = [f"# {escape_markdown(post.title)}", ""]
        room = len(head) - (3 if for_parser else 0)
        head = [*head[: len(head) - min(room, len(lines))], *lines]
    content[0] = "\n".join([*head, parts.body])


def add_toctrees(app: Sphinx, docname: str, content: list[str]) -> None:
    """Add the toctrees of a document that are in a separate file.

    :param app: the application.
    :param docname: the document that is about to be parsed.
    :param content: its text, to be changed in place.
    """
    get_site(app).toctree_files.complete(app.env, docname, content)


def _hide_endless_front_matter(app: Sphinx, docname: str, content: list[str]) -> None:
    """Leave out front matter of a page from which the parser would make more than any machine has."""
    path = str(app.env.doc2path(docname, base=False))
    if not path.endswith(MARKDOWN) or not content[0].startswith("---") or "*" not in content[0]:
        return
    parts = split(content[0])
    if "*" in parts.text and (problem := find_excess(parts.text, first_line=parts.line)):
        message, line = problem
        get_site(app).reporter.report([Problem(subtype=Subtype.FRONT_MATTER, message=message, path=path, line=line)])
        content[0] = "\n" * (parts.body_line - 1) + parts.body


def _without_fields(text: str, *, title: str) -> str:
    """Return reStructuredText without the fields of its front matter, and with a title if one is given.

    Sphinx would show fields that do not come before everything else.
    """
    parts = split(text, read_rst=read_outline)
    lines = [*[""] * (parts.body_line - 1), *parts.body.split("\n")]
    if title:
        # On the lines of the fields, so that the lines below keep their numbers.
        start = parts.line - 1
        room = next(
            (number for number, line in enumerate(lines[start : start + 3]) if line), min(3, len(lines) - start)
        )
        lines[start : start + room] = rst_heading(title).split("\n")
    return "\n".join(lines)


def collect_metadata(app: Sphinx, doctree: nodes.document) -> None:
    """Record what themes, search and other extensions look for in the metadata of a document.

    :param app: the application.
    :param doctree: the document that has just been read.
    """
    env = app.env
    docname = env.docname
    _flatten_titles(env, docname)
    shown = list_documents(env)
    if lists_posts(doctree):
        shown.add(docname)
    if docname in get_site(app).project.generated:
        # It is generated, so do not ask to add it to a toctree.
        env.metadata[docname]["orphan"] = True
    post = find_post(app, docname)
    if post is None:
        return
    read_inputs(env)[docname] = input_of(post)
    front_matter = post.front_matter
    metadata = env.metadata[docname]
    for key, value in front_matter.extra.items():
        metadata.setdefault(str(key), value if isinstance(value, str) else json.dumps(value, default=str))
    if str(depth := metadata.get("tocdepth", "")).isdecimal():
        metadata["tocdepth"] = int(depth)  # Sphinx counts with it
    elif depth != "":
        del metadata["tocdepth"]
    metadata["orphan"] = True
    if front_matter.search_exclude:
        metadata["nosearch"] = ""


def keep_excerpt_markers(_app: Sphinx, doctree: nodes.document) -> None:
    """Keep reStructuredText's ``.. more`` in the output, where the end of the excerpt is looked for.

    :param doctree: the document that has just been read.
    """
    for comment in list(doctree.findall(nodes.comment)):
        if comment.astext().strip() == "more":
            comment.replace_self(nodes.raw("", "<!-- more -->", format="html"))


def _flatten_titles(env: BuildEnvironment, docname: str) -> None:
    """Take links to files out of the titles that contents and lists show: Sphinx takes them for entries and stops."""
    for shown in (env.tocs.get(docname), env.titles.get(docname), env.longtitles.get(docname)):
        if shown is not None:
            for link in list(shown.findall(addnodes.download_reference)):
                link.replace_self(link.children)


def collect_links(app: Sphinx, doctree: nodes.document) -> None:
    """Record which posts a document links to.

    :param app: the application.
    :param doctree: the document that has just been read.
    """
    env, site = app.env, get_site(app)
    links = post_links(env).pop(env.docname, {})
    for link in doctree.findall(addnodes.pending_xref):
        if link.get("refdomain") == "doc" and link["reftarget"] in site.planned:
            links[site.planned[link["reftarget"]].path] = str(link["reftarget"])
        elif link.get("refdomain") == "std" and link["reftype"] == "doc":
            links |= _posts_at(site, env.docname, str(link["reftarget"]))
    for toctree in doctree.findall(addnodes.toctree):
        links |= {site.planned[name].path: name for name in toctree["includefiles"] if name in site.planned}
    if links:
        post_links(env).setdefault(env.docname, {}).update(links)


def collect_unpublished_link(env: BuildEnvironment, path: str) -> None:
    """Record that the document being read names a post that does not exist in this build.

    :param env: the environment.
    :param path: the file of the post.
    """
    post_links(env).setdefault(env.docname, {})[path] = ""


def note_source(app: Sphinx, path: str) -> None:
    """Record that the document being read uses the source of a post, if the file is one.

    :param app: the application.
    :param path: the file, relative to the source folder.
    """
    site = get_site(app)
    if path in site.unpublished or path in (docnames := site.docnames):
        post_links(app.env).setdefault(app.env.docname, {})[path] = "" if path in site.unpublished else docnames[path]


def _posts_at(site: Site, docname: str, target: str) -> dict[str, str]:
    """Return the post that a path without suffix means in a document: file and docname, empty if it is hidden."""
    suffixes = ("", *site.project.source_suffix)
    paths = {path + suffix for path in paths_of(site.app, docname, target) for suffix in suffixes}
    found = {post.path: post.docname for post in site.posts if post.path in paths}
    return found or dict.fromkeys(sorted(paths & site.unpublished), "")


def input_of(post: Post) -> str:
    """Return what changes when a post has to be read again although its file is the same.

    :param post: the post.
    """
    return fingerprint([post.path, post.title if post.insert_heading else "", repr(post.front_matter)])


def outdated_posts(
    app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    """Return documents that have to be read again for another reason than that their file has changed.

    :param app: the application.
    :param env: the environment.
    :param removed: documents that are gone.
    """
    site = get_site(app)
    site.record_removed(removed, copied_files(app))
    inputs = read_inputs(env)
    changed = [post.docname for post in site.posts if inputs.get(post.docname, "") != input_of(post)]
    now = site.docnames
    linking = [
        docname
        for docname, links in post_links(env).items()
        if any(now.get(path, "") != target for path, target in links.items())
    ]
    parsing = fingerprint(
        [
            site.options.markdown_extensions,
            site.options.markdown_everywhere,
            site.options.markdown_documents,
            site.exclusion_rules,
        ]
    )
    if getattr(env, "newsroom_parsing", parsing) != parsing:
        # Whether they were read with the extensions until now is not known.
        changed += env.all_docs
    env.newsroom_parsing = parsing  # type: ignore[attr-defined]
    # A toctree would go on naming a post that has become a draft.
    naming = [docname for docname, children in env.toctree_includes.items() if not removed.isdisjoint(children)]
    naming += pages_naming_unpublished(env)
    naming += site.toctree_files.outdated(env)
    found = {*changed, *linking, *naming, *outdated_pages(env, site.is_unpublished), *site.project.moved}
    return [docname for docname in found if docname in env.all_docs]


# -- What is stored in the environment -----------------------------------------------------------------------------------


read_inputs = DocumentData("newsroom_inputs", dict[str, str])
"""What each post was made of when it was read, by docname."""


list_documents = DocumentData("newsroom_lists", set[str])
"""The documents that show lists of posts by a directive."""


post_links = DocumentData("newsroom_post_links", dict[str, dict[str, str]])
"""The files of the posts that each document links to, by docname; each with its docname, empty if hidden."""


# -- Links -------------------------------------------------------------------------------------------------------------


def resolve_plain_docname(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, contnode: nodes.Element
) -> nodes.Element | None:
    """Let ``:doc:`` find a post by the path of its file, and from a post other documents by theirs.

    :param app: the application.
    :param env: the environment.
    :param node: the reference that was not found.
    :param contnode: what it shows.
    """
    if node.get("reftype") != "doc":
        return None
    refdoc = node.get("refdoc", "")
    if (docname := find_document(app, node.get(SOURCE, refdoc), str(node["reftarget"]))) is None:
        return None
    if not node.get("refexplicit"):
        title: Any = env.titles[docname].astext() if docname in env.titles else docname
        contnode = nodes.inline(title, title, classes=["doc"])
    return make_refnode(app.builder, refdoc, docname, "", contnode)
