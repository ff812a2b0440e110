"""Write the report of a migration, in Markdown."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from sphinxext.newsroom.cli.migrate.plan import Status
from sphinxext.newsroom.utils.text import collapse_whitespace, sanitize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinxext.newsroom.cli.migrate.plan import Plan

_SHOWN_COPIES = 10
_SPECIAL = re.compile(r"([\\|<>*_\[\]])")


def plan_text(plan: Plan) -> str:
    """Return the plan as text: each file with what happens to it.

    :param plan: the plan.
    """
    rows = [(plan.status(planned), path, planned) for path, planned in plan.files.items()]
    width = max((len(status) for status, _path, _planned in rows), default=0)
    made = [
        f"{status:<{width}}  {path}  ({planned.purpose})\n" for status, path, planned in rows if not planned.is_copy
    ]
    copies = [f"{status:<{width}}  {path}  (as it is)\n" for status, path, planned in rows if planned.is_copy]
    more = len(copies) - _SHOWN_COPIES
    return "".join([*made, *copies[:_SHOWN_COPIES], *([f"… and {more} more files as they are\n"] if more > 0 else [])])


def report_text(plan: Plan, *, written: bool) -> str:
    """Return the report.

    :param plan: the plan.
    :param written: whether its files have been written.
    """
    counts = Counter(plan.status(planned) for planned in plan.files.values())
    title = f"# Migration from {plan.generator}\n"
    done = (
        f"{counts[Status.SAME]} files are in place."
        if written
        else f"{counts[Status.NEW]} files would be written, {counts[Status.SAME]} are in place already. "
        "Nothing is written without `--write`."
    )
    sections = [title, done + "\n"]
    if conflicts := plan.conflicts:
        sections.append("## Files that are there already\n")
        sections.append(
            "They are not overwritten. Compare them with the plan, or move them away and repeat the command.\n"
        )
        sections.append("".join(f"- `{path}`\n" for path in conflicts))
    if plan.facts:
        sections.append("## What was taken over\n")
        sections.append(_table(("What", "In the new site"), plan.facts))
    sections.append("## What to do by hand\n")
    if plan.todos:
        rows = [(todo.place and f"`{todo.place}`", _cell(todo.what), _cell(todo.advice)) for todo in plan.todos]
        sections.append(_table(("Where", "What", "What to do"), rows))
    else:
        sections.append("Nothing.\n")
    sections.append("## URLs\n")
    sections.append(_urls(plan))
    if plan.steps:
        sections.append("## Next steps\n")
        sections.append("".join(f"{number}. {step}\n" for number, step in enumerate(plan.steps, start=1)))
    return "\n".join(sections)


def _urls(plan: Plan) -> str:
    counts = Counter(plan.urls.values())
    lines = [f"The old site has {len(plan.urls) + len(plan.lost)} URLs; {len(plan.urls)} stay.\n"]
    if counts:
        lines.append(_table(("Kept by", "URLs"), [(kind, str(count)) for kind, count in sorted(counts.items())]))
    if plan.lost:
        lines.append("Lost:\n")
        lines.append("".join(f"- `/{url}`: {reason}\n" for url, reason in sorted(plan.lost.items())))
    return "\n".join(lines)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |\n" for row in rows]
    return f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n{''.join(lines)}"


def _cell(text: str) -> str:
    """Return plain text with code as a cell: what comes from the old site is no Markdown."""
    pieces = collapse_whitespace(sanitize(text)).split("`")
    return "`".join(
        piece.replace("|", r"\|") if number % 2 else _SPECIAL.sub(r"\\\1", piece) for number, piece in enumerate(pieces)
    )
