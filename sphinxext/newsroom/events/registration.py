"""How people sign up for an event, and what it costs."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from babel.numbers import is_currency

from sphinxext.newsroom.event_models import Price, Registration
from sphinxext.newsroom.events.fields import keys_of, one_line, read_fields
from sphinxext.newsroom.events.schema import PriceKeys, RegistrationKeys
from sphinxext.newsroom.events.times import after_deadline, in_zone
from sphinxext.newsroom.utils.urls import is_web_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinxext.newsroom.events.fields import Keys
    from sphinxext.newsroom.validation.coerce import ValidationContext

_PRICE = re.compile(r"\s*([A-Z]{3}|[€$£])?\s*(\d{1,9}(?:[.,]\d{1,2})?)\s*([A-Z]{3}|[€$£])?\s*")
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
_FREE = frozenset({"free", "0", "none", "no", "gratis"})


def general_registration(general: Mapping[str, Any]) -> Registration:
    """Return how people sign up by the mapping ``general``: without a form and a text, they can no longer.

    :param general: the checked fields of the mapping.
    """
    url, text = general.get("register_") or "", (general.get("invite") or "").strip()
    return Registration(url=url, text=text, is_closed=not url and not text)


def read_registration(
    value: Any, context: ValidationContext, zone: str
) -> tuple[Registration | None, tuple[Price, ...], int | None]:
    """Return how people sign up, and the prices and the capacity if they are given there.

    :param value: the field; empty for none.
    :param context: that of the mapping with the field.
    :param zone: the time zone of times that name none.
    """
    if not value:
        return None, (), None
    if isinstance(value, str):
        url = value.strip()
        return (Registration(url=url) if is_web_url(url) else Registration(text=url)), (), None
    own, inside = read_fields(context, RegistrationKeys, value, keys_of(context, "registration"))
    opens, deadline = own.get("opens"), own.get("deadline")
    opening = in_zone(opens, zone, as_time=True) if opens else None
    closing = in_zone(after_deadline(deadline), zone, as_time=True) if deadline else None
    if opening and closing and opening >= closing:
        message = "registration closes before it opens; the opening is ignored."
        inside.report(message, (*inside.keys, "opens"))
        opening = None
    registration = Registration(
        url=own.get("url") or "",
        text=(own.get("text") or "").strip(),
        opens=opening,
        closes=closing,
        deadline=in_zone(deadline, zone) if deadline else None,
        is_full=bool(own.get("full")),
        is_closed=bool(own.get("closed")),
    )
    prices = read_prices(own.get("price"), own.get("currency"), inside)
    return registration, prices, own.get("capacity")


def read_prices(value: Any, currency: str | None, context: ValidationContext) -> tuple[Price, ...]:
    """Return prices.

    :param value: the field: an amount, or a list of amounts and mappings.
    :param currency: the currency of amounts that name none.
    :param context: that of the mapping with the field.
    """
    items = value if isinstance(value, list) else [value]
    found = []
    for index, item in enumerate(items):
        if item is None:
            continue
        keys = (*keys_of(context, "price"), index) if isinstance(value, list) else keys_of(context, "price")
        category, amount, own = "", item, currency
        if isinstance(item, dict):
            values, inside = read_fields(context, PriceKeys, item, keys)
            category, amount, own = (
                one_line(values.get("category")),
                values.get("price"),
                values.get("currency") or own,
            )
            if amount is None:
                inside.report("there is no 'price'; expected a number, or 'free'.", keys)
                continue
        if (price := _price(amount, own, category, keys, context)) is not None:
            found.append(price)
    return tuple(found)


def _price(amount: Any, currency: str | None, category: str, keys: Keys, context: ValidationContext) -> Price | None:
    text = str(amount).strip()
    match = _PRICE.fullmatch(text)
    if text.casefold() in _FREE:
        value = Decimal(0)
    elif match:
        value = Decimal(match[2].replace(",", "."))
        sign = match[1] or match[3]
        currency = currency or _SIGNS.get(sign, sign)
    else:
        context.report(f"'price' is {text!r}; expected a number, or 'free'. It is ignored.", keys)
        return None
    currency = (currency or "").strip().upper()
    if currency and not is_currency(currency):
        context.report(f"{currency!r} is not a currency; expected a code such as 'EUR'. The price is ignored.", keys)
        return None
    if value and not currency:
        context.report("the price has no 'currency'; expected a code such as 'EUR'. It is ignored.", keys)
        return None
    try:
        return Price(amount=value.normalize() if value else Decimal(0), currency=currency, category=category)
    except InvalidOperation:
        return None
