"""What is said about one run besides its card: starts, ends, cancels, and troubles."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from bot.errors import BotError, VendorError
from bot.runs.core.history import Usual
from bot.runs.core.watching import Condition, RunState
from bot.runs.ids import RunAction, RunBlock
from bot.runs.model import CANCELED, Flow
from bot.runs.rendering.cards import cancel_button
from bot.runs.rendering.words import (
    documents_words,
    ended_words,
    exactly,
    flow_name,
    panel,
    sentence_of,
    short_id,
    state_words,
    vendor_words,
)
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    button,
    code,
    mention,
    message,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.problems import problem, sentence, vendor_sentence
from bot.slack.blocks.wording import counted
from bot.slack.messages import Block, Message

MOST_WARNINGS: Final = 5
VENDOR_DOWN: Final = (
    "Smart Flows does not answer at the moment. This is what was last known; the card catches up "
    "by itself."
)
_LOOK: Final = "Look in Smart Flows"


def started_note(flow: str) -> Message:
    """Return, for the window in which it was asked for, that a run has started."""
    return says(f"{vendor_words(flow) or 'The flow'} has started. Its card shows how far it is.")


def start_uncertain(flow: str) -> Message:
    """Return that nobody knows whether a run was started, so that it is not repeated blindly."""
    text = (
        f"Smart Flows did not confirm the start of {flow} in time, and I find no new run of it. It "
        "may still appear: look at /flow-run list today before you start it again."
    )
    return message(text, paragraph(plain(text)))


def not_started(error: VendorError) -> Message:
    """Return why nothing was started."""
    told, nothing = problem(error), "Nothing was started."
    return Message(f"{told.text} {nothing}", (*told.blocks, paragraph(plain(nothing))))


def with_form_again(told: Message, key: str) -> Message:
    """Return words on a start with a button for the form as it was filled in."""
    kept = "What you entered is kept for a day."
    again = button("Try again", RunAction.RUN_AGAIN, value=key)
    more = (paragraph(plain(kept)), actions(RunBlock.RUN_BUTTONS, again))
    return Message(f"{told.text} {kept}", (*told.blocks, *more))


def input_needed(flow: Flow) -> Message:
    """Return that a flow does not start without input, with a button to give it."""
    name = vendor_words(flow.name) or flow.id
    text = f"{name} needs XML as its input."
    return message(
        text,
        paragraph(plain(text)),
        actions(
            RunBlock.RUN_BUTTONS,
            button("Give the input", RunAction.OPEN_RUN, value=flow.id, style="primary"),
        ),
    )


def ended_reply(
    run: RunState,
    *,
    mentions: str = "",
    also: Sequence[str] = (),
    warnings: Sequence[str] = (),
    failed_step: str = "",
    reason: str = "",
    documents: int = 0,
) -> Message:
    """Return the short reply in the thread of a run that ended.

    `mentions` is the id of the one person to notify, or empty, and `also` are those who asked to be
    told as well; `warnings` and `reason` are the vendor's own words, `failed_step` the name of the
    first step that failed.
    """
    name = flow_name(run.flow)
    why = " ".join(filter(None, _why(failed_step, reason)))
    follows = documents_words(documents)
    line = f" {ended_words(run)}."
    text = " ".join(part for part in (f"{name}{line}", why, follows) if part)
    return message(
        text,
        paragraph(*_addressed(mentions, *also), bold(name), plain(line)),
        *([paragraph(plain(why))] if why else []),
        *_warnings(warnings),
        *([paragraph(plain(follows))] if follows else []),
    )


def watch_news(
    run: RunState, condition: Condition, *, elapsed: timedelta | None = None, reason: str = ""
) -> Message:
    """Return one line of news for a channel that watches: what happened to which run."""
    name = flow_name(run.flow)
    line = f" {_happened(run, condition, elapsed)}."
    why = sentence_of(reason)
    more = f" {why}" if why else ""
    asks = f"/flow-run status {short_id(run.id)}"
    return message(
        f"{name}{line}{more} More: {asks}",
        paragraph(bold(name), plain(f"{line}{more} "), code(asks)),
    )


def stuck_note(run: RunState, *, elapsed: timedelta, usual: Usual, mentions: str = "") -> Message:
    """Return that a run takes far longer than usual, with the choice to wait or to cancel."""
    name = flow_name(run.flow)
    line = (
        f" has been going for {exactly(elapsed)}, far longer than usual: half of its last "
        f"{counted(usual.runs, 'run')} took at most {exactly(usual.median)}, nearly all at most "
        f"{exactly(usual.longest_usual)}."
    )
    return message(
        f"{name}{line}",
        paragraph(*_addressed(mentions), bold(name), plain(line)),
        actions(
            RunBlock.STUCK_BUTTONS,
            button("Keep waiting", RunAction.KEEP_WAITING, value=run.id),
            cancel_button(run),
        ),
    )


def keeps_waiting(run: RunState, *, by: str) -> Message:
    """Return who decided to wait; it takes the place of the question."""
    return _line(run, f"goes on: {by} decided to keep waiting")


def watches_for(run: RunState) -> Message:
    """Return to the one who pressed it that they are told of the end."""
    return _line(run, "is being watched for you: its end mentions you once in its thread")


def ended_already(run: RunState) -> Message:
    """Return to whoever wants something of a run that it is over."""
    return _line(run, f"has ended already: {state_words(run.status)}")


def cancel_asked(run: RunState, *, by: str) -> Message:
    """Return who asked for a run to be cancelled, before Smart Flows has done it."""
    return _line(run, f"is being cancelled, as {by} asked")


def cancel_taken(run: RunState, *, by: str) -> Message:
    """Return to the second of two that the first one has asked for it already."""
    return _line(run, f"is being cancelled already: {by} was first")


def cancel_too_late(run: RunState) -> Message:
    """Return that there was nothing left to cancel."""
    if run.status == CANCELED:
        return _line(run, "was cancelled already")
    return _line(run, f"could not be cancelled: it is {state_words(run.status)}")


def not_to_be_had(name: str) -> str:
    """Return that a document was produced but does not follow, among the warnings of a run."""
    return f"The document “{vendor_words(name)}” does not follow here: look in Smart Flows."


def document_refused(title: str, error: BotError, *, panel_url: str = "") -> Message:
    """Return which document is not in the thread, why, and where it can be had."""
    text = f"The document “{vendor_words(title) or 'without a name'}” could not be posted here. "
    where = panel(_LOOK, panel_url) or (plain("It can be fetched in Smart Flows."),)
    # Everybody in the channel reads this, so a vendor's own words stay out of it.
    why = vendor_sentence(error) if isinstance(error, VendorError) else sentence(error)
    return message(
        f"{text}{why} It can be fetched in Smart Flows.",
        paragraph(plain(f"{text}{why} "), *where),
    )


def vendor_down_note() -> str:
    """Return the line that a card shows while Smart Flows does not answer."""
    return VENDOR_DOWN


def key_revoked(*, runs: int, watches: int) -> Message:
    """Return what the owner is told once when Smart Flows refuses our key."""
    stands = " and ".join(
        counted(number, *nouns)
        for number, nouns in ((runs, ("run",)), (watches, ("watch", "watches")))
        if number
    )
    still = f" {stands} cannot be followed until then." if stands else ""
    return says(
        "Smart Flows refuses our key: it was withdrawn, or its user was changed. Flows there go on "
        f"without me.{still} To mend it, make a new key in the Smart Flows project console, set "
        "SMARTFLOWS_API_KEY to it and start Flowbot again. I then catch up by myself."
    )


def _addressed(*user_ids: str) -> Iterator[Element]:
    for user_id in dict.fromkeys(filter(None, user_ids)):
        yield mention(user_id)
        yield plain(": ")


def _why(failed_step: str, reason: str) -> Iterator[str]:
    step = vendor_words(failed_step)
    if step:
        yield f"The step “{step}” failed."
    yield sentence_of(reason)


def _warnings(warnings: Sequence[str]) -> Iterator[Block]:
    shown = [words for words in map(vendor_words, warnings) if words]
    if not shown:
        return
    more = len(shown) - MOST_WARNINGS
    listed = [(plain(words),) for words in shown[:MOST_WARNINGS]]
    yield paragraph(plain(f"{counted(len(shown), 'warning')}:"))
    yield bullets(*listed, *([(plain(f"and {more:,} more"),)] if more > 0 else []))


def _happened(run: RunState, condition: Condition, elapsed: timedelta | None) -> str:
    if condition is Condition.STARTED:
        return "has started"
    if condition is Condition.NEEDS_INPUT:
        return f"is {state_words(run.status)}"
    if condition is Condition.STUCK:
        so_long = f" for {exactly(elapsed)}" if elapsed is not None else ""
        return f"has been going{so_long}, far longer than usual"
    return ended_words(run)


def _line(run: RunState, what: str) -> Message:
    name = flow_name(run.flow)
    return message(f"{name} {what}.", paragraph(bold(name), plain(f" {what}.")))
