"""What links people shared, whose unfurls the app may set, and the panes that it filled."""

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import unescape
from typing import Any, Final
from urllib.parse import urlsplit

COMPOSER: Final = "COMPOSER"
"""In an event, in place of the channel of a message that is still being written."""
IN_COMPOSER: Final = "composer"
IN_HISTORY: Final = "conversations_history"
SOURCES: Final = (IN_COMPOSER, IN_HISTORY)
PANE_AGE: Final = timedelta(minutes=10)
"""So long Slack shows one person the same pane without asking the app again."""
_LINK = re.compile(r"https?://[^\s<>|]+")
_KEPT: Final = 500


@dataclass(frozen=True, slots=True)
class SharedLinks:
    """The links of one message or draft; `is_acked` once the app said that it heard of them."""

    unfurl_id: str
    source: str
    channel: str
    ts: str
    user: str
    urls: tuple[str, ...]
    is_acked: bool = False


@dataclass(frozen=True, slots=True)
class Pane:
    """What the app presented of a thing to one person: an entity, or an error."""

    entity: dict[str, Any]
    error: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class AskedPane:
    """What somebody asked details of: their trigger is good for this alone."""

    user: str
    url: str
    entity_type: str


class Unfurling:
    """The links that were shared, by message and by unfurl id; drafts with what they show."""

    def __init__(self) -> None:
        """Know none yet."""
        self._shared: OrderedDict[str, SharedLinks] = OrderedDict()
        self.drafts: dict[str, dict[str, dict[str, Any]]] = {}
        """What the composer shows, by unfurl id and link."""
        self.asked: dict[str, AskedPane] = {}
        """By trigger."""
        self.panes: dict[tuple[str, str], Pane] = {}
        """By person and link."""

    def share(self, links: SharedLinks) -> None:
        """Remember what the app is about to be told of."""
        for key in (links.unfurl_id, f"{links.channel}/{links.ts}"):
            self._shared[key] = links
        while len(self._shared) > _KEPT:
            self._shared.popitem(last=False)

    def acked(self, links: SharedLinks) -> None:
        """Remember that the app was told."""
        self.share(replace(links, is_acked=True))

    def of_id(self, unfurl_id: str) -> SharedLinks | None:
        """Return the links of an unfurl id."""
        return self._shared.get(unfurl_id)

    def of_message(self, channel: str, ts: str) -> SharedLinks | None:
        """Return the links of a message."""
        return self._shared.get(f"{channel}/{ts}")

    def pane(self, user: str, url: str, now: datetime) -> Pane | None:
        """Return what somebody still sees of a thing without the app being asked."""
        kept = self.panes.get((user, url))
        return kept if kept and now - kept.at < PANE_AGE else None


def links_in(text: str, domains: Iterable[str]) -> list[dict[str, str]]:
    """Return the links of a text that are of these domains, as events have them, each once."""
    listed = tuple(domains)
    found = (unescape(url).rstrip(".,;!?)") for url in _LINK.findall(text))
    return [
        {"domain": domain, "url": url}
        for url in dict.fromkeys(found)
        for domain in _domains(url, listed)
    ]


def _domains(url: str, listed: tuple[str, ...]) -> Iterator[str]:
    """Yield the domain a link counts to: subdomains match, a listed subdomain not its parent."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return
    fitting = [each for each in listed if host == each or host.endswith(f".{each}")]
    yield from sorted(fitting, key=len, reverse=True)[:1]
