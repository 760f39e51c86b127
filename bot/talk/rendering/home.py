"""The Home tab: what was just done, what needs one, what comes, and what can be done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.asking.rendering.help import Example, example_button
from bot.asking.rendering.offers import offer, opening
from bot.codec import dumps
from bot.digests.ids import DigestCallback
from bot.doctor.intents import RunDoctor
from bot.policy.core.command import ShowAudit, ShowPolicy
from bot.policy.ids import PolicyCallback
from bot.slack.blocks.blocks import Element, actions, bullets, header, plain
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.ids import BlockId
from bot.slack.messages import Block
from bot.talk.intents import HomePage, ShowHelp, ShowHome
from bot.talk.known import FileShown, KnownHealth
from bot.talk.rendering.cockpit import DigestsShown, cockpit
from bot.talk.rendering.files import recent_files
from bot.talk.rendering.services import services
from bot.talk.rendering.tour import tour

_MOST_SAID = 40
_A_ROW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeContent:
    """What is shown: `said` came of what was done here.

    `orders` are buttons that order a digest, `leads` those that ask something; empty for those who
    may not. Whoever has not `toured` yet is shown around.
    """

    page: HomePage
    said: Sequence[Block]
    toured: bool
    digests: DigestsShown
    leads: Sequence[Element]
    may_order: bool
    orders: Sequence[Element]
    lately: Sequence[Example]
    files: Sequence[FileShown]
    services: Mapping[str, KnownHealth]
    sections: Sequence[Block] = ()


def home_view(content: HomeContent) -> dict[str, Any]:
    """Return the view; what it shows is kept in it for what is done there."""
    blocks = [
        *_said(content),
        *([] if content.toured else tour(content.page)),
        *cockpit(content.digests, content.page, new=_new(content), examples=content.orders),
        *_lately(content),
        *recent_files(content.files, content.digests.now, content.digests.zone),
        *services(content.services, content.digests.now, content.digests.zone),
        *content.sections,
        header("Ask me"),
        actions(f"{BlockId.HOME}:help", *content.leads, *offer("What I can ask", ShowHelp())),
        *_for_admins(content),
    ]
    return {
        "type": "home",
        "blocks": blocks[: LIMITS.blocks_per_view],
        "private_metadata": dumps(content.page),
    }


def _for_admins(content: HomeContent) -> Sequence[Block]:
    """Return the way to the rules, to who did what, and to the doctor."""
    if not content.digests.is_admin:
        return ()
    rules = opening("Set who may do what", PolicyCallback.SET)
    shown = (*offer("All rules", ShowPolicy()), *offer("Who did what", ShowAudit()))
    check = offer("Check Flowbot", RunDoctor(), spoken="Check whether all that I need works")
    return header("For admins"), actions(f"{BlockId.HOME}:policy", *rules, *shown, *check)


def _new(content: HomeContent) -> tuple[Element, ...]:
    """Return the button that opens the form of a new digest, for those who may order one."""
    return opening("New digest", DigestCallback.NEW, style="primary") if content.may_order else ()


def _said(content: HomeContent) -> Iterator[Block]:
    """Yield what came of what was done here, with a button that takes it away."""
    said = content.said[:_MOST_SAID]
    if not said:
        return
    close = offer("Close", ShowHome(content.page))
    places = [at for at, each in enumerate(said) if each["type"] == "actions"]
    row = places[-1] if places and len(said[places[-1]]["elements"]) < _A_ROW else -1
    for at, each in enumerate(said):
        yield _with(each, close) if at == row else _named(each, at)
    if row < 0:
        yield actions(f"{BlockId.HOME}:said", *close)
    yield {"type": "divider"}


def _with(row: Block, more: Sequence[Element]) -> Block:
    """Return a row of buttons with more of them."""
    bare = [{**each, "action_id": each["action_id"].partition(":")[0]} for each in row["elements"]]
    return actions(f"{BlockId.HOME}:said", *bare, *more)


def _named(block: Block, number: int) -> Block:
    """Return a block under an id that no other has in this view."""
    return {**block, "block_id": f"{BlockId.HOME}:said:{number}"} if "block_id" in block else block


def _lately(content: HomeContent) -> Sequence[Block]:
    lately, channel = content.lately, content.page.direct
    if not lately:
        return ()
    buttons = [button for each in lately for button in example_button(each, channel=channel)]
    return [
        header("My last runs"),
        bullets(*[(plain(each.does),) for each in lately]),
        actions(f"{BlockId.HOME}:lately", *buttons),
    ]
