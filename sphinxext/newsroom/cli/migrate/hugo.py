"""Read the posts of a Hugo site."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.cli.migrate.data_files import parse_toml, parse_yaml
from sphinxext.newsroom.cli.migrate.fields import date_of_name, first_text, names, slugify, with_suffix_md
from sphinxext.newsroom.cli.migrate.old_site import OldPost, OldSite, url_path
from sphinxext.newsroom.utils.dates import NotADateError, read_date
from sphinxext.newsroom.utils.files import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

_CONFIGS = tuple(f"{name}.{suffix}" for name in ("hugo", "config") for suffix in ("toml", "yaml", "yml", "json"))
_SECTIONS = ("blog", "news", "post", "posts", "articles")
_FORMATS = {
    "year": "%Y",
    "month": "%m",
    "monthname": "%B",
    "day": "%d",
    "weekday": "%w",
    "weekdayname": "%A",
    "yearday": "%j",
}
_FIGURE = re.compile(r"\{\{<\s*figure\s+([^>]*?)/?\s*>\}\}")
_HIGHLIGHT = re.compile(r"\{\{<\s*highlight\s+([\w+#-]+)[^>]*>\}\}\n?(.*?)\n?\{\{<\s*/\s*highlight\s*>\}\}", re.DOTALL)
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|`([^`]*)`)")
_REFERENCE = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+\"([^\"]+)\"\s*[>%]\}\}")
_LEFT = ((re.compile(r"\{\{[<%].*?[%>]\}\}"), "write what it makes; shortcodes of Hugo are not run"),)


def read_hugo(root: Path) -> OldSite:
    """Return what a Hugo site has.

    :param root: its folder.
    """
    reader = _Hugo(root)
    reader.read()
    return reader.site


class _Hugo:
    def __init__(self, root: Path) -> None:
        self._root = root
        self.site = OldSite(generator="Hugo", root=root)
        self._config = self._read_config()

    def _read_config(self) -> dict[str, Any]:
        paths = [*_CONFIGS, *(f"config/_default/{name}" for name in _CONFIGS)]
        path = next((path for path in paths if (self._root / path).is_file()), None)
        if path is None:
            return {}
        data = self.site.read_data(path, parse_toml if path.endswith(".toml") else parse_yaml)
        # Hugo takes its settings in any case.
        return {str(key).casefold(): value for key, value in data.items()} if isinstance(data, dict) else {}

    def read(self) -> None:
        site, config = self.site, self._config
        site.title, site.url = first_text(config, "title"), first_text(config, "baseurl")
        site.language = first_text(config, "languagecode", "defaultcontentlanguage")
        content = self._root / (first_text(config, "contentdir") or "content")
        params = config.get("params")
        main = names(params.get("mainSections", params.get("mainsections"))) if isinstance(params, dict) else []
        sections = [name for name in main or _SECTIONS if (content / name).is_dir()]
        # Without a section called like one, all pages with a date.
        folders = [content / name for name in sections] or [content]
        files = sorted(file for folder in folders if folder.is_dir() for file in folder.rglob("*") if file.is_file())
        bundles = {file.parent for file in files if file.name == "index.md"}
        self._paths = {file.relative_to(content).as_posix(): file for file in files}
        single = sections[0] + "/" if len(sections) == 1 else ""
        for path, file in self._paths.items():
            target = path.removeprefix(single)
            if file.suffix not in {".md", ".markdown"}:
                if any(parent in bundles for parent in file.parents) or file.suffix not in {".html", ".adoc", ".org"}:
                    site.attachments[target] = file
                else:
                    site.todo("the file is left out", "only Markdown can be read; convert it", site.shown(file))
            elif file.name.startswith("_index."):
                if read_bytes(file).strip():
                    advice = "write its text into the index of the blog"
                    site.todo("the introduction of a section", advice, site.shown(file))
            else:
                self._post(path, target, file, is_section=bool(sections))
        site.add_static_files()

    def _post(self, path: str, target: str, file: Path, *, is_section: bool) -> None:
        site = self.site
        source = site.read_source(file)
        if source is None:
            return
        meta = source.meta
        stem = re.sub(r"(?:/index)?\.(?:md|markdown)$", "", path)
        named_date, rest = date_of_name(posixpath.basename(stem))
        if not is_section and "date" not in meta and not named_date:
            return
        post = OldPost(path=site.shown(file), source=source, target=with_suffix_md(target))
        self._keys(post, named_date)
        if meta.get("draft") is not True:
            post.url = self._url(post, stem, rest)
        body = self._body(source.body, stem)
        site.add_post(post, body, _LEFT)

    def _keys(self, post: OldPost, named_date: str) -> None:
        meta, changes = post.source.meta, post.changes
        if "date" not in meta:
            written = meta.get("publishDate") or meta.get("publishdate")
            if written or named_date:
                changes["date"] = written or date.fromisoformat(named_date)
            else:
                self.site.todo("the post has no date", "write the `date`", post.path)
        if meta.get("expiryDate") or meta.get("expirydate"):
            self.site.todo("`expiryDate`", "the post stays; unpublish it when its time comes", post.path)
        taxonomies = meta.get("taxonomies")
        for key in ("categories", "tags", "series", "authors"):
            value = taxonomies.get(key) if isinstance(taxonomies, dict) else None
            if value is not None and key not in meta:
                changes[key] = names(value)
        if isinstance(meta.get("summary"), str) and "description" not in meta:
            changes["description"] = meta["summary"]
        if "image" not in meta and (image := _image(meta)):
            changes["image"] = image
        if isinstance(meta.get("slug"), str) and post.source.style == "yaml":
            return
        if aliases := names(meta.get("aliases")):
            changes["aliases"] = aliases

    def _url(self, post: OldPost, stem: str, rest: str) -> str:
        meta = post.source.meta
        if url := first_text(meta, "url"):
            return url_path(url)
        section, _, _ = stem.partition("/")
        slug = first_text(meta, "slug")
        pattern = self._pattern(section)
        if not pattern:
            folder, name = posixpath.split(stem)
            path = posixpath.join(folder, slug or name)
            return url_path(re.sub(r"\s+", "-", path).casefold() + "/")
        try:
            moment = read_date(str(post.value("date")))
        except NotADateError:
            return ""
        title = slugify(str(meta.get("title") or rest))
        values = {name: moment.strftime(code) for name, code in _FORMATS.items()}
        values |= {"month": f"{moment.month:02}", "day": f"{moment.day:02}", "title": title, "section": section}
        values |= {"sections": posixpath.dirname(stem), "slug": slug or title}
        filename = posixpath.basename(stem)
        values |= dict.fromkeys(("filename", "contentbasename"), filename)
        values |= dict.fromkeys(("slugorfilename", "slugorcontentbasename"), slug or filename)
        found = re.sub(r":(\w+)", lambda match: values.get(match[1], match.group()), pattern)
        return url_path(found.casefold().rstrip("/") + ("" if posixpath.splitext(found)[1] else "/"))

    def _pattern(self, section: str) -> str:
        patterns = self._config.get("permalinks")
        if isinstance(patterns, dict) and isinstance(patterns.get("page"), dict):
            patterns = patterns["page"]
        value = patterns.get(section, patterns.get("/")) if isinstance(patterns, dict) else None
        return value if isinstance(value, str) else ""

    def _body(self, text: str, stem: str) -> str:
        if "{{" not in text:
            return text
        text = _HIGHLIGHT.sub(lambda match: f"```{match[1]}\n{match[2]}\n```", text)
        text = _FIGURE.sub(_figure, text)
        return _REFERENCE.sub(lambda match: self._reference(match, posixpath.dirname(stem)), text)

    def _reference(self, match: re.Match[str], here: str) -> str:
        target, _, anchor = match[1].partition("#")
        wanted = target.strip("/").removesuffix(".md")
        candidates = [posixpath.normpath(posixpath.join(here, wanted)), wanted]
        found = next(
            (
                path
                for path in self._paths
                for name in candidates
                if path in {f"{name}.md", f"{name}/index.md"} or path.endswith(f"/{name}.md")
            ),
            None,
        )
        if found is None:
            return match.group()
        return posixpath.relpath(found, here or ".") + (f"#{anchor}" if anchor else "")


def _image(meta: Any) -> Any:
    cover = meta.get("cover")
    if isinstance(cover, dict) and isinstance(cover.get("image"), str):
        return {"src": cover["image"], **({"alt": cover["alt"]} if isinstance(cover.get("alt"), str) else {})}
    images = names(meta.get("images"))
    return images[0] if images else first_text(meta, "featured_image", "featuredImage", "banner")


def _figure(match: re.Match[str]) -> str:
    values = {name: quoted or raw for name, quoted, raw in _ATTRIBUTE.findall(match[1])}
    if "src" not in values or set(values) - {"src", "alt", "title", "caption", "width", "height"}:
        return match.group()
    text = f"![{values.get('alt') or values.get('caption') or values.get('title', '')}]({values['src']})"
    caption = values.get("caption") or values.get("title", "")
    return f"{text}\n\n*{caption}*" if caption else text
