"""Dates as ABlog's directives have them: in the format of the site, or in any that names one day."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sphinxext.newsroom.core.dates import aware, read_date

if TYPE_CHECKING:
    from datetime import tzinfo


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
