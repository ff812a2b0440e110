"""Locate a site: its source folder and its configuration folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sphinxext.newsroom.cli.errors import CommandError, ExitCode

CONF = "conf.py"
MKDOCS = ("mkdocs.yml", "mkdocs.yaml")
FOLDERS = (".", "docs", "doc", "source", "docs/source", "doc/source")
"""Where a project has its documentation, in the order in which they are tried."""
INDEXES = ("index.md", "index.rst", "index.ipynb")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """The location of a site."""

    source: Path
    conf: Path | None
    """The ``conf.py``, None for a site that only has a ``mkdocs.yml``."""
    mkdocs: Path | None = None
    """The ``mkdocs.yml`` of a site without ``conf.py``."""


def find_site(start: Path, *, source: Path | None = None, confdir: Path | None = None) -> Place:
    """Locate the site from the current folder.

    :param start: the folder to begin at; those above it are tried as well.
    :param source: the source folder, where it is given.
    :param confdir: the folder of ``conf.py``, where it is given.
    :raises CommandError: when there is no site.
    """
    if source is not None or confdir is not None:
        return _named(source, confdir)
    start = start.resolve()
    for folder in (start, *start.parents):
        for below in FOLDERS:
            if (conf := folder / below / CONF).is_file():
                return Place(source=_source_of(conf), conf=conf)
        if mkdocs := _mkdocs_in(folder):
            return Place(source=_docs_dir(mkdocs), conf=None, mkdocs=mkdocs)
        if (folder / ".git").exists():
            break
    tried = ", ".join(f"{below}/{CONF}".removeprefix("./") for below in FOLDERS)
    raise CommandError(f"there is no site in {start}: expected one of {tried}, or {MKDOCS[0]}; name it with --source")


def _named(source: Path | None, confdir: Path | None) -> Place:
    for folder in (source, confdir):
        if folder is not None and not folder.is_dir():
            raise CommandError(f"{folder} is not a folder", ExitCode.USAGE)
    if confdir is not None:
        conf = (confdir / CONF).resolve()
        if not conf.is_file():
            raise CommandError(f"there is no {CONF} in {confdir}")
        return Place(source=source.resolve() if source is not None else _source_of(conf), conf=conf)
    folder = (source or Path()).resolve()
    if (conf := folder / CONF).is_file():
        return Place(source=folder, conf=conf)
    for above in (folder, folder.parent):
        if mkdocs := _mkdocs_in(above):
            return Place(source=_docs_dir(mkdocs), conf=None, mkdocs=mkdocs)
    raise CommandError(f"there is no {CONF} in {source}; name its folder with --conf-dir")


def _source_of(conf: Path) -> Path:
    """Return the source folder of a ``conf.py``: its own, unless the documents begin in one below."""
    folder = conf.parent
    if any((folder / name).is_file() for name in INDEXES):
        return folder
    below = [folder / name for name in FOLDERS[1:] if any((folder / name / index).is_file() for index in INDEXES)]
    return below[0] if below else folder


def _mkdocs_in(folder: Path) -> Path | None:
    return next((folder / name for name in MKDOCS if (folder / name).is_file()), None)


def _docs_dir(mkdocs: Path) -> Path:
    from sphinxext.newsroom.config.mkdocs import read_mkdocs

    settings, _problems = read_mkdocs(mkdocs)
    folder = mkdocs.parent / (settings.text("docs_dir") or "docs")
    if not folder.is_dir():
        raise CommandError(f"{mkdocs} names the folder {folder.name!r}, which is not there")
    return folder.resolve()
