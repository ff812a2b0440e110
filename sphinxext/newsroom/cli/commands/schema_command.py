"""``newsroom schema``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sphinxext.newsroom.cli.options import ConfDir, Source

if TYPE_CHECKING:
    from sphinxext.newsroom.cli.site import StaticSite


class SchemaName(StrEnum):
    """The subject of a schema."""

    FRONT_MATTER = "front-matter"
    AUTHORS = "authors"
    OPTIONS = "options"


def register(app: typer.Typer) -> None:
    """Add the command.

    :param app: the command ``newsroom``.
    """
    app.command("schema")(schema)


def schema(
    name: Annotated[SchemaName, typer.Argument(help="What the schema describes.")] = SchemaName.FRONT_MATTER,
    vscode: Annotated[
        bool, typer.Option("--vscode", help="Print the settings of VS Code for the site, in place of a schema.")
    ] = False,
    source: Source = None,
    conf_dir: ConfDir = None,
) -> None:
    r"""Print the JSON Schema (2020-12) of a kind of file: what editors complete and check it with.

    The documentation has the same schemas at a URL each, which --vscode names for the authors files and folder defaults of
    the site.

    For example:

    \b
      newsroom schema > front-matter.json
      newsroom schema authors
      newsroom schema --vscode > .vscode/settings.json
    """
    import json

    from sphinxext.newsroom.cli.console import write
    from sphinxext.newsroom.cli.json_schemas import SCHEMAS
    from sphinxext.newsroom.cli.locate import find_site
    from sphinxext.newsroom.cli.options import cache_folder
    from sphinxext.newsroom.cli.site import StaticSite

    if vscode:
        place = find_site(Path(), source=source, confdir=conf_dir)
        made: dict[str, Any] = _vscode(StaticSite(place, cache_folder=cache_folder(place.source)))
    else:
        made = SCHEMAS[name.value]()
    write(json.dumps(made, ensure_ascii=False, indent=2) + "\n")


def _vscode(site: StaticSite) -> dict[str, Any]:
    """Return the settings of the YAML extension of VS Code for the files of a site."""
    from sphinxext.newsroom.cli.json_schemas import BASE
    from sphinxext.newsroom.front_matter.cascade import FILE_NAME

    here = Path.cwd().resolve()
    prefix = f"{site.root.relative_to(here).as_posix()}/" if site.root.is_relative_to(here) else "**/"
    prefix = prefix.removeprefix("./")
    return {
        "yaml.schemas": {
            f"{BASE}/authors.json": [f"{prefix}{section.authors_file}" for section in site.sections],
            f"{BASE}/front-matter.json": [
                f"{prefix}{section.post_dir}/**/{FILE_NAME}".replace("//", "/") for section in site.sections
            ],
        }
    }
