"""What is said about one run besides its card: starts, ends, cancels, and troubles."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from bot.asking.rendering.offers import offer
from bot.errors import BotError, VendorError
from bot.runs.core.command import WatchFlow
from bot.runs.core.history import Usual
from bot.runs.core.watching import Condition, RunState
from bot.runs.ids import RunAction, RunBlock
from bot.runs.intents import StartBatch
from bot.runs.model import CANCELED, ERROR, INTERRUPTED, WARNING, Details, Flow
from bot.runs.question import RunsQuestion
from bot.runs.rendering.buttons import (
    again_button,
    answer_button,
    cancel_button,
    details_button,
    documents_button,
)
from bot.runs.rendering.watches import snooze_menu
from bot.runs.rendering.words import (
    documents_words,
    ended_words,
    exactly,
    flow_name,
    panel,
    sentence_of,
    state_words,
    vendor_words,
    why,
)
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    button,
    mention,
    message,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.budget import cut
from bot.slack.blocks.problems import problem, sentence, vendor_sentence
from bot.slack.blocks.wording import counted
from bot.slack.messages import Block, Message

MOST_WARNINGS: Final = 5
_LOOK: Final = "Look in Smart Flows"
_FAILED: Final = (ERROR, INTERRUPTED)


def reason_of(run: RunState, details: Details) -> str:
    """Return why a run failed or what it warns of first, as a sentence; empty for neither."""
    if run.status in _FAILED:
        step = details.failed_step
        return why(step.name if step else "", details.reason or run.message)
    return sentence_of(next(iter(details.warnings), "")) if run.status == WARNING else ""


def started_note(flow: str) -> Message:
    """Return, for the window in which it was asked for, that a run has started."""
    return says(f"{vendor_words(flow) or 'The flow'} has started. Its card shows how far it is.")


def start_uncertain(flow: str) -> Message:
    """Return that nobody knows whether a run was started, so that it is not repeated blindly."""
    text = (
        f"Smart Flows didn't confirm that {flow} started, and I can't find a new run of it. It may "
        "still appear: look before you start it again."
    )
    today = offer("Today's runs", RunsQuestion(which="today"), privately=True)
    return message(text, paragraph(plain(text)), actions(RunBlock.STUCK_BUTTONS, *today))


def not_started(error: BotError) -> Message:
    """Return why nothing was started."""
    told, nothing = problem(error), "Nothing was started."
    return Message(_followed(told.text, nothing), (*told.blocks, paragraph(plain(nothing))))


def with_batch_again(told: Message, wanted: StartBatch) -> Message:
    """Return words on a run that did not start, with a button that starts the same once more."""
    row = actions(RunBlock.RUN_BUTTONS, *offer("Try again", wanted, style="primary"))
    return Message(told.text, (*told.blocks, row))


def input_needed(flow: Flow) -> Message:
    """Return that a flow does not start without input, with a button to give it."""
    name = vendor_words(flow.name) or flow.id
    text = f"{name} needs input."
    return message(
        text,
        paragraph(bold(name), plain(" needs input.")),
        actions(
            RunBlock.RUN_BUTTONS,
            button("Add input", RunAction.OPEN_RUN, value=flow.id, style="primary"),
        ),
    )


def ended_reply(
    run: RunState,
    *,
    mentions: str = "",
    also: Sequence[str] = (),
    warnings: Sequence[str] = (),
    reason: str = "",
    documents: int = 0,
) -> Message:
    """Return the short reply in the thread of a run that ended.

    `mentions` is the id of the one person to notify, or empty, and `also` are those who asked to be
    told as well; `warnings` and `reason` are the vendor's own words.
    """
    name = flow_name(run.flow)
    reason, follows = sentence_of(reason), documents_words(documents)
    line = f" {ended_words(run)}."
    text = " ".join(part for part in (f"{name}{line}", reason, follows) if part)
    again = again_button(run) if run.status in _FAILED else ()
    return message(
        text,
        paragraph(*_addressed(mentions, *also), bold(name), plain(line)),
        *([paragraph(plain(reason))] if reason else []),
        *_warnings(warnings),
        *([paragraph(plain(follows))] if follows else []),
        *([actions(RunBlock.RUN_BUTTONS, *again)] if again else []),
    )


def watch_news(
    run: RunState, condition: Condition, *, elapsed: timedelta | None = None, reason: str = ""
) -> Message:
    """Return one line of news for a channel that watches: what happened to which run, and why."""
    name = flow_name(run.flow)
    line = f" {_happened(run, condition, elapsed)}."
    said = sentence_of(reason)
    more = f" {said}" if said else ""
    return message(
        f"{name}{line}{more}",
        paragraph(bold(name), plain(f"{line}{more}")),
        actions(RunBlock.RUN_BUTTONS, *_about_news(run, condition), *snooze_menu(run.flow.id)),
    )


def stuck_note(run: RunState, *, elapsed: timedelta, usual: Usual, mentions: str = "") -> Message:
    """Return that a run takes far longer than usual, with the choice to wait or to cancel."""
    name = flow_name(run.flow)
    line = f" has been going for {exactly(elapsed)}; it usually takes {exactly(usual.median)}."
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
    return _about(run, f"{by} chose to keep waiting for ")


def watches_for(run: RunState) -> Message:
    """Return to the one who pressed it that they are told of the end."""
    return _about(run, "I'll mention you in the thread when ", " finishes")


def has_no_thread(run: RunState) -> Message:
    """Return that a run has no thread to be told in, with what can be had instead."""
    name = flow_name(run.flow)
    text = "That run wasn't started in Slack, so it has no thread to mention you in."
    watch = offer(f"Watch {cut(name, 40)} here", WatchFlow(run.flow.id)) if run.flow.id else ()
    more = (actions(RunBlock.RUN_BUTTONS, *watch),) if watch else ()
    return message(text, paragraph(plain(text)), *more)


def ended_already(run: RunState) -> Message:
    """Return to whoever wants something of a run that it is over."""
    return _line(run, f"has already ended: {state_words(run.status)}")


def cancel_asked(run: RunState, *, by: str) -> Message:
    """Return who asked for a run to be cancelled, before Smart Flows has done it."""
    return _about(run, f"{by} is cancelling ")


def cancel_taken(run: RunState, *, by: str) -> Message:
    """Return to the second of two that the first one has asked for it already."""
    return _about(run, f"{by} is already cancelling ")


def cancel_too_late(run: RunState) -> Message:
    """Return that there was nothing left to cancel."""
    if run.status == CANCELED:
        return _line(run, "is already cancelled")
    return _line(run, f"can't be cancelled any more: {state_words(run.status)}")


def documents_sent(run: RunState, count: int, missing: Sequence[str]) -> Message:
    """Return what of a run's documents follows, and what does not."""
    name = flow_name(run.flow)
    lacking = [not_to_be_had(each) for each in missing]
    if not count and not lacking:
        return _line(run, "made no documents" if run.ended else "has made no documents yet")
    what = f"{counted(count, 'document')} of " if count else "No document can be had of "
    text = f"{what}{name}."
    return message(
        text,
        paragraph(plain(what), bold(name), plain(".")),
        *([bullets(*((plain(each),) for each in lacking))] if lacking else []),
    )


