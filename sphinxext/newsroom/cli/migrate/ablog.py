"""Say what a site with ABlog has to change. Its posts and URLs stay as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinxext.newsroom.cli.conf_file import Tags, read_conf
from sphinxext.newsroom.cli.locate import CONF, find_site
from sphinxext.newsroom.cli.migrate.plan import Plan
from sphinxext.newsroom.cli.site import StaticSite

if TYPE_CHECKING:
    from pathlib import Path

_EXTENSION = "sphinxext.newsroom"
_DIRECTIVE = re.compile(r"^[ \t]*(?:\.\. (?:post|update)::|`{3,}\{(?:post|update)\})", re.MULTILINE)
_SAME = {
    "blog_path": "newsroom_blog_dir",
    "blog_title": "newsroom_title",
    "blog_feed_length": "newsroom_feed_length",
    "blog_feed_fulltext": "newsroom_feed_fulltext",
    "blog_feed_titles": "newsroom_feed_titles",
    "blog_feed_subtitle": "newsroom_feed_subtitle",
    "blog_feed_archives": "newsroom_feed_catalogs",
}
_WITHOUT_EFFECT = {
    "post_auto_orphan": "remove it; a post never needs to be in a toctree",
}


def plan_ablog(source: Path) -> Plan:
    """Return what a site with ABlog has to change; no file is written.

    :param source: the folder of the site.
    """
    place = find_site(source.resolve())
    plan = Plan(generator="ABlog", source=place.source, target=place.source)
    if place.conf is None:
        plan.todo("there is no `conf.py`", "the site is none of ABlog's", path=str(source))
        return plan
    settings = read_conf(place.conf, Tags())
    lines = place.conf.read_text(encoding="utf-8-sig", errors="replace").splitlines()

    def line_of(name: str) -> int | None:
        return next((number for number, line in enumerate(lines, 1) if line.startswith(name)), None)

    extensions = [str(name) for name in settings.get("extensions", ())]
    if _EXTENSION not in extensions:
        what = "`ablog` is in `extensions`" if "ablog" in extensions else "`extensions`"
        advice = f"write `{_EXTENSION}` in place of `ablog`" if "ablog" in extensions else f"add `{_EXTENSION}`"
        plan.todo(what, advice, path=CONF, line=line_of("extensions"))
    same = {name: equivalent for name, equivalent in _SAME.items() if name in settings}
    plan.facts += [(f"`{name}`", f"keeps its meaning; the new name is `{new}`") for name, new in same.items()]
    for name, advice in _WITHOUT_EFFECT.items():
        if name in settings:
            plan.todo(f"`{name}`", advice, path=CONF, line=line_of(name))
    site = StaticSite(place)
    for post in site.posts:
        plan.urls[site.path(post.docname, "dirhtml")] = "the post at its path"
    texts = ((place.source / path).read_text(encoding="utf-8-sig", errors="replace") for path in site.files)
    declared = sum(len(_DIRECTIVE.findall(text)) for text in texts)
    plan.facts.append(
        ("Posts", f"{len(site.posts)} by front matter or pattern, {declared} by directive; all stay as they are")
    )
    for problem in site.problems:
        plan.todo(problem.message, "correct it", path=problem.path or CONF, line=problem.line)
    plan.steps += [
        "Save the URLs of the site as it is: `newsroom urls _build/html -o urls.txt`",
        "Change `conf.py` as the list above says, and build the site",
        "Compare: `newsroom urls _build/html --against urls.txt`",
    ]
    return plan
