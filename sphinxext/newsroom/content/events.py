"""Find the places, people and topics that an event names: in the venues file, the authors file and EDAM."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from sphinxext.newsroom.event_models import Place
from sphinxext.newsroom.events.edam import edam_topics, edam_uris
from sphinxext.newsroom.problems import Problem, Subtype, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinxext.newsroom.event_models import Event, Occurrence, Person, Topic
    from sphinxext.newsroom.models import Author


def resolve_event(
    event: Event,
    *,
    authors: Mapping[str, Author],
    venues: Mapping[str, Place],
    venues_file: str,
    path: str,
) -> tuple[Event, tuple[Problem, ...]]:
    """Return an event with whole places, people and topics, and what cannot be found.

    :param event: the event, as the front matter has it.
    :param authors: the authors by id.
    :param venues: the places of the venues file by name.
    :param venues_file: its path, for messages.
    :param path: the post, for messages.
    """
    resolver = _Resolver(event, authors, venues, venues_file=venues_file, path=path)
    resolved = replace(
        event,
        occurrences=tuple(resolver.occurrence(occurrence) for occurrence in event.occurrences),
        topics=tuple(resolver.topics()),
    )
    return resolved, tuple(dict.fromkeys(resolver.problems))


class _Resolver:
    def __init__(
        self,
        event: Event,
        authors: Mapping[str, Author],
        venues: Mapping[str, Place],
        *,
        venues_file: str,
        path: str,
    ) -> None:
        self._event, self._authors, self._venues = event, authors, venues
        self._venues_file, self._path = venues_file, path
        self._by_name = {author.name: author for author in authors.values()}
        self.problems: list[Problem] = []

    def occurrence(self, occurrence: Occurrence) -> Occurrence:
        people = tuple(self._person(person) for person in occurrence.people)
        return replace(occurrence, people=people, place=self._place(occurrence), venue="")

    def _place(self, occurrence: Occurrence) -> Place | None:
        own, name = occurrence.place, occurrence.venue
        if not name:
            return own
        known = self._venues.get(name)
        if known is None:
            # Any text can be the name of a place; one without spaces or that looks like a known name is meant as a key.
            hint = suggestion(name, self._venues)
            if hint or own is not None:
                self._report(
                    f"the venue {name!r} is not in {self._venues_file}.{hint}", "place", "venue", "onsite", "instances"
                )
            return replace(own, name=own.name or name) if own else Place(name=name)
        if own is None:
            return known
        given = {field.name: value for field in fields(own) if (value := getattr(own, field.name)) not in ("", None)}
        return replace(known, **given)

    def _person(self, person: Person) -> Person:
        author = self._authors.get(person.author) or self._by_name.get(person.name)
        if author is None:
            return person
        return replace(
            person, name=author.name, orcid=person.orcid or author.orcid, url=person.url or author.url, author=author.id
        )

    def topics(self) -> Iterator[Topic]:
        if not self._event.topics or not (known := edam_topics()):
            yield from self._event.topics
            return
        for topic in self._event.topics:
            uri = topic.id or edam_uris().get(topic.name.casefold(), "")
            if uri in known:
                if topic.name and topic.name.casefold() != known[uri].casefold():
                    self._report(f"EDAM calls {uri} {known[uri]!r}, not {topic.name!r}.", "topics", "about")
                yield replace(topic, id=uri, name=topic.name or known[uri])
                continue
            what = topic.id or repr(topic.name)
            hint = "" if topic.id else suggestion(topic.name, known.values())
            self._report(f"{what} is not a topic of EDAM.{hint}", "topics", "about")
            yield topic

    def _report(self, message: str, *keys: str) -> None:
        lines = self._event.lines
        line = next((lines[key] for key in keys if key in lines), lines.get(""))
        self.problems.append(Problem(subtype=Subtype.EVENT, message=message, path=self._path, line=line))
