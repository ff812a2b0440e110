"""Read the articles of a Pelican site."""

from __future__ import annotations

import ast
import posixpath
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.cli.migrate.fields import date_of_name, first_text, names, slugify, with_suffix_md
from sphinxext.newsroom.cli.migrate.front_matter_text import SourceText, read_text
from sphinxext.newsroom.cli.migrate.old_site import OldPost, OldSite, url_path
from sphinxext.newsroom.front_matter.field_list import find_fields
from sphinxext.newsroom.front_matter.split import normalized
from sphinxext.newsroom.utils.dates import NotADateError, read_date

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

SUFFIXES = (".md", ".markdown", ".mkd", ".rst")
_META = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)")
_NAMED = re.compile(r"\{(date)(?::([^}]*))?\}|\{(\w+)\}")
_INTERNAL = re.compile(r"[{|](filename|static|attach)[}|]/?([^\s)>\"'`#]+)")
_LEFT = (
    (re.compile(r"[{|](?:filename|static|attach|tag|category|author|index)[}|][^\s)>\"'`]*"), "write the path or URL"),
)


def read_pelican(root: Path) -> OldSite:
    """Return what a Pelican site has.

    :param root: its folder.
    """
    reader = _Pelican(root)
    reader.read()
    return reader.site


class _Pelican:
    def __init__(self, root: Path) -> None:
        self._root = root
        self.site = OldSite(generator="Pelican", root=root)
        self._config = {**self._settings("pelicanconf.py"), **self._settings("publishconf.py")}
        self._content = root / str(self._config.get("PATH") or "content")

    def _settings(self, name: str) -> dict[str, Any]:
        """Return the plain data that a settings file assigns. It is a program, and not run."""
        module = self.site.read_data(name, ast.parse)
        found: dict[str, Any] = {}
        for statement in module.body if module is not None else ():
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                try:
                    found[statement.targets[0].id] = ast.literal_eval(statement.value)
                except (ValueError, TypeError, RecursionError, MemoryError):
                    continue
        return found

    def read(self) -> None:
        site, config = self.site, self._config
        site.title, site.url = first_text(config, "SITENAME"), first_text(config, "SITEURL")
        site.language = first_text(config, "DEFAULT_LANG")
        # Without a summary, lists show the beginning.
        site.excerpt_paragraphs = 1
        pages = names(config.get("PAGE_PATHS", ["pages"]))
        static = names(config.get("STATIC_PATHS", ["images"]))
        if not self._content.is_dir():
            return
        self._files = {
            file.relative_to(self._content).as_posix(): file
            for file in sorted(self._content.rglob("*"))
            if file.is_file()
        }
        site.files = {
            path: file
            for path, file in self._files.items()
            if not path.endswith(SUFFIXES) and any(path == folder or path.startswith(f"{folder}/") for folder in static)
        }
        for path, file in self._files.items():
            if any(part.startswith(".") for part in path.split("/")):
                continue
            if any(path.startswith(f"{folder}/") for folder in pages):
                if path.endswith(SUFFIXES):
                    site.todo("the page is left out", "only articles are moved; add it as a page", site.shown(file))
            elif path.endswith(SUFFIXES):
                self._post(path, file)
            elif path not in site.files:
                site.attachments[path] = file

    def _post(self, path: str, file: Path) -> None:
        site = self.site
        source = site.read_source(file, _read_rst if path.endswith(".rst") else _read_markdown, kind="article")
        if source is None:
            return
        post = OldPost(path=site.shown(file), source=source, target=with_suffix_md(path))
        meta = source.meta
        named_date, rest = date_of_name(posixpath.splitext(posixpath.basename(path))[0])
        self._keys(post, path, named_date)
        status = first_text(meta, "status") or "published"
        if status == "published":
            post.url = self._url(post, rest)
        body = self._body(source.body, posixpath.dirname(path))
        site.add_post(post, body, _LEFT)

    def _keys(self, post: OldPost, path: str, named_date: str) -> None:
        meta, changes = post.source.meta, post.changes
        is_rst = post.source.style == "fields"
        if "date" not in meta:
            if named_date:
                changes["date"] = date.fromisoformat(named_date)
            else:
                self.site.todo("the article has no date", "write the `date`; Pelican took that of the file", post.path)
        elif not is_rst:
            changes["date"] = _moment(first_text(meta, "date"))
        for key, new in (("tags", "tags"), ("category", "categories"), ("authors", "authors"), ("author", "authors")):
            if key in meta and not is_rst:
                separator = ";" if ";" in str(meta[key]) else ","
                found = names(meta[key], separator=separator)
                changes[key] = None
                changes[new] = [{"name": name} for name in found] if new == "authors" else found
        folder = posixpath.dirname(path).partition("/")[0]
        usual = folder or first_text(self._config, "DEFAULT_CATEGORY")
        if "category" not in meta and usual and self._config.get("USE_FOLDER_AS_CATEGORY") is not False:
            changes["category" if is_rst else "categories"] = usual if is_rst else [usual]
        if (modified := first_text(meta, "modified")) and not is_rst:
            changes |= {"modified": None, "updated": _moment(modified)}
        if (summary := first_text(meta, "summary")) and "description" not in meta:
            changes["description"] = " ".join(summary.split())
        if first_text(meta, "status") in {"draft", "hidden"}:
            changes |= {"draft": "true" if is_rst else True, "status": None}

    def _url(self, post: OldPost, rest: str) -> str:
        meta = post.source.meta
        pattern = (
            first_text(self._config, "ARTICLE_URL") or first_text(self._config, "ARTICLE_SAVE_AS") or "{slug}.html"
        )
        if own := first_text(meta, "url", "save_as"):
            return url_path(own)
        from_name = first_text(self._config, "SLUGIFY_SOURCE") == "basename"
        slug = first_text(meta, "slug") or slugify(rest if from_name else first_text(meta, "title") or rest)
        category = post.value("categories") or post.value("category") or ""
        values = {
            "slug": slug,
            "lang": first_text(meta, "lang") or self.site.language or "en",
            "category": slugify(str(category[0] if isinstance(category, list) else category)),
        }
        try:
            moment = read_date(str(post.value("date")))
        except NotADateError:
            return ""
        return url_path(_NAMED.sub(lambda match: _part(match, moment, values), pattern))

    def _body(self, text: str, here: str) -> str:
        return _INTERNAL.sub(lambda match: self._link(match, here), text)

    def _link(self, match: re.Match[str], here: str) -> str:
        kind, target = match[1], match[2]
        is_absolute = match.group()[len(kind) + 2 :].startswith("/")
        path = posixpath.normpath(target if is_absolute else posixpath.join(here, target))
        if path not in self._files:
            return match.group()
        if kind == "static" and path in self.site.files:
            return f"/{path}"
        return posixpath.relpath(path, here or ".")


