"""The shape of every answer: the news, what changed, half a screen, what can be done, a grey line.

Whoever composes an answer says what belongs into it; how it is laid out is decided here alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.asking.occasion import Occasion
from bot.asking.rendering.occasions import export_choice, small_print
from bot.asking.rendering.offers import opening
from bot.slack.blocks.blocks import Element, actions, bold, header, message, paragraph, plain
from bot.slack.blocks.budget import LIMITS, clean, fit
from bot.slack.blocks.ids import BlockId, Callback
from bot.slack.messages import Answer, Block, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What an answer says.

    `news` is the first line and the notification: what a manager can act on, such as "5 people are
    overdue in Onboarding (25 of 45 done, 56%)", without a full stop. `changed` is what is new since
    these readers were last told. `body` is a chart or a short table, not both. `buttons` are what
    can be done, the likeliest first; [Subscribe] and [Export] follow where `orders` and `exports`
    allow. `facts` are the grey line: what was counted and the source. What nobody asked for is in
    the `thread`.
    """

    news: str
    changed: str = ""
    body: tuple[Block, ...] = ()
    buttons: tuple[Element, ...] = ()
    facts: tuple[str, ...] = ()
    thread: tuple[Message, ...] = ()
    orders: bool = True
    exports: bool = True


def laid_out(shape: Shape, occasion: Occasion) -> Answer:
    """Return an answer in its shape; what is too long for one message goes on in the thread."""
    whole = message(spoken(shape), *_blocks(shape))
    first, *more = fit(whole, closing=tuple(_closing(shape, occasion)))
    return Answer(first, thread=(*more, *shape.thread))


def spoken(shape: Shape) -> str:
    """Return the news and what changed as sentences, for notifications and screen readers."""
    return f"{clean(shape.news).rstrip('.')}. {clean(shape.changed)}".strip()


def headline(news: str) -> Block:
    """Return the first line: a header where Slack's header has room for it, else in bold."""
    return header(news) if len(clean(news)) <= LIMITS.header else paragraph(bold(news))


def subscribe_button(occasion: Occasion) -> tuple[Element, ...]:
    """Return the button that orders an answer as a digest; none on what is one already.

    Nor is there one where the only reader may order none.
    """
    if not occasion.key or occasion.subscription or not occasion.orders:
        return ()
    return opening(
        "Subscribe", Callback.SUBSCRIBE, about=occasion.key, spoken="Get this on a schedule"
    )


def _blocks(shape: Shape) -> Iterator[Block]:
    yield headline(shape.news)
    if shape.changed:
        yield paragraph(plain(shape.changed))
    yield from shape.body


def _closing(shape: Shape, occasion: Occasion) -> Iterator[Block]:
    subscribe = subscribe_button(occasion) if shape.orders else ()
    export = export_choice(occasion) if shape.exports else ()
    row = (*shape.buttons, *subscribe, *export)
    if row:
        yield actions(BlockId.REPORT_BUTTONS, *row)
    yield small_print(occasion, *shape.facts)
