"""Scoreboard figures that rest under a trouble, and go on from their next time once it is over."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.asking.subscription import ACTIVE, SHARED, STOPPED
from bot.clock import Clock
from bot.digests.probing import Probe, hindrance_in, is_passing
from bot.errors import SlackError, UserError
from bot.scoreboards.canvases import ChannelCanvases
from bot.scoreboards.ending import end_section
from bot.scoreboards.hindrances import CANVAS, NOT_FINDABLE_WORDS, SECTION, TOO_LARGE_WORDS
from bot.scoreboards.model import MOST_IN_CHANNEL, NOUN, BoardFigure
from bot.scoreboards.rendering.section import written_section
from bot.scoreboards.store import (
    BoardStore,
    agree_figures,
    figure_outdated,
    hand_over_figure,
    move_figure,
    remove_figure,
    rest_figure,
    wake_figure,
)
from bot.slack.pace import BusyError
from bot.slack.people import Place
from bot.store.database import Row, Transaction
from bot.troubles.model import (
    PLACES,
    VENDORS,
    Evidence,
    StandingOrder,
    Trouble,
    TroubleKind,
    may_go_on,
)
from bot.troubles.store import owners_in, put_back_row, rows_of

TABLE: Final = "board_figures"
MANY_FAILURES: Final = 3
TOO_MANY: Final = (
    f"That channel's scoreboard has {MOST_IN_CHANNEL} figures, which is the most. Take one off to "
    "make room."
)
_AT: Final = "channel = :place"
_UNDER: Final = "trouble_id = :trouble"
A_DAY: Final = timedelta(days=1)


class BoardOrders:
    """The figures, as what keeps orders from being told knows them."""

    noun = NOUN

    def __init__(
        self,
        boards: BoardStore,
        canvases: ChannelCanvases,
        probe: Probe,
        vendors: Mapping[str, str],
        clock: Clock,
    ) -> None:
        """Let those of this store rest; `vendors` has the vendor's name of each kind."""
        self._boards = boards
        self._canvases = canvases
        self._probe = probe
        self._vendors = vendors
        self._clock = clock

    def at(self, tx: Transaction, place: str) -> bool:
        """Return whether a channel has any."""
        return bool(self._boards.where(tx, _AT, place=place))

    def rest(self, tx: Transaction, trouble: Trouble, found: Evidence) -> None:
        """Let figures rest."""
        state = SHARED if trouble.cause.kind is TroubleKind.SHARED else STOPPED
        for one in self._concerned(tx, trouble, found):
            if found.place is None or not may_go_on(found.place, one.order.consent):
                rest_figure(tx, one.order.id, state, trouble.id, trouble.cause.reason)

    def resting(self, tx: Transaction, trouble: int) -> Sequence[StandingOrder]:
        """Return what rests under a trouble."""
        return [order_of(one) for one in self._boards.where(tx, _UNDER, trouble=trouble)]

    def agree(self, tx: Transaction, trouble: int, owner: str, consent: str) -> None:
        """Note to what a member agreed for an owner's figures."""
        agree_figures(tx, trouble, owner, consent)

    def go_on(
        self, tx: Transaction, trouble: int, place: Place | None, now: datetime
    ) -> Sequence[StandingOrder]:
        """Let figures be read again at once: what stands there is old."""
        found = [
            one
            for one in self._boards.where(tx, _UNDER, trouble=trouble)
            if may_go_on(place, one.order.consent)
        ]
        for one in found:
            wake_figure(tx, one.order.id, now)
        return [order_of(one) for one in found]

    def of(self, tx: Transaction, owner: str, channel: str) -> Sequence[StandingOrder]:
        """Return what somebody put on a channel's scoreboard; without one, on all."""
        condition = "creator = :owner AND :channel IN ('', channel)"
        found = self._boards.where(tx, condition, owner=owner, channel=channel)
        return [order_of(one) for one in found]

    def owners(self, tx: Transaction) -> set[str]:
        """Return everybody who put anything on a scoreboard."""
        return owners_in(tx, TABLE)

    def failing(self, tx: Transaction, now: datetime) -> Sequence[StandingOrder]:
        """Return the figures that failed several times in a row."""
        del now
        failing = "state = 'active' AND failure_streak >= :many"
        found = self._boards.where(tx, failing, many=MANY_FAILURES)
        return [order_of(one) for one in found]

    def take_out(self, tx: Transaction, numbers: Sequence[int]) -> Sequence[Row]:
        """Delete figures, and return how they lay there; their sections stay and say so."""
        rows = rows_of(tx, TABLE, numbers)
        for one in self._boards.numbered(tx, numbers):
            remove_figure(tx, one.order.id)
            end_section(tx, one, now=self._clock.now())
        return rows

    def put_back(self, tx: Transaction, rows: Sequence[Row], now: datetime) -> None:
        """Have deleted figures again, read at once."""
        for row in rows:
            put_back_row(tx, TABLE, row)
            figure_outdated(tx, row["id"])
            wake_figure(tx, row["id"], now)

    def hand_over(self, tx: Transaction, numbers: Sequence[int], heir: str) -> None:
        """Let figures be somebody else's."""
        for number in numbers:
            hand_over_figure(tx, number, heir)

    def move(self, tx: Transaction, numbers: Sequence[int], channel: str, now: datetime) -> None:
        """Let figures stand in another channel's canvas, from `now` on."""
        here = len(self._boards.where(tx, _AT, place=channel))
        if here + len(numbers) > MOST_IN_CHANNEL:
            raise UserError(TOO_MANY)
        for one in self._boards.numbered(tx, numbers):
            end_section(tx, one, now=now)
            move_figure(tx, one.order.id, channel)
            wake_figure(tx, one.order.id, now)

    async def is_mended(self, trouble: Trouble) -> bool:
        """Return whether a figure could be read or written again. Nobody sees anything of it."""
        resting = await self._boards.under(trouble.id)
        if not resting:
            return True
        one, subject = resting[0], trouble.cause.subject
        if subject.startswith(SECTION):
            return await self._is_back(one)
        if subject.startswith(CANVAS):
            return await self._may_write(one, trouble)
        error = await self._probe.trouble(one.order)
        if error is None or is_passing(error):
            return error is None
        still = hindrance_in(error, one.order)
        return trouble.cause.kind in VENDORS and (still is None or still.kind not in VENDORS)

    async def _is_back(self, one: BoardFigure) -> bool:
        """Return whether people put a section back themselves."""
        section = written_section(one, one.shown)
        try:
            return await self._canvases.has(one.order.channel, one.canvas, section)
        except (BusyError, SlackError):
            return False

    async def _may_write(self, one: BoardFigure, trouble: Trouble) -> bool:
        """Return whether Slack may take something for a canvas again.

        Where only writing would tell, that is tried once a day.
        """
        if trouble.cause.reason == NOT_FINDABLE_WORDS:
            return False  # to write once more would double it
        if trouble.cause.reason == TOO_LARGE_WORDS or not one.canvas:
            return self._clock.now() - trouble.began_at >= A_DAY
        try:
            await self._canvases.has(one.order.channel, one.canvas, written_section(one, one.shown))
        except (BusyError, SlackError):
            return False
        return True

    def _concerned(self, tx: Transaction, trouble: Trouble, found: Evidence) -> list[BoardFigure]:
        kind, subject = trouble.cause.kind, trouble.cause.subject
        if kind in PLACES:
            condition = f"{_AT} AND (state = 'active' OR trouble_id IS NOT NULL)"
            return self._boards.where(tx, condition, place=trouble.cause.channel)
        if kind in VENDORS:
            kinds = [name for name, vendor in self._vendors.items() if vendor == subject]
            going = self._boards.where(tx, "state = 'active'")
            return [one for one in going if one.order.kind.name in kinds]
        noun, number = found.order
        numbered = self._boards.numbered(tx, [number]) if noun == NOUN else []
        return [one for one in numbered if one.order.state == ACTIVE]


def order_of(one: BoardFigure) -> StandingOrder:
    """Return a figure as an order."""
    order = one.order
    return StandingOrder(NOUN, order.id, order.creator, order.channel, one.title)
