"""The windows of an import: the text first, then what it would change."""

from bot.asking.form import Form, FormRequest, FormUse, Submission
from bot.codec import decode, loads
from bot.digests.as_code import window
from bot.digests.as_code.channel import ChannelCode, CompareOrders
from bot.digests.ids import DigestCallback
from bot.digests.intents import ApplyOrders
from bot.jobs.access import Right
from bot.slack.blocks.modals import Errors, View, loading_modal


async def _opened(_: ChannelCode, opening: FormUse) -> View:
    return window.text_modal(opening.conversation)


async def _given(_: ChannelCode, submission: Submission) -> FormRequest | Errors:
    """Return the comparison that is wanted; its job fills the window."""
    given = window.given_text(submission.values)
    if not isinstance(given, window.GivenText):
        return given
    wanted = CompareOrders(submission.view_id, text=given.text, file=given.file)
    waiting = loading_modal(window.TITLE, "Comparing it with what is here\N{HORIZONTAL ELLIPSIS}")
    return FormRequest(wanted, submission.metadata, next_view=waiting)


async def _agreed(_: ChannelCode, submission: Submission) -> FormRequest:
    """Return the change that was seen."""
    kept = decode(window.SeenText, loads(submission.metadata))
    others = window.stops_others(submission.values)
    wanted = ApplyOrders(kept.key, kept.seen, others=others)
    return FormRequest(wanted, kept.channel, key=f"apply:{kept.key}")


IMPORT_FORM = Form(
    callback=DigestCallback.IMPORT,
    title=window.TITLE,
    service=ChannelCode,
    needs=Right.ORDER,
    view_for=_opened,
    submit=_given,
)
APPLY_FORM = Form(
    callback=DigestCallback.APPLY,
    title=window.TITLE,
    service=ChannelCode,
    needs=Right.ORDER,
    submit=_agreed,
)
