"""The frame of a modal; what stands in it is the forms' own."""

from collections.abc import Sequence
from typing import Any, Final

from bot.slack.blocks.blocks import paragraph, plain, plain_text
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.ids import Callback
from bot.slack.messages import Block, Message

View = dict[str, Any]
Errors = dict[str, str]
"""Messages for people by block id, as Slack wants them to show beside the inputs."""
_OPENED_IN: Final = "@"
"""Begins the metadata of a view that says where it was opened; no form's own begins so."""


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str,
    metadata: str,
    close: str = "",
) -> View:
    """Return a modal; without `submit` it can only be closed. `close` is what that is called.

    `metadata` comes back on submitting; too long for Slack, it raises ValueError: cut, it would
    lie.
    """
    if len(metadata) > LIMITS.private_metadata:
        raise ValueError(f"private_metadata has at most {LIMITS.private_metadata} characters")
    made: View = {
        "type": "modal",
        "callback_id": str(callback_id),
        "title": plain_text(title, LIMITS.view_title),
        "close": plain_text(close or ("Cancel" if submit else "Close"), LIMITS.view_title),
        "blocks": list(blocks[: LIMITS.blocks_per_view]),
        "private_metadata": metadata,
    }
    return made | ({"submit": plain_text(submit, LIMITS.view_title)} if submit else {})


def opened_in(view: View, conversation: str) -> View:
    """Return a view that brings back where it was opened, if that is known and there is room."""
    metadata = view.get("private_metadata", "")
    marked = f"{_OPENED_IN}{conversation} {metadata}"
    if not conversation or len(marked) > LIMITS.private_metadata:
        return view
    return {**view, "private_metadata": marked}


def brought_back(metadata: str) -> tuple[str, str]:
    """Return where a submitted view was opened, empty where nobody knows, and its own metadata."""
    if not metadata.startswith(_OPENED_IN):
        return "", metadata
    conversation, _, own = metadata.removeprefix(_OPENED_IN).partition(" ")
    return conversation, own


def notice(title: str, blocks: Sequence[Block]) -> View:
    """Return a modal that only says something."""
    return modal(Callback.NOTICE, title, blocks, submit="", metadata="")


def last_page(title: str, blocks: Sequence[Block]) -> View:
    """Return a page after which all pages below it are closed, too."""
    return {**notice(title, blocks), "clear_on_close": True}


def page_back(title: str, blocks: Sequence[Block]) -> View:
    """Return a page that only leads back to the one below it."""
    return modal(Callback.NOTICE, title, blocks, submit="", metadata="", close="Back")


def problem_view(title: str, problem: Message) -> View:
    """Return a modal that shows a problem, as blocks.problems words it."""
    return notice(title, problem.blocks)


def loading_modal(title: str, words: str = "One moment…") -> View:
    """Return what is open until a job has filled it."""
    return notice(title, (paragraph(plain(words)),))
