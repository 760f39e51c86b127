"""The files that were sent last, each with a link to its message."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from bot.asking.rendering.dates import soon
from bot.slack.blocks.blocks import Element, bullets, channel, header, link, plain
from bot.slack.messages import Block
from bot.talk.known import FileShown


def recent_files(files: Sequence[FileShown], now: datetime, zone: str) -> Iterator[Block]:
    """Yield the section; moments are told in an IANA zone."""
    if files:
        yield header("Recent files")
        yield bullets(*(_line(each, now, zone) for each in files))


def _line(file: FileShown, now: datetime, zone: str) -> tuple[Element, ...]:
    hosts = {urlsplit(file.link).hostname or ""}  # Slack itself gave the link
    name = link(file.name, file.link, hosts=hosts) if file.link else plain(file.name)
    where = (plain(" in "), channel(file.channel)) if file.channel else (plain(" to you"),)
    return name, *where, plain(f", {soon(file.sent_at, now, zone)}")
