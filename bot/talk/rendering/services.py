"""How the services are, in a line each: those that do not answer first."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.asking.rendering.dates import soon
from bot.slack.blocks.blocks import Element, bold, bullets, context, header, paragraph, plain
from bot.slack.blocks.wording import time_words
from bot.slack.messages import Block
from bot.talk.known import KnownHealth

_LATELY: Final = timedelta(hours=12)


def services(known: Mapping[str, KnownHealth], now: datetime, zone: str) -> Iterator[Block]:
    """Yield the section; moments are told in an IANA zone."""
    if not known:
        return
    yield header("Services")
    ailing = [_trouble(title, each, now, zone) for title, each in known.items() if each.trouble]
    if ailing:
        yield bullets(*ailing)
    asked = [(title, each) for title, each in known.items() if not each.trouble]
    well = [_answer(title, each, now, zone) for title, each in asked if each.answered_at]
    if well:
        yield paragraph(plain(". ".join(well) + "."))
    unasked = [title for title, each in asked if not each.answered_at]
    if unasked:
        yield context(f"Not asked yet: {', '.join(unasked)}")


def _trouble(title: str, health: KnownHealth, now: datetime, zone: str) -> tuple[Element, ...]:
    since = f"since {soon(health.answered_at, now, zone)}" if health.answered_at else "yet"
    cause = health.trouble.partition(". ")[0].rstrip(".")
    return bold(title), plain(f" has given no good answer {since}: {cause}.")


def _answer(title: str, health: KnownHealth, now: datetime, zone: str) -> str:
    answered = health.answered_at or now
    if now - answered < _LATELY:
        return f"{title} answered {time_words((now - answered).total_seconds())} ago"
    return f"{title} answered {soon(answered, now, zone)}, when it was asked last"
