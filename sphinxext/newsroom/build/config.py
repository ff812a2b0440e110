"""Options: register them with Sphinx, check them, and keep ABlog's in step with them."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.core.options import PREFIX, Options, default, parse_options
from sphinxext.newsroom.core.permalinks import PermalinkError, load_slugify
from sphinxext.newsroom.core.problems import Problem, Subtype

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

PREVIEW_VARIABLE = "NEWSROOM_PREVIEW"
"""Set it to anything but ``0`` to have a build taken for live preview, or to ``0`` for the contrary."""
# Programs that build again at every change; they start each build as a process of their own.
PREVIEW_PROGRAMS = re.compile(r"sphinx[-_]autobuild|ablog(\x00| )serve|esbonio")


def register_options(app: Sphinx) -> None:
    """Register every option as ``newsroom_<name>``.

    :param app: the application.
    """
    for name in Options.model_fields:
        # Checked by the model, so that there is one warning for a bad value, and it can be silenced.
        app.add_config_value(PREFIX + name, default(name), "html", types=Any)


def given(config: Config) -> dict[str, Any]:
    """Return the values that ``conf.py`` and the command line give, known or not.

    Sphinx tells the value of an option but not whether it is the default; pydata-sphinx-theme looks here as well.

    :param config: the configuration.
    """
    return {**config._raw_config, **config.overrides}  # noqa: SLF001 - see above


def is_set(config: Config, name: str) -> bool:
    """Return whether ``conf.py`` or the command line gives a value.

    :param config: the configuration.
    :param name: the full name of the value.
    """
    return name in given(config)


def read_options(config: Config) -> tuple[Options, tuple[Problem, ...]]:
    """Return the options as ``conf.py`` has them, filled from ABlog's where only those are set.

    :param config: the configuration.
    """
    values = {name: getattr(config, PREFIX + name) for name in Options.model_fields if is_set(config, PREFIX + name)}
    unknown = {
        name.removeprefix(PREFIX): value
        for name, value in given(config).items()
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in Options.model_fields
    }
    for ours, theirs in (("blog_dir", "blog_path"), ("title", "blog_title"), ("feed_length", "blog_feed_length")):
        if ours not in values and is_set(config, theirs) and config[theirs]:
            values[ours] = config[theirs]
    if "feed_fulltext" not in values and is_set(config, "blog_feed_fulltext"):
        values["feed_fulltext"] = bool(config.blog_feed_fulltext)
    for name in ("categories_allowed", "markdown_extensions"):
        if isinstance(values.get(name), list):
            values[name] = tuple(values[name])
    options, problems = parse_options({**values, **unknown})
    blog_dir = posixpath.normpath(options.blog_dir.strip("/") or ".")
    found = list(problems)
    if blog_dir.split("/")[0] == "..":
        message = f"newsroom_blog_dir = {options.blog_dir!r} would leave the site; 'blog' is used."
        found.append(Problem(subtype=Subtype.CONFIG, message=message))
        blog_dir = "blog"
    update: dict[str, Any] = {"blog_dir": blog_dir, "title": options.title or str(config.blog_title or "Blog")}
    for name in ("post_slugify", "categories_slugify"):
        try:
            load_slugify(getattr(options, name))
        except PermalinkError as error:
            update[name] = default(name)
            message = f"{PREFIX}{name}: {error}; the default {default(name)!r} is used."
            found.append(Problem(subtype=Subtype.CONFIG, message=message))
    return options.model_copy(update=update), tuple(found)


def fill_from_environment(app: Sphinx, config: Config) -> None:
    """Set what follows from the options or the surroundings before anybody reads it.

    Values that Sphinx compares with those of the last build have to be set here: set later, they would differ from what
    ``conf.py`` gives, and every build would be a full one.

    :param app: the application.
    :param config: the configuration.
    """
    if not config.html_baseurl:
        config.html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
    if not config.blog_baseurl:
        config.blog_baseurl = config.html_baseurl
    elif not config.html_baseurl:
        config.html_baseurl = config.blog_baseurl
    if is_set(config, PREFIX + "blog_dir") and isinstance(config.newsroom_blog_dir, str):
        config.blog_path = config.newsroom_blog_dir
    if not is_set(config, "fontawesome_included"):
        # pydata-sphinx-theme sets this too late, which makes every build a full one (pydata-sphinx-theme#1222).
        config.fontawesome_included = True
    # ABlog's own page.html would replace the theme's for every page of the site.
    config.skip_injecting_base_ablog_templates = True


def shows_drafts(app: Sphinx, options: Options) -> bool:
    """Return whether drafts and scheduled posts exist in this build.

    :param app: the application.
    :param options: the options.
    """
    if options.draft or app.tags.has("drafts"):
        return True
    if os.environ.get("READTHEDOCS_VERSION_TYPE") == "external":
        return True
    return options.draft_on_serve and is_preview()


def is_preview() -> bool:
    """Return whether this build was started by live preview."""
    if said := os.environ.get(PREVIEW_VARIABLE):
        return said != "0"
    return PREVIEW_PROGRAMS.search(_command_of(os.getppid())) is not None


def _command_of(process: int) -> str:
    """Return the command line of a process, empty if the system does not tell."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8", errors="replace")
    except OSError:
        pass
    command = ["ps", "-o", "command=", "-p", str(process)]
    try:
        shown = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - nothing from outside
    except OSError:
        return ""
    return shown.stdout
