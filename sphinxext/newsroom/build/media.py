"""Files beside posts – pictures, slides, data – at the addresses that they have in Material for MkDocs."""

from __future__ import annotations

import os
import posixpath
import shutil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sphinx.util.matching import Matcher

from sphinxext.newsroom.build.whole_files import new_file, put
from sphinxext.newsroom.core.files import has_encodable_name, printable, unusable
from sphinxext.newsroom.core.problems import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

    from sphinxext.newsroom.core.options import Options

# MkDocs takes these for pages and leaves them where they are.
STAY = (".html", ".htm", ".xml", ".json")


def find_media(
    app: Sphinx,
    options: Options,
    post_dir: str,
    *,
    withheld: AbstractSet[str] = frozenset(),
    excludes: Callable[[str], bool] = lambda _path: False,
    report: Callable[[list[Problem]], object],
) -> Iterator[tuple[str, str]]:
    """Yield the files below the folder of the posts that are no documents, each with its path in the output.

    :param app: the application.
    :param options: the options of the blog.
    :param post_dir: the folder of the posts, relative to the source folder.
    :param withheld: folders whose posts are all hidden, as their files are then.
    :param excludes: says whether a file, relative to the source folder, is left out of the site.
    :param report: tells of files that cannot be copied.
    """
    source = Path(app.srcdir)
    excluded = Matcher([*app.config.exclude_patterns, "**/.*", ".*"])
    for folder, folders, files in os.walk(source / post_dir):
        relative = Path(folder).relative_to(source).as_posix()
        if relative in withheld and relative != post_dir:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not excluded(posixpath.join(relative, name)))
        for name in sorted(files):
            path = posixpath.join(relative, name)
            if name.endswith(tuple(app.config.source_suffix)) or excluded(path) or excludes(path):
                continue
            if problem := _problem(source / path, path):
                report([problem])
                continue
            below = PurePosixPath(path).relative_to(post_dir).as_posix()
            yield path, path if name.endswith(STAY) else posixpath.normpath(posixpath.join(options.blog_dir, below))


def _problem(file: Path, path: str) -> Problem | None:
    """Return what keeps a file from being copied."""
    if not has_encodable_name(path):
        message = "the name of the file is not UTF-8, and it is left out; rename it."
        return Problem(subtype=Subtype.ENCODING, message=message, path=printable(path))
    if reason := unusable(file):
        message = f"the file beside posts cannot be read ({reason}), and is left out."
        return Problem(subtype=Subtype.LINK, message=message, path=path)
    return None


def copy_media(app: Sphinx, source: str, target: str) -> None:
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
    # Whatever takes the place of the file is noticed, an older one as well.
    os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))
    put(new, copy)
