"""Validate the keys and values of front matter, and report each mistake."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.front_matter.draft_words import report_drafts
from sphinxext.newsroom.front_matter.field_list import find_fields
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.text import sanitize
from sphinxext.newsroom.utils.yaml import load
from sphinxext.newsroom.validation.aliases import known_keys, misspelled
from sphinxext.newsroom.validation.coerce import (
    ValidationContext,
    check,
    format_value,
    report_misspelled_keys,
    text_keys,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinxext.newsroom.front_matter.split import Split
    from sphinxext.newsroom.validation.coerce import SourceMap


def explain_draft(
    problems: Sequence[Problem], mapping: Mapping[str, Any], *, path: str, is_unreadable: bool, can_be_undated: bool
) -> list[Problem]:
    """Return the problems of a post without a date, one of which says that it is a draft for that reason.

    :param problems: the problems of the front matter.
    :param mapping: keys and values as the file has them.
    :param path: the file, for messages.
    :param is_unreadable: whether nothing of the front matter could be read.
    :param can_be_undated: whether a post without a date is expected, as with ABlog.
    """
    from sphinxext.newsroom.front_matter.schema import PostKeys

    ours, cause = known_keys(PostKeys), None
    if is_unreadable:
        # It is unknown whether unreadable front matter contains a date.
        cause = problems[-1]
    elif "date" in mapping:
        cause = next((problem for problem in problems if problem.message.startswith("'date")), None)
    elif (
        key := next((key for key in mapping if key not in ours and misspelled(key, PostKeys) == "date"), None)
    ) is not None:
        cause = next((problem for problem in problems if problem.message.startswith(repr(key))), None)
    elif not can_be_undated:
        message = "there is no date, so the post is a draft; expected for instance 'date: 2024-01-31'."
        return [*problems, Problem(subtype=Subtype.DATE, message=message, path=path, line=1)]
    said = "The post is a draft until this is corrected."
    return [replace(found, message=f"{found.message} {said}") if found is cause else found for found in problems]


def load_mapping(parts: Split, path: str) -> tuple[Mapping[str, Any], list[Problem]]:
    """Return the keys of the front matter with their values as the file has them, and what cannot be read.

    :param parts: the text, split.
    :param path: the file, for messages.
    """
    mistakes: list[tuple[str, int | None]] = [parts.mistake] if parts.mistake else []
    mapping: Mapping[str, Any] = {}
    if parts.is_fields:
        found = find_fields(parts.text.split("\n"))
        mapping = {name: sanitize(field.value) for name, field in found.fields.items()} if found else {}
    elif parts.text:
        data, wrong = load(parts.text, first_line=parts.line)
        mistakes += wrong
        if isinstance(data, dict):
            mapping = text_keys(data)
        elif data is not None:
            mistakes.append(
                (f"the front matter is {format_value(data)}; expected lines such as 'title: My post'.", parts.line)
            )
    return mapping, [
        Problem(subtype=Subtype.FRONT_MATTER, message=message, path=path, line=line) for message, line in mistakes
    ]


def check_mapping(
    mapping: Mapping[str, Any], source_map: SourceMap, *, path: str, silent: bool
) -> tuple[dict[str, Any], dict[str, Any], list[Problem]]:
    """Return the validated values by field of the schema, the additional keys, and their problems.

    :param mapping: keys and values as the file has them.
    :param source_map: finds the lines of keys.
    :param path: the file, for messages.
    :param silent: whether to convert values without reporting it.
    """
    from sphinxext.newsroom.front_matter.schema import PostKeys

    silent = silent or mapping.get("blogpost") in (True, "true", "True")
    context = ValidationContext(
        PostKeys, mapping, source_map=source_map, path=path, subtype=Subtype.FRONT_MATTER, silent=silent
    )
    values, extra = check(PostKeys, mapping, context)
    if extra:
        drafts = set(report_drafts(extra, PostKeys, context))
        report_misspelled_keys([key for key in extra if key not in drafts], PostKeys, context)
        if drafts:
            values["draft"] = True
    for key in ("authors", "author"):
        if isinstance(people := values.get(key), list) and any(isinstance(person, dict) for person in people):
            from sphinxext.newsroom.front_matter.author_keys import inline_author, roles_in_post

            places = {index: person for index, person in enumerate(people) if isinstance(person, dict)}
            values["author_roles"] = {
                str(person.get("id") or person.get("key")): roles
                for index, person in places.items()
                if (roles := roles_in_post(person, keys=(key, index), context=context))
            }
            values[key] = [
                inline_author(person, keys=(key, index), context=context) if isinstance(person, dict) else person
                for index, person in enumerate(people)
            ]
    return values, extra, context.problems
