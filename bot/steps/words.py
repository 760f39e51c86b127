"""The sentences of steps. Whoever built the workflow reads them, and nothing else."""

from typing import Final

NO_PERSON: Final = (
    "The step does not say in whose name it asks. Fill in “In the name of”, for example with the "
    "person who started the workflow."
)
NOT_YOURS: Final = (
    "“In the name of” names somebody else than the person who started the workflow. Choose the "
    "person who started it."
)
NOT_SURE: Final = (
    "Slack did not say who started the workflow, so nothing was done in anybody's name. Let a "
    "person start it, and fill in “Started by”."
)
CONFIRM_OVER: Final = "That step does not wait for you any more."
CONFIRM_OTHERS: Final = "Only whoever the step names can answer that."
CONFIRM_YES: Final = "You agreed, so I'm doing it."
CONFIRM_NO: Final = "You didn't agree, so nothing was done."
CONFIRM_LATE: Final = "Nobody answered in time, so nothing was done."
NOT_CONFIRMED: Final = "The person that the step names did not answer in time, so nothing was done."
UNKNOWN_STEP: Final = (
    "This step is of another version of Flowbot. Take it out of the workflow and add it anew."
)
SHARED: Final = (
    "People of another organisation read that channel, or Slack does not say who does. Choose a "
    "channel of your own workspace, or leave the channel empty: then it goes to the person."
)
UNINVITED: Final = (
    "I'm not in that channel yet. Type /invite @Flowbot there, then run the workflow again."
)
CLOSED: Final = (
    "That channel is archived, so nobody can post there. Choose another one in the step, or let "
    "it be unarchived."
)
PERSONAL: Final = (
    "This has e-mail addresses or phone numbers in it, so it goes to a person alone. Leave the "
    "channel empty."
)
NO_MESSAGE: Final = "Slack did not take the message in time, so the step gave up."
NO_ANSWER: Final = (
    "No answer came in time, so the step gave up. It may still come: look before you run the "
    "workflow again."
)
TOO_LATE: Final = (
    "It had not ended in the time that the step waits, so the step gave up. What it waited for "
    "goes on."
)
NO_SECOND: Final = "Nobody agreed to it in time, so nothing was done."
GONE: Final = "That cannot be found any more."
MISFIT: Final = (
    "What came of it does not fit this step as Slack knows it. Ask your Flowbot admin to update "
    "the app from manifest.steps.yml."
)
NO_FIGURE: Final = "There is no figure yet that could be compared. Check the period of the step."
NOT_BUILDER: Final = "Slack did not say who builds this workflow, so nothing is offered."


def unknown_service(typed: str) -> str:
    """Return that a service is none."""
    return f"I know no service called “{typed}”. Pick one from the list in the step."


def unknown_figure(typed: str, service: str) -> str:
    """Return that a service has no such report."""
    return f"{service} has no “{typed}”. Pick what to ask from the list in the step."


def no_thing(thing: str) -> str:
    """Return that it has to be said what it is about."""
    return f"Say which {thing.lower()} it is about, in the step."


def unknown_measure(typed: str, known: str) -> str:
    """Return that an answer has no such figure."""
    has = f"It has: {known}." if known else "It has none."
    return f"This report has no figure called “{typed}”. {has}"


def unknown_comparison(typed: str) -> str:
    """Return that a comparison is none."""
    return f"I don't understand “{typed}”. Pick how to compare from the list in the step."


def no_format(typed: str, known: str) -> str:
    """Return that something cannot be had in a format."""
    return f"This can't be had as {typed}. It can be had as {known}."


def confirm(what: str, started_by: str) -> str:
    """Return the question to whoever a step names."""
    if started_by:
        return f"{started_by} started a workflow that wants to {what} in your name. Shall I do it?"
    return f"A workflow wants to {what} in your name. Shall I do it?"


def refused(name: str) -> str:
    """Return that somebody did not agree."""
    return f"{name} did not agree to it, so nothing was done."
