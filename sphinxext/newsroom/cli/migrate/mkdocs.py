"""Plan the move of a whole MkDocs site. Its files stay as they are, so that both sites can be built until you switch."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from sphinxext.newsroom.cli.locate import CONF
from sphinxext.newsroom.cli.migrate.colours import read_palette
from sphinxext.newsroom.cli.migrate.hosting import OUTPUT, REQUIREMENTS, URLS, Host, find_host, hosting_file
from sphinxext.newsroom.cli.migrate.macros import PLUGINS as MACROS
from sphinxext.newsroom.cli.migrate.macros import Delimiters, Macros, find_macros, read_variables
from sphinxext.newsroom.cli.migrate.mkdocs_conf import STATIC, STYLESHEET, TOCTREES, mkdocs_conf, requirements
from sphinxext.newsroom.cli.migrate.mkdocs_settings import analytics, settings_to_do
from sphinxext.newsroom.cli.migrate.mkdocs_source import MkdocsSource
from sphinxext.newsroom.cli.migrate.mkdocs_urls import mkdocs_urls
from sphinxext.newsroom.cli.migrate.navigation import AWESOME, LITERATE_FILE, LITERATE_NAV, README, NavReader
from sphinxext.newsroom.cli.migrate.plan import Plan, PlannedFile
from sphinxext.newsroom.cli.migrate.toctrees import ToctreeMaker, docname_of
from sphinxext.newsroom.problems import Subtype
from sphinxext.newsroom.utils.urls import is_web_url

if TYPE_CHECKING:
    from pathlib import Path

    from sphinxext.newsroom.cli.migrate.colours import Palette
    from sphinxext.newsroom.cli.migrate.navigation import NavItem

# Plugins whose work is done by what is planned here.
_TAKEN = frozenset({*MACROS, *AWESOME, LITERATE_NAV, "exclude", "section-index", "jupyter"})
_HIDDEN = re.compile(r"(?:^|/)(?:\.|__pycache__/)")
_TEMPLATES = (".html", ".xml", ".py", ".jinja", ".j2", ".yml", ".yaml")
_AUTODOC = re.compile(r"^::: +([\w.]+)", re.MULTILINE)
_TEMPLATE = re.compile(r"^template: *(\S+)", re.MULTILINE)
_NO_EFFECT = re.compile(r"'([^']+)' has no effect: (.*?)\.?$")


def plan_mkdocs(source: Path, *, host: Host = Host.AUTO, theme: str = "pydata_sphinx_theme") -> Plan:
    """Return the plan for a MkDocs site.

    :param source: its folder, or its ``mkdocs.yml``.
    :param host: where the new site is published.
    :param theme: the theme of the new site.
    :raises CommandError: when there is no such site.
    """
    return _Planner(MkdocsSource(source, theme)).plan(host)


class _Planner:
    """Makes the plan for one site."""

    def __init__(self, source: MkdocsSource) -> None:
        self._source, self._settings = source, source.settings
        self._plan = Plan(generator="MkDocs", source=source.root, target=source.root)

    def plan(self, host: Host) -> Plan:
        """Return the plan.

        :param host: where the new site is published.
        """
        source, plan = self._source, self._plan
        toctrees = self._toctrees()
        macros, palette = self._macros(), self._palette()
        unlisted = sorted(page for page in source.pages if docname_of(page) not in toctrees.listed)
        for docname, text in toctrees.files.items():
            self._add(f"{TOCTREES}/{docname}.md", text, "page of a section" if docname in toctrees.made else "toctree")
        if css := palette.css(source.theme):
            self._add(f"{STATIC}/{STYLESHEET}", css, "the colours of the old site")
        self._add(CONF, mkdocs_conf(source, palette, macros, unlisted=bool(unlisted)), "settings of Sphinx")
        self._add(REQUIREMENTS, requirements(source), "what the build needs")
        host = find_host(source.root) if host is Host.AUTO else host
        path, text = hosting_file(host, docs=source.docs_name, builder=source.builder)
        if path:
            self._add(path, text, "publishes the site")
        self._copy_files_of_theme()
        for url, kept_by in mkdocs_urls(source):
            plan.urls.setdefault(url, kept_by)
        self._add(URLS, "".join(f"/{url}\n" for url in sorted(plan.urls)), "the URLs of the old site")
        self._report_settings()
        self._report_pages()
        self._report_facts(toctrees, macros, palette, unlisted)
        self._report_steps()
        return plan

    def _add(self, path: str, text: str, purpose: str) -> None:
        self._plan.add(PlannedFile(path=path, content=text.encode(), purpose=purpose))

    def _toctrees(self) -> ToctreeMaker:
        source = self._source
        nav = self._navigation()
        documents = {docname_of(page) for page in source.pages} | {post.docname for post in source.posts.values()}
        toctrees = ToctreeMaker(documents | source.blog_indexes)
        toctrees.make(nav, title=self._settings.text("site_name") or "Home")
        return toctrees

    def _navigation(self) -> tuple[NavItem, ...]:
        source, nav = self._source, self._settings.values.get("nav")
        pages = {*source.pages, *(f"{index}.md" for index in source.blog_indexes)}
        # Posts are only in the navigation where it names them.
        listed = pages if nav is None else {*pages, *source.posts}
        literate_file = str(source.options(LITERATE_NAV).get("nav_file") or LITERATE_FILE)
        reader = NavReader(source.docs, listed, self._settings.plugins, literate_file=literate_file)
        found = reader.read(nav)
        for what, advice, file in reader.problems:
            target = what.split("`")[1] if "`" in what else ""
            line = None if file else source.line("nav", text=target)
            self._plan.todo(what, advice, path=source.shown(file) if file else source.file.name, line=line)
        return found

    def _palette(self) -> Palette:
        names = (str(name).lstrip("/") for name in self._settings.items("extra_css") if not is_web_url(str(name)))
        return read_palette(self._settings.values.get("theme"), map(self._source.text, names))

    # -- Macros

    def _macros(self) -> Macros:
        found, source, plan = Macros(), self._source, self._plan
        plugin = next((name for name in self._settings.plugins if name in MACROS), None)
        if plugin is None:
            return found
        options = source.options(plugin)
        variables, unread = read_variables(self._settings.values, options, source.root)
        for path in unread:
            plan.todo(f"the variables in `{path}` cannot be read", "add them to `myst_substitutions`", path=path)
        delimiters = Delimiters.of(options)
        for path in (*source.pages, *source.posts):
            if not path.endswith(".ipynb"):
                find_macros(path, source.text(path), variables, delimiters, found)
        for path, line, text, advice in found.lines:
            plan.todo(f"`{text.replace('`', '')}`", advice, path=source.shown(path), line=line)
        name = str(options.get("module_name") or "main")
        if plugin == "macros" and any((source.root / module).exists() for module in (f"{name}.py", name)):
            advice = "its functions are not called; write what they make, or a directive"
            plan.todo("the module of the plugin `macros`", advice, path=f"{name}.py")
        if found.used:
            found.delimiters = delimiters.for_myst
            if found.delimiters is None and delimiters.variable != Delimiters().variable:
                opening, closing = delimiters.variable
                advice = "write variables with `{{` and `}}`; MyST only knows a character that is written twice"
                plan.todo(f"variables between `{opening}` and `{closing}`", advice, path=source.file.name)
        return found

    # -- Files

    def _copy_files_of_theme(self) -> None:
        """Plan copies of the files that the old site published from the folder of its templates."""
        source, theme = self._source, self._settings.values.get("theme")
        name = theme.get("custom_dir") if isinstance(theme, dict) else None
        folder = (source.root / str(name)).resolve() if name else None
        if folder is None or not folder.is_dir() or not folder.is_relative_to(source.root):
            return
        for file in sorted(folder.rglob("*")):
            path, shown = file.relative_to(folder).as_posix(), file.relative_to(source.root).as_posix()
            if not file.is_file() or _HIDDEN.search(path) or (source.docs / path).exists():
                continue
            if path.endswith(_TEMPLATES):
                advice = "write a template of the theme, see the guide on templates"
                self._plan.todo("the template is not used", advice, path=shown)
                continue
            content = file.read_bytes()
            copy = PlannedFile(
                path=source.shown(path), content=content, purpose="a file of the theme", before=content, source=shown
            )
            if self._plan.add(copy):
                self._plan.urls[path] = "a copy of the file"

    # -- The report

    def _report_settings(self) -> None:
        source, plan, name = self._source, self._plan, self._source.file.name
        problems = source.site.problems
        for problem in (problem for problem in problems if problem.subtype is Subtype.MKDOCS):
            what, _, advice = problem.message.partition(": ")
            if match := _NO_EFFECT.fullmatch(advice):
                if match[1].removeprefix("material/").removeprefix("mkdocs-") in _TAKEN:
                    continue
                what, advice = f"{what}: `{match[1]}`", match[2]
            plan.todo(what, advice, path=name, line=problem.line)
        taken = ("extra", "analytics") if analytics(self._settings.values) else ()
        for what, advice, keys in settings_to_do(self._settings.values):
            if keys != taken:
                plan.todo(what, advice, path=name, line=source.line(*keys))
        if regex := source.options("exclude").get("regex"):
            advice = "write patterns for `exclude_patterns` in `conf.py`"
            plan.todo(f"the expressions `{regex}` of the plugin `exclude`", advice, path=name)
        others = sum(problem.subtype is not Subtype.MKDOCS for problem in problems)
        if source.has_blog and others:
            advice = "run `newsroom check`, which names each with its line; the site is built in spite of them"
            plan.todo(f"{others} problems in posts, authors or options", advice)

    def _report_pages(self) -> None:
        source, plan = self._source, self._plan
        for file in sorted(source.docs.rglob(".meta.yml")):
            path = file.relative_to(source.docs).as_posix()
            if not path.startswith(source.post_dirs):
                advice = "write its keys into the front matter of the pages below it that need them"
                plan.todo("defaults for pages outside of the blog", advice, path=source.shown(path))
        for path in source.pages:
            text = "" if path.endswith(".ipynb") else source.text(path)
            for match in _AUTODOC.finditer(text):
                advice = f"write the directive `eval-rst` with `.. automodule:: {match[1]}`"
                line = text.count("\n", 0, match.start()) + 1
                plan.todo(f"`::: {match[1]}`", advice, path=source.shown(path), line=line)
            head = text[: text.find("\n---", 3)] if text.startswith("---") else ""
            if template := _TEMPLATE.search(head):
                advice = "the page has the usual template; add what it needs to the page"
                line = head.count("\n", 0, template.start()) + 1
                plan.todo(f"the template `{template[1]}`", advice, path=source.shown(path), line=line)

    def _report_facts(self, toctrees: ToctreeMaker, macros: Macros, palette: Palette, unlisted: list[str]) -> None:
        source, facts = self._source, self._plan.facts
        settings = (
            "title, logo, stylesheets and scripts, excluded pages, language, edit links, Markdown, redirects, blog"
        )
        facts.append((f"`{source.file.name}`", f"is read at each build: {settings}"))
        count = f"{len(source.pages)} pages and {len(source.posts)} posts"
        facts.append(("Pages and posts", f"{count}, unchanged in `{source.docs_name}`"))
        origin = "the setting `nav`" if self._settings.values.get("nav") is not None else "folders and their files"
        text = f"{len(toctrees.files)} toctrees in `{TOCTREES}`, made from {origin}"
        if toctrees.made:
            urls = ", ".join(f"`/{source.url(docname)}`" for docname in toctrees.made)
            text += f"; sections without a page have one now: {urls}"
        facts.append(("Navigation", text))
        for page in source.pages:
            if posixpath.basename(page) == README:
                facts.append((f"`{source.shown(page)}`", f"is the page `/{source.url_of_page(page)}`"))
        if palette.colours:
            facts.append(("Colours", f"`{STYLESHEET}`" if palette.css(source.theme) else "`html_theme_options`"))
        if macros.used:
            facts.append(("Variables", f"{len(macros.used)} as `myst_substitutions`"))
        if self._settings.redirects:
            facts.append(("Redirects", f"{len(self._settings.redirects)}, from `{source.file.name}`"))
        if unlisted:
            pages = ", ".join(f"`{source.shown(page)}`" for page in unlisted)
            facts.append(("Pages outside of the navigation", pages))

    def _report_steps(self) -> None:
        source = self._source
        check = (
            f"Check the URLs: `newsroom urls {OUTPUT} --against {URLS}`; with the sitemap of the published site in place "
            f"of `{URLS}`, pages count that plugins generate as well"
        )
        self._plan.steps += [
            f"Install: `python -m pip install -r {REQUIREMENTS}`",
            f"Build: `python -m sphinx -c . -b {source.builder} {source.docs_name} {OUTPUT}`",
            check,
            "Compare the pages that the list above names with those of the old site",
            "Switch: let the new workflow publish the site, and remove the old one",
        ]
