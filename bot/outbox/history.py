"""Looking in a channel's history whether a message of ours is there.

Apps that are sold and not in Slack's Marketplace may ask for 15 messages once a minute, so a look
goes on where Slack stopped it: https://docs.slack.dev/apis/web-api/rate-limits
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.errors import SlackError
from bot.outbox.entries import LOOK, Entry
from bot.outbox.posting import MessagePlace
from bot.slack.client import Slack
from bot.store.database import moment, stamp

PAGE = 200
MOST_PAGES = 50
CLOCKS_DIFFER = timedelta(minutes=1)
LONGEST_UNDER_WAY = timedelta(minutes=15)
"""Later than that after the call Slack shows nothing of it."""


@dataclass(slots=True)
class Look:
    """How far a look for one message is. Mutable: it outlasts the call that Slack refuses.

    What was said since it was `begun` may be missing from the `pages` read; `seen` is the `ts` of
    the last message on them.
    """

    begun: datetime
    pages: int = 0
    seen: str = ""

    @classmethod
    def of(cls, entry: Entry, *, now: datetime) -> "Look":
        """Return the look for an entry that Slack stopped, or a new one."""
        kept = entry.payload.get(LOOK) or {}
        begun = moment(kept.get("begun"))
        return cls(begun, kept["pages"], kept["seen"]) if begun else cls(now)

    @property
    def kept(self) -> dict[str, Any]:
        """What of it goes into the entry's payload; nothing before a page was read."""
        if not self.pages:
            return {}
        return {LOOK: {"begun": stamp(self.begun), "pages": self.pages, "seen": self.seen}}


class ChannelHistory:
    """Raises SlackError where reading is refused, and SlackUnreachableError."""

    def __init__(self, slack: Slack) -> None:
        """Read in this workspace."""
        self._slack = slack

    async def find(self, entry: Entry, parent: Entry | None, look: Look) -> MessagePlace | None:
        """Look for an entry that may have been posted.

        Only messages that can be found again are: those in a channel, by the key in their metadata.
        All that was said there around the time is read, page by page; `look` notes how far.
        """
        parent = parent if parent and parent.ts else None
        thread = parent.thread if parent else entry.target.thread_ts
        method = "conversations.replies" if thread else "conversations.history"
        channel = parent.posted_channel if parent else entry.target.channel
        window = _window(entry) | _rest_of(look, in_thread=bool(thread))
        cursor = ""
        while look.pages < MOST_PAGES:
            answer = await self._slack.call(
                method,
                channel=channel,
                ts=thread or None,
                cursor=cursor,
                include_all_metadata=True,
                limit=PAGE,
                **window,
            )
            messages = answer.get("messages", ())
            for message in messages:
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("key") == entry.key:
                    return MessagePlace(channel, message["ts"])
            look.pages += 1
            look.seen = messages[-1]["ts"] if messages else look.seen
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return None
        raise SlackError(method, "too_many_messages")


def _window(entry: Entry) -> dict[str, str]:
    """Return the time in which a message may have come, by Slack's clock, as arguments."""
    last = entry.unsure_since or entry.claimed_at or entry.created_at
    oldest, latest = entry.doubted_since - CLOCKS_DIFFER, last + LONGEST_UNDER_WAY
    return {"oldest": f"{oldest.timestamp():.6f}", "latest": f"{latest.timestamp():.6f}"}


def _rest_of(look: Look, *, in_thread: bool) -> dict[str, str]:
    """Return the end of the window that is still to be read: a thread comes oldest first."""
    if not look.seen:
        return {}
    return {"oldest": look.seen} if in_thread else {"latest": look.seen}
