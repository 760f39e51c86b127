"""How Slack is told what came of a function: the two calls, and lists that are answered at once."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from bot import log
from bot.errors import BotError, SlackError, SlackUnreachableError
from bot.jobs.request import Intent
from bot.slack.blocks.budget import unescape
from bot.slack.blocks.problems import sentence
from bot.slack.client import Slack
from bot.steps.options import StepOptions

LIST_SECONDS: Final = 2.5
"""Slack shows no list that is not there when it is acknowledged, after three seconds at most."""


def plain_words(said: str) -> str:
    """Return a text without the marks and entities that Workflow Builder would show as they are."""
    text = unescape(said).replace("`", "").strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


class Functions:
    """Ends executions of functions with our own token. Raises SlackError, SlackUnreachableError.

    The token that comes with an execution is kept nowhere.
    """

    def __init__(self, slack: Slack) -> None:
        """Tell `slack`."""
        self._slack = slack

    async def succeed(self, execution: str, outputs: Mapping[str, Any]) -> None:
        """End one with its outputs."""
        call = self._slack.call
        await call("functions.completeSuccess", function_execution_id=execution, outputs=outputs)

    async def fail(self, execution: str, why: str) -> None:
        """End one with words for whoever built the workflow."""
        call = self._slack.call
        await call("functions.completeError", function_execution_id=execution, error=why)


class ListAnswers:
    """Answers what is picked from, before Slack's request is acknowledged."""

    def __init__(self, options: StepOptions, functions: Functions) -> None:
        """Offer what `options` find."""
        self._options = options
        self._functions = functions

    def knows(self, callback: str) -> bool:
        """Return whether a function lists what can be picked."""
        return self._options.lists(callback)

    async def answer(
        self, execution: str, callback: str, given: Mapping[str, Any], *, builder: str
    ) -> Intent | None:
        """Answer a list; return the job that brings it up to date for the next time, if any."""
        try:
            async with asyncio.timeout(LIST_SECONDS):
                return await self._answered(execution, callback, given, builder)
        except (SlackError, SlackUnreachableError, TimeoutError) as error:
            log.get().warning("list_not_answered", list=callback, error=str(error))
            return None

    async def _answered(
        self, execution: str, callback: str, given: Mapping[str, Any], builder: str
    ) -> Intent | None:
        try:
            found = await self._options.of(callback, given, builder=builder)
        except BotError as error:
            await self._functions.fail(execution, plain_words(sentence(error)))
            return None
        await self._functions.succeed(execution, {"options": found})
        return self._options.renewal(callback, given)
