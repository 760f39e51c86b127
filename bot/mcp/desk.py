"""Where tools are called, for the people of one workspace: as commands, with an answer to wait for.

Nothing is done here: what is wanted becomes a job, with the same rights, rules and audit as if it
had been typed, and its answer comes back or goes to the direct messages.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final, Protocol

from bot import log
from bot.clock import Clock
from bot.errors import BotError, UserError
from bot.jobs.access import Right
from bot.jobs.admission import Admission
from bot.jobs.calls.kept import KeptAnswer
from bot.jobs.calls.store import MOST_WAITING, CallStart, CallState, CallStore
from bot.jobs.inbox import PATIENCE_SECONDS
from bot.jobs.request import Intent, Request
from bot.mcp.callers import Caller
from bot.mcp.checking import check
from bot.mcp.tool import Tool, ToolAnswer
from bot.mcp.waiting import UNTIL, CallWaiting
from bot.slack.blocks.problems import sentence
from bot.talk.bursts import Bursts

LATER: Final = "This takes longer than a minute. I'll post it in your direct messages with Flowbot."
DONE_BEFORE: Final = "That was done already, so nothing was done again."
TOO_MANY: Final = (
    f"{MOST_WAITING} of your questions are still being answered. Try again when one of them is."
)
TOO_OFTEN: Final = "That's more than I can answer in a minute. Try again in a minute."
MOST_A_MINUTE: Final = 30


class Content(Protocol):
    """Writes answers."""

    async def __call__(
        self, tool: Tool, kept: KeptAnswer, *, wanted: Intent, user: str
    ) -> ToolAnswer:
        """Return what is said of an answer that was kept for somebody, to what they wanted."""
        ...


class ToolDesk:
    """Calls tools for people. Never raises for what they want."""

    def __init__(
        self,
        calls: CallStore,
        admission: Admission,
        clock: Clock,
        *,
        content: Content,
        wake: Callable[[], None],
    ) -> None:
        """Keep what is called in `calls`; `wake` is called after each."""
        self._calls = calls
        self._admission = admission
        self._clock = clock
        self._content = content
        self._wake = wake
        self._bursts = Bursts(clock.now, most=MOST_A_MINUTE)
        self.waiting = CallWaiting(calls, clock)

    async def call(self, tool: Tool, arguments: Any, caller: Caller) -> ToolAnswer:
        """Return what a tool answers to somebody."""
        try:
            answer = await self._called(tool, arguments, caller)
        except BotError as error:
            why = type(error).__name__
            log.get().info("tool_refused", tool=tool.name, through=caller.through, error=why)
            return ToolAnswer(sentence(error), is_error=True)
        failed = answer.is_error
        log.get().info("tool_called", tool=tool.name, through=caller.through, failed=failed)
        return answer

    async def _called(self, tool: Tool, arguments: Any, caller: Caller) -> ToolAnswer:
        await self._admission.admit(Right.HELP, caller.user, team=caller.team)
        if not self._bursts.allows(caller.user):
            raise UserError(TOO_OFTEN)
        check(arguments, tool.schema)
        wanted = tool.wanted(arguments)
        await self._admission.admit(wanted.needs, caller.user, team=caller.team)
        return await self._answered(tool, wanted, _key(tool, arguments, caller), caller)

    async def _answered(self, tool: Tool, wanted: Intent, key: str, caller: Caller) -> ToolAnswer:
        request = Request(caller.user, "", "", wanted, call=key)
        now = self._clock.now()
        opening = await self._calls.begin(
            key, request, now=now, until=now + UNTIL, within=PATIENCE_SECONDS
        )
        self._wake()
        if opening is CallStart.TOO_MANY:
            raise UserError(TOO_MANY)
        if opening is CallStart.DONE:
            return ToolAnswer(DONE_BEFORE)
        state = await self.waiting.until_over(key)
        if state is CallState.WAITING and await self._calls.leave(key):
            return ToolAnswer(LATER)
        # Whoever has hung up is told in Slack, as if their process had died.
        kept = await self._calls.take(key) if caller.is_there() else None
        if kept is None:
            return ToolAnswer(LATER)
        return await self._content(tool, kept, wanted=wanted, user=caller.user)


def _key(tool: Tool, arguments: dict[str, Any], caller: Caller) -> str:
    """Return the key of a call: of what changes something, the same for the same wish."""
    named = str(arguments.get(tool.once) or "") if tool.once else ""
    if not named:
        return f"{caller.user}:{caller.once}"
    return f"{caller.user}:{tool.name}:{sha256(named.encode()).hexdigest()[:32]}"
