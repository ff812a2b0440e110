"""Render the template of new posts. It is Jinja, as the other templates of a site are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from sphinxext.newsroom.cli.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def render(file: Path, values: Mapping[str, Any]) -> str:
    """Return the text that a template makes.

    :param file: the template.
    :param values: what it can use, by name.
    :raises CommandError: when it has a mistake.
    """
    # What is made is Markdown or the like, and no HTML.
    environment = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
    try:
        return environment.from_string(file.read_text(encoding="utf-8")).render(values)
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from error
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        raise CommandError(f"{file}{f':{line}' if line else ''}: {error.message or error}") from error
