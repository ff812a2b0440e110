"""Apply the settings of a MkDocs site to Sphinx and its theme."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass, replace
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.config.docs_filter import read_docs_filter
from sphinxext.newsroom.config.mkdocs import read_mkdocs
from sphinxext.newsroom.config.mkdocs_counterparts import without_counterpart
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.files import find_regular
from sphinxext.newsroom.utils.social_sites import SITES
from sphinxext.newsroom.utils.urls import is_web_url
from sphinxext.newsroom.utils.yaml import YamlSourceMap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinxext.newsroom.config.docs_filter import DocsFilter
    from sphinxext.newsroom.config.mkdocs import MkdocsSettings

PYDATA, BOOK, FURO = "pydata_sphinx_theme", "sphinx_book_theme", "furo"
# Where MkDocs takes a page to be edited, by the host of the repository.
EDIT_URIS = {
    "github.com": "edit/master/docs/",
    "gitlab.com": "edit/master/docs/",
    "bitbucket.org": "src/default/docs/",
}
_HOST_ICONS = {
    "github.com": "fontawesome/brands/github",
    "gitlab.com": "fontawesome/brands/gitlab",
    "bitbucket.org": "fontawesome/brands/bitbucket",
}
_MARKUP = re.compile(r"<[^>]*>")
# Themes write these themselves.
_COPYRIGHT_WORDS = re.compile(r"^(?:\s|copyright|©|\(c\))+", re.IGNORECASE)
# Attributes of a script that Sphinx accepts like its own.
_SCRIPT_ATTRIBUTES = ("type", "defer", "async")


@dataclass(frozen=True, kw_only=True, slots=True)
class MkdocsSite:
    """The ``mkdocs.yml`` of a site, and where its folder of documents is."""

    file: Path
    source: Path
    """The source folder of Sphinx."""
    confdir: Path
    settings: MkdocsSettings
    problems: tuple[Problem, ...] = ()
    """Problems of the file itself."""

    @property
    def docs(self) -> Path:
        """The ``docs_dir``."""
        return (self.file.parent / (self.settings.text("docs_dir") or "docs")).resolve()

    @property
    def is_whole(self) -> bool:
        """Whether the source folder of Sphinx is that of MkDocs."""
        return self.docs == self.source.resolve()

    def in_docs(self, path: str) -> str | None:
        """Return the path of a file relative to the folder of documents, None if it is not in there.

        Where there is no such folder any more, the source folder has taken its place.

        :param path: the file, relative to the source folder.
        """
        docs, source = self.docs, self.source.resolve()
        if docs == source or not docs.is_dir():
            return path
        below = PurePosixPath(os.path.relpath(source, docs).replace(os.sep, "/"), path)
        normal = posixpath.normpath(below.as_posix())
        return None if normal == ".." or normal.startswith("../") else normal

    def placed(self, problem: Problem, *keys: str, entry: str = "") -> Problem:
        """Return a problem with the line of a setting.

        :param problem: the problem.
        :param keys: the key path of the setting.
        :param entry: an entry of it.
        """
        path = os.path.relpath(self.file, self.source).replace(os.sep, "/")
        try:
            places = YamlSourceMap(self.file.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError):
            return problem
        line = places.entry_line(entry, *keys) if entry else places.line(*keys)
        return replace(problem, path=path, line=line)


def read_mkdocs_site(app: Sphinx) -> MkdocsSite | None:
    """Return the site that the ``mkdocs.yml`` describes that ``conf.py`` names, None if it names none.

    :param app: the application.
    """
    name = app.config.newsroom_mkdocs
    if not name or not isinstance(name, str):
        return None
    confdir = Path(app.confdir or app.srcdir)
    file = confdir / name
    settings, problems = read_mkdocs(file)
    shown = os.path.relpath(file, app.srcdir).replace(os.sep, "/")
    problems = tuple(replace(problem, path=shown) for problem in problems)
    return MkdocsSite(file=file, source=Path(app.srcdir), confdir=confdir, settings=settings, problems=problems)


def docs_filter(site: MkdocsSite, *, shows_drafts: bool) -> tuple[DocsFilter, list[Problem]]:
    """Return the filter of files that MkDocs would publish, and problems with its patterns.

    :param site: the site.
    :param shows_drafts: whether what ``draft_docs`` names is published in this build.
    """
    found, problems = read_docs_filter(site.settings, shows_drafts=shows_drafts)
    return found, [site.placed(problem, problem.message.partition(":")[0]) for problem in problems]


# -- Settings ----------------------------------------------------------------------------------------------------------


def adopt_settings(site: MkdocsSite, config: Config, explicit: Mapping[str, Any]) -> None:
    """Set the options of Sphinx and of the theme that are equivalent to settings of MkDocs, unless they are set.

    :param site: the site.
    :param config: the configuration, changed in place.
    :param explicit: what ``conf.py`` and the command line set.
    """
    for setting in _settings(site, config, explicit):
        for name, value in setting.options.items():
            config[name] = value


def lost_settings(site: MkdocsSite, config: Config, explicit: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each setting of MkDocs that is not taken over.

    :param site: the site.
    :param config: the configuration.
    :param explicit: what ``conf.py`` and the command line set.
    """
    for setting in _settings(site, config, explicit):
        if setting.advice:
            message = f"{'.'.join(setting.keys)}: {setting.advice}"
            yield site.placed(Problem(subtype=Subtype.MKDOCS, message=message), *setting.keys)
    for key, name, advice in without_counterpart(site.settings):
        message = f"{key}: {name!r} has no effect: {advice}."
        yield site.placed(Problem(subtype=Subtype.MKDOCS, message=message), key, entry=name)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Setting:
    """A setting of MkDocs: what it sets, or what to do because it sets nothing."""

    keys: tuple[str, ...]
    options: Mapping[str, Any]
    advice: str = ""


