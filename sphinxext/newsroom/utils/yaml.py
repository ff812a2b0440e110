"""Load handwritten YAML, and find the lines of keys for messages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import yaml

from sphinxext.newsroom.utils.limits import (
    MAX_YAML_ALIAS_CHARACTERS,
    MAX_YAML_ALIAS_ITEMS,
    MAX_YAML_DEPTH,
    MAX_YAML_NUMBER,
)
from sphinxext.newsroom.utils.plain_data import plain_data
from sphinxext.newsroom.utils.text import has_controls, sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The loader on top of libyaml is about ten times as fast; not every installation has it.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]
    """Take a scalar that only looks like a number or date (``2024-13-01``) as the text that it is, and harmless text.

    The safe loader raises an error for the former, and every other key of the file would be lost.
    """

    has_repeated_keys = False
    lines_with_controls: tuple[int, ...] = ()

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            self.has_repeated_keys = True
        return mapping

    def construct_scalar_or_text(self, node: yaml.ScalarNode) -> Any:
        if len(node.value) > MAX_YAML_NUMBER:
            # To make a number of it takes time that grows with the square of its length.
            return sanitize(node.value)
        try:
            return _SCALARS[node.tag](self, node)
        except (ValueError, LookupError, AttributeError, TypeError, OverflowError):
            return sanitize(node.value)

    def construct_text(self, node: yaml.ScalarNode) -> str:
        if has_controls(text := self.construct_scalar(node)):
            self.lines_with_controls = (*self.lines_with_controls, node.start_mark.line)
        return sanitize(text)


_SCALARS = {
    f"tag:yaml.org,2002:{name}": _SafeLoader.yaml_constructors[f"tag:yaml.org,2002:{name}"]
    for name in ("bool", "int", "float", "timestamp")
}
for _tag in _SCALARS:
    _Loader.add_constructor(_tag, _Loader.construct_scalar_or_text)
_Loader.add_constructor("tag:yaml.org,2002:str", _Loader.construct_text)


_NESTING_SIGNS = "[{-:?"
"""Each level of lists and mappings needs at least one."""


class TooLargeError(ValueError):
    """A text would give more than any file needs, or no end of it."""

    def __init__(self, message: str, line: int | None) -> None:
        """Store a message and its line.

        :param message: the message.
        :param line: the line, counted from 0.
        """
        super().__init__(message)
        self.line = line


@dataclass(slots=True)
class _Size:
    """The size of a node with its aliases expanded."""

    items: int = 1
    characters: int = 0
    depth: int = 1


def check_size(root: yaml.Node | None) -> None:
    """Check that aliases do not multiply, and that nothing is nested without end, before anything is made of it.

    :param root: the root node, None for an empty text.
    :raises TooLargeError: when it goes beyond the limits.
    """
    if root is None:
        return
    sizes: dict[int, _Size | None] = {}
    raw = _Size(items=0)
    todo = [(root, False)]
    while todo:
        node, is_left = todo.pop()
        inside = _inside(node)
        if is_left:
            size = _Size(characters=len(node.value) if isinstance(node, yaml.ScalarNode) else 0)
            raw.items += 1
            raw.characters += size.characters
            for item in inside:
                if (found := sizes[id(item)]) is None:
                    message = "an alias ('*name') is inside its own anchor"
                    raise TooLargeError(message, node.start_mark.line)
                size.items += found.items
                size.characters += found.characters
                size.depth = max(size.depth, found.depth + 1)
            sizes[id(node)] = size
            if size.depth > MAX_YAML_DEPTH:
                message = f"there are lists and mappings on more than {MAX_YAML_DEPTH} levels"
                raise TooLargeError(message, node.start_mark.line)
        elif id(node) not in sizes:
            sizes[id(node)] = None
            todo.append((node, True))
            todo += [(item, False) for item in inside]
    whole = sizes[id(root)] or raw
    if whole.items - raw.items > MAX_YAML_ALIAS_ITEMS:
        message = (
            f"aliases ('*name') add {_about(whole.items - raw.items)} items; expected {MAX_YAML_ALIAS_ITEMS:,} at most"
        )
        raise TooLargeError(message, None)
    if whole.characters - raw.characters > MAX_YAML_ALIAS_CHARACTERS:
        message = (
            f"aliases ('*name') add {_about(whole.characters - raw.characters)} characters; "
            f"expected {MAX_YAML_ALIAS_CHARACTERS:,} at most"
        )
        raise TooLargeError(message, None)


def _inside(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _about(number: int) -> str:
    return f"{number:,}" if number < 10**12 else "no end of"


def _is_surely_small(text: str) -> bool:
    """Return whether a text has no aliases, and too few signs to be nested without end, as most front matter."""
    return "*" not in text and sum(map(text.count, _NESTING_SIGNS)) < MAX_YAML_DEPTH - 1


def load(text: str, *, first_line: int = 1) -> tuple[Any, tuple[tuple[str, int | None], ...]]:
    """Return the value of the text, and its problems as pairs of message and line.

    No text raises an error. Text that is not YAML returns None.

    :param text: the YAML.
    :param first_line: the line of the file on which the text starts.
    """
    loader = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if not _is_surely_small(text):
            check_size(node)
        data = loader.construct_document(node) if node is not None else None
    except TooLargeError as error:
        return None, ((f"{error}. Nothing of it is used.", first_line + (error.line or 0)),)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return None, (_describe(error, first_line),)
    finally:
        if loader is not None:
            loader.dispose()
    problems: list[tuple[str, int | None]] = [
        ("there are control characters in this text. They are left out.", line + first_line)
        for line in sorted(loader.lines_with_controls)
    ]
    if loader.has_repeated_keys:
        problems += YamlSourceMap(text, first_line).repeated_keys()
    return data, tuple(problems)


def find_excess(text: str, *, first_line: int = 1) -> tuple[str, int] | None:
    """Return a message and a line for a text that goes beyond the limits, None for any other, be it YAML or not.

    :param text: the YAML.
    :param first_line: the line of the file on which the text starts.
    """
    loader = _Loader(text)
    try:
        check_size(loader.get_single_node())
    except TooLargeError as error:
        return f"{error}. Nothing of it is used.", first_line + (error.line or 0)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    finally:
        loader.dispose()
    return None


class YamlSourceMap:
    """The lines of keys in a YAML text. The text is parsed again on first use.

    :param text: the YAML.
    :param first_line: the line of the file on which the text starts.
    """

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._text = text
        self._first_line = first_line
        self._pairs: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = {}
        self._items: dict[tuple[str | int, ...], dict[str, int]] = {}

    def line(self, *keys: str | int) -> int | None:
        """Return the line of a key or list item, or of the nearest one above it; None when the first is missing.

        :param keys: its key path, such as ``("date", "created")`` or ``("tags", 1)``.
        """
        found = None if keys else self._first_line
        for marked, _ in self._walk(keys):
            found = marked.start_mark.line + self._first_line
        return found

    def raw(self, *keys: str | int) -> str | None:
        """Return a scalar as it was written: ``012`` or ``yes``, whatever YAML makes of that.

        :param keys: its key path.
        """
        value = None
        for depth, (_, node) in enumerate(self._walk(keys), 1):
            value = node if depth == len(keys) else None
        return str(value.value) if isinstance(value, yaml.ScalarNode) else None

    def key(self, *keys: str | int) -> str | None:
        """Return a key as it was written.

        :param keys: its key path; each key as written, or its YAML value, as text.
        """
        marked = [marked for marked, _ in self._walk(keys)]
        return str(marked[-1].value) if len(marked) == len(keys) else None

    def item_line(self, text: str, *keys: str | int) -> int | None:
        """Return the line of a list item that has a given text, else that of the list.

        :param text: the item as it was written; of an item that is a mapping, one of its values.
        :param keys: the key path of the list.
        """
        if keys not in self._items:
            self._items[keys] = dict(self._lines_of_items(keys))
        found = self._items[keys].get(text)
        return self.line(*keys) if found is None else found

    def _lines_of_items(self, keys: tuple[str | int, ...]) -> Iterator[tuple[str, int]]:
        """Yield the texts of the items of a list, each with its line; the last ones first, as the first of equals counts."""
        nodes = [node for _, node in self._walk(keys)]
        if len(nodes) != len(keys) or not nodes or not isinstance(nodes[-1], yaml.SequenceNode):
            return
        for node in reversed(nodes[-1].value):
            values = [value for _, value in node.value] if isinstance(node, yaml.MappingNode) else [node]
            for value in values:
                if isinstance(value, yaml.ScalarNode):
                    yield value.value, node.start_mark.line + self._first_line

    def entry_line(self, name: str, *keys: str | int) -> int | None:
        """Return the line of an entry that is written ``- name`` or ``- name: …`` in a list, or ``name: …`` in a mapping.

        :param name: the entry as it was written.
        :param keys: the key path of the list or mapping.
        """
        nodes = [node for _, node in self._walk(keys)]
        if len(nodes) == len(keys) and isinstance(nodes[-1], (yaml.SequenceNode, yaml.MappingNode)):
            for item in nodes[-1].value:
                entries = [item] if isinstance(item, tuple) else getattr(item, "value", ())
                marked = [entry[0] for entry in entries if isinstance(entry, tuple)] or [item]
                for node in marked:
                    if getattr(node, "value", None) == name:
                        line: int = node.start_mark.line + self._first_line
                        return line
        return self.line(*keys)

    def repeated_keys(self) -> Iterator[tuple[str, int]]:
        """Yield a message and the line for each duplicate key."""
        todo, done = [self._root], set()
        while todo:
            node = todo.pop()
            if id(node) in done:
                continue
            done.add(id(node))
            if isinstance(node, yaml.SequenceNode):
                todo.extend(node.value)
            elif isinstance(node, yaml.MappingNode):
                first: dict[str, int] = {}
                for key, value in node.value:
                    todo.append(value)
                    if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
                        continue
                    line = key.start_mark.line + self._first_line
                    if key.value in first:
                        yield (
                            f"{key.value!r} is given twice, on line {first[key.value]} too; the last one counts.",
                            line,
                        )
                    first[key.value] = line

    @cached_property
    def _root(self) -> Any:
        try:
            return yaml.compose(self._text, Loader=_Loader)
        except (yaml.YAMLError, ValueError, RecursionError):
            return None

    def _walk(self, keys: tuple[str | int, ...]) -> Iterator[tuple[Any, Any]]:
        """Yield, for each key that is there, the node that marks its place and the node of its value."""
        node = self._root
        for key in keys:
            if isinstance(node, yaml.MappingNode):
                if id(node) not in self._pairs:
                    # The last of repeated keys is the one that counts.
                    self._pairs[id(node)] = {text: pair for pair in node.value for text in _texts(pair[0])}
                pair = self._pairs[id(node)].get(str(key))
                if pair is None:
                    return
                marked, node = pair
            elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
                marked = node = node.value[key]
            else:
                return
            yield marked, node


def _texts(key: yaml.Node) -> tuple[str, ...]:
    """Return a key as it was written and as text of what YAML makes of it (``no`` and ``False``)."""
    if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:str":
        return (str(key.value),)
    loader = _Loader("")
    try:
        return str(key.value), str(loader.construct_object(key))
    except yaml.YAMLError:
        return (str(key.value),)
    finally:
        loader.dispose()


def _describe(error: Exception, first_line: int) -> tuple[str, int | None]:
    """Return what a YAML error says, and its line."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    hint = ""
    if what == "mapping values are not allowed in this context":
        hint = " Text that contains ': ' needs quotes around it."
    elif "tab" in what:
        hint = " Indent with spaces."
    elif "cannot start any token" in what:
        hint = " Text that starts with a sign needs quotes around it."
    return (
        f"this is not YAML: {what}.{hint} Nothing of it is used.",
        mark.line + first_line if mark is not None else None,
    )


def dump_line(values: Mapping[str, Any]) -> str:
    """Return a mapping as YAML on one line.

    :param values: what YAML or the parser of a field list has made of front matter.
    """
    # JSON is YAML, except characters that end a line or are not allowed in a file.
    text = json.dumps(plain_data(values), ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in text)
