"""The one place where a listener's right is checked, and where what goes wrong becomes words.

It must be around the listener itself: Bolt's middleware does not wrap listeners, and an exception
that leaves a listener loses the acknowledgement.
"""

import inspect
from collections.abc import Awaitable, Callable
from typing import Any, Final

from slack_bolt.async_app import AsyncAck
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_bolt.response import BoltResponse

from bot import log
from bot.asking.core.retyping import RetypeError
from bot.asking.forms import SlowSlackError
from bot.asking.rendering.failures import ways_out, with_ways
from bot.asking.rendering.lines import choice_of_lines
from bot.errors import BotError, NotKeptError, NotKnownYetError
from bot.jobs.access import Right
from bot.slack.blocks import problems
from bot.slack.blocks.modals import page_back
from bot.slack.messages import Message
from handlers.payloads import Payload, place_of, typed_line

TITLE = "Flowbot"
EVENT = "event_callback"
Listener = Callable[..., Awaitable[None]]


BY_JOB: Final = None
"""In place of a right, of a listener that only accepts jobs: their own rights decide, before
anything is done. It shows nothing by itself."""


def guarded(
    listener: Listener, needs: Right | None
) -> Callable[[AsyncArgs], Awaitable[BoltResponse | None]]:
    """Return a listener for Bolt that never raises and always acknowledges.

    It is for those who have the right that it `needs`; others are told why it is not for them. An
    event that could not be kept is the exception: Slack sends it again, and nobody waits for it.

    The wrapped function is given what its parameters name: Bolt's arguments or the context's
    values. A misspelt name is an error at the first call, where Bolt would pass None in silence.
    """
    names = tuple(inspect.signature(listener).parameters)

    async def run(args: AsyncArgs) -> BoltResponse | None:
        try:
            await _admit(args, needs)
            await listener(**{name: _named(args, name) for name in names})
        except BotError as error:
            if isinstance(error, NotKeptError):
                log.get().warning("not_kept", listener=listener.__name__, why=str(error))
                if args.body.get("type") == EVENT:
                    return BoltResponse(status=503)
            args.context.get("problems", []).append(str(error))
            await _explain(
                args,
                _words(args, error),
                in_a_window=not isinstance(error, SlowSlackError),
                it_may_pass=isinstance(error, NotKnownYetError),
            )
        except Exception:  # noqa: BLE001  # a bug: the person gets a reference to quote
            with log.reference() as reference:
                log.get().exception("listener_broke", listener=listener.__name__)
            args.context.get("problems", []).append(f"internal error {reference}")
            await _explain(args, problems.bug(reference))
        return None

    return run


async def say(ack: AsyncAck, message: Message) -> None:
    """Answer a command in its own acknowledgement, for the asker alone."""
    await ack(text=message.text, blocks=list(message.blocks), response_type="ephemeral")


def _words(args: AsyncArgs, error: BotError) -> Message:
    """Return the words for a failure; with buttons for what can be done instead."""
    line = typed_line(args.body) if isinstance(error, RetypeError) else None
    if line is None or not isinstance(error, RetypeError):
        return with_ways(problems.problem(error), ways_out(error, privately=False))
    return choice_of_lines(error, line)


async def _admit(args: AsyncArgs, needs: Right | None) -> None:
    """Raise what says why a listener is not for whoever uses it.

    Of a click Bolt's own `actor_team_id` is our workspace's, whoever clicked: it is not asked.
    https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
    """
    person = args.body.get("user") or {}
    team, user = person.get("team_id") or "", args.body.get("user_id") or person.get("id") or ""
    if needs is not BY_JOB:
        await args.context["services"].admission.admit(
            needs, user, team=team, where=place_of(args.body)
        )
    elif team:
        args.context["services"].admission.admit_team(team)


def _named(args: AsyncArgs, name: str) -> Any:
    if name in args.context:
        return args.context[name]
    return getattr(args, name)


def _first_input(args: AsyncArgs) -> str:
    """Return the block id of the first input of a window that was submitted, or empty text."""
    is_submitted = args.body.get("type") == "view_submission"
    blocks = args.body["view"].get("blocks") or () if is_submitted else ()
    return next((each["block_id"] for each in blocks if each["type"] == "input"), "")


def _beside(view: Payload) -> str:
    """Return how a page is shown so that what was entered stays: on top, where Slack has room.

    It takes three windows, one on top of the other.
    """
    below = view.get("previous_view_id")
    return "push" if not below or below == view.get("root_view_id") else "update"


async def _explain(
    args: AsyncArgs, message: Message, *, in_a_window: bool = True, it_may_pass: bool = False
) -> None:
    kind = args.body.get("type", "")
    if "command" in args.body:
        await say(args.ack, message)
    elif it_may_pass and (first := _first_input(args)):  # so what was typed stays
        await args.ack(response_action="errors", errors={first: message.text})
    elif kind == "view_submission":
        page = page_back(TITLE, message.blocks)
        await args.ack(response_action=_beside(args.body["view"]), view=page)
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
