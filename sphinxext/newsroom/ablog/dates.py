"""Parse dates in ABlog's directives: in the format of the site, or any unambiguous one."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from sphinxext.newsroom.utils.dates import aware, format_date, read_date

if TYPE_CHECKING:
    from datetime import tzinfo

    from babel.core import Locale

# Names in a pattern of strftime, which gives them in the language of the machine -> the same for Babel.
_NAMES = {"%a": "EEE", "%A": "EEEE", "%b": "MMM", "%B": "MMMM"}


def read_post_date(text: str, date_format: str, zone: tzinfo) -> datetime:
    """Return the time that a text names.

    :param text: what a directive says.
    :param date_format: the site's ``post_date_format``.
    :param zone: the time zone of the site, which holds where the text names none.
    :raises NotADateError: when it names no day.
    """
    return in_format(text, date_format, zone) or aware(read_date(text, month_first=True), zone).astimezone(zone)


def in_format(text: str, date_format: str, zone: tzinfo) -> datetime | None:
    """Return the time that a text in exactly this format names, None if it is in another.

    :param text: what a directive says.
    :param date_format: a pattern of ``strftime``.
    :param zone: the time zone of the site.
    """
    try:
        return datetime.strptime(text, date_format).replace(tzinfo=zone)
    except ValueError:
        return None


def naive(moment: datetime) -> datetime:
    """Return a time without its zone, as ABlog has all times.

    :param moment: any time.
    """
    return moment.replace(tzinfo=None)


class SiteTime(datetime):
    """A time that ABlog's templates write in the language of the site."""

    locale: Locale

    @classmethod
    def of(cls, moment: datetime, locale: Locale) -> SiteTime:
        """Return a time without its zone, as ABlog has all times.

        :param moment: any time.
        :param locale: the language of the site.
        """
        made = cls.combine(moment.date(), moment.time())
        made.locale = locale
        return made

    def strftime(self, pattern: str) -> str:
        """Return the time in a pattern."""
        return written_date(self, pattern, self.locale)


def written_date(moment: datetime, pattern: str, locale: Locale) -> str:
    """Return a time as a pattern of ABlog's has it, with the names of days and months in the language of the site.

    :param moment: the time.
    :param pattern: a pattern of ``strftime``.
    :param locale: the language.
    :raises ValueError: when the pattern cannot be used.
    """

    def part(match: re.Match[str]) -> str:
        token = match[0]
        return format_date(moment, _NAMES[token], locale) if token in _NAMES else datetime.strftime(moment, token)

    return re.sub(r"%[-#]?.", part, pattern)
