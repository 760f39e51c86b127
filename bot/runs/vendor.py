"""What is known of Smart Flows itself: whose our key is, where its pages are, if it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot import log
from bot.clock import Clock
from bot.errors import Reason, VendorError
from bot.http.connection import Connection
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import tell
from bot.runs.client.client import SmartFlows
from bot.runs.model import Account
from bot.runs.rendering import runs as words
from bot.runs.store.cards import CardStore
from bot.runs.store.watches import WatchStore, put_marks
from bot.slack.blocks.problems import vendor_sentence
from bot.slack.messages import Answer, Target
from bot.store.database import Database, Transaction
from bot.troubles.keeper import Troubles
from bot.troubles.model import Hindrance, TroubleKind

REMEMBER_SECONDS = 3600.0
REFUSALS = "key_refusals"
REFUSED = "key_refused"


class Project:
    """Asks rarely and never fails: what is not known is empty."""

    def __init__(self, smartflows: Connection[SmartFlows], clock: Clock, *, base_url: str) -> None:
        """Trust addresses on the host of `base_url` only."""
        self._smartflows = smartflows
        self._clock = clock
        self._host = urlsplit(base_url).hostname or ""
        self._panel = ""
        self._panel_until = clock.monotonic()
        self._account: Account | None = None
        self._account_until = clock.monotonic()

    async def panel_url(self) -> str:
        """Return the address of the page where runs are answered, or empty text."""
        now = self._clock.monotonic()
        if self._smartflows.is_on and now >= self._panel_until:
            self._panel_until = now + REMEMBER_SECONDS
            try:
                found = (await self._smartflows.client.panel()).executions_url
            except VendorError:
                return self._panel
            self._panel = found if _host(found) == self._host else ""
        return self._panel

    async def account_id(self) -> str:
        """Return whom the key belongs to, or empty text."""
        account = await self.account()
        return account.id if account else ""

    def ahead(self) -> timedelta:
        """Return by how much its clock is ahead of ours, as far as it has said that."""
        is_on = self._smartflows.is_on
        return self._smartflows.client.vendor_clock.ahead() if is_on else timedelta(0)

    def now(self) -> datetime:
        """Return its present moment, to be compared with what it says of executions."""
        return self._clock.now() + self.ahead()

    async def sees_only_own(self) -> bool:
        """Return whether the key is known to see only the executions that it started."""
        account = await self.account()
        return bool(account and account.sees_only_own)

    async def account(self) -> Account | None:
        """Return whom the key belongs to, or None where that was never told."""
        now = self._clock.monotonic()
        if self._smartflows.is_on and now >= self._account_until:
            try:
                self._account = await self._smartflows.client.me()
            except VendorError:
                return self._account
            self._account_until = now + REMEMBER_SECONDS
        return self._account


@dataclass(slots=True)
class _State:
    trouble: VendorError | None = None
    since: datetime | None = None
    sure: bool = False
    """Whether the vendor answered since the start: what an earlier process noted may be over."""


class VendorHealth:
    """Remembers the last trouble and tells of a refused key."""

    def __init__(
        self,
        database: Database,
        watches: WatchStore,
        cards: CardStore,
        troubles: Troubles,
        clock: Clock,
        *,
        owner: str,
        changed: Callable[[], None],
    ) -> None:
        """Tell `owner` (a Slack id), or without one those who wait for runs; `changed` wakes.

        Whoever hears from `troubles` that the key is refused hears it once.
        """
        self._troubles = troubles
        self._database = database
        self._watches = watches
        self._cards = cards
        self._clock = clock
        self._owner = owner
        self._changed = changed
        self._state = _State()

    @property
    def trouble(self) -> VendorError | None:
        """Why the vendor does not answer at the moment, or None."""
        return self._state.trouble

    @property
    def silent_since(self) -> datetime | None:
        """Since when the vendor does not answer, or None."""
        return self._state.since

    async def failed(self, error: VendorError) -> None:
        """Note a failure; the first of a row shows on the cards."""
        fresh = self._state.trouble is None or self._state.trouble.reason is not error.reason
        self._state.trouble = error
        self._state.since = self._state.since or self._clock.now()
        if not fresh:
            return
        log.get().warning("vendor_trouble", vendor=error.vendor.name, error=str(error))
        await self._cards.edit_all_soon(now=self._clock.now())
        if error.reason is Reason.AUTH:
            await self._tell_owner(error)
        self._changed()

    async def worked(self) -> None:
        """Note that the vendor answers; the cards catch up."""
        if self._state.trouble is None and self._state.sure:
            return
        self._state.trouble, self._state.since, self._state.sure = None, None, True
        log.get().info("vendor_back")
        await self._watches.put_marks({REFUSED: ""})
        await self._cards.edit_all_soon(now=self._clock.now())
        self._changed()

    async def _tell_owner(self, error: VendorError) -> None:
        marks = await self._watches.marks()
        if marks.get(REFUSED):
            return
        watches = await self._watches.all()
        waiting = await self._cards.owners() | {watch.creator for watch in watches}
        people = {self._owner} if self._owner else waiting
        notice = words.key_revoked(runs=await self._cards.living(), watches=len(watches))
        number = int(marks.get(REFUSALS) or 0) + 1
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            put_marks(tx, {REFUSED: "yes", REFUSALS: str(number)})
            cause = Hindrance(TroubleKind.KEY, error.vendor.name, vendor_sentence(error))
            told = self._troubles.arises(tx, cause)
            for user in sorted(people - told):
                target = Target(channel=user, user=user)
                key = f"smartflows:key:{number}:{user}"
                tell(tx, OutgoingAnswer(key, target, Answer(notice)), now=now)

        await self._database.transaction(write)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # such as an unclosed bracket
        return ""