def not_to_be_had(name: str) -> str:
    """Return that a document was produced but does not follow, among the warnings of a run."""
    return f"“{vendor_words(name) or 'A document'}” isn't attached: look in Smart Flows."


def document_refused(title: str, error: BotError, *, panel_url: str = "") -> Message:
    """Return which document is not in the thread, why, and where it can be had."""
    text = f"I couldn't post “{vendor_words(title) or 'a document'}” here. "
    where = panel(_LOOK, panel_url) or (plain("It is still in Smart Flows."),)
    # Everybody in the channel reads this, so a vendor's own words stay out of it.
    because = vendor_sentence(error) if isinstance(error, VendorError) else sentence(error)
    return message(
        f"{text}{because} It is still in Smart Flows.",
        paragraph(plain(f"{text}{because} "), *where),
    )


def vendor_down_note() -> str:
    """Return the line that a card shows while Smart Flows does not answer."""
    return "Smart Flows isn't responding. This is the last I know; the card catches up by itself."


def key_revoked(*, runs: int, watches: int) -> Message:
    """Return what the owner is told once when Smart Flows refuses our key."""
    stands = " and ".join(
        counted(number, *nouns)
        for number, nouns in ((runs, ("run",)), (watches, ("watch", "watches")))
        if number
    )
    still = f" {stands} cannot be followed until then." if stands else ""
    return says(
        f"Smart Flows rejected Flowbot's key. Flows there go on without me.{still} Make a new key "
        "in the Smart Flows project console, set SMARTFLOWS_API_KEY to it and restart Flowbot. "
        "Then I catch up by myself."
    )


def _followed(text: str, more: str) -> str:
    """Return two texts as sentences; the vendor's own words may end in no mark."""
    return f"{text}{'' if text[-1:] in '.!?…' else '.'} {more}"


def _addressed(*user_ids: str) -> Iterator[Element]:
    for user_id in dict.fromkeys(filter(None, user_ids)):
        yield mention(user_id)
        yield plain(": ")


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


def _about_news(run: RunState, condition: Condition) -> tuple[Element, ...]:
    if condition is Condition.FAILED:
        return (*again_button(run), details_button(run))
    if condition is Condition.STUCK:
        return (cancel_button(run), details_button(run))
    return (*answer_button(run), *documents_button(run), details_button(run))


def _about(run: RunState, before: str, after: str = "") -> Message:
    """Return a sentence with a run's name in it."""
    name = flow_name(run.flow)
    lead = (plain(before),) if before else ()
    return message(f"{before}{name}{after}.", paragraph(*lead, bold(name), plain(f"{after}.")))


def _line(run: RunState, what: str) -> Message:
    return _about(run, "", f" {what}")
