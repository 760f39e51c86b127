"""What assistants may ask of digests, in words for a model."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from bot.asking.core.declared.room_tools import (
    RoomTool,
    ToolArgument,
    ToolDeed,
    file,
    one_of,
    text,
    whole,
)
from bot.asking.question import TABLE_FORMATS
from bot.digests.core.command import ListSubscriptions
from bot.digests.core.past import History, Why
from bot.digests.core.subscribe import MAX_NOTE
from bot.digests.intents import OrderDigest
from bot.mcp.tools.intents import LookInChannel, ProposeDigest

MOST_DIGESTS: Final = 999_999_999
_CHANNEL: Final[dict[str, Any]] = {
    "type": "string",
    "description": (
        "The Slack channel, by its id such as C0123ABCD or as a link such as <#C0123ABCD|training>."
    ),
    "pattern": r"^(<#)?[CG][A-Z0-9]{1,20}(\|[^>]*)?>?$",
    "examples": ["C0123ABCD"],
}
_DIGEST: Final = ToolArgument(
    "digest",
    whole("The number of the digest, as the lists have it.", most=MOST_DIGESTS),
    field="number",
    needed=True,
)
_HERE: Final = ToolArgument("channel", _CHANNEL, needed=True)


def _channel(typed: str) -> str:
    """Return the id of a channel that may be written as a link."""
    return typed.removeprefix("<#").partition("|")[0].rstrip(">")


def _with_channel(wanted: Any) -> Any:
    return replace(wanted, channel=_channel(wanted.channel))


def digest_tools(questions: Sequence[str]) -> tuple[RoomTool, ...]:
    """Return the tools; `questions` are the names of those whose answers can be digests."""
    return (*_SHOWING, _ordering(questions))


_SHOWING: Final = (
    RoomTool(
        name="list_my_digests",
        title="List my digests",
        description=(
            "Lists the digests (answers that come on a schedule) that this person has ordered, in "
            "any channel and in direct messages, with number, schedule, state and when each comes "
            "next; for an admin of the workspace everybody's. Use list_channel_digests for those "
            "of one channel."
        ),
        intent=ListSubscriptions,
        arguments=(ToolArgument("page", whole("Further pages, from 1.", most=1_000, least=0)),),
        fixed={"everywhere": True},
        unsaid=("turned",),
    ),
    RoomTool(
        name="list_channel_digests",
        title="List the digests of a channel",
        description=(
            "Lists the digests that come to one Slack channel, whoever ordered them, with number, "
            "schedule, state and when each comes next. Only for a channel that the person may see."
        ),
        intent=LookInChannel,
        arguments=(_HERE,),
        checked=_with_channel,
    ),
    RoomTool(
        name="explain_digest",
        title="Explain a digest",
        description=(
            "Says of one digest of this person what it is about, who ordered it, when and how it "
            "came last or why it did not come, and when it comes next. Use it for questions such "
            "as 'why did digest 3 not come today?'."
        ),
        intent=Why,
        arguments=(_DIGEST,),
        unsaid=("by_hand",),
    ),
    RoomTool(
        name="get_digest_history",
        title="Get the history of a digest",
        description=(
            "Lists what became of the last planned times of one digest of this person: sent, "
            "skipped or failed, when and why, with links to the messages."
        ),
        intent=History,
        arguments=(
            _DIGEST,
            ToolArgument(
                "before", whole("To see those before: the number that the answer has.", most=2**53)
            ),
            file(TABLE_FORMATS),
        ),
        unsaid=("turned",),
    ),
    RoomTool(
        name="get_channel_digest",
        title="Look at one digest of a channel",
        description=(
            "Says of one digest that comes to a Slack channel, whoever ordered it, what it is and "
            "why it came or did not come last (why), or what became of its last planned times "
            "(history). Only for a channel that the person may see."
        ),
        intent=LookInChannel,
        arguments=(
            _HERE,
            _DIGEST,
            ToolArgument("about", one_of("What is asked of it.", ("why", "history")), needed=True),
        ),
        checked=_with_channel,
    ),
)


def _ordering(questions: Sequence[str]) -> RoomTool:
    return RoomTool(
        name="order_digest",
        title="Order a digest",
        description=(
            "Proposes to send the answer of another tool on a schedule, as a digest, to a Slack "
            "channel or to the person's direct messages with Flowbot. It orders nothing by itself: "
            "it answers with all values and a button, and only confirm_order_digest, once the "
            "person has agreed, orders. For example about get_training_report, arguments "
            '{"flow": "onboarding", "status": "overdue"}, schedule weekdays 9:00.'
        ),
        intent=ProposeDigest,
        arguments=(
            ToolArgument(
                "about", one_of("The tool whose answer is to be sent.", questions), needed=True
            ),
            ToolArgument(
                "arguments",
                {
                    "type": "object",
                    "description": "The arguments of that tool, as it takes them.",
                    "maxProperties": 20,
                },
            ),
            ToolArgument(
                "schedule",
                text(
                    "When it comes, in words, with a time and if need be a time zone: weekdays "
                    "9:00, every monday 9am Berlin, first monday 09:00, 1st 8:00. A condition may "
                    "follow: only if overdue > 5, only when changed.",
                    examples=("weekdays 9:00", "every monday 9am"),
                ),
                needed=True,
            ),
            ToolArgument(
                "channel",
                {
                    **_CHANNEL,
                    "description": f"{_CHANNEL['description']} Without it: direct messages.",
                },
            ),
            ToolArgument("note", text("Words that stand above each digest.", longest=MAX_NOTE)),
        ),
        checked=_with_channel,
        deed=ToolDeed(title="Order the digest", done=(OrderDigest,)),
    )
