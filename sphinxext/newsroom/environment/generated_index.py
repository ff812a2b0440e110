"""The generated index page of a blog without an index document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.rst import escape, textwidth

from sphinxext.newsroom.utils.cache import write_atomically
from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from pathlib import Path

    from sphinxext.newsroom.environment.blog_project import BlogProject
    from sphinxext.newsroom.environment.blog_section import BlogSection


def write_generated_index(project: BlogProject, section: BlogSection) -> Path:
    """Write a document with the title of the blog, outside the source folder, and return its path.

    :param project: knows the source suffixes and the folder of generated documents.
    :param section: the blog.
    """
    suffixes = project.source_suffix
    suffix = ".md" if ".md" in suffixes else next(iter(suffixes), ".rst")
    title = section.options.title
    content = f"# {escape_markdown(title)}\n" if suffix == ".md" else rst_heading(title)
    file = project.generated_file(section.index, suffix)
    if not file.is_file() or file.read_bytes() != content.encode():
        write_atomically(file, content.encode())
    return file


def escape_markdown(text: str) -> str:
    """Return plain text escaped for Markdown, on one line.

    :param text: any text.
    """
    escaped = "".join(f"\\{c}" if c.isascii() and not c.isalnum() and not c.isspace() else c for c in text)
    return " ".join(escaped.split())


def rst_heading(text: str) -> str:
    """Return plain text as a section title of reStructuredText.

    :param text: any text.
    """
    title = escape(collapse_whitespace(text))
    return f"{title}\n{'=' * textwidth(title)}\n"
