"""Read front matter in the notations of other generators, and change keys without touching the rest."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from sphinxext.newsroom.cli.new_post import to_yaml
from sphinxext.newsroom.front_matter.split import normalized

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_YAML = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r":([\w-]+):(?:\s|$)")
_RULE = re.compile(r"([^\w\s])\1{2,}[ \t]*")


class FrontMatterError(ValueError):
    """Front matter that cannot be read; the message says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceText:
    """The text of a post in the old site."""

    raw: str
    """All of it, with its own ends of lines."""
    style: str
    """``yaml``, ``toml``, ``json``, ``fields``, or empty for none."""
    head: str
    """The front matter as it is written, without fences."""
    meta: Mapping[str, Any]
    body: str
    body_line: int = 1
    """The line of the file on which the body begins."""


def read_text(raw: str) -> SourceText:
    """Read front matter in YAML, TOML or JSON.

    :param raw: the text of a file.
    :raises FrontMatterError: when it cannot be read.
    """
    text = normalized(raw)
    if match := _YAML.match(text):
        return _found(raw, text, "yaml", match[1], match.end())
    if match := _TOML.match(text):
        return _found(raw, text, "toml", match[1], match.end())
    if text.startswith("{"):
        try:
            _data, end = json.JSONDecoder().raw_decode(text)
        except ValueError:
            return SourceText(raw=raw, style="", head="", meta={}, body=text)  # "{{< figure >}}", for instance
        return _found(raw, text, "json", text[:end], end)
    return SourceText(raw=raw, style="", head="", meta={}, body=text)


def _found(raw: str, text: str, style: str, head: str, end: int) -> SourceText:
    loaders: dict[str, Callable[[str], Any]] = {"yaml": yaml.safe_load, "toml": tomllib.loads, "json": json.loads}
    try:
        data = loaders[style](head)
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 2}: " if mark else ""
        message = f"the front matter cannot be read: {line}{getattr(error, 'problem', None) or error}"
        raise FrontMatterError(message) from error
    if data is None:
        data = {}
    if not isinstance(data, dict):
        message = "the front matter is no mapping"
        raise FrontMatterError(message)
    body = text[end:].lstrip("\n") if style == "json" else text[end:]
    first = text.count("\n", 0, len(text) - len(body)) + 1
    meta = {str(key): value for key, value in data.items()}
    return SourceText(raw=raw, style=style, head=head, meta=meta, body=body, body_line=first)


def changed_text(source: SourceText, changes: Mapping[str, Any], body: str | None = None) -> str:
    """Return a text with other values of some keys. What is not changed stays exactly as it is written.

    :param source: the text.
    :param changes: the new values by key; None removes a key.
    :param body: the new body; None if it stays.
    """
    if not changes and body in {None, source.body} and source.style in {"yaml", "fields"}:
        return source.raw
    new_body = source.body if body is None else body
    if source.style == "fields":
        return _changed_fields(source, changes, new_body)
    if source.style != "yaml":
        values = {**source.meta, **changes}
        head = to_yaml({key: value for key, value in values.items() if value is not None})
        separator = "" if new_body.startswith("\n") or not new_body else "\n"
        return f"---\n{head}---\n{separator}{new_body}"
    text = f"---\n{_changed_yaml(source.head, changes)}---\n{new_body}"
    return text.replace("\n", "\r\n") if "\r\n" in source.raw else text


def _changed_fields(source: SourceText, changes: Mapping[str, Any], body: str) -> str:
    """Return reStructuredText with other fields. They are part of the body: before or after the title."""
    lines = [
        line for line in body.split("\n") if not ((match := _FIELD.match(line)) and match[1].casefold() in changes)
    ]
    fields = [f":{key}: {_field_text(value)}" for key, value in changes.items() if value is not None]
    first = next((number for number, line in enumerate(lines) if _FIELD.match(line)), None)
    if first is None:
        rule = next((number for number, line in enumerate(lines[1:], 1) if _RULE.fullmatch(line)), None)
        first = 0 if rule is None else rule + 1
        fields = ["", *fields] if rule is not None else [*fields, ""]
    text = "\n".join([*lines[:first], *fields, *lines[first:]])
    return text.replace("\n", "\r\n") if "\r\n" in source.raw else text


def _field_text(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text.replace("\n", " ")


def _changed_yaml(head: str, changes: Mapping[str, Any]) -> str:
    node = yaml.compose(head, Loader=yaml.SafeLoader)
    lines = head.splitlines(keepends=True)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    starts = {str(key.value): key.start_mark.line for key, _value in pairs}
    if isinstance(node, yaml.MappingNode) and node.flow_style:
        return to_yaml({**yaml.safe_load(head), **changes})
    order = sorted(starts.values())
    replaced: dict[int, tuple[int, str]] = {}
    for key, value in changes.items():
        if key not in starts:
            continue
        start = starts[key]
        end = next((line for line in order if line > start), len(lines))
        # Comments and blank lines above the next key belong to that.
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
            end -= 1
        replaced[start] = end, "" if value is None else to_yaml({key: value})
    result, number = "", 0
    while number < len(lines):
        if number in replaced:
            number, text = replaced[number]
            result += text
            continue
        result += lines[number]
        number += 1
    added = {key: value for key, value in changes.items() if key not in starts and value is not None}
    return result + (to_yaml(added) if added else "")
