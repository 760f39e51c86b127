"""What can be done about one run, as buttons: the likeliest first."""

from typing import Final

from bot.asking.rendering.offers import offer, opening
from bot.runs.core.watching import RunState
from bot.runs.ids import RunAction, RunCallback, as_that_run
from bot.runs.intents import FetchDocuments
from bot.runs.model import ERROR, INTERRUPTED, SUCCESS, USER_INPUT, WARNING
from bot.runs.rendering.words import flow_name
from bot.slack.blocks.blocks import Element, button, confirm

PRIMARY: Final = "primary"
_MADE: Final = (SUCCESS, WARNING)
_FAILED: Final = (ERROR, INTERRUPTED)


def run_buttons(run: RunState, *, details: bool = True) -> tuple[Element, ...]:
    """Return what can be done about a run; `details` says whether to look at it is one of that."""
    if run.gone:
        return ()
    asks = (details_button(run),) if details else ()
    if run.alive:
        return (*answer_button(run), cancel_button(run), *asks, follow_button(run))
    return (*documents_button(run), *again_button(run), *asks)


def likeliest_button(run: RunState) -> Element:
    """Return the one button beside a run in a list."""
    found = (*answer_button(run), *documents_button(run)) if not run.gone else ()
    if run.status in _FAILED and not run.gone:
        found = again_button(run)
    return next(iter(found), details_button(run))


def answer_button(run: RunState) -> tuple[Element, ...]:
    """Return the button that opens the question of a run; none where it asks nothing."""
    if run.status != USER_INPUT:
        return ()
    spoken = f"Answer the question of {flow_name(run.flow)}"
    made = button("Answer", RunAction.ANSWER_QUESTION, value=run.id, style=PRIMARY, spoken=spoken)
    return (made,)


def cancel_button(run: RunState) -> Element:
    """Return the button that cancels a run, after Slack's own question."""
    name = flow_name(run.flow)
    return button(
        "Cancel",
        RunAction.CANCEL_RUN,
        value=run.id,
        style="danger",
        spoken=f"Cancel the run of {name}",
        asks=confirm(
            title="Cancel this run?",
            text=f"{name} stops where it is. What it has already done stays done.",
            yes="Cancel the run",
            no="Let it run",
        ),
    )


def details_button(run: RunState) -> Element:
    """Return the button that shows a run in detail."""
    spoken = f"Details of {flow_name(run.flow)}"
    return button("Details", RunAction.RUN_DETAILS, value=run.id, spoken=spoken)


def follow_button(run: RunState) -> Element:
    """Return the button of those who want to be mentioned at the end."""
    spoken = f"Tell me when {flow_name(run.flow)} has ended"
    return button("Tell me when it ends", RunAction.WATCH_RUN, value=run.id, spoken=spoken)


def documents_button(run: RunState) -> tuple[Element, ...]:
    """Return the button that sends the documents of a run; none where it made none."""
    if run.status not in _MADE:
        return ()
    spoken = f"Send me the documents of {flow_name(run.flow)}"
    return offer("Documents", FetchDocuments(run.id), spoken=spoken)


def again_button(run: RunState) -> tuple[Element, ...]:
    """Return the button that opens the form of a run as that run was."""
    style = PRIMARY if run.status in _FAILED else ""
    spoken = f"Run {flow_name(run.flow)} again with the same input"
    about = as_that_run(run.id)
    return opening("Run again", RunCallback.RUN_FLOW, about=about, spoken=spoken, style=style)
