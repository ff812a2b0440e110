"""Dates, places and amounts of events in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from babel.core import Locale

from sphinxext.newsroom.event_models import Place, Price
from sphinxext.newsroom.events import texts

TALLINN = ZoneInfo("Europe/Tallinn")
EN, ET, DE = (Locale.parse(language) for language in ("en_GB", "et", "de"))


def spaces(text: str) -> str:
    """Return a text with plain spaces: Babel's data has several kinds of them."""
    return " ".join(text.split())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TALLINN)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 9, 7), date(2026, 9, 7), "Montag, 7. September 2026"),
        (date(2026, 9, 7), date(2026, 9, 10), "7.–10. Sept. 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "30. Dez. 2026 – 2. Jan. 2027"),
        (at("2026-09-07T10:00"), at("2026-09-07T16:00"), "Montag, 7. September 2026, 10:00 – 16:00"),
        (at("2026-09-07T10:00"), at("2026-09-10T16:00"), "7. September 2026, 10:00 – 10. September 2026, 16:00"),
    ],
)
def test_a_period_says_each_day_and_time_once(start, end, expected):
    assert spaces(texts.period_text(start, end, DE)) == expected


def test_a_short_period_has_no_time():
    assert texts.period_text(at("2026-09-07T10:00"), at("2026-09-07T16:00"), ET, is_short=True) == "7. september 2026"
    period = texts.period_text(at("2026-09-07T10:00"), at("2026-09-10T16:00"), DE, is_short=True)
    assert spaces(period) == "7.–10. Sept. 2026"


def test_the_end_is_on_the_clocks_of_the_start():
    end = at("2026-09-07T16:00").astimezone(timezone(timedelta(hours=-5)))
    assert texts.period_text(at("2026-09-07T10:00"), end, DE).endswith("10:00 – 16:00")


def test_a_zone_has_a_name_and_an_offset():
    assert texts.zone_text(at("2026-09-07T10:00"), EN) == "Eastern European Summer Time, GMT+03:00"
    assert texts.zone_text(at("2026-12-07T10:00"), EN) == "Eastern European Standard Time, GMT+02:00"
    offset = datetime(2026, 9, 7, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert texts.zone_text(offset, EN) == "GMT+05:30"
    assert texts.zone_text(date(2026, 9, 7), EN) == ""


def test_days_hours_and_prices_are_in_words():
    assert (texts.days_text(3, EN), texts.days_text(400, ET)) == ("in 3 days", "400 päeva pärast")
    assert (texts.hours_text(27.0, EN), texts.hours_text(1.5, DE)) == ("27 hours", "1,5 Stunden")
    assert spaces(texts.price_text(Price(amount=Decimal(50), currency="EUR"), DE)) == "50,00 €"


def test_codes_of_countries_and_languages_get_names():
    assert texts.place_text(Place(name="Hall", postcode="51009", city="Tartu", country="ee"), EN) == (
        "Hall, 51009 Tartu, Estonia"
    )
    assert texts.country_text("Estonia", ET) == "Estonia"
    assert [texts.language_text(code, EN) for code in ("et", "pt-BR", "en-XY", "xx")] == [
        "Estonian", "Brazilian Portuguese", "English", "xx",
    ]  # fmt: skip
