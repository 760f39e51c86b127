"""The one place where what goes wrong in a listener becomes words for the person.

It must be around the listener itself: Bolt's middleware does not wrap listeners, and an exception
that leaves a listener loses the acknowledgement.
"""

import inspect
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_bolt.response import BoltResponse

from bot import log
from bot.asking.forms import SlowSlackError
from bot.errors import BotError, NotKeptError
from bot.slack.blocks import problems
from bot.slack.blocks.modals import problem_view
from bot.slack.messages import Message

TITLE = "Flowbot"
EVENT = "event_callback"
Listener = Callable[..., Awaitable[None]]


def guarded(listener: Listener) -> Callable[[AsyncArgs], Awaitable[BoltResponse | None]]:
    """Return a listener for Bolt that never raises and always acknowledges.

    An event that could not be kept is the exception: Slack sends it again, and nobody waits for it.

    The wrapped function is given what its parameters name: Bolt's arguments or the context's
    values. A misspelt name is an error at the first call, where Bolt would pass None in silence.
    """
    names = tuple(inspect.signature(listener).parameters)

    async def run(args: AsyncArgs) -> BoltResponse | None:
        try:
            await listener(**{name: _named(args, name) for name in names})
        except BotError as error:
            if isinstance(error, NotKeptError):
                log.get().warning("not_kept", listener=listener.__name__, why=str(error))
                if args.body.get("type") == EVENT:
                    return BoltResponse(status=503)
            args.context.get("problems", []).append(str(error))
            in_a_window = not isinstance(error, SlowSlackError)
            await _explain(args, problems.problem(error), in_a_window=in_a_window)
        except Exception:  # noqa: BLE001  # a bug: the person gets a reference to quote
            reference = secrets.token_hex(4)
            log.get().exception("listener_broke", listener=listener.__name__, reference=reference)
            args.context.get("problems", []).append(f"internal error {reference}")
            await _explain(args, problems.bug(reference))
        return None

    return run


async def say(ack: AsyncAck, message: Message) -> None:
    """Answer a command in its own acknowledgement, for the asker alone."""
    await ack(text=message.text, blocks=list(message.blocks), response_type="ephemeral")


def _named(args: AsyncArgs, name: str) -> Any:
    if name in args.context:
        return args.context[name]
    return getattr(args, name)


async def _explain(args: AsyncArgs, message: Message, *, in_a_window: bool = True) -> None:
    kind = args.body.get("type", "")
    if "command" in args.body:
        await say(args.ack, message)
    elif kind == "view_submission":
        await args.ack(response_action="update", view=problem_view(TITLE, message))
    elif kind == "block_suggestion":
        await args.ack(options=[])
    else:
        await args.ack()
        if in_a_window:
            await _show(args, message)


async def _show(args: AsyncArgs, message: Message) -> None:
    """Open a small window with the problem, where the payload allows one."""
    trigger = args.body.get("trigger_id")
    if not trigger:
        return
    try:
        await args.context["services"].forms.notice(trigger, message)
    except BotError as error:
        log.get().warning("problem_not_shown", error=str(error))
    except Exception:  # noqa: BLE001  # there is nobody left to tell
        log.get().exception("problem_not_shown")
