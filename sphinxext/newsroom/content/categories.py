"""Categories as posts name them: spellings that mean the same, and names that the site does not allow."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sphinxext.newsroom.problems import Edit, Problem, Subtype, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.models import FrontMatter, Post
    from sphinxext.newsroom.problems import Locate


@cache
def term_key(name: str) -> str:
    """Return a key that is equal for names that differ only in case and spacing.

    :param name: the name of a category or tag.
    """
    return re.sub(r"[\s_-]+", " ", name).strip().casefold()


def check_categories(front_matter: FrontMatter, *, path: str, options: Options, locate: Locate) -> Iterable[Problem]:
    """Report each category of a post that ``newsroom_categories_allowed`` does not have.

    :param front_matter: its front matter.
    :param path: its file.
    :param options: the options of its blog.
    :param locate: finds lines.
    """
    if not options.categories or not options.categories_allowed:
        return
    for name in front_matter.categories:
        if name not in options.categories_allowed:
            allowed = ", ".join(map(repr, options.categories_allowed))
            yield Problem(
                subtype=Subtype.CATEGORY,
                message=f"category {name!r} is not allowed; newsroom_categories_allowed has {allowed}."
                + suggestion(name, options.categories_allowed),
                path=path,
                line=locate(path, "categories", name) or locate(path, "category"),
            )


def check_spellings(posts: Iterable[Post], *, locate: Locate) -> Iterable[Problem]:
    """Report each spelling of a category that differs from the most common one; they are merged.

    :param posts: the posts of a blog.
    :param locate: finds lines.
    """
    uses: dict[str, dict[str, list[str]]] = {}
    for post in posts:
        for name in post.front_matter.categories:
            uses.setdefault(term_key(name), {}).setdefault(name, []).append(post.path)
    for spellings in uses.values():
        usual = max(spellings, key=lambda name: len(spellings[name]))
        for name, paths in spellings.items():
            if name != usual:
                lines = {path: locate(path, "categories", name) or locate(path, "category") for path in paths}
                yield Problem(
                    subtype=Subtype.CATEGORY,
                    message=f"category {name!r} is the same as {usual!r}, which {spellings[usual][0]} has; expected one "
                    f"spelling. Did you mean {usual!r}?",
                    path=paths[0],
                    line=lines[paths[0]],
                    edits=tuple(
                        Edit(path=path, line=line, old=name, new=usual) for path, line in lines.items() if line
                    ),
                )
