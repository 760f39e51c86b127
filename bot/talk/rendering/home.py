"""The Home tab: what can be done, and a person's digests."""

from collections.abc import Sequence
from typing import Any

from bot.asking.rendering.dates import weekday_and_time
from bot.asking.rendering.help import Example, example_button, short
from bot.asking.rendering.lines import TypedLine, typing
from bot.asking.subscription import ACTIVE, Subscription
from bot.digests.rendering.words import schedule_words, title
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    channel,
    context,
    header,
    paragraph,
    plain,
)
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.wording import capital
from bot.slack.messages import Block, Message

_SHOWN = 5
_NONE = "You have ordered no digest yet. Every answer has a button for that: Subscribe."


def home_view(
    help_page: Message,
    digests: Sequence[Subscription],
    lately: Sequence[Example],
    *,
    direct: str,
) -> dict[str, Any]:
    """Return the view; `direct` are the person's direct messages with the bot, for its buttons."""
    blocks = (*help_page.blocks, *_digests(digests, direct), *_lately(lately, direct))
    return {"type": "home", "blocks": list(blocks)}


def _digests(digests: Sequence[Subscription], direct: str) -> Sequence[Block]:
    mine = typing(short("All my digests"), TypedLine("/flow", "list all", direct))
    listed = [bullets(*map(_line, digests[:_SHOWN]))] if digests else [paragraph(plain(_NONE))]
    more = f"{len(digests) - _SHOWN} more" if len(digests) > _SHOWN else ""
    return [
        header("My digests"),
        *listed,
        *([context(more)] if more else []),
        *([actions(f"{BlockId.HELP_BUTTONS}:mine", *mine)] if digests else []),
    ]


def _lately(lately: Sequence[Example], direct: str) -> Sequence[Block]:
    if not lately:
        return ()
    buttons = [button for each in lately for button in example_button(each, channel=direct)]
    return [
        header("My last runs"),
        bullets(*[(plain(each.does),) for each in lately]),
        actions(f"{BlockId.HELP_BUTTONS}:lately", *buttons),
    ]


def _line(one: Subscription) -> tuple[Element, ...]:
    what = capital(title(one))
    due = one.next_run_at if one.state == ACTIVE else None
    state = f" · next {weekday_and_time(due, one.zone)}" if due else f" · {one.state}"
    return bold(what), plain(f", {schedule_words(one)}, in "), channel(one.channel), plain(state)
