"""The windows in which what rests is moved to another channel, or handed over."""

from bot.asking.form import Form, FormRequest, Submission
from bot.errors import UserError
from bot.jobs.access import Right
from bot.slack.blocks.inputs import text_of
from bot.slack.blocks.modals import Errors, View
from bot.store.database import Database
from bot.troubles.ids import TroubleAction, TroubleCallback
from bot.troubles.intents import HandOverOrders, MoveOrders
from bot.troubles.keeper import Troubles
from bot.troubles.model import StandingOrder
from bot.troubles.rendering import mending as words


class TroubleForms:
    """Opens them from local rows. Raises UserError where nothing rests any more."""

    def __init__(self, database: Database, troubles: Troubles) -> None:
        """Find in `troubles` what rests."""
        self._database = database
        self._troubles = troubles

    async def channel_view(self, about: str) -> View:
        """Return the window of another channel; `about` is a trouble and an owner."""
        return words.other_channel_modal(await self._orders(about), metadata=about)

    async def heir_view(self, about: str) -> View:
        """Return the window of a new owner; `about` is a trouble and an owner."""
        return words.hand_over_modal(await self._orders(about), metadata=about)

    async def move(self, submission: Submission) -> FormRequest | Errors:
        """Return the move to the channel that was chosen."""
        channel = text_of(submission.values, TroubleAction.CHANNEL)
        if not channel:
            return {str(TroubleAction.CHANNEL): words.WHERE}
        trouble, owner = _about(submission.metadata)
        return FormRequest(MoveOrders(owner, trouble), channel)

    async def hand_over(self, submission: Submission) -> FormRequest | Errors:
        """Return what was chosen; whoever chose is told directly."""
        heir = text_of(submission.values, TroubleAction.HEIR)
        if not heir:
            return {str(TroubleAction.HEIR): words.WHO}
        trouble, owner = _about(submission.metadata)
        return FormRequest(HandOverOrders(owner, heir, trouble), "")

    async def _orders(self, about: str) -> list[StandingOrder]:
        trouble, owner = _about(about)
        found = await self._database.transaction(lambda tx: self._troubles.resting(tx, trouble))
        theirs = [one for one in found if one.owner == owner]
        if not theirs:
            raise UserError(words.NONE_LEFT)
        return theirs


def _about(text: str) -> tuple[int, str]:
    """Return the trouble and the owner that a button names. Raises UserError for another's."""
    number, _, owner = text.partition(":")
    if not (number.isdecimal() and owner):
        raise UserError(words.NONE_LEFT)
    return int(number), owner


OTHER_CHANNEL_FORM = Form(
    callback=TroubleCallback.OTHER_CHANNEL,
    title=words.OTHER_CHANNEL,
    service=TroubleForms,
    submit=TroubleForms.move,
    needs=Right.MANAGE,
    view=TroubleForms.channel_view,
)
HAND_OVER_FORM = Form(
    callback=TroubleCallback.HAND_OVER,
    title=words.HAND_OVER,
    service=TroubleForms,
    submit=TroubleForms.hand_over,
    needs=Right.MANAGE,
    view=TroubleForms.heir_view,
)