class _Options:
    """The options of the site as they are, and what the site itself has set."""

    def __init__(self, config: Config, explicit: Mapping[str, Any]) -> None:
        self.config, self._given = config, explicit

    @property
    def theme(self) -> str:
        """The theme."""
        return str(self.config.html_theme)

    def is_free(self, *names: str) -> bool:
        """Return whether the site has set none of some options."""
        return not any(name in self._given for name in names)

    def set_by_site(self, name: str) -> set[str]:
        """Return what the site has set inside of an option that is a mapping."""
        own = self._given.get(name)
        below = {key.removeprefix(f"{name}.") for key in self._given if key.startswith(f"{name}.")}
        return below | (set(own) if isinstance(own, dict) else set())

    def completed(self, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return an option that is a mapping, with values that the site has not set there."""
        own, known = self.set_by_site(name), self.config[name]
        free = {key: value for key, value in values.items() if key not in own}
        return {name: {**known, **free}} if free and isinstance(known, dict) else {}


def _settings(site: MkdocsSite, config: Config, explicit: Mapping[str, Any]) -> Iterator[_Setting]:
    """Yield the settings of the file that this extension knows a place for, or advice on."""
    settings, options = site.settings, _Options(config, explicit)
    if settings.text("docs_dir") and site.docs.is_dir() and not site.is_whole:
        advice = f"the source folder is another; build with 'sphinx-build -c … {settings.text('docs_dir')} …'."
        yield _Setting(keys=("docs_dir",), options={}, advice=advice)
    if (name := settings.text("site_name")) and options.is_free("project"):
        yield _Setting(keys=("site_name",), options={"project": name})
    if (author := settings.text("site_author")) and options.is_free("author"):
        yield _Setting(keys=("site_author",), options={"author": author})
    if (line := _plain_copyright(settings.text("copyright"))) and options.is_free("copyright", "project_copyright"):
        yield _Setting(keys=("copyright",), options={"copyright": line})
    for key, option in (("logo", "html_logo"), ("favicon", "html_favicon")):
        if (path := settings.text("theme", key)) and options.is_free(option):
            yield _picture(site, key, option, path)
    yield from _assets(site, config)
    if (repository := settings.text("repo_url")) and is_web_url(repository):
        yield _repository(settings, options, repository.rstrip("/"))
    extra = settings.values.get("extra")
    social = extra.get("social") if isinstance(extra, dict) else None
    if isinstance(social, list) and social:
        yield _social(options, social)


def _plain_copyright(text: str) -> str:
    """Return a copyright line as plain text, without the words that themes write themselves."""
    return _COPYRIGHT_WORDS.sub("", " ".join(unescape(_MARKUP.sub("", text)).split()))


def _picture(site: MkdocsSite, key: str, option: str, path: str) -> _Setting:
    keys = ("theme", key)
    if is_web_url(path):
        return _Setting(keys=keys, options={option: path})
    folder = site.docs if site.docs.is_dir() else site.source
    file = find_regular(folder / path, inside=[folder])
    if file is None:
        return _Setting(keys=keys, options={}, advice=f"there is no file {path!r}; set {option} to the picture.")
    # Sphinx looks for it from the folder of conf.py.
    return _Setting(keys=keys, options={option: os.path.relpath(file, site.confdir.resolve())})


def _assets(site: MkdocsSite, config: Config) -> Iterator[_Setting]:
    """Yield stylesheets and scripts; they stay at their URLs, so that what they refer to is found."""
    for key, option in (("extra_css", "html_css_files"), ("extra_javascript", "html_js_files")):
        found: list[Any] = []
        for item in site.settings.items(key):
            mapping = item if isinstance(item, dict) else {"path": item}
            path = str(mapping.get("path") or "").strip()
            if not path:
                continue
            if not is_web_url(path) and asset_file(site, path) is None:
                advice = f"{path!r} is not published; put it into a folder of html_static_path and name it in {option}."
                yield _Setting(keys=(key,), options={}, advice=advice)
                continue
            # Sphinx starts at _static.
            name = path if is_web_url(path) else f"../{posixpath.normpath(path.lstrip('/'))}"
            attributes = {name: _attribute(mapping[name]) for name in _SCRIPT_ATTRIBUTES if mapping.get(name)}
            if key == "extra_javascript" and path.endswith(".mjs"):
                attributes.setdefault("type", "module")
            found.append((name, attributes) if attributes else name)
        if found:
            yield _Setting(keys=(key,), options={option: [*config[option], *found]})


def _attribute(value: Any) -> str:
    return "" if value is True else str(value)


def asset_file(site: MkdocsSite, path: str) -> Path | None:
    """Return the file of a stylesheet or script that the site publishes, None if there is none.

    :param site: the site.
    :param path: as ``extra_css`` or ``extra_javascript`` has it.
    """
    return find_regular(site.docs / path.lstrip("/"), inside=[site.docs]) if site.is_whole else None


def asset_files(site: MkdocsSite) -> list[Path]:
    """Return the files of all stylesheets and scripts that are on every page.

    :param site: the site.
    """
    items = [*site.settings.items("extra_css"), *site.settings.items("extra_javascript")]
    paths = [str(item.get("path") or "") if isinstance(item, dict) else str(item) for item in items]
    return [file for path in paths if path and not is_web_url(path) and (file := asset_file(site, path))]


def _repository(settings: MkdocsSettings, options: _Options, repository: str) -> _Setting:
    """Return the options of the theme that lead to the repository, and to the source of each page."""
    keys = ("repo_url",)
    host = _host(repository)
    edit_url = _edit_url(settings, repository)
    if options.theme == PYDATA:
        shown: dict[str, Any] = {}
        if not options.set_by_site("html_theme_options") & {"github_url", "gitlab_url", "bitbucket_url"}:
            shown["icon_links"] = [
                _icon_link(settings.text("repo_name") or host, repository, _HOST_ICONS.get(host, ""))
            ]
        own = options.set_by_site("html_context")
        if not edit_url or own & {"edit_page_url_template", "github_repo", "gitlab_repo", "bitbucket_repo"}:
            return _Setting(keys=keys, options=options.completed("html_theme_options", shown))
        context = {"edit_page_url_template": edit_url % "{{ file_name }}", "edit_page_provider_name": host}
        found = options.completed("html_theme_options", {**shown, "use_edit_page_button": True})
        return _Setting(keys=keys, options=found | options.completed("html_context", context))
    if options.theme == BOOK:
        shown = {"repository_url": repository, "use_repository_button": True}
        if match := re.fullmatch(re.escape(repository) + r"/(?:-/)?(?:edit|blob|raw|src)/([^/]+)/(.*)%s", edit_url):
            shown |= {"use_edit_page_button": True, "repository_branch": match[1], "path_to_docs": match[2].rstrip("/")}
        return _Setting(keys=keys, options=options.completed("html_theme_options", shown))
    if options.theme == FURO:
        shown = {"source_edit_link": edit_url % "{filename}"} if edit_url else {}
        if options.set_by_site("html_theme_options") & {"source_repository", "source_view_link"}:
            shown = {}
        return _Setting(keys=keys, options=options.completed("html_theme_options", shown))
    advice = f"set what {options.theme} has for links to the repository and to the source of a page."
    return _Setting(keys=keys, options={}, advice=advice)


def _edit_url(settings: MkdocsSettings, repository: str) -> str:
    """Return where pages are edited, with ``%s`` for the path; empty where the old site did not lead there."""
    theme = settings.values.get("theme")
    name, features = (theme.get("name"), theme.get("features")) if isinstance(theme, dict) else (theme, None)
    if name == "material" and not (isinstance(features, list) and "content.action.edit" in features):
        return ""
    if template := settings.text("edit_uri_template"):
        path = re.sub(r"\{path(!q)?\}", "%s", template.replace("%", "%%"))
    else:
        written = settings.values.get("edit_uri")
        edit = EDIT_URIS.get(_host(repository), "") if written is None else str(written).strip()
        if not edit:
            return ""
        path = f"{edit.replace('%', '%%').rstrip('/')}/%s"
    url = path if is_web_url(path) else f"{repository.replace('%', '%%')}/{path.lstrip('/')}"
    # The themes take the URL for a template.
    return "" if re.search(r"[{}\"'<>\s]", url) or not re.search(r"(?<!%)%s", url) else url


def _host(url: str) -> str:
    return url.split("/")[2].removeprefix("www.")


def _social(options: _Options, entries: list[Any]) -> _Setting:
    """Return the links to other sites, which Material shows in the footer, as icons of the theme."""
    keys = ("extra", "social")
    if options.theme != PYDATA:
        return _Setting(keys=keys, options={}, advice=f"set what {options.theme} has for links with icons.")
    links = [
        _icon_link(str(entry.get("name") or _host_or_mail(link)), link, str(entry.get("icon") or ""))
        for entry in entries
        if isinstance(entry, dict) and isinstance(link := entry.get("link"), str) and _is_link(link)
    ]
    known = options.config.html_theme_options
    before = known.get("icon_links") if isinstance(known, dict) else None
    urls = {link["url"] for link in links}
    kept = [link for link in before or () if link.get("url") not in urls]
    return _Setting(keys=keys, options=options.completed("html_theme_options", {"icon_links": [*kept, *links]}))


def _is_link(url: str) -> bool:
    return is_web_url(url) or url.startswith("mailto:")


def _host_or_mail(url: str) -> str:
    return _host(url) if is_web_url(url) else url.removeprefix("mailto:")


def _icon_link(name: str, url: str, icon: str) -> dict[str, str]:
    """Return a link as pydata-sphinx-theme takes it; it escapes nothing."""
    group, _, shape = icon.rpartition("/")
    style = {"fontawesome/brands": "brands", "fontawesome/solid": "solid", "fontawesome/regular": "regular"}.get(group)
    if style is None:
        # Another set of icons; those of well-known sites are called alike.
        style, shape = ("brands", shape) if shape in SITES else ("solid", "link")
    shape = re.sub(r"[^\w-]", "", shape)
    return {"name": escape(name), "url": escape(url), "icon": f"fa-{style} fa-{shape}", "type": "fontawesome"}