def _read_markdown(raw: str) -> SourceText:
    """Read lines such as ``Title: …`` above the first blank line; a line that is indented continues the one above."""
    if raw.startswith("---"):
        return read_text(raw)
    text = normalized(raw)
    meta: dict[str, Any] = {}
    key, lines = "", text.split("\n")
    count = 0
    for line in lines:
        if match := _META.fullmatch(line):
            key = match[1].casefold()
            meta[key] = match[2].strip()
        elif key and line.startswith((" ", "\t")) and line.strip():
            meta[key] += " " + line.strip()
        else:
            break
        count += 1
    body = "\n".join(lines[count:]) if meta else text
    # The text is written as YAML.
    return SourceText(raw=raw, style="meta", head="", meta=meta, body=body, body_line=count + 1)


def _read_rst(raw: str) -> SourceText:
    text = normalized(raw)
    found = find_fields(text.split("\n"))
    meta: dict[str, Any] = {}
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.startswith(":")), None)
    if found is None and start is not None:
        found = find_fields(lines[start:])
    if found is not None:
        for line in lines:
            if match := re.fullmatch(r":([\w-]+):[ \t]*(.*)", line):
                meta.setdefault(match[1].casefold(), match[2].strip())
    title = next((line for line in lines if line.strip() and not re.fullmatch(r"([^\w\s])\1+", line.strip())), "")
    meta.setdefault("title", title.strip())
    return SourceText(raw=raw, style="fields", head="", meta=meta, body=text)


def _moment(text: str) -> Any:
    try:
        return read_date(text)
    except NotADateError:
        return text


def _part(match: re.Match[str], moment: date | datetime, values: Mapping[str, str]) -> str:
    if match[1]:
        return moment.strftime(match[2] or "%Y-%m-%d")
    return values.get(match[3], match.group())
