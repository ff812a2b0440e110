"""Copy files next to posts – images, slides, data – to the URLs that they have in Material for MkDocs."""

from __future__ import annotations

import os
import posixpath
import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinxext.newsroom.environment.copy_rules import Restriction
from sphinxext.newsroom.utils.files import read_bytes
from sphinxext.newsroom.utils.sphinx_atomic import move_into_place, new_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.environment.copy_rules import CopyRules
    from sphinxext.newsroom.problems import Problem

# MkDocs takes these for pages and leaves them where they are.
STAY = (".html", ".htm", ".xml", ".json")


@dataclass(kw_only=True, slots=True)
class MediaFiles:
    """The files below one folder of posts that are copied into the output."""

    targets: dict[str, str] = field(default_factory=dict)
    """The path in the output of each file, by its path relative to the source folder."""
    problems: list[Problem] = field(default_factory=list)


def find_attachments(
    app: Sphinx,
    options: Options,
    post_dir: str,
    copy_rules: CopyRules,
    *,
    unpublished: AbstractSet[str] = frozenset(),
) -> MediaFiles:
    """Return the files below the folder of the posts that are not documents.

    :param app: the application.
    :param options: the options of the blog.
    :param post_dir: the folder of the posts, relative to the source folder.
    :param copy_rules: tells which files may be copied.
    :param unpublished: folders whose posts are all unpublished, as their files are then.
    """
    source, found = Path(app.srcdir), MediaFiles()
    suffixes = tuple(app.config.source_suffix)
    for folder, folders, files in os.walk(source / post_dir):
        relative = Path(folder).relative_to(source).as_posix()
        if relative in unpublished and relative != post_dir:
            folders.clear()
            continue
        for name in sorted(folders):
            path = posixpath.join(relative, name)
            if copy_rules.excludes(path):
                folders.remove(name)
            elif copy_rules.restriction(path) is Restriction.LEADS_OUTSIDE:
                copy_rules.reports_restriction(path, found.problems)
        folders.sort()
        for name in sorted(files):
            path = posixpath.join(relative, name)
            if name.endswith(suffixes) or copy_rules.reports_restriction(path, found.problems):
                continue
            below = PurePosixPath(path).relative_to(post_dir).as_posix()
            target = path if name.endswith(STAY) else posixpath.normpath(posixpath.join(options.blog_dir, below))
            found.targets[path] = target
    return found


def only_named_in(files: Iterable[str], sources: Iterable[Path], *, others: Iterable[Path]) -> set[str]:
    """Return the files whose names occur in some texts and not in others.

    :param files: paths with ``/``.
    :param sources: the texts.
    :param others: texts that are only read while there is a file that they can tell of.
    """
    names = {path: {posixpath.basename(path).encode(), quote(posixpath.basename(path)).encode()} for path in files}
    texts = [_content(source) for source in sources]
    found = {path for path, written in names.items() if any(name in text for name in written for text in texts)}
    for other in others:
        if not found:
            break
        text = _content(other)
        found -= {path for path in found if any(name in text for name in names[path])}
    return found


def _content(file: Path) -> bytes:
    try:
        return read_bytes(file)
    except OSError:
        return b""


def copy_attachment(app: Sphinx, source: str, target: str) -> None:
    """Copy one file into the output, if it has changed.

    :param app: the application.
    :param source: the file, relative to the source folder.
    :param target: its path in the output.
    """
    file, copy = Path(app.srcdir) / source, Path(app.outdir) / target
    status = file.stat()
    if copy.is_file():
        known = copy.stat()
        if (known.st_mtime_ns, known.st_size) == (status.st_mtime_ns, status.st_size):
            return
    new = new_file(app)
    shutil.copyfile(file, new)
    # Any replacement of the file is noticed, even an older one.
    os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))
    move_into_place(new, copy)
