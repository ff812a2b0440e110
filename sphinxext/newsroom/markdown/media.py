"""Find files in raw HTML tags, so that the build copies them."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from docutils import nodes

from sphinxext.newsroom.markdown.html import parse_tag
from sphinxext.newsroom.markdown.nodes import newsroom_media
from sphinxext.newsroom.utils.files import find_regular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

_TAG = re.compile(r"""<(?:a(?=\s)|img|source|video|audio|track|embed)\b(?:[^"'<>]|"[^"]*"|'[^']*')*+>""", re.IGNORECASE)

_DOCUMENTS = (".md", ".rst", ".ipynb")


def path_of(env: BuildEnvironment, target: str) -> str | None:
    """Return the path that a target means in the document being read; None if there can be no file of that name.

    Sphinx follows links, and stops at those in a circle and at names with a NUL.

    :param env: the environment.
    :param target: relative to the file of the document, or to the source folder.
    """
    try:
        return str(env.relfn2path(target, env.docname)[1])
    except (OSError, ValueError, RuntimeError):
        return None


def find_file(env: BuildEnvironment, target: str) -> str | None:
    """Return the file that a path or a relative URL means, from the source folder on, None if there is none.

    :param env: the environment, reading the document that contains the target.
    :param target: relative to the file of the document, or to its URL.
    """
    source = Path(env.srcdir)
    for path in candidates(env, target):
        if find_regular(source / path, inside=[source]) is not None:
            return path
    return None


def find_document(env: BuildEnvironment, target: str) -> str | None:
    """Return the document with the URL of a page, None if there is none.

    :param env: the environment, reading the document that contains the target.
    :param target: relative to the URL of the document.
    """
    for path in candidates(env, target):
        plain = path.removesuffix("/").removesuffix(".html")
        for docname in (plain, posixpath.join(plain, "index"), posixpath.normpath(posixpath.join(plain, "index"))):
            if docname in env.found_docs:
                return docname
    return None


def candidates(env: BuildEnvironment, target: str) -> Iterator[str]:
    """Return what a relative path or URL can mean, from the source folder on.

    :param env: the environment, reading the document that contains the target.
    :param target: the path or URL.
    """
    try:
        parts = urlsplit(target)
    except ValueError:
        return
    if parts.scheme or parts.netloc or not parts.path:
        return
    path = parts.path
    docname = env.docname
    if path.startswith("/"):
        bases = [""]
    else:
        # Relative to the file; then as a browser resolves it: from a page that is a folder, from one that is a file.
        bases = [posixpath.dirname(str(env.doc2path(docname, base=False))), docname, posixpath.dirname(docname)]
    for written in dict.fromkeys((path, unquote(path))):
        for base in dict.fromkeys(bases):
            joined = posixpath.normpath(posixpath.join(base, written.lstrip("/") if not base else written))
            if not joined.startswith(("../", "/")) and joined != "..":
                yield "index" if joined == "." else joined


def divide_html(env: BuildEnvironment, content: str) -> list[nodes.Node]:
    """Return raw HTML as nodes: tags that show files of the site by themselves, the rest as it is.

    :param env: the environment.
    :param content: the HTML.
    """
    found: list[nodes.Node] = []
    position = 0
    for match in _TAG.finditer(content):
        tag, attributes = parse_tag(match[0])
        where = next((name for name in ("src", "poster", "href") if attributes.get(name)), None)
        file = find_file(env, attributes[where]) if where else None
        if where is None or file is None or (tag == "a" and file.endswith(_DOCUMENTS)):
            continue
        if before := content[position : match.start()]:
            found.append(nodes.raw("", before, format="html"))
        fragment = urlsplit(attributes.pop(where)).fragment
        media = newsroom_media(
            "", uri=f"/{file}", tag=tag, where=where, fragment=fragment, alt=attributes.get("alt", "")
        )
        media["attributes"] = attributes
        found.append(media)
        position = match.end()
    if rest := content[position:]:
        found.append(nodes.raw("", rest, format="html"))
    return found
