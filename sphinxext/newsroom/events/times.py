"""When an event starts and ends, in its time zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sphinxext.newsroom.utils.dates import aware

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sphinxext.newsroom.validation.coerce import ValidationContext

ASSUMED_LENGTH = timedelta(hours=1)
"""How long an event with a time is taken to last if nobody says."""


class Times:
    """When an occurrence starts and ends."""

    def __init__(self, values: Mapping[str, Any], context: ValidationContext, zone: str) -> None:
        """Read them, and assume what is missing or wrong.

        :param values: the fields of the occurrence.
        :param context: takes the problems.
        :param zone: the time zone of times that name none.
        """
        self._context, self._zone = context, zone
        start, end = values["start"], values.get("end")
        self.has_end = end is not None
        if isinstance(end, time):
            end = datetime.combine(start, end) if isinstance(start, datetime) else None
            if end is None:
                self._report(
                    "end", "the start is a day without a time; expected an end of the same kind. It is ignored."
                )
                self.has_end = False
            elif start.tzinfo is not None:
                end = end.replace(tzinfo=start.tzinfo)
        if end is not None and isinstance(start, datetime) != isinstance(end, datetime):
            self._report(
                "end", "one of 'start' and 'end' has a time and the other has none; both are read as whole days."
            )
            start, end = (moment.date() if isinstance(moment, datetime) else moment for moment in (start, end))
        self.start = self._moment(start, "start")
        assumed = self.start + ASSUMED_LENGTH if isinstance(self.start, datetime) else self.start
        if end is None:
            if isinstance(self.start, datetime) and not self.has_end:
                self._report("start", f"there is no 'end'; {_written(assumed)} is assumed.")
            self.end = assumed
            return
        self.end = self._moment(end, "end")
        if self.end < self.start:
            self._report("end", f"the end is before the start; {_written(assumed)} is assumed.")
            self.end, self.has_end = assumed, False

    def _report(self, key: str, message: str) -> None:
        found = self._context.found(key, None, subtype=None, silent=False)
        self._context.report(message, found.keys)

    def _moment(self, value: date | datetime, key: str) -> date | datetime:
        if not isinstance(value, datetime) or value.tzinfo is not None:
            return value
        moment = in_zone(value, self._zone)
        assert isinstance(moment, datetime)  # noqa: S101 - as its value is
        real = moment.astimezone(UTC).astimezone(moment.tzinfo)
        if real.replace(tzinfo=None) != value:
            self._report(
                key,
                f"{value:%Y-%m-%d %H:%M} does not exist in {self._zone}, where clocks are put forward at that time; "
                f"{real:%H:%M} is assumed.",
            )
        return real


def in_zone(value: date | datetime, zone: str, *, as_time: bool = False) -> Any:
    """Return a time in its zone; a day remains a day, unless it is needed as a time.

    :param value: a date or datetime.
    :param zone: the zone of a time that names none.
    :param as_time: whether a day becomes its first moment.
    """
    if not isinstance(value, datetime) and not as_time:
        return value
    return aware(value, ZoneInfo(zone))


def _written(value: date) -> str:
    """Return a date as people write it."""
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()


def after_deadline(value: date | datetime) -> date | datetime:
    """Return the first moment after a deadline: a day belongs to it as a whole.

    :param value: the deadline.
    """
    return value if isinstance(value, datetime) else value + timedelta(days=1)
