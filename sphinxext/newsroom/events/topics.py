"""What an event is about, as topics of the ontology EDAM."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.event_models import Topic
from sphinxext.newsroom.events.fields import one_line
from sphinxext.newsroom.validation.coerce import text_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinxext.newsroom.events.fields import Keys
    from sphinxext.newsroom.validation.coerce import ValidationContext

EDAM = "http://edamontology.org/"


class TopicReader:
    """Reads the topics of one event."""

    def __init__(self, context: ValidationContext) -> None:
        """Read nothing yet.

        :param context: that of the event; takes the problems.
        """
        self._context = context

    def topics(self, values: Mapping[str, Any], keys: Keys) -> Iterator[Topic]:
        """Yield the topics, each once.

        :param values: the fields of the event.
        :param keys: the place of its mapping.
        """
        seen: set[Topic] = set()
        for name in ("topics", "about"):
            for index, item in enumerate(values.get(name) or ()):
                for topic in self._topic(item, (*keys, name, index)):
                    if topic not in seen:
                        seen.add(topic)
                        yield topic

    def _topic(self, item: Any, keys: Keys) -> Iterator[Topic]:
        if isinstance(item, dict):
            mapping = text_keys(item)
            if "id" in mapping or "name" in mapping:
                identifier, name = str(mapping.get("id") or ""), one_line(str(mapping.get("name") or ""))
                yield Topic(id=self._topic_uri(identifier, keys) if identifier else "", name=name)
                return
            for key, value in mapping.items():
                if isinstance(value, dict):
                    if key.casefold() != "edam":
                        message = f"{key!r} is not an ontology that is known; expected 'edam'. It is ignored."
                        self._context.report(message, (*keys, key))
                        continue
                    for number, label in text_keys(value).items():
                        yield self._numbered((*keys, key, number), number, label)
                else:
                    yield self._numbered((*keys, key), key, value)
        elif isinstance(item, (str, int)) and not isinstance(item, bool):
            raw = self._context.source_map.raw(*keys) or str(item)
            is_id = re.fullmatch(r"\d{1,4}|(?:https?://edamontology\.org/|EDAM[:_])?topic_\d{4}", raw.strip())
            yield Topic(id=self._topic_uri(raw, keys)) if is_id else Topic(name=one_line(raw))
        else:
            self._context.report(
                f"{'.'.join(map(str, keys[:-1]))!r} has something in it that is not a topic; expected an EDAM topic by its "
                "number or name. It is ignored.",
                keys,
            )

    def _numbered(self, keys: Keys, number: str, label: Any) -> Topic:
        # YAML reads 0071 as an octal number: the digits that were written count.
        written = self._context.source_map.key(*keys) or number
        return Topic(id=self._topic_uri(written, keys), name=one_line(str(label)) if label is not None else "")

    def _topic_uri(self, text: str, keys: Keys) -> str:
        match = re.fullmatch(r"(?:https?://edamontology\.org/|EDAM[:_])?(?:topic_)?(\d{1,4})", text.strip())
        if match:
            return f"{EDAM}topic_{int(match[1]):04d}"
        self._context.report(
            f"{text!r} is not an EDAM topic; expected its number such as 3170, or http://edamontology.org/topic_3170. "
            "It is ignored.",
            keys,
        )
        return ""
